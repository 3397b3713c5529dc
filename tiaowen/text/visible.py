"""Page text made safe to show: what could command a terminal or turn the reading order is shown as a sign."""

from __future__ import annotations

_CONTROL_PICTURES = 0x2400  # U+2400 is the picture of U+0000, and so on
_KEPT = "\n\t"
_INVISIBLE = (
    *range(0x7F, 0xA0),  # DEL and the C1 controls, which some terminals obey
    *range(0x202A, 0x202F),  # embedding and overriding of direction
    *range(0x2066, 0x206A),  # isolates
    *range(0x200E, 0x2010),
)
_SIGNS = {
    **{code: chr(_CONTROL_PICTURES + code) for code in range(0x20) if chr(code) not in _KEPT},
    **dict.fromkeys(_INVISIBLE, "\N{REPLACEMENT CHARACTER}"),
}


def visible(text: str) -> str:
    """`text` at its own length, with control and direction characters but line break and tab shown as signs."""
    return text.translate(_SIGNS)

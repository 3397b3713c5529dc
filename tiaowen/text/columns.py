"""Text in terminal columns: wide characters take two, combining ones none (Unicode UAX #11)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tiaowen.text.spans import Span
from tiaowen.text.visible import visible


def one_line(text: str) -> str:
    """`text` safe to show on one line: control characters as signs, line breaks and tabs as spaces."""
    return visible(text).replace("\n", " ").replace("\t", " ")


def columns(text: str) -> int:
    """How many columns `text` takes; it must be safe to show."""
    wide = len(_WIDE.findall(text))
    if wide + len(_NARROW.findall(text)) == len(text):
        return len(text) + wide
    from wcwidth import wcswidth  # noqa: PLC0415 - loading it takes as long as a search; most texts do without

    return max(0, int(wcswidth(text)))


def clip(text: str, width: int, end: bool = False) -> str:
    """As much of `text` from its start, or of its `end`, as fits into `width` columns, … for the rest."""
    if columns(text) <= width:
        return text
    if width <= 1:
        return "…"[:width]
    return "…" + fitting(text, width - 1, end) if end else fitting(text, width - 1) + "…"


def pad(text: str, width: int, right: bool = False) -> str:
    """`text` filled with spaces to `width` columns, to the `right` or the left of them; clipped if it is wider."""
    text = clip(text, width)
    fill = " " * (width - columns(text))
    return fill + text if right else text + fill


def grid(rows: Sequence[Sequence[str]], right: Sequence[bool], width: int, gap: str = "  ") -> Iterator[str]:
    """Rows as lines of at most `width` columns; a column is as wide as its widest cell, the first is clipped to fit."""
    widths = [max(columns(cell) for cell in column) for column in zip(*rows, strict=True)]
    spare = width - sum(widths[1:]) - len(gap) * (len(widths) - 1)
    widths[0] = max(1, min(widths[0], spare))
    for row in rows:
        cells = (pad(cell, size, to_right) for cell, size, to_right in zip(row, widths, right, strict=True))
        yield clip(gap.join(cells), width).rstrip() + "\n"


def fitting(text: str, width: int, end: bool = False) -> str:
    """The longest beginning of `text`, or `end`, that takes at most `width` columns."""
    taken = 0
    kept = text
    for place, char in enumerate(reversed(text) if end else text):
        taken += columns(char)
        if taken > width:
            kept = text[len(text) - place :] if end else text[:place]
            break
    while columns(kept) > width:  # signs that are wider together (U+FE0F)
        kept = kept[1:] if end else kept[:-1]
    return kept


def wrap(text: str, width: int) -> Iterator[Span]:
    """The lines of `text` in `width` columns; only spaces where lines part belong to none.

    Words of letters stay whole where a line can hold them, and no line begins with a closing sign (GB/T 15834—2011, 5).
    """
    start = 0
    while start < len(text):
        end = start + (len(fitting(text[start:], width)) or 1)
        if end < len(text):
            end = next((at for at in range(end, start, -1) if _may_part(text, at)), end)
        yield Span(start, end)
        start = end
        while start < len(text) and text[start] == " ":
            start += 1


def _may_part(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if after in _CLOSING or before in _OPENING or not columns(after):
        return False
    return not (_is_letter(before) and _is_letter(after))


def _is_letter(char: str) -> bool:
    return columns(char) == 1 and not char.isspace()


# What most texts are made of: characters that take two columns, or one, whatever stands beside them.
_WIDE = re.compile("[\u3000-\u3029ぁ-ゖ㐀-䶿一-鿿！-～]")
_NARROW = re.compile("[ -~·×‐-‧①-⓿]")
_CLOSING = frozenset("，。；：！？、）】》〉〕」』”’…,.;:!?)]}%％‰")
_OPENING = frozenset("（【《〈〔「『“‘([{")

"""A fold for matching: letters, signs and brackets that a reader takes for the same become the same.

Each character becomes exactly one, so offsets into the folded text are offsets into the text. Never for what is
stored or quoted: a fold cannot be undone.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from tiaowen.text.tables import read_table

_CASED = (
    *range(0x0041, 0x005B),
    *range(0x00C0, 0x0250),  # Latin with marks
    *range(0x0370, 0x0530),  # Greek, Cyrillic
    *range(0x1E00, 0x2000),  # Latin and Greek with marks
    *range(0x2160, 0x2170),  # Ⅳ
    *range(0x24B6, 0x24D0),  # Ⓐ
    *range(0xFF21, 0xFF3B),  # Ａ
)
_DOUBLES = (
    *range(0x2E80, 0x2FE0),  # radicals, which PDF readers give for the characters
    *range(0xF900, 0xFB00),  # compatibility ideographs
    *range(0xFF01, 0xFF5F),  # full-width ASCII
    *range(0xFFE0, 0xFFE7),  # full-width currency
    *range(0x2F800, 0x2FA20),
)


def fold(text: str) -> str:
    """`text` folded; of the same length, and folding again changes nothing.

    Full-width ASCII becomes half-width, capitals small, every kind of blank a space, every kind of bracket but 《》
    round, and quotation marks, dashes, dots and circles one of their kind, as `data/fold.tsv` says.
    """
    return text.translate(_table())


@cache
def _table() -> dict[int, str]:
    """For `str.translate`: width, then the signs of the data file, then case, so that Ａ becomes a and ［ becomes (."""
    signs = {character: sign for sign, characters, _ in _rows() for character in characters}
    widths = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in _DOUBLES}
    table = {}
    for character in {*signs, *widths, *map(chr, _CASED)}:
        wide = widths.get(character, character)
        folded = signs.get(wide, wide).lower()
        folded = signs.get(folded, folded)
        if len(folded) == 1 and folded != character:
            table[ord(character)] = folded
    return table


def _rows() -> list[tuple[str, list[str], str]]:
    return [
        (_character(sign), [_character(name) for name in names.split()], what)
        for sign, names, what in read_table("fold")
    ]


def _character(name: str) -> str:
    return chr(int(name[2:], 16)) if name.startswith("U+") else name

"""The automatic numbers of a DOCX file: what Word prints before a paragraph though no text says it.

ISO/IEC 29500-1 §17.9: a paragraph names a list (`numId`) and a level; the list's levels say how to count, in which
numerals, and what stands around the number (`第%1条`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from xml.etree import ElementTree as ET

from tiaowen.text.numerals import chinese_numeral, roman_numeral

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_LARGEST = 99_999
_SPACING = {"tab": " ", "space": " ", "nothing": ""}  # a tab would look like the next cell of a table


@dataclass(frozen=True)
class _Level:
    start: int
    numerals: str
    text: str
    suffix: str
    restart: int | None
    legal: bool
    style: str


@dataclass
class Numbers:
    """The lists of one document, counted along its paragraphs. `of` must see every numbered paragraph in order."""

    _levels: dict[str, dict[int, _Level]]
    _abstract: dict[str, str]
    _counters: dict[str, list[int | None]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def read(cls, root: ET.Element | None) -> Numbers:
        """The lists of `word/numbering.xml`, or none."""
        if root is None:
            return cls({}, {})
        lists = {element.get(f"{W}abstractNumId", ""): element for element in root.iter(f"{W}abstractNum")}
        styled = {_value(element, "styleLink"): element for element in lists.values()}
        abstract = {
            name: _levels_of(styled.get(_value(element, "numStyleLink") or "", element))
            for name, element in lists.items()
        }
        levels, shared = {}, {}
        for number in root.iter(f"{W}num"):
            name = number.get(f"{W}numId", "")
            shared[name] = _value(number, "abstractNumId") or ""
            levels[name] = _overridden(abstract.get(shared[name], {}), number)
        return cls(levels, shared)

    def level_of_style(self, list_name: str, style: str) -> int | None:
        """The level of a list that is for paragraphs of `style`."""
        levels = self._levels.get(list_name, {})
        return next((depth for depth, level in levels.items() if level.style and level.style == style), None)

    def of(self, list_name: str, depth: int) -> str:
        """The number of the next paragraph of that list and level (from 0) as printed, with the space after it."""
        levels = self._levels.get(list_name, {})
        level = levels.get(depth)
        if level is None or not 0 <= depth < _LEVELS:
            return ""
        counters = self._count(list_name, depth, levels)
        if level.numerals in ("none", "bullet"):
            return "" if not level.text else _bullet(level.text) + _SPACING.get(level.suffix, " ")
        printed = _PLACEHOLDER.sub(lambda match: _printed(int(match[1]) - 1, counters, levels, level.legal), level.text)
        return printed + _SPACING.get(level.suffix, " ") if printed else ""

    def _count(self, list_name: str, depth: int, levels: dict[int, _Level]) -> list[int | None]:
        # Lists of one abstract list count on together, unless one starts its own level anew.
        counters = self._counters.setdefault(self._abstract.get(list_name, list_name), [None] * _LEVELS)
        if (list_name, depth) not in self._started:
            self._started.add((list_name, depth))
            if levels[depth].restart == -1:
                counters[depth] = None
        value = counters[depth]
        counters[depth] = levels[depth].start if value is None else min(value + 1, _LARGEST)
        for below in range(depth + 1, _LEVELS):
            restart = levels[below].restart if below in levels else None
            if restart in (None, -1) or (restart and depth < restart):
                counters[below] = None
        for above in range(depth):
            if counters[above] is None and above in levels:
                counters[above] = levels[above].start
        return counters


def _levels_of(element: ET.Element) -> dict[int, _Level]:
    return {_number(level.get(f"{W}ilvl"), 0): _level(level) for level in element.findall(f"{W}lvl")}


def _level(element: ET.Element) -> _Level:
    restart = _value(element, "lvlRestart")
    legal = element.find(f"{W}isLgl")
    return _Level(
        start=_number(_value(element, "start"), 0),
        numerals=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText") or "",
        suffix=_value(element, "suff") or "tab",
        restart=None if restart is None else _number(restart, 0),
        legal=legal is not None and legal.get(f"{W}val", "1") not in ("0", "false"),
        style=_value(element, "pStyle") or "",
    )


def _overridden(levels: dict[int, _Level], number: ET.Element) -> dict[int, _Level]:
    """The levels with a list's own changes; a level it starts anew has `restart` -1."""
    made = dict(levels)
    for override in number.findall(f"{W}lvlOverride"):
        depth = _number(override.get(f"{W}ilvl"), 0)
        own, start = override.find(f"{W}lvl"), _value(override, "startOverride")
        level = _level(own) if own is not None else made.get(depth)
        if level is not None and start is not None:
            level = replace(level, start=_number(start, 1), restart=-1)
        if level is not None:
            made[depth] = level
    return made


def _printed(depth: int, counters: list[int | None], levels: dict[int, _Level], legal: bool) -> str:
    value = counters[depth]
    if value is None or depth not in levels:
        return ""
    return str(value) if legal else numeral(value, levels[depth].numerals)


def numeral(value: int, kind: str) -> str:
    """`value` in the numerals of an ST_NumberFormat `kind`; decimal digits for a kind not known here."""
    if kind in ("none", "bullet"):
        return ""
    write = _NUMERALS.get(kind)
    return write(value) if write and value > 0 else str(value)


def _letters(value: int, first: str) -> str:
    """A … z, aa … zz, aaa …, as Word counts."""
    rounds, letter = divmod(value - 1, 26)
    return chr(ord(first) + letter) * min(rounds + 1, 50)


def _from_row(value: int, first: str, count: int) -> str:
    """A sign out of a row of `count` Unicode characters; decimal digits beyond it."""
    return chr(ord(first) + value - 1) if value <= count else str(value)


def _digits(value: int, signs: str) -> str:
    return "".join(signs[int(digit)] for digit in str(value))


def _formal(numeral: str) -> str:
    """A numeral in financial characters, where ten is 壹拾."""
    return ("一" + numeral if numeral.startswith("十") else numeral).translate(_FORMAL)


_FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")

_NUMERALS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda value: f"{value:02d}",
    "upperRoman": lambda value: roman_numeral(value) if value < 4000 else str(value),
    "lowerRoman": lambda value: roman_numeral(value).lower() if value < 4000 else str(value),
    "upperLetter": lambda value: _letters(value, "A"),
    "lowerLetter": lambda value: _letters(value, "a"),
    "chineseCounting": chinese_numeral,
    "chineseCountingThousand": chinese_numeral,
    "taiwaneseCounting": chinese_numeral,
    "taiwaneseCountingThousand": chinese_numeral,
    "japaneseCounting": chinese_numeral,
    "ideographDigital": lambda value: _digits(value, "〇一二三四五六七八九"),
    "taiwaneseDigital": lambda value: _digits(value, "○一二三四五六七八九"),
    "japaneseDigitalTenThousand": lambda value: _digits(value, "〇一二三四五六七八九"),
    "chineseLegalSimplified": lambda value: _formal(chinese_numeral(value)),
    "decimalFullWidth": lambda value: _digits(value, "０１２３４５６７８９"),
    "decimalFullWidth2": lambda value: _digits(value, "０１２３４５６７８９"),
    "decimalEnclosedCircle": lambda value: _from_row(value, "①", 20),
    "decimalEnclosedCircleChinese": lambda value: _from_row(value, "①", 20),
    "decimalEnclosedFullstop": lambda value: _from_row(value, "⒈", 20),
    "decimalEnclosedParen": lambda value: _from_row(value, "⑴", 20),
    "ideographEnclosedCircle": lambda value: _from_row(value, "㈠", 10),
    "ideographTraditional": lambda value: _digits(value - 1, "甲乙丙丁戊己庚辛壬癸") if value <= 10 else str(value),
    "ideographZodiac": lambda value: "子丑寅卯辰巳午未申酉戌亥"[value - 1] if value <= 12 else str(value),
}


def _bullet(text: str) -> str:
    """A bullet; those of symbol fonts stand in the private use area and mean nothing elsewhere."""
    return "".join("•" if "\ue000" <= sign <= "\uf8ff" else sign for sign in text)


def _value(element: ET.Element, name: str) -> str | None:
    child = element.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def _number(text: str | None, otherwise: int) -> int:
    try:
        return max(-1, min(int(text or ""), _LARGEST))
    except ValueError:
        return otherwise

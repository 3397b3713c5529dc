"""Numerals: 十二 ↔ 12 ↔ XII, and what stands beside them in policy texts: 二〇二二, 廿, １２, ⑫, Twelfth.

Reading is total: what is no numeral gives None, and so does what may be one in speech but is not written so in law
(一百五 for 150). The signs are in `data/numerals.tsv`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from tiaowen.text.tables import read_table

CHINESE_LIMIT = 10**12
ROMAN_LIMIT = 90
"""Roman numerals go up to 89, so that the letters are I V X L: words as MIX and CIVIL are none."""

_LONGEST = 40
"""Longer strings, in code points, are no numeral."""

_ARABIC = re.compile("([0-9０-９]{1,18})(?:st|nd|rd|th)?", re.IGNORECASE)
_ROMAN = re.compile("[IVXL]{1,9}|[ivxl]{1,9}")
_ROMAN_SIGNS = re.compile("[Ⅰ-Ⅻⅼⅰ-ⅻⅬ]{1,9}")
_ENCLOSED = re.compile("[①-⒛⓫-⓿❶-➓㈠-㈩㉑-㉟㊀-㊉㊱-㊿]")
_ENGLISH_GAP = re.compile(r"[\s-]+")
_ROMAN_STEPS = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿")


@lru_cache(maxsize=4096)
def read_numeral(text: str) -> int | None:
    """The number that the whole of `text` stands for, or None.

    Chinese in either script, plain, financial (壹拾贰) or digit by digit, after 第 or not; Arabic in either width;
    Roman up to ROMAN_LIMIT; enclosed (① ⑴ ㈠); English cardinals and ordinals up to 999. Zero is read, signs are not.
    """
    stripped = text.strip().removeprefix("第")
    if not stripped or len(stripped) > _LONGEST:
        return None
    if arabic := _ARABIC.fullmatch(stripped):
        return int(arabic[1])
    if _ENCLOSED.fullmatch(stripped):
        return int(unicodedata.numeric(stripped))
    for read in (_read_chinese, _read_roman, _read_english):
        number = read(stripped)
        if number is not None:
            return number
    return None


def chinese_numeral(number: int) -> str:
    """`number` as written in the headings of statutes (105 → 一百零五); ValueError outside 0 … CHINESE_LIMIT - 1."""
    if not 0 <= number < CHINESE_LIMIT:
        raise ValueError(f"no Chinese numeral for {number}: it must be from 0 to {CHINESE_LIMIT - 1}")
    if number == 0:
        return "零"
    pieces: list[str] = []
    for power in (2, 1, 0):
        group = number // 10 ** (4 * power) % 10000
        if group:
            gap = bool(pieces) and (group < 1000 or number // 10 ** (4 * power + 4) % 10000 == 0)
            pieces.append("零" * gap + _four_digits(group) + _GROUPS[power])
    written = "".join(pieces)
    return written[1:] if written.startswith("一十") else written


def roman_numeral(number: int) -> str:
    """`number` in Roman capitals; ValueError outside 1 … ROMAN_LIMIT - 1."""
    if not 0 < number < ROMAN_LIMIT:
        raise ValueError(f"no Roman numeral for {number}: it must be from 1 to {ROMAN_LIMIT - 1}")
    written = ""
    for value, sign in _ROMAN_STEPS:
        count, number = divmod(number, value)
        written += sign * count
    return written


def _four_digits(number: int) -> str:
    written = ""
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            written += _DIGITS[digit] + _UNITS[power]
        elif written and number % 10**power and not written.endswith("零"):
            written += "零"
    return written


def _read_chinese(text: str) -> int | None:
    plain = text.translate(_canonical_signs())
    if len(plain) == len(text) and all(sign in _DIGITS for sign in plain):
        return int("".join(str(_DIGITS.index(sign)) for sign in plain))
    # 十 for 一十 after 百 or 零, and 一十 for 十 at the beginning, are met beside the regular forms.
    plain = re.sub("(?<=[百零])十", "一十", plain)
    plain = plain[1:] if plain.startswith("一十") else plain
    number = _sum_chinese(plain)
    return number if number is not None and chinese_numeral(number) == plain else None


def _sum_chinese(text: str) -> int | None:
    """The value of `text` in canonical signs, which may be out of order: the caller writes it again and compares."""
    values = _values("unit", "group")
    total = group = digit = 0
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS.index(sign)
        elif sign in _UNITS:
            group, digit = group + (digit or 1) * values[sign], 0
        elif sign in _GROUPS:
            total, group, digit = total + (group + digit) * values[sign], 0, 0
        else:
            return None
    number = total + group + digit
    return number if number < CHINESE_LIMIT else None


def _read_roman(text: str) -> int | None:
    letters = unicodedata.normalize("NFKC", text) if _ROMAN_SIGNS.fullmatch(text) else text
    if not _ROMAN.fullmatch(letters):
        return None
    return _roman_numbers().get(letters.upper())


def _read_english(text: str) -> int | None:
    """Cardinals and ordinals up to 999, as `twenty-first` or `One Hundred and Five`."""
    words = [word for word in _ENGLISH_GAP.split(text.lower()) if word]
    hundreds, tens = _values("hundred"), _values("ten-word", "teen", "one")
    place = next((index for index, word in enumerate(words) if word in hundreds), None)
    if place is None:
        return _below_hundred(words)
    before, after = words[:place], words[place + 1 :]
    after = after[1:] if after[:1] == ["and"] and after[1:] else after
    many = 1 if before in ([], ["a"], ["the"]) else _below_hundred(before)
    rest = _below_hundred(after) if after else 0
    if many is None or rest is None or many > 9 or any(word not in tens for word in after):
        return None
    return many * 100 + rest


def _below_hundred(words: list[str]) -> int | None:
    match words:
        case [word]:
            return _values("ten-word", "teen", "one").get(word)
        case [ten, one] if ten in _values("ten-word") and one in _values("one"):
            return _values("ten-word")[ten] + _values("one")[one]
    return None


@cache
def _values(*kinds: str) -> dict[str, int]:
    return {sign: int(value) for sign, kind, value in read_table("numerals") if kind in kinds}


@cache
def _canonical_signs() -> dict[int, str]:
    """A table for `str.translate`: every Chinese sign to the plain one of its value, 廿 to 二十."""
    plain = {10: "十", 100: "百", 1000: "千", 10**4: "万", 10**8: "亿"}
    signs = {sign: _DIGITS[value] for sign, value in _values("digit").items()}
    signs |= {sign: plain[value] for sign, value in _values("unit", "group").items()}
    signs |= {sign: _DIGITS[value // 10] + "十" for sign, value in _values("ten").items()}
    return {ord(sign): canonical for sign, canonical in signs.items()}


@cache
def _roman_numbers() -> dict[str, int]:
    return {roman_numeral(number): number for number in range(1, ROMAN_LIMIT)}

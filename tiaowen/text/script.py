"""Which script and which language a text is in, by counting characters. Cheap enough for every line.

Characters that exist in one script alone are taken from OpenCC's dictionaries: one that t2s changes and never gives
out is Traditional, one that s2t changes and that no Traditional form contains is Simplified. Characters of both, as
于 后 范 制, tell nothing; so a text converted character by character that keeps them is still what it was.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from tiaowen.text.tables import simplified_to_traditional, traditional_to_simplified

Script = Literal["Hans", "Hant", "Latn", "mixed", "none"]
Language = Literal["zh", "en", "mixed", "unknown"]

MINOR = 0.1
"""A share of one Chinese script below this is the odd name or quotation, and leaves a text in the other."""

MINOR_LANGUAGE = 0.2
"""The same between Chinese characters and Latin words, a word counting as WORD characters."""

WORD = 2

_HAN = re.compile("[〇㐀-䶿一-鿿豈-\ufaff\U00020000-\U0003ffff]+")
_LATIN_WORD = re.compile("[A-Za-zÀ-ɏ]+(?:['’-][A-Za-zÀ-ɏ]+)*")


def script_of(text: str) -> Script:
    """The script of `text`.

    `mixed` where both Chinese scripts, or Chinese characters and Latin words, have more than a minor share; `none`
    where there are neither, or only Chinese characters that both scripts share.
    """
    language = language_of(text)
    if language == "en":
        return "Latn"
    hans, hant = hans_count(text), hant_count(text)
    if language == "mixed" or _is_mixed(hans, hant, MINOR):
        return "mixed"
    if not hans and not hant:
        return "none"
    return "Hans" if hans > hant else "Hant"


def language_of(text: str) -> Language:
    """The language of `text`: Chinese characters against Latin words; `unknown` where there is neither."""
    chinese = _length(_HAN, text)
    latin = WORD * sum(1 for _ in _LATIN_WORD.finditer(text))
    if not chinese and not latin:
        return "unknown"
    if _is_mixed(chinese, latin, MINOR_LANGUAGE):
        return "mixed"
    return "zh" if chinese > latin else "en"


def is_simplified(text: str) -> bool:
    """Whether `text` holds characters of Simplified Chinese alone, those of Traditional less than a MINOR share."""
    hans = hans_count(text)
    return hans > 0 and _share(hant_count(text), hans) < MINOR


def hans_count(text: str) -> int:
    """How many characters of `text` exist in Simplified Chinese alone."""
    return _length(_patterns()[0], text)


def hant_count(text: str) -> int:
    """How many characters of `text` exist in Traditional Chinese alone."""
    return _length(_patterns()[1], text)


@cache
def hans_only() -> frozenset[str]:
    """The characters that exist in Simplified Chinese alone."""
    to_hant, to_hans = simplified_to_traditional(), traditional_to_simplified()
    changed = {key for key, value in to_hant.characters.items() if key != value}
    return frozenset(changed - to_hant.outputs - to_hans.characters.keys())


@cache
def hant_only() -> frozenset[str]:
    """The characters that exist in Traditional Chinese alone."""
    conversion = traditional_to_simplified()
    changed = {key for key, value in conversion.characters.items() if key != value}
    return frozenset(changed - conversion.outputs)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    # Of the basic plane only: one character beyond it makes the whole set slow, and they are too rare to count.
    hans, hant = ("".join(sorted(c for c in only if c <= "\uffff")) for only in (hans_only(), hant_only()))
    return re.compile(f"[{hans}]+"), re.compile(f"[{hant}]+")


def _length(pattern: re.Pattern[str], text: str) -> int:
    return sum(map(len, pattern.findall(text)))


def _share(part: int, other: int) -> float:
    return part / (part + other) if part else 0.0


def _is_mixed(one: int, other: int, minor: float) -> bool:
    return _share(min(one, other), max(one, other)) >= minor

"""Traditional to Simplified characters, proposed as edits: for parsing and matching, never for what is quoted.

OpenCC's t2s, longest phrase first. Every entry keeps the length, so every edit is aligned and no offset moves. Two
things are ours, for exactness and for speed:

*   A sentence in Simplified characters is left alone but for characters that no Simplified text has: 乾安县 and 於潜
    stay, and 打坏 does not become 打坯.
*   Only lines with a character that could change are looked at, and phrases are sought only in lines with a character
    that takes another form in a phrase than alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from tiaowen.text.script import hant_only, is_simplified
from tiaowen.text.spans import Edit, Span
from tiaowen.text.tables import Conversion, traditional_to_simplified

RULE = "script.t2s"
REASON = "Traditional characters in Simplified form (OpenCC t2s)"

_SENTENCE = re.compile("[^。；！？;!?]*[。；！？;!?]|[^。；！？;!?]+")

_COMPATIBILITY = [*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20)]
"""The blocks of CJK compatibility ideographs, most of them doubles of one unified character (Unicode, chapter 18)."""


def simplify(text: str) -> str:
    """`text` in Simplified characters, of the same length."""
    pieces: list[str] = []
    position = 0
    for start, converted in _changed_lines(text):
        pieces += text[position:start], converted
        position = start + len(converted)
    pieces.append(text[position:])
    return "".join(pieces)


def propose_simplified(text: str) -> list[Edit]:
    """The edits that put `text` into Simplified characters: one for each line that changes, in order, all aligned."""
    return [
        Edit(Span(start, start + len(converted)), converted, RULE, REASON, aligned=True)
        for start, converted in _changed_lines(text)
    ]


@dataclass(frozen=True)
class _Tables:
    """The conversion made ready.

    `plain` and `every` are tables for `str.translate`: the characters that change in any text, and all.
    """

    conversion: Conversion
    traditional: frozenset[str]
    plain: dict[int, str]
    every: dict[int, str]
    changeable: re.Pattern[str]
    rare: re.Pattern[str]

    @cached_property
    def phrases(self) -> re.Pattern[str]:
        """Finds the phrases that differ from their characters. Made when a text needs it: a query seldom does."""
        return _any_of(self.conversion.phrases)

    @cached_property
    def telling(self) -> re.Pattern[str]:
        """Finds those among them with a Traditional character."""
        return _any_of(phrase for phrase in self.conversion.phrases if not self.traditional.isdisjoint(phrase))


def _changed_lines(text: str) -> Iterator[tuple[int, str]]:
    """The start and the converted form of every line that changes, in order."""
    tables = _tables()
    found = tables.changeable.search(text)
    while found:
        start = text.rfind("\n", 0, found.start()) + 1
        end = text.find("\n", found.end())
        end = len(text) if end < 0 else end
        line = text[start:end]
        converted = _converted(line, tables)
        if converted != line:
            yield start, converted
        found = tables.changeable.search(text, end)


def _converted(line: str, tables: _Tables) -> str:
    if not tables.rare.search(line):
        return line.translate(tables.plain)
    return "".join(_converted_sentence(sentence[0], tables) for sentence in _SENTENCE.finditer(line))


def _converted_sentence(sentence: str, tables: _Tables) -> str:
    simplified = is_simplified(sentence)
    pattern = tables.telling if simplified else tables.phrases
    characters = tables.plain if simplified else tables.every
    pieces: list[str] = []
    position = 0
    for match in pattern.finditer(sentence):
        pieces += sentence[position : match.start()].translate(characters), tables.conversion.phrases[match[0]]
        position = match.end()
    pieces.append(sentence[position:].translate(characters))
    return "".join(pieces)


@cache
def _tables() -> _Tables:
    conversion = traditional_to_simplified()
    changed = {key: value for key, value in conversion.characters.items() if key != value}
    doubles = _doubles()
    every = {**changed, **{key: changed.get(value, value) for key, value in doubles.items()}}
    traditional = hant_only() | {key for key, value in doubles.items() if value in hant_only()}
    plain = {key: value for key, value in every.items() if key in traditional or key in doubles}
    rare = (every.keys() - plain.keys()) | _pivots(conversion)
    return _Tables(
        conversion=conversion,
        traditional=frozenset(traditional),
        plain={ord(key): value for key, value in plain.items()},
        every={ord(key): value for key, value in every.items()},
        # Of the planes beyond the first the whole range: single characters of them would make the set slow.
        changeable=re.compile(f"[{_basic(every.keys() | rare)}\U00020000-\U0003ffff]+"),
        rare=re.compile(f"[{_basic(rare)}]"),
    )


def _doubles() -> dict[str, str]:
    composed = {chr(code): unicodedata.normalize("NFC", chr(code)) for code in _COMPATIBILITY}
    return {double: character for double, character in composed.items() if double != character}


def _pivots(conversion: Conversion) -> set[str]:
    """The characters that take another form in some phrase than alone."""
    return {
        character
        for phrase, simplified in conversion.phrases.items()
        for character, form in zip(phrase, simplified, strict=True)
        if form != conversion.characters.get(character, character)
    }


def _basic(characters: Iterable[str]) -> str:
    return "".join(sorted(c for c in characters if c <= "\uffff"))


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(_branch(tuple(phrases)))


def _branch(words: tuple[str, ...]) -> str:
    """A regular expression for the longest of `words`, branching character by character."""
    rests: dict[str, list[str]] = {}
    for word in words:
        if word:
            rests.setdefault(word[0], []).append(word[1:])
    if not rests:
        return ""
    branches = "|".join(re.escape(first) + _branch(tuple(rest)) for first, rest in rests.items())
    return f"(?:{branches}){'?' if '' in words else ''}"

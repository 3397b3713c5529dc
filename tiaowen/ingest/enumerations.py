"""Run-in enumerations: 一是…；二是…；三是… inside one paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tiaowen.text.numerals import read_numeral
from tiaowen.text.spans import Span

_MARK = re.compile(r"(?:(?<=[，。；：、！？,;:!?\s”）])|^)([一二三四五六七八九十]{1,3})(是|要)(?![否不])")
_SEMICOLON = re.compile(r"[；;][\s”’]*$")
_FULL_STOP = re.compile(r"。[”’）]*")


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A paragraph taken apart: the words before, each part as (label, words, number), and the sentences after."""

    opening: Span | None
    parts: tuple[tuple[Span, Span, int], ...]
    tail: Span | None


def split_enumeration(text: str, paragraph: Span) -> Enumeration | None:
    """The enumeration in the `paragraph` of `text`, or None where there is none of at least two parts from 一 on."""
    words = paragraph.of(text)
    if "二是" not in words and "二要" not in words:
        return None
    marks = _succession(words)
    if len(marks) < 2:
        return None
    ends = [mark.start() for mark in marks[1:]] + [len(words)]
    tail_start = _tail(words, marks, ends)
    ends[-1] = tail_start
    parts = []
    for number, (mark, end) in enumerate(zip(marks, ends, strict=True), start=1):
        inner = _trimmed(words, mark.end(), end)
        if inner is None:
            return None
        parts.append((Span(mark.start(), mark.end()).shift(paragraph.start), inner.shift(paragraph.start), number))
    opening, tail = _trimmed(words, 0, marks[0].start()), _trimmed(words, tail_start, len(words))
    return Enumeration(
        opening.shift(paragraph.start) if opening else None, tuple(parts), tail.shift(paragraph.start) if tail else None
    )


def _succession(words: str) -> list[re.Match[str]]:
    """The marks that count 1, 2, 3 … with the same verb."""
    found: list[re.Match[str]] = []
    for match in _MARK.finditer(words):
        value = read_numeral(match[1])
        if value == len(found) + 1 and (not found or match[2] == found[0][2]):
            found.append(match)
        elif value == 1 and len(found) < 2:
            found = [match]
    return found


def _tail(words: str, marks: list[re.Match[str]], ends: list[int]) -> int:
    """Where the last part ends: at its first full stop if semicolons part the others, else with the paragraph."""
    joined = all(_SEMICOLON.search(words[mark.end() : end]) for mark, end in zip(marks, ends[:-1], strict=False))
    stop = _FULL_STOP.search(words, marks[-1].end()) if joined else None
    return stop.end() if stop else len(words)


def _trimmed(words: str, start: int, end: int) -> Span | None:
    inner = words[start:end].strip()
    if not inner:
        return None
    start += words[start:end].index(inner[0])
    return Span(start, start + len(inner))

"""Lines that were broken only because they were full, joined again: hard-wrapped text, <br> in mid-sentence.

Where a page is wrapped, its lines that stop in the middle of a sentence are all as long as its width allows: what comes
first on the next line would not have fitted. A line that ends with a comma goes on whatever its length. A list of short
lines (names, rows of a table, signatures) is neither, and is never joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tiaowen.corpus.findings import Finding
from tiaowen.text.spans import Edit, Span

FULL = "wrap.full-line"
COMMA = "wrap.comma"

_LINE = re.compile(r"[^\n]+")
_NARROW = re.compile("[\0-\u2000]+")
_UNIT = re.compile(
    r"[\u2018\u201c(（〔《〈【「『\[]*(?:[!-~\u00a1-\u1fff]+|.)[，。、；：！？’”)）〕》〉】」』\],.;:!?…]*"
)
_LABEL = re.compile(
    r"第[〇零一二三四五六七八九十百千\d]{1,9}[编章节条]|\d{1,3}(?:[.．](?!\d)|、)|[①-⑳]|(?:Article|Chapter|Section)\s"
    r"|[(（][\dA-Za-z]{1,4}[)）]|(?P<own>[一二三四五六七八九十]{1,4}、|[（(][一二三四五六七八九十]{1,4}[)）])"
)
_FINISHED = re.compile(r"[。；：！？.;:!?][”’\"'）)》]*\s*$|[）)》]\s*$|——$")
_CITING = re.compile(r"[第条款项章节编、，和或及至与（(]\s*$")
_COMMA = re.compile(r"[，、]\s*$")
_SENTENCES = re.compile(r"[，、。；]|[a-z]+ [a-z]+ [a-z]+")
_ADDRESS = re.compile(r"https?://|www\.", re.I)
_ROW = re.compile(r"[\t|｜]|\S\s{3,}\S")
_INDENT = re.compile(r"[ \t]*[\u3000\xa0]{1,}|[ \t]{2,}")
NARROWEST, WIDEST = 15.0, 60.0
"""Widths that prose is wrapped at, in Chinese characters."""

LEAST_LINES = 4
SHARE_FULL = 0.85
"""Of the lines that stop in mid-sentence, so many are full on a page that is wrapped."""

TOO_LONG = 0.02
ROOM = 1.6
"""Closing signs may hang over the width: so much longer than the usual a full line may be."""


@dataclass(frozen=True, slots=True)
class _Wrapped:
    """A line: its `text` without outer blanks, its place, its width in Chinese characters, whether it is indented."""

    text: str
    span: Span
    width: float
    indented: bool


def rewrap(text: str) -> Iterator[Edit]:
    """The line breaks of `text` that part no paragraphs, as edits; they change no other character."""
    lines = list(_lines(text))
    width = _width_of_page(lines)
    for one, other in pairwise(lines):
        if text.count("\n", one.span.end, other.span.start) > 1 or _ROW.search(one.text) or _ROW.search(other.text):
            continue
        if width and _is_full(one, other, width) and not _begins_anew(one, other):
            if not _FINISHED.search(one.text):
                yield _joined(one, other, FULL, "a line broken because it was full")
        elif _COMMA.search(one.text) and _is_prose(one, other) and not _LABEL.match(other.text):
            yield _joined(one, other, COMMA, "a line broken after a comma")


def findings_of(edits: Sequence[Edit]) -> Iterator[Finding]:
    """That lines were joined: how many, and by what rule."""
    for rule, words in ((FULL, "broken because they were full"), (COMMA, "broken after a comma")):
        spans = tuple(edit.span for edit in edits if edit.rule == rule)
        if spans:
            yield Finding(
                "joined-lines", "info", "normalise", f"{len(spans)} lines were {words}; they are joined", spans
            )


def _lines(text: str) -> Iterator[_Wrapped]:
    for match in _LINE.finditer(text):
        words = match[0].strip()
        if words:
            start = match.start() + match[0].index(words[0])
            indent = _INDENT.match(match[0])
            width = _width(words) + (_width(indent[0]) if indent else 0.0)
            yield _Wrapped(words, Span(start, start + len(words)), width, indent is not None)


def _width(text: str) -> float:
    return len(text) - len("".join(_NARROW.findall(text))) / 2


def _width_of_page(lines: Sequence[_Wrapped]) -> float:
    """The width the page is wrapped at, 0.0 if it is not."""
    stopped = [pair for pair in pairwise(lines) if _stops(*pair)]
    if len(stopped) < LEAST_LINES:
        return 0.0
    width = sorted(one.width for one, _ in stopped)[len(stopped) * 9 // 10]
    if not NARROWEST <= width <= WIDEST:
        return 0.0
    full = sum(_is_full(one, other, width) and one.width <= width + ROOM for one, other in stopped)
    longer = sum(line.width > width + 2 * ROOM for line in lines)
    return width if full >= SHARE_FULL * len(stopped) and longer <= TOO_LONG * len(lines) else 0.0


def _stops(one: _Wrapped, other: _Wrapped) -> bool:
    """Whether `one` stops in mid-sentence, as far as its words tell: prose, unfinished, and `other` begins nothing."""
    return not _FINISHED.search(one.text) and bool(_SENTENCES.search(one.text)) and not _begins_anew(one, other)


def _is_full(one: _Wrapped, other: _Wrapped, width: float) -> bool:
    unit = _UNIT.match(other.text)
    return one.width + (_width(unit[0]) if unit else 0.0) > width - ROOM / 2 and one.width > width * 0.6


def _begins_anew(one: _Wrapped, other: _Wrapped) -> bool:
    """Whether `other` is a paragraph of its own by its indent or its number: 一、 unless cited, 1. after a stop."""
    if (other.indented and not one.indented) or _ADDRESS.match(other.text):
        return True
    label = _LABEL.match(other.text)
    if label is None:
        return other.indented
    return bool(_FINISHED.search(one.text) or (label["own"] and not _CITING.search(one.text)))


def _is_prose(one: _Wrapped, other: _Wrapped) -> bool:
    """Whether a comma parts words of a sentence and not of a heading over several lines."""
    return bool(_SENTENCES.search(other.text)) or len(other.text) > 10 or len(one.text) > 20


def _joined(one: _Wrapped, other: _Wrapped, rule: str, reason: str) -> Edit:
    between = Span(one.span.end, other.span.start)
    latin = one.text[-1] < "\u2000" and other.text[0] < "\u2000"
    return Edit(between, " " if latin else "", rule, reason)

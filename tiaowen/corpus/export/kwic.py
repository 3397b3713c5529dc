"""Keyword in context: a line for every place a hit was found by, the words below one another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tiaowen.corpus.export import Exporter, Layout
from tiaowen.corpus.export._quote import piece
from tiaowen.corpus.export.table import BOLD, NORMAL, heading, last_lines
from tiaowen.corpus.results import Found, SearchReport
from tiaowen.text.columns import clip, columns, fitting, one_line, pad
from tiaowen.text.spans import Span

LEAST = 8
"""Columns of context that are kept however narrow the screen is."""
WORD = 30
PLACE = 16
"""Columns at most of the word itself and of province and year, on a screen."""


@dataclass(frozen=True)
class Line:
    """A word with what stands before and after it, and the rank, place and year, and id of its clause."""

    rank: str
    left: str
    word: str
    right: str
    place: str
    clause: str


def render(report: SearchReport, layout: Layout) -> Iterator[str]:
    """The lines in the order of the hits, under the heading of a table."""
    yield heading(report)
    lines = [line for found in report.hits for line in _lines(found, layout.around)]
    if lines:
        yield "\n"
        yield from _aligned(lines, layout)
        yield "\n"
    yield from last_lines(report, layout)


def _lines(found: Found, around: int) -> Iterator[Line]:
    quote, day = one_line(found.clause.quote), found.citation.day
    province = found.instrument.masthead.province
    place = " ".join(part for part in (province.value if province else "", str(day.year) if day else "") if part)
    for span in found.highlights or (Span(0, 0),):
        before, after = piece(quote, span.start - around, span.start), piece(quote, span.end, span.end + around)
        left = ("…" if before.start else "") + before.of(quote)
        right = after.of(quote) + ("…" if after.end < len(quote) else "")
        yield Line(str(found.rank), left, span.of(quote), right, one_line(place), found.citation.id)


def _aligned(lines: list[Line], layout: Layout) -> Iterator[str]:
    def widest(name: str) -> int:
        return max(columns(getattr(line, name)) for line in lines)

    rank, place, word = widest("rank"), min(PLACE, widest("place")), widest("word")
    left, right = widest("left"), widest("right")
    if layout.fitted:
        word = min(WORD, word)
        room = max(LEAST, (layout.width - rank - word - place - widest("clause") - 8) // 2)
        left, right = min(room, left), min(room, right)
    for line in lines:
        before = pad(_cut(line.left, left, end=True), left, right=True)
        found = clip(line.word, word)
        rest = right + word - columns(found)
        after = pad(_cut(line.right, rest), rest)
        shown = f"{BOLD}{found}{NORMAL}" if layout.colour and found else found
        yield (
            f"{pad(line.rank, rank, right=True)}  {before} {shown} {after}  {pad(line.place, place)}  {line.clause}\n"
        )


def _cut(text: str, width: int, end: bool = False) -> str:
    """`text` in so many columns with … for the rest, but never half a mark."""
    if columns(text) <= width:
        return text
    kept = len(fitting(text, width - 1, end))
    span = piece(text, len(text) - kept, len(text)) if end else piece(text, 0, kept)
    return "…" + span.of(text) if end else span.of(text) + "…"


plugin = Exporter(render, ".kwic")

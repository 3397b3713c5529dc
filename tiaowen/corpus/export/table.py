"""A table for the terminal, fitted to its width with wide characters counted as two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from tiaowen.corpus.export import Exporter, Layout
from tiaowen.corpus.export._quote import piece
from tiaowen.corpus.facets import NOT_SAID, Facet
from tiaowen.corpus.results import Found, SearchReport
from tiaowen.text.columns import clip, columns, one_line, pad, wrap
from tiaowen.text.spans import Span

CONTEXT = 90
"""Code points of a quote shown around the first highlight; the whole is one `tiaowen show` away."""
LEAD_IN = 40
"""Code points of a lead-in, from its end."""
GAP = "   "
_NOT_KNOWN = "时效未知"
BOLD, NORMAL = "\x1b[1m", "\x1b[0m"
BESIDE = 88
"""Columns from which there is room to say where beside the clause, not below it."""


def render(report: SearchReport, layout: Layout) -> Iterator[str]:
    """The hits as a table with a line above that says what was searched, and the notes below."""
    yield heading(report)
    if report.hits:
        yield from _table(report.hits, layout)
    yield from last_lines(report, layout)


def last_lines(report: SearchReport, layout: Layout) -> Iterator[str]:
    """The counts, where asked for, and the notes."""
    for facet in report.facets:
        if len(facet.by) == 1:
            yield _counts(facet, layout.width)
    yield from (f"note: {one_line(note)}\n" for note in report.notes)


def _table(hits: Sequence[Found], layout: Layout) -> Iterator[str]:
    rank = max(len(str(found.rank)) for found in hits)
    room = layout.width - rank - 2 * len(GAP)
    longest = max(len(found.citation.id) for found in hits)  # in one piece, it can be taken up with a double click
    where = max(longest, room * 4 // 9)
    beside = layout.width >= max(BESIDE, 2 * longest)
    clause = room - where if beside else room + len(GAP)
    yield (
        GAP.join((" " * (rank - 1) + "#", pad("clause", clause), "where") if beside else ("#", "clause")).rstrip()
        + "\n"
    )
    yield "─" * layout.width + "\n"
    for found in hits:
        left = list(_lines(*_quote(found), clause, layout.colour))
        right = [line for text in _where(found) for line in _lines(text, (), where if beside else clause, colour=False)]
        for number, line in enumerate(_side_by_side(left, right, clause) if beside else (*left, *right, "")):
            first = str(found.rank) if number == 0 else ""
            yield f"{first:>{rank}}{GAP}{line}".rstrip() + "\n"
    if beside:
        yield "\n"


def _side_by_side(left: Sequence[str], right: Sequence[str], width: int) -> Iterator[str]:
    for one, other in zip_longest(left, right, fillvalue=""):
        yield f"{one}{' ' * (width - columns(_plain(one)))}{GAP}{other}"


def _lines(text: str, bold: Sequence[Span], width: int, colour: bool) -> Iterator[str]:
    """The lines of `text`, its `bold` spans so where there is colour."""
    for line in wrap(text, width):
        if not colour:
            yield line.of(text)
            continue
        position, pieces = line.start, []
        for span in bold:
            start, end = max(position, span.start), min(line.end, span.end)
            if start < end:
                pieces += [text[position:start], BOLD, text[start:end], NORMAL]
                position = end
        yield "".join((*pieces, text[position : line.end]))


def _plain(line: str) -> str:
    return line.replace(BOLD, "").replace(NORMAL, "")


def _counts(facet: Facet, width: int) -> str:
    """The greatest counts of a facet on a line; of years the newest."""
    found = [cell for cell in facet.cells if cell.found.clauses]
    if facet.by == ("year",):
        found.sort(key=lambda cell: cell.values, reverse=True)
    said = [f"{one_line(cell.values[0]) or NOT_SAID} {cell.found.clauses} ({cell.found.works})" for cell in found]
    return clip(f"{facet.by[0]:8}  {'  '.join(said)}", width) + "\n"


def heading(report: SearchReport) -> str:
    """One line: how many hits, in what, found by what."""
    searched = report.searched
    shown = ""
    if report.hits and len(report.hits) < report.total:
        first, last = report.hits[0].rank, report.hits[-1].rank
        shown = f", {first} to {last} shown" if first > 1 else f", the first {last} shown"
    return (
        f"{report.total} hit{'' if report.total == 1 else 's'}{shown} in {searched.clauses} clauses of "
        f"{searched.instruments} instruments · {one_line(report.understood)} · "
        f"{report.engine} {report.took_ms:.0f} ms\n"
    )


def _quote(found: Found) -> tuple[str, list[Span]]:
    """The lead-in and the piece of the quote around the first word found, and where the words stand in that."""
    quote = one_line(found.clause.quote)
    first = found.highlights[0].start if found.highlights else 0
    start = max(0, first - CONTEXT // 3)
    window = piece(quote, start, start + CONTEXT)
    lead_in = f"〔{_end(one_line(found.clause.lead_in))}〕" if found.clause.lead_in else ""
    before, after = lead_in + ("…" if window.start else ""), ("…" if window.end < len(quote) else "")
    moved = len(before) - window.start
    words = [Span(span.start + moved, span.end + moved) for span in found.highlights if window.covers(span)]
    return before + window.of(quote) + after, words


def _end(text: str) -> str:
    return text if len(text) <= LEAD_IN else "…" + text[-LEAD_IN:]


def _where(found: Found) -> Iterator[str]:
    citation, masthead = found.citation, found.instrument.masthead
    number = f" {citation.number}" if citation.number else ""
    place = f"{masthead.province.value} · " if masthead.province else ""
    yield one_line(f"{place}{citation.title or '(untitled)'}{number}")
    yield one_line(citation.path)
    yield citation.id
    if found.standing.status != "现行有效":
        yield _NOT_KNOWN if found.standing.status == "未知" else f"{found.standing.status} {found.standing.day}"
    if found.also:
        yield f"also on {len(found.also)} other page{'' if len(found.also) == 1 else 's'}"
    if found.differs:
        yield f"in nearly these words on {len(found.differs)} other page{'' if len(found.differs) == 1 else 's'}"


plugin = Exporter(render, ".txt")

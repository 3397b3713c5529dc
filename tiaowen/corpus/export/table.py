"""A table for the terminal, fitted to its width with wide characters counted as two."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tiaowen.corpus.export import Exporter, Layout
from tiaowen.corpus.export._quote import piece
from tiaowen.corpus.facets import NOT_SAID, Facet
from tiaowen.corpus.results import Found, SearchReport
from tiaowen.text.columns import clip, one_line

if TYPE_CHECKING:
    from rich.text import Text

CONTEXT = 90
"""Code points of a quote shown around the first highlight; the whole is one `tiaowen show` away."""
LEAD_IN = 40
"""Code points of a lead-in, from its end."""
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
    from rich import box  # noqa: PLC0415  (rich costs more than a small search: only who wants a table pays)
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    out = io.StringIO()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("clause", overflow="fold", ratio=5)
    beside = layout.width >= BESIDE
    if beside:
        # An id in one piece can be taken up with a double click.
        longest = max(len(found.citation.id) for found in hits)
        table.add_column("where", overflow="fold", ratio=4, min_width=min(longest, layout.width // 2))
    for found in hits:
        quote, where = _quote(found), _where(found)
        cells = (quote, where) if beside else (Text("\n").join((quote, where, Text(""))),)
        table.add_row(Text(str(found.rank)), *cells)
    console = Console(
        file=out,
        width=layout.width,
        color_system="standard" if layout.colour else None,
        force_terminal=layout.colour,
        legacy_windows=False,
    )
    console.print(table)
    yield from (line.rstrip() + "\n" for line in out.getvalue().splitlines())


def _counts(facet: Facet, width: int) -> str:
    """The greatest counts of a facet on a line."""
    found = [cell for cell in facet.cells if cell.found.clauses]
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


def _quote(found: Found) -> Text:
    from rich.text import Text  # noqa: PLC0415

    quote = one_line(found.clause.quote)
    first = found.highlights[0].start if found.highlights else 0
    start = max(0, first - CONTEXT // 3)
    window = piece(quote, start, start + CONTEXT)
    before, after = ("…" if window.start else ""), ("…" if window.end < len(quote) else "")
    shown = Text(before + window.of(quote) + after)
    for span in found.highlights:
        if window.covers(span):
            shown.stylize("bold", span.start - window.start + len(before), span.end - window.start + len(before))
    if found.clause.lead_in:
        shown = Text(f"〔{_end(one_line(found.clause.lead_in))}〕", style="dim") + shown
    return shown


def _end(text: str) -> str:
    return text if len(text) <= LEAD_IN else "…" + text[-LEAD_IN:]


def _where(found: Found) -> Text:
    from rich.text import Text  # noqa: PLC0415

    citation, masthead = found.citation, found.instrument.masthead
    title = citation.title or "(untitled)"
    number = f" {citation.number}" if citation.number else ""
    place = f"{masthead.province.value} · " if masthead.province else ""
    lines = (Text(one_line(f"{place}{title}{number}")), Text(one_line(citation.path)), Text(citation.id, style="dim"))
    return Text("\n").join(line for line in lines if line)


plugin = Exporter(render, ".txt")

"""A table for the terminal, fitted to its width with wide characters counted as two."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tiaowen.corpus.export import Exporter, Layout
from tiaowen.corpus.facets import NOT_SAID, Facet
from tiaowen.corpus.instrument import CUT_MARK
from tiaowen.corpus.results import Found, SearchReport
from tiaowen.text.columns import clip, one_line
from tiaowen.text.spans import Span
from tiaowen.text.visible import visible

if TYPE_CHECKING:
    from rich.text import Text

CONTEXT = 90
"""Code points of a quote shown around the first highlight; the whole is one `tiaowen show` away."""


def render(report: SearchReport, layout: Layout) -> Iterator[str]:
    """The hits as a table with a line above that says what was searched, and the notes below."""
    from rich import box  # noqa: PLC0415  (rich costs more than a small search: only who wants a table pays)
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    yield heading(report)
    if report.hits:
        out = io.StringIO()
        table = Table(box=box.SIMPLE_HEAD, expand=False, pad_edge=False)
        table.add_column("#", justify="right", no_wrap=True)
        table.add_column("clause", overflow="fold", ratio=5)
        table.add_column("where", overflow="fold", ratio=3)
        for found in report.hits:
            table.add_row(str(found.rank), _quote(found), _where(found))
        Console(file=out, width=layout.width, color_system=None).print(table)
        yield from (line.rstrip() + "\n" for line in out.getvalue().splitlines())
    for facet in report.facets:
        if len(facet.by) == 1:
            yield from _counts(facet, layout.width)
    yield from (f"note: {one_line(note)}\n" for note in report.notes)


def _counts(facet: Facet, width: int) -> Iterator[str]:
    """The greatest counts of a facet on a line."""
    found = [cell for cell in facet.cells if cell.found.clauses]
    said = [f"{one_line(cell.values[0]) or NOT_SAID} {cell.found.clauses} ({cell.found.works})" for cell in found]
    yield clip(f"{facet.by[0]:8}  {'  '.join(said)}", width) + "\n"


def heading(report: SearchReport) -> str:
    """One line: how many hits, in what, found by what."""
    searched = report.searched
    shown = f", the first {len(report.hits)} shown" if len(report.hits) < report.total else ""
    return (
        f"{report.total} hit{'' if report.total == 1 else 's'}{shown} in {searched.clauses} clauses of "
        f"{searched.instruments} instruments · {report.understood} · {report.engine} {report.took_ms:.0f} ms\n"
    )


def _quote(found: Found) -> Text:
    from rich.text import Text  # noqa: PLC0415

    quote = visible(found.clause.quote)
    window = _window(quote, found.highlights)
    before, after = ("…" if window.start else ""), ("…" if window.end < len(quote) else "")
    shown = Text(before + window.of(quote) + after)
    for span in found.highlights:
        if window.covers(span):
            shown.stylize("bold", span.start - window.start + len(before), span.end - window.start + len(before))
    if found.clause.lead_in:
        shown = Text(f"〔{visible(found.clause.lead_in)[-40:]}〕", style="dim") + shown
    return shown


def _window(quote: str, highlights: tuple[Span, ...]) -> Span:
    first = highlights[0].start if highlights else 0
    start = max(0, first - CONTEXT // 3)
    end = min(len(quote), start + CONTEXT)
    # Never show half a mark: a reader must see that something was cut out.
    mark = quote.find(CUT_MARK, max(0, end - len(CUT_MARK) + 1), end + len(CUT_MARK) - 1)
    return Span(start, min(len(quote), mark + len(CUT_MARK)) if mark >= 0 else end)


def _where(found: Found) -> str:
    citation, masthead = found.citation, found.instrument.masthead
    title = citation.title or "(untitled)"
    number = f" {citation.number}" if citation.number else ""
    place = f"{masthead.province.value} · " if masthead.province else ""
    return visible(f"{place}{title}{number}\n{citation.path}\n{citation.id}")


plugin = Exporter(render, ".txt")

"""Bars for the terminal, an eighth of a column fine."""

from __future__ import annotations

from collections.abc import Iterator

from tiaowen.corpus.counts import CountForm
from tiaowen.corpus.counts._words import heading, notes, shown
from tiaowen.corpus.export import Layout
from tiaowen.corpus.facets import CountReport
from tiaowen.text.columns import columns, pad

EIGHTHS = " ▏▎▍▌▋▊▉"


def render(report: CountReport, layout: Layout) -> Iterator[str]:
    """The heading, a bar a cell with its number of clauses and works, and the notes."""
    yield heading(report)
    yield "\n"
    cells = report.facets[0].cells
    labels = [" · ".join(map(shown, cell.values)) for cell in cells]
    numbers = [f"{cell.found.clauses} ({cell.found.works})" for cell in cells]
    label_width = min(max(map(columns, labels), default=0), layout.width // 3)
    number_width = max(map(columns, numbers), default=0)
    room = max(4, layout.width - label_width - number_width - 3)
    most = max((cell.found.clauses for cell in cells), default=0)
    for cell, label, number in zip(cells, labels, numbers, strict=True):
        length = cell.found.clauses / most * room if most else 0
        yield f"{pad(label, label_width)} {pad(number, number_width, right=True)} {bar(length)}".rstrip() + "\n"
    yield "\n"
    yield "clauses (works)\n"
    yield from notes(report)


def bar(length: float) -> str:
    """A bar of so many columns; whatever is more than nothing shows."""
    eighths = round(length * 8) if not 0 < length < 1 / 8 else 1
    return "█" * (eighths // 8) + EIGHTHS[eighths % 8].strip()


plugin = CountForm(render, "")

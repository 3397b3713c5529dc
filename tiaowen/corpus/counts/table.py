"""A table for the terminal: by one field, with the shares; by several, the last one across."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tiaowen.corpus.counts import CountForm
from tiaowen.corpus.counts._words import heading, notes, shown
from tiaowen.corpus.export import Layout
from tiaowen.corpus.facets import Amount, Cell, CountReport
from tiaowen.text.columns import clip, columns, grid

NOTHING_HELD = "·"
LONGEST = 24
"""Columns of a head; longer ones are clipped."""


def render(report: CountReport, layout: Layout) -> Iterator[str]:
    """The heading, the table and the notes."""
    yield heading(report)
    yield "\n"
    yield from _list(report, layout.width) if len(report.by) == 1 else _cross(report, layout.width)
    yield "\n"
    yield from notes(report)


def _list(report: CountReport, width: int) -> Iterator[str]:
    whole = report.query is None
    head = ["clauses", "works"] if whole else ["clauses", "works", "of clauses", "of works", "share"]
    rows = [[report.by[0], *head]]
    for cell in report.facets[0].cells:
        rows.append([shown(cell.values[0]), *_numbers(cell, whole)])
    rows.append(["all", *_numbers(Cell((), report.found, report.held), whole)])
    yield from grid(rows, [False, *[True] * len(head)], width)


def _numbers(cell: Cell, whole: bool) -> list[str]:
    held = [str(cell.held.clauses), str(cell.held.works)]
    if whole:
        return held
    share = f"{cell.found.clauses / cell.held.clauses:.1%}" if cell.held.clauses else ""
    return [str(cell.found.clauses), str(cell.found.works), *held, share]


def _cross(report: CountReport, width: int) -> Iterator[str]:
    """A line for every combination of all fields but the last, in as many blocks as the width asks for."""
    whole, by_rows, by_columns = report.facets
    cells = {cell.values: _amount(cell.found) for cell in whole.cells}
    heads = [cell.values[0] for cell in by_columns.cells]
    table = [[" · ".join(report.by[:-1]), *(clip(shown(head), LONGEST) for head in heads), "all"]]
    for row in by_rows.cells:
        label = " · ".join(map(shown, row.values))
        table.append([label, *(cells.get((*row.values, head), NOTHING_HELD) for head in heads), _amount(row.found)])
    table.append(["all", *(_amount(cell.found) for cell in by_columns.cells), _amount(report.found)])
    for block in _blocks(table, width):
        yield from grid(block, [False, *[True] * (len(block[0]) - 1)], width)
        yield "\n"
    yield f"clauses (works) by {report.by[-1]}; 0: held but not found; {NOTHING_HELD}: nothing held\n"


def _amount(amount: Amount) -> str:
    return f"{amount.clauses} ({amount.works})" if amount.clauses else "0"


def _blocks(table: Sequence[Sequence[str]], width: int) -> Iterator[list[list[str]]]:
    """The table as tables that fit, each with the first column."""
    sizes = [max(columns(row[place]) for row in table) for place in range(len(table[0]))]
    first = min(sizes[0], max(10, width // 3))
    start = 1
    while start < len(sizes):
        end, taken = start + 1, first + 2 + sizes[start]
        while end < len(sizes) and taken + 2 + sizes[end] <= width:
            taken += 2 + sizes[end]
            end += 1
        yield [[row[0], *row[start:end]] for row in table]
        start = end


plugin = CountForm(render, ".txt")

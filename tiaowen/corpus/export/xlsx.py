"""Excel workbook: the hits on one sheet, and on the other what somebody needs to run the search again."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tiaowen.corpus.export import Exporter, Layout
from tiaowen.corpus.export._rows import COLUMNS, row
from tiaowen.corpus.results import SearchReport

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

WIDTHS = {"title": 36, "number": 20, "issuers": 20, "quote": 60, "lead_in": 30, "citation": 40, "url": 30, "path": 20}
NUMBERS = ("rank", "score")
CELL = 32_767
"""Code units of UTF-16 that a cell holds (Excel's specification); longer text would be refused."""


def render(report: SearchReport, layout: Layout) -> Iterator[bytes]:
    """The workbook in one piece."""
    from xlsxwriter.workbook import Workbook  # noqa: PLC0415  (only who wants a workbook pays)

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": report.query, "created": report.at, "comments": "made by tiaowen"})
        _hits(book, report)
        _search(book, report)
    yield out.getvalue()


def _hits(book: Workbook, report: SearchReport) -> None:
    sheet = book.add_worksheet("hits")
    head, body = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for column, name in enumerate(COLUMNS):
        sheet.set_column(column, column, WIDTHS.get(name, 12), body)
        sheet.write_string(0, column, name, head)
    for line, found in enumerate(report.hits, start=1):
        for column, (name, value) in enumerate(zip(COLUMNS, row(found), strict=True)):
            if name in NUMBERS:
                sheet.write_number(line, column, float(value), body)
            else:
                sheet.write_string(line, column, _cell(value, found.citation.id), body)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(report.hits), 1), len(COLUMNS) - 1)


def _search(book: Workbook, report: SearchReport) -> None:
    sheet = book.add_worksheet("search")
    sheet.set_column(0, 0, 14, book.add_format({"bold": True}))
    sheet.set_column(1, 1, 90, book.add_format({"text_wrap": True}))
    searched = report.searched
    said = [
        ("query", report.query),
        ("understood", report.understood),
        *((f"filter {name}", value) for name, value in report.filters.items()),
        ("hits", f"{report.total}, of which {len(report.hits)} stand here"),
        ("searched", f"{searched.clauses} clauses of {searched.instruments} instruments"),
        ("provinces", "、".join(searched.provinces) or "none named"),
        ("engine", report.engine),
        ("index", report.index),
        ("at", report.at.isoformat(timespec="seconds")),
        *(("note", note) for note in report.notes),
    ]
    for line, (name, value) in enumerate(said):
        sheet.write_string(line, 0, name)
        sheet.write_string(line, 1, _cell(value, ""))


def _cell(value: str, clause: str) -> str:
    """`value` as a cell holds it: nothing is left out without a word."""
    value = value.encode("utf-8", "replace").decode("utf-8")
    if len(value.encode("utf-16-le")) // 2 <= CELL:
        return value
    rest = f" [… cut here: a cell holds no more; `tiaowen show {clause}`]"
    kept = value.encode("utf-16-le")[: 2 * (CELL - len(rest))].decode("utf-16-le", "ignore")
    return kept + rest


plugin = Exporter(render, ".xlsx", binary=True)

"""CSV (RFC 4180) with a byte order mark, which spreadsheets need to read Chinese."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from tiaowen.corpus.export import Exporter, Layout
from tiaowen.corpus.export._rows import COLUMNS, row
from tiaowen.corpus.results import SearchReport

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(report: SearchReport, layout: Layout) -> Iterator[str]:
    """A header and one row a hit."""
    yield "\ufeff" + csv_line(COLUMNS)
    for found in report.hits:
        yield csv_line(row(found))


def csv_line(values: Iterable[str]) -> str:
    """One row, harmless to spreadsheets."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(_harmless(value) for value in values)
    return out.getvalue()


def _harmless(value: str) -> str:
    """A cell a spreadsheet will not run as a formula: page text is not to be trusted (CWE-1236)."""
    return "'" + value if value.startswith(FORMULA) else value


def as_written(cell: str) -> str:
    """The value that `csv_line` was given for this cell."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


plugin = Exporter(render, ".csv")

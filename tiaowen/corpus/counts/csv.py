"""CSV, tidy: a row for every combination of values of which anything is held, found or not."""

from __future__ import annotations

from collections.abc import Iterator

from tiaowen.corpus.counts import CountForm
from tiaowen.corpus.export import Layout
from tiaowen.corpus.export.csv import csv_line
from tiaowen.corpus.facets import CountReport, facet_json


def render(report: CountReport, layout: Layout) -> Iterator[str]:
    """A header and one row a cell."""
    yield "\ufeff" + csv_line((*report.by, "clauses", "works", "of_clauses", "of_works"))
    for row in facet_json(report.facets[0]):
        yield csv_line(str(value) for value in row.values())


plugin = CountForm(render, ".csv")

"""SVG: a picture for print, its letters as shapes."""

from __future__ import annotations

from collections.abc import Iterator

from tiaowen.corpus.counts import CountForm
from tiaowen.corpus.counts._plot import plot
from tiaowen.corpus.export import Layout
from tiaowen.corpus.facets import CountReport


def render(report: CountReport, layout: Layout) -> Iterator[bytes]:
    """The picture in one piece."""
    return plot(report, "svg")


plugin = CountForm(render, ".svg", binary=True)

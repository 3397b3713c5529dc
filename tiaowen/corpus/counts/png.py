"""PNG: a picture for slides."""

from __future__ import annotations

from collections.abc import Iterator

from tiaowen.corpus.counts import CountForm
from tiaowen.corpus.counts._plot import plot
from tiaowen.corpus.export import Layout
from tiaowen.corpus.facets import CountReport


def render(report: CountReport, layout: Layout) -> Iterator[bytes]:
    """The picture in one piece."""
    return plot(report, "png")


plugin = CountForm(render, ".png", binary=True)

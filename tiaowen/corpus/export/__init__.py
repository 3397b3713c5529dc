"""Export formats, one file each: a search report as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tiaowen.corpus.results import SearchReport
from tiaowen.plugins import Family


@dataclass(frozen=True)
class Exporter:
    """A format. `render` gives the text in pieces, each ending in a line break; `width` is that of a terminal line."""

    render: Callable[[SearchReport, int], Iterator[str]]


EXPORTERS = Family("tiaowen.corpus.export", Exporter, "export format")

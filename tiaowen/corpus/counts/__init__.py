"""Forms of a count, one file each: as text or bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tiaowen.corpus.export import Layout
from tiaowen.corpus.facets import CountReport
from tiaowen.plugins import Family


@dataclass(frozen=True)
class CountForm:
    """A form. `render`, `suffix` and `binary` as those of an export format."""

    render: Callable[[CountReport, Layout], Iterator[str] | Iterator[bytes]]
    suffix: str
    binary: bool = False


COUNT_FORMS = Family("tiaowen.corpus.counts", CountForm, "form of a count")

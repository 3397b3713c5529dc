"""One file an engine. All must find the same set; `memory`, brute force, says which set that is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from tiaowen.index.analyzer import Analyzer
from tiaowen.index.filters import Filters
from tiaowen.index.query import Node
from tiaowen.index.ranking import RankTerm
from tiaowen.plugins import Family

if TYPE_CHECKING:
    from tiaowen.index.stretches import Fresh  # loads what starts processes

Progress = Callable[[int], None]
"""Called now and then with the number of entries done."""


@dataclass(frozen=True, slots=True)
class Found:
    """`total` entries match; the best are `ordinals` with `scores`, best first, the lower ordinal first in a tie."""

    total: int
    ordinals: tuple[int, ...]
    scores: tuple[float, ...]


class Searcher(Protocol):
    """An open index. Any number may read while another process adds to it."""

    def search(self, node: Node, ranking: Sequence[RankTerm], limit: int) -> Found:
        """The entries that fulfil `node`, ranked by BM25 over `ranking`."""
        ...

    def select(self, node: Node) -> Sequence[int]:
        """The ordinals of all entries that fulfil `node`, ascending."""
        ...


@runtime_checkable
class Engine(Protocol):
    """An engine: matches terms and ranks; it never cuts text and never shows any."""

    def version(self) -> str:
        """Name and release of what does the work, for the manifest."""
        ...

    def write(self, directory: Path, fresh: Fresh, progress: Progress) -> None:
        """Make the index in `directory`, which has the entries before the `fresh` ones, that of their table.

        Existing files in `directory` may be links that other generations share: replace or add files, never write
        into one.
        """
        ...

    def open(self, directory: Path, filters: Filters, analyzer: Analyzer) -> Searcher:
        """The index in `directory`, over the table of `filters`."""
        ...


ENGINES: Family[Engine] = Family("tiaowen.index.engines", Engine, "engine")  # type: ignore[type-abstract]

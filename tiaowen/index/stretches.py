"""Entries cut into terms by one process or several, a stretch at a time and in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TypeVar

from tiaowen.corpus.parallel import in_order
from tiaowen.errors import ProcessDied, SearchError
from tiaowen.index.analyzer import Analyzer
from tiaowen.index.ranking import Document, documents
from tiaowen.index.table import Table

Made = TypeVar("Made")


@dataclass(frozen=True)
class Stretch:
    """The entries from ordinal `first` up to `last` of the table with the folders `parts`."""

    parts: tuple[Path, ...]
    first: int
    last: int
    analyzer: Analyzer

    def documents(self) -> Iterator[Document]:
        """The entries as terms."""
        return documents(_table(self.parts), self.first, self.analyzer, self.last)


@dataclass(frozen=True)
class Fresh:
    """What an index lacks: the entries of `table` from ordinal `first` on, which `jobs` processes cut."""

    table: Table
    first: int
    analyzer: Analyzer
    jobs: int = 1

    def cut(self, work: Callable[[Stretch], Made], length: int) -> Iterator[tuple[Stretch, Made]]:
        """What `work` makes of each stretch of `length` entries, in order.

        `work` must be a function at the top of a module, or a part of one. Raises SearchError when a process dies.
        """
        parts = tuple(part.directory for part in self.table.parts)
        starts = range(self.first, len(self.table), length)
        stretches = (Stretch(parts, at, min(at + length, len(self.table)), self.analyzer) for at in starts)
        try:
            for stretch, made in chain.from_iterable(in_order(work, stretches, lambda _: True, self.jobs)):
                assert made is not None
                yield stretch, made
        except ProcessDied as error:
            raise SearchError(
                "a process that cuts clauses died, perhaps for want of memory; the last index stands. Run the same "
                "again with --jobs 1"
            ) from error


@lru_cache(maxsize=1)
def _table(parts: tuple[Path, ...]) -> Table:
    return Table(parts)

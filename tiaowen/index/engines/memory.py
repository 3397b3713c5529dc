"""Brute force over the texts: the oracle that says what the other engines must find. Writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tiaowen.index.analyzer import Analyzer
from tiaowen.index.engines import Found, Progress
from tiaowen.index.filters import Filters
from tiaowen.index.matching import matches
from tiaowen.index.query import Node
from tiaowen.index.ranking import Field, RankTerm, documents, idf, length_code, norms, part_score
from tiaowen.index.table import Table

if TYPE_CHECKING:
    from tiaowen.index.stretches import Fresh


class Memory:
    """Nothing to write, everything to read."""

    def version(self) -> str:
        """No package does the work."""
        return "memory"

    def write(self, directory: Path, fresh: Fresh, progress: Progress) -> None:
        """Nothing: the table holds all."""

    def open(self, directory: Path, filters: Filters, analyzer: Analyzer) -> MemorySearcher:
        """A searcher over the table."""
        return MemorySearcher(filters.table, analyzer)


class MemorySearcher:
    """Reads every entry for every query."""

    def __init__(self, table: Table, analyzer: Analyzer) -> None:
        self._table = table
        self._analyzer = analyzer

    def select(self, node: Node) -> list[int]:
        """Every entry that fulfils `node`."""
        return [i for i, entry in enumerate(self._table) if matches(node, entry, self._analyzer)]

    def search(self, node: Node, ranking: Sequence[RankTerm], limit: int) -> Found:
        """As the protocol says."""
        found = self.select(node)
        scores = self._scores(ranking, set(found)) if ranking else {}
        best = sorted(found, key=lambda i: (-scores.get(i, 0.0), i))[:limit]
        return Found(len(found), tuple(best), tuple(scores.get(i, 0.0) for i in best))

    def _scores(self, ranking: Sequence[RankTerm], found: set[int]) -> dict[int, float]:
        scores = dict.fromkeys(found, 0.0)
        for term in ranking:
            counts, codes, average = self._field(term.field)
            weight = term.weight * idf(sum(term.term in c for c in counts), len(counts))
            norm = norms(average)
            for ordinal in found:
                if frequency := counts[ordinal][term.term]:
                    scores[ordinal] += part_score(weight, frequency, norm[codes[ordinal]])
        return scores

    def _field(self, field: Field) -> tuple[list[Counter[str]], list[int], float]:
        """Term counts and length codes of every entry, and the mean length."""
        if field not in self._fields:
            terms = [document.terms(field) for document in documents(self._table, 0, self._analyzer)]
            lengths = list(map(len, terms))
            mean = sum(lengths) / max(len(lengths), 1)
            self._fields[field] = ([Counter(t) for t in terms], list(map(length_code, lengths)), mean)
        return self._fields[field]

    @cached_property
    def _fields(self) -> dict[Field, tuple[list[Counter[str]], list[int], float]]:
        return {}


plugin = Memory()

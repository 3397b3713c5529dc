"""Searches an index: a query in, ranked clause ids out, with what was searched and how it was understood."""

from __future__ import annotations

import os
import time
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from tiaowen.errors import SearchError
from tiaowen.index.analyzer import SEGMENTERS, Analyzer
from tiaowen.index.engines import ENGINES, Found, Searcher
from tiaowen.index.filters import Filters, Searched, filter_node
from tiaowen.index.folding import Fold, Folding
from tiaowen.index.generations import hold
from tiaowen.index.highlight import highlight
from tiaowen.index.manifest import LEXICON, Manifest, check_engine, check_files, check_state, read_manifest
from tiaowen.index.nearest import nearest
from tiaowen.index.query import EVERYTHING, Between, Held, Leaf, Node, Not, Query, Same, both, describe, leaves
from tiaowen.index.ranking import RankTerm, rank_terms
from tiaowen.index.second_look import DEPTH, second_look
from tiaowen.index.sorting import Sort, in_order
from tiaowen.index.syntax import parse_query
from tiaowen.index.table import Table
from tiaowen.index.works import Works, read_works
from tiaowen.text.spans import Span

_TRIES = 3
_SPARE = 20
"""Hits asked for beyond twice those wanted, for clauses that stand on several pages and for ties."""


@dataclass(frozen=True)
class Hit:
    """A clause that matches, by its id.

    `also` are the ids of the same clause of the work on other pages and in other versions; `differs` those of other
    pages of the same version that have nearly its words.
    """

    clause: str
    score: float
    also: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()


@dataclass(frozen=True)
class TermCount:
    """A word or phrase of a query, how it is sought, and how many clauses have it, filters applied.

    For a term that stands nowhere, `nearest` are a few that do. `field` is that of the instrument it asks for, if any.
    """

    term: str
    clauses: int
    nearest: tuple[str, ...] = ()
    field: str = ""


@dataclass(frozen=True)
class Results:
    """The answer to a query. `understood` is the query written out, `node` its tree for highlights.

    `terms` counts each term where counts were asked for or nothing was found; `seconds` is the time it took.
    """

    query: Query
    node: Node
    understood: str
    engine: str
    total: int
    hits: tuple[Hit, ...]
    searched: Searched
    terms: tuple[TermCount, ...]
    seconds: float


class Index:
    """An open index. It answers from the generation it was opened on, whatever is added meanwhile.

    `day` is the one of which `validity` speaks.
    """

    def __init__(self, directory: Path, state: str | None = None, day: date | None = None) -> None:
        """Open the index in `directory`; with `state`, only if it was built from that state of the corpus.

        Without a `day` it speaks of today. Raises SearchError if there is none, StaleIndex with the command to run if
        it does not fit.
        """
        self.manifest, handle = _open(directory)
        weakref.finalize(self, os.close, handle)
        if state is not None:
            check_state(self.manifest, state)
        check_engine(self.manifest)
        check_files(self.manifest, directory)
        self._files = directory / self.manifest.generation
        self.analyzer = Analyzer(SEGMENTERS.get(self.manifest.segmenter).open(self._files / LEXICON))
        self.day = day or date.today()
        self.works = _works(self._files)
        self.table = Table((self._files / name for name in self.manifest.parts), self.works.statuses(self.day))
        dropped = self.manifest.dropped
        self.living: Node = Not(Held("content", dropped)) if dropped else EVERYTHING

    @cached_property
    def searcher(self) -> Searcher:
        """The engine, opened on first use."""
        return ENGINES.get(self.manifest.engine).open(self._files / "engine", self.filters, self.analyzer)

    def search(
        self,
        text: str,
        filters: Mapping[str, Sequence[str]] | None = None,
        *,
        limit: int = 20,
        offset: int = 0,
        match: str = "all",
        sort: Sort = "score",
        explain: bool = False,
        every_witness: bool = False,
    ) -> Results:
        """The clauses that answer the query `text`, each clause of a work once unless `every_witness`.

        `filters` maps fields (province, level, year, …) to values of which one must hold. `match` is "all" or "any"
        words. Hits `offset` to `offset + limit` are given, in the order of `sort`. Raises QuerySyntaxError.
        """
        started = time.perf_counter()
        query = parse_query(text, self.analyzer, match)
        limits = self.limits(filters or {})
        node = both(query.node, limits)
        total, hits = self._best(node, rank_terms(query, self.analyzer), offset + limit, sort, every_witness)
        return Results(
            query=query,
            node=query.node,
            understood=describe(both(query.node, filter_node(filters or {}))),
            engine=self.manifest.engine,
            total=total,
            hits=tuple(hits[offset : offset + limit]),
            searched=self.searched(limits),
            terms=self._counts(query.node, limits) if explain or not total else (),
            seconds=time.perf_counter() - started,
        )

    def highlight(self, text: str, node: Node) -> tuple[Span, ...]:
        """Where the words of `node` stand in `text`, a clause in its own script."""
        return highlight(text, node, self.analyzer)

    def limits(self, filters: Mapping[str, Sequence[str]]) -> Node:
        """Filters as a node that leaves out what is no more in the corpus."""
        return both(filter_node(filters), self.living)

    def searched(self, limits: Node) -> Searched:
        """What `limits`, a node of filters, leaves to search."""
        if limits in (EVERYTHING, self.living):
            return Searched(self.manifest.clauses, self.manifest.instruments, self.manifest.provinces)
        return self.filters.searched(limits)

    def taken(self, limits: Node) -> Sequence[bool]:
        """For every instrument whether `limits`, a node of filters, lets it in."""
        return self.filters.flags(limits)

    @cached_property
    def filters(self) -> Filters:
        """The instruments' fields."""
        return Filters(self.table)

    def _counts(self, node: Node, limits: Node) -> tuple[TermCount, ...]:
        return tuple(self._count(leaf, limits) for leaf in dict.fromkeys(leaf for leaf, _ in _terms(node)))

    def _count(self, leaf: Leaf, limits: Node) -> TermCount:
        total = self.searcher.search(both(leaf, limits), (), 0).total
        near = () if total else nearest(leaf, limits, self.searcher, self.table)
        return TermCount(describe(leaf), total, near, leaf.name if isinstance(leaf, Held | Between) else "")

    def _best(
        self, node: Node, ranking: Sequence[RankTerm], count: int, sort: Sort, every_witness: bool
    ) -> tuple[int, list[Hit]]:
        """How many clauses fulfil `node`, and the first `count`, each clause of a work once unless `every_witness`."""
        asked = len(self.table) if sort != "score" else 2 * count + _SPARE
        while True:
            folding = Folding(self.table, self.works, self.table.statuses)
            found = self._found(node, ranking, asked, sort)
            ordered = in_order(self.table, found, sort, self.works)
            if every_witness:
                return found.total, [Hit(self.table.id(ordinal), score) for ordinal, score in ordered[:count]]
            folding.add(ordered)
            if len(folding.folds) >= count or len(found.ordinals) == found.total:
                break
            asked *= 4
        others = self.works.others(folding.works(count)) if len(found.ordinals) < found.total else ()
        if others:
            folding.complete(self.searcher.select(both(node, Held("content", others))))
        folds = folding.folds if sort == "score" else self._sorted(folding.folds, sort)
        return found.total, [self._hit(fold) for fold in folds[:count]]

    def _found(self, node: Node, ranking: Sequence[RankTerm], asked: int, sort: Sort) -> Found:
        if sort != "score" or not ranking:
            return self.searcher.search(node, ranking, asked)
        return second_look(self.searcher.search(node, ranking, max(asked, DEPTH)), ranking, self.table, asked)

    def _sorted(self, folds: Sequence[Fold], sort: Sort) -> list[Fold]:
        """All folds in the order of what stands for each: of several versions that need not be the one found first."""
        shown = {fold.best.ordinal: fold for fold in folds}
        found = Found(len(shown), tuple(shown), tuple(fold.score for fold in shown.values()))
        return [shown[ordinal] for ordinal, _ in in_order(self.table, found, sort, self.works)]

    def _hit(self, fold: Fold) -> Hit:
        also, differs = (tuple(map(self.table.id, ordinals)) for ordinals in fold.others())
        return Hit(self.table.id(fold.best.ordinal), fold.score, also, differs)


def open_index(directory: Path, state: str | None = None, day: date | None = None) -> Index:
    """The index in `directory`, as `Index` says."""
    return Index(directory, state, day)


def _works(generation: Path) -> Works:
    try:
        return read_works(generation)
    except (OSError, ValueError, TypeError) as error:
        raise SearchError(f"{generation} cannot be read ({error}): run `tiaowen index --rebuild`") from None


def _open(directory: Path) -> tuple[Manifest, int]:
    """The manifest and a handle that keeps its generation."""
    for _ in range(_TRIES):
        manifest = read_manifest(directory)
        try:
            return manifest, hold(directory / manifest.generation)
        except FileNotFoundError:  # another build has just taken its place
            continue
    raise SearchError(f"the files of the index in {directory} are gone: run `tiaowen index --rebuild`")


def _terms(node: Node) -> list[tuple[Leaf, bool]]:
    pairs: list[tuple[Leaf, bool]] = []
    for leaf, negated in leaves(node):
        pairs += _terms(leaf.part) if isinstance(leaf, Same) else [(leaf, negated)]
    return pairs

"""Counts what a query finds by the fields of the instruments, beside what is held; the same for every engine."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import product
from typing import Any

import numpy as np

from tiaowen.corpus.divisions import missing_provinces
from tiaowen.corpus.facets import NATIONAL, NATIONAL_LEVELS, Amount, Cell, CountReport, Facet
from tiaowen.index.filters import filter_node
from tiaowen.index.query import Node, both, describe
from tiaowen.index.schema import ISSUER_SEPARATOR, Shelf
from tiaowen.index.search import Index
from tiaowen.index.syntax import parse_query

Values = tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """An instrument: its fields as read and in the form compared, the clauses it has, how many were found, its work."""

    shelf: Shelf
    plain: Shelf
    held: int
    found: int
    work: str | int

    def values(self, name: str) -> list[tuple[str, str]]:
        """The values of a field, each in the form compared and as read."""
        if name == "issuer":
            plain, read = self.plain.issuer, self.shelf.issuer
            return list(zip(plain.split(ISSUER_SEPARATOR[1]), read.split(ISSUER_SEPARATOR[0]), strict=True))
        if name == "province" and not self.shelf.province and self.shelf.level in NATIONAL_LEVELS:
            return [(NATIONAL, NATIONAL)]
        same, shown = getattr(self.plain, name), getattr(self.shelf, name)
        return [(str(same or ""), str(shown or ""))]


@dataclass
class _Pile:
    """What comes together under some values."""

    found: int = 0
    held: int = 0
    works_found: set[str | int] = field(default_factory=set)
    works_held: set[str | int] = field(default_factory=set)

    def add(self, row: Row) -> None:
        self.found += row.found
        self.held += row.held
        self.works_held.add(row.work)
        if row.found:
            self.works_found.add(row.work)

    def cell(self, values: Values) -> Cell:
        return Cell(values, Amount(self.found, len(self.works_found)), Amount(self.held, len(self.works_held)))


@dataclass(frozen=True)
class Tally:
    """The instruments that the filters let in."""

    rows: tuple[Row, ...]

    def total(self) -> Cell:
        """What was found in all, of all that was searched."""
        return next(iter(self.by().cells), _Pile().cell(()))

    def by(self, *fields: str) -> Facet:
        """The counts by `fields`."""
        piles: dict[Values, _Pile] = defaultdict(_Pile)
        for row in self.rows:
            for values in product(*(row.values(name) for name in fields)):
                piles[tuple(same for same, _ in values)].add(row)
        names = [self._names(name) for name in fields]
        cells = [
            pile.cell(tuple(shown[same] for shown, same in zip(names, key, strict=True))) for key, pile in piles.items()
        ]
        return Facet(fields, _sorted(fields, cells))

    def _names(self, name: str) -> dict[str, str]:
        """How each value of a field is shown: as most instruments write it."""
        written: dict[str, Counter[str]] = defaultdict(Counter)
        for row in self.rows:
            for same, shown in row.values(name):
                written[same][shown] += 1
        return {same: min(shown, key=lambda each: (-shown[each], each)) for same, shown in written.items()}


def tally(index: Index, node: Node | None, limits: Node) -> Tally:
    """How many clauses of each instrument that `limits` lets in fulfil `node` and `limits`; without a node, all."""
    table = index.table
    sizes = np.diff([*table.bounds, len(table)])
    found = sizes
    if node is not None:
        ordinals = np.asarray(index.searcher.select(both(node, limits)), dtype=np.int64)
        found = np.bincount(np.searchsorted(table.bounds, ordinals, "right") - 1, minlength=len(sizes))
    works = (index.works.work(shelf) for shelf in table.shelves)
    counts = (sizes.tolist(), found.tolist(), works)
    rows = zip(table.shelves, table.plain_shelves, *counts, index.taken(limits), strict=True)
    return Tally(tuple(Row(*row) for *row, taken in rows if taken))


def facets(
    index: Index, text: str, filters: Mapping[str, Sequence[str]], bys: Sequence[Values], *, match: str = "all"
) -> tuple[Facet, ...]:
    """For each of `bys`, the counts of what answers `text`. Raises QuerySyntaxError."""
    counted = tally(index, parse_query(text, index.analyzer, match).node, index.limits(filters))
    return tuple(counted.by(*by) for by in bys)


def count(
    index: Index, text: str | None, filters: Mapping[str, Sequence[str]], by: Values, *, match: str = "all"
) -> CountReport:
    """The counts of what answers `text`, or of all, by the fields `by` (see corpus.facets.FIELDS).

    Raises QuerySyntaxError.
    """
    limits = index.limits(filters)
    node = None if text is None else parse_query(text, index.analyzer, match).node
    counted = tally(index, node, limits)
    total = counted.total()
    provinces = tally(index, None, index.limits({})).by("province").cells
    return CountReport(
        query=text,
        understood=describe(both(*(() if node is None else (node,)), filter_node(filters))),
        filters={name: "|".join(values) for name, values in filters.items() if values},
        by=by,
        engine=index.manifest.engine,
        index=index.manifest.state,
        at=datetime.now(UTC),
        found=total.found,
        held=total.held,
        facets=(counted.by(*by), counted.by(*by[:-1]), counted.by(by[-1])),
        missing=missing_provinces(cell.values[0] for cell in provinces),
        notes=tuple(_notes(counted, by)),
        as_of=index.day,
    )


def _notes(counted: Tally, by: Values) -> Iterator[str]:
    joint = sum(ISSUER_SEPARATOR[0] in row.shelf.issuer for row in counted.rows)
    if "issuer" in by and joint:
        yield f"{joint} instruments have several issuers and are counted under each"
    for name in by:
        silent = sum(not any(shown for _, shown in row.values(name)) for row in counted.rows)
        if silent:
            yield f"{silent} of {len(counted.rows)} instruments do not say their {name}"


def _sorted(fields: Values, cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Years in their order, other values with the most clauses found, then held, first; what is not said last."""
    weights: list[dict[str, list[int]]] = [defaultdict(lambda: [0, 0]) for _ in fields]
    for cell in cells:
        for place, value in enumerate(cell.values):
            weights[place][value][0] -= cell.found.clauses
            weights[place][value][1] -= cell.held.clauses

    def key(cell: Cell) -> list[Any]:
        return [
            (not value, value if name == "year" else (*weights[place][value], value))
            for place, (name, value) in enumerate(zip(fields, cell.values, strict=True))
        ]

    return tuple(sorted(cells, key=key))

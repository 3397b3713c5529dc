"""Filters over the fields of instruments: which instruments a filter leaves, and what is then searched.

A field has few different values beside the instruments that bear them, so each value is looked at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from tiaowen.index.matching import accepts, comparable
from tiaowen.index.query import All, Any, Between, Held, Node, Not, both
from tiaowen.index.table import Table

Flags = tuple[bool, ...]
"""For each instrument of a table, whether it is in."""


@dataclass(frozen=True)
class Searched:
    """What a search looked at, after its filters."""

    clauses: int
    instruments: int
    provinces: tuple[str, ...]


class Filters:
    """Answers filters from the instruments' fields of `table`; answers are kept."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._columns: dict[str, list[str]] = {}
        self.flags = lru_cache(maxsize=256)(self._find)
        self.searched = lru_cache(maxsize=256)(self._sum_up)

    def column(self, name: str) -> list[str]:
        """The plain values of a field, one an instrument."""
        if name not in self._columns:
            self._columns[name] = [str(getattr(shelf, name) or "") for shelf in self.table.plain_shelves]
        return self._columns[name]

    def values(self, node: Held | Between) -> set[str]:
        """The values of the field of `node` that fulfil it."""
        if isinstance(node, Held) and node.name == "content":  # many of them, each of one instrument
            return set(self.column(node.name)) & set(node.values)
        return {value for value in set(self.column(node.name)) if accepts(node, value)}

    def _find(self, node: Node) -> Flags:
        """The instruments that fulfil `node`, which must be made of filters. Raises TypeError if it is not."""
        match node:
            case Held() | Between():
                wanted = self.values(node)
                return tuple(value in wanted for value in self.column(node.name))
            case Not(part):
                return tuple(not flag for flag in self.flags(part))
            case All(parts):
                return tuple(map(all, zip(*map(self.flags, parts), strict=True))) if parts else self._every
            case Any(parts):
                return tuple(map(any, zip(*map(self.flags, parts), strict=True))) if parts else self._none
        raise TypeError(f"{node} is no filter")

    def _sum_up(self, node: Node) -> Searched:
        """What `node`, made of filters, leaves to search."""
        flags = self.flags(node)
        clauses = sum(end - start for start, end in self.table.stretches(flags))
        kept = [shelf for shelf, flag in zip(self.table.shelves, flags, strict=True) if flag]
        instruments = len({(shelf.work, shelf.page) for shelf in kept})
        return Searched(clauses, instruments, tuple(sorted({shelf.province for shelf in kept if shelf.province})))

    @cached_property
    def _every(self) -> Flags:
        return (True,) * len(self.table.plain_shelves)

    @cached_property
    def _none(self) -> Flags:
        return (False,) * len(self.table.plain_shelves)


def filter_node(filters: Mapping[str, Sequence[str]]) -> Node:
    """Filters as a node: every field must hold one of its values. Years and dates may be ranges, 2018..2023."""
    return both(*(_one_of(name, values) for name, values in filters.items() if values))


def _one_of(name: str, values: Sequence[str]) -> Node:
    nodes = tuple(_filter(name, value) for value in values)
    return nodes[0] if len(nodes) == 1 else Any(nodes)


def _filter(name: str, value: str) -> Node:
    if name in ("year", "date"):
        low, dots, high = value.partition("..")
        return Between("year" if name == "year" else "date", low, high if dots else low)
    return comparable(Held(name, (value,)))

"""Looks candidates up in their texts, many at a time: the verdicts of matching.in_texts (proved by test), sooner.

A leaf is made into a function once and then asked of each text, so that nothing is decided or built twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tiaowen.index.analyzer import Analyzer
from tiaowen.index.matching import Texts, in_texts, units
from tiaowen.index.query import All, Any, Contains, Leaf, Near, Node, Not, Same
from tiaowen.index.table import Table

Said = Callable[[str], bool]
"""Whether a text fulfils a node."""


def kept(leaf: Leaf, candidates: Iterable[int], table: Table, analyzer: Analyzer) -> list[int]:
    """Those of the ordinals `candidates` whose texts fulfil `leaf`, in order."""
    match leaf:
        case Contains(needle, "any" | "text" as scope, False):
            return table.having(needle, candidates, context=scope == "any")
        case Contains(_, "text") | Near(_, _, "text") | Same():
            holds = said(leaf, analyzer)
            return [ordinal for ordinal in candidates if holds(table.text(ordinal))]
        case _:
            return [ordinal for ordinal in candidates if in_texts(leaf, table.texts(ordinal), analyzer)]


def said(node: Node, analyzer: Analyzer) -> Said:  # noqa: PLR0911 - one arm a kind of node
    """A function that says whether a clause's own words, without any context, fulfil `node`."""
    match node:
        case Contains(needle, "any" | "text", False):
            return lambda text: needle in text
        case Near((one, other), distance, "any" | "text"):
            return lambda text: _are_near(text, one, other, distance)
        case Same(unit, part):
            holds = said(part, analyzer)
            return lambda text: any(map(holds, units(text, unit)))
        case All(parts):
            every = [said(part, analyzer) for part in parts]
            return lambda text: all(holds(text) for holds in every)
        case Any(parts):
            some = [said(part, analyzer) for part in parts]
            return lambda text: any(holds(text) for holds in some)
        case Not(part):
            denied = said(part, analyzer)
            return lambda text: not denied(text)
        case _:
            return lambda text: in_texts(node, Texts(text), analyzer)


def _are_near(text: str, one: str, other: str, distance: int) -> bool:
    """Whether `one` and `other` stand in `text`, in any order, apart, with at most `distance` characters between."""
    start = text.find(one)
    while start >= 0:
        end, room = start + len(one), distance + len(other)
        if text.find(other, end, end + room) >= 0 or text.find(other, max(0, start - room), start) >= 0:
            return True
        start = text.find(one, start + 1)
    return False

"""The query tree: what a query means, exactly, whatever engine answers it.

A leaf says something about the text of an entry, not about how it was cut into words, so that every engine must find
the same set and brute force (matching.py) can check it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from tiaowen.index.modality import Mode

Scope = Literal["any", "text", "lead", "heading"]
"""Where to look: the clause's own words (`text`), its lead-in, the headings above it, or in `any` of them."""

Unit = Literal["sentence", "para", "clause"]


@dataclass(frozen=True, slots=True)
class Contains:
    """`scope` has `needle` in it, character for character.

    `whole` asks that it starts and ends no word or number half-way: 40亿 is not found in 140亿.
    """

    needle: str
    scope: Scope = "any"
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Stem:
    """`scope` has a word in letters with the stem `stem`."""

    stem: str
    scope: Scope = "any"


@dataclass(frozen=True, slots=True)
class Prefix:
    """`scope` has a word or number in letters or digits that starts with `prefix`."""

    prefix: str
    scope: Scope = "any"


@dataclass(frozen=True, slots=True)
class Near:
    """`scope` has all `needles` without overlap, in any order, with at most `distance` characters between them."""

    needles: tuple[str, ...]
    distance: int
    scope: Scope = "text"


@dataclass(frozen=True, slots=True)
class Modal:
    """The clause's own words forbid, demand, permit or encourage (modality.py says in which words)."""

    mode: Mode


@dataclass(frozen=True, slots=True)
class Same:
    """One `unit` of the clause's own words fulfils `part`."""

    unit: Unit
    part: Node


@dataclass(frozen=True, slots=True)
class Held:
    """The instrument's field `name` holds one of `values` (how it is compared depends on the field)."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The instrument's `year` or `date` lies between `low` and `high`, both included; "" leaves an end open."""

    name: Literal["year", "date"]
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Article:
    """The clause stands in the article of this number ("3", "3-1")."""

    number: str


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; without parts, true of every entry."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Some part holds; without parts, true of none."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Node


Leaf: TypeAlias = Contains | Stem | Prefix | Near | Modal | Same | Held | Between | Article
Node: TypeAlias = Leaf | All | Any | Not

EVERYTHING = All(())
NOTHING = Any(())


@dataclass(frozen=True)
class Query:
    """A query as understood. `ranked` are the strings whose words rank the hits; `left_out` were dropped from them."""

    text: str
    node: Node
    ranked: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def leaves(node: Node, negated: bool = False) -> Iterator[tuple[Leaf, bool]]:
    """Every leaf below `node`, in order, with whether it stands under a NOT."""
    if isinstance(node, All | Any):
        for part in node.parts:
            yield from leaves(part, negated)
    elif isinstance(node, Not):
        yield from leaves(node.part, not negated)
    else:
        yield node, negated


def both(*nodes: Node) -> Node:
    """All of `nodes`, flattened."""
    parts = tuple(p for node in nodes for p in (node.parts if isinstance(node, All) else (node,)))
    return parts[0] if len(parts) == 1 else All(parts)


def describe(node: Node) -> str:  # noqa: PLR0911, PLR0912 - one arm a kind of node
    """`node` written out as a query, with every bracket."""
    match node:
        case All(()):
            return "*"
        case Any(()):
            return "(nothing)"
        case All(parts):
            return "(" + " AND ".join(map(describe, parts)) + ")"
        case Any(parts):
            return "(" + " OR ".join(map(describe, parts)) + ")"
        case Not(part):
            return f"NOT {describe(part)}"
        case Contains(needle, scope, whole):
            return _scoped(scope, f"[{needle}]" if whole else f"“{needle}”")
        case Stem(stem, scope):
            return _scoped(scope, f"{stem}…")
        case Prefix(prefix, scope):
            return _scoped(scope, f"{prefix}*")
        case Near(needles, distance, scope):
            return _scoped(scope, f"“{' '.join(needles)}”~{distance}")
        case Modal(mode):
            return f"modality:{mode}"
        case Same(unit, part):
            return f"same:{unit}({describe(part)})"
        case Held(name, values):
            return f"{name}:{'|'.join(values)}"
        case Between(name, low, high):
            return f"{name}:{low}..{high}"
        case Article(number):
            return f"article:{number}"


def _scoped(scope: Scope, text: str) -> str:
    return text if scope == "any" else f"{scope}:{text}"

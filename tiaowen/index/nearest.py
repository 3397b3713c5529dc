"""What stands nearest to a term that stands nowhere, so that a zero over a slip does not pass for an answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tiaowen.index.engines import Searcher
from tiaowen.index.query import Contains, Leaf, Node, Prefix, Stem, both
from tiaowen.index.table import Table

_SHOWN = 3
_LOOKED_AT = 200
"""Clauses read for each guess; the counts given are of all."""
_LONGEST = 12
_WORD = re.compile(r"[^\W\d_]+")


def nearest(leaf: Leaf, limits: Node, searcher: Searcher, table: Table) -> tuple[str, ...]:
    """Up to three terms near `leaf` that stand in clauses which `limits` lets in; none for what is no term.

    First those with one character more, less or another, then the longest pieces of it.
    """
    match leaf:
        case Contains(needle) if 1 < len(needle) <= _LONGEST:
            near = _alike(needle, limits, searcher, table) or _pieces(needle, limits, searcher)
        case Stem(stem):
            near = _beginning(stem[: max(3, len(stem) - 2)], limits, searcher, table)
        case _:
            return ()
    return tuple(dict.fromkeys(near))[:_SHOWN]


def _alike(needle: str, limits: Node, searcher: Searcher, table: Table) -> list[str]:
    """Strings that differ from `needle` in one place, the most frequent first."""
    found: Counter[str] = Counter()
    other = "{0,2}" if len(needle) > 2 else ""  # of two characters one alone says too little
    for at in range(len(needle)):
        before, after = needle[:at], needle[at + 1 :]
        pattern = re.compile(f"{re.escape(before)}[^\\W\\d_]{other}{re.escape(after)}")
        sides = [Contains(side, "text") for side in (before, after) if side]
        for ordinal in searcher.select(both(*sides, limits))[:_LOOKED_AT]:
            found.update(pattern.findall(table.text(ordinal)))
    return [text for text, _ in found.most_common() if text not in needle]


def _pieces(needle: str, limits: Node, searcher: Searcher) -> Iterator[str]:
    """The longest pieces of `needle` that stand somewhere."""
    for length in range(len(needle) - 1, 1, -1):
        pieces = [needle[at : at + length] for at in range(len(needle) - length + 1)]
        held = [piece for piece in pieces if searcher.search(both(Contains(piece), limits), (), 0).total]
        if held:
            yield from held
            return


def _beginning(prefix: str, limits: Node, searcher: Searcher, table: Table) -> list[str]:
    """The most frequent words that begin with `prefix`."""
    found: Counter[str] = Counter()
    for ordinal in searcher.select(both(Prefix(prefix, "text"), limits))[:_LOOKED_AT]:
        found.update(word for word in _WORD.findall(table.text(ordinal)) if word.startswith(prefix))
    return [word for word, _ in found.most_common()]

"""Where a query's words stand in a text that is shown to people, in its own script."""

from __future__ import annotations

from tiaowen.index.analyzer import Analyzer
from tiaowen.index.matching import occurrences
from tiaowen.index.query import Contains, Modal, Near, Node, Prefix, Stem, leaves
from tiaowen.index.query import Same as SameUnit
from tiaowen.index.schema import plain
from tiaowen.text.spans import Span, join


def highlight(text: str, node: Node, analyzer: Analyzer) -> tuple[Span, ...]:
    """The spans of `text` that words and phrases of `node` match, NOT left out, in order, touching ones joined.

    `text` may be in either script: matching keeps the length, so offsets count in `text` as given.
    """
    folded = plain(text)
    if len(folded) != len(text):
        raise AssertionError("matching must keep the length of a text")
    return highlight_plain(folded, node, analyzer)


def highlight_plain(folded: str, node: Node, analyzer: Analyzer) -> tuple[Span, ...]:
    """The same of a text that is plain already, as the index holds it."""
    places = (place for leaf in _sought(node) for place in occurrences(leaf, folded, analyzer))
    return join(sorted(Span(*place) for place in places))


def _sought(node: Node) -> list[Contains | Stem | Prefix | Near | Modal]:
    found: list[Contains | Stem | Prefix | Near | Modal] = []
    for leaf, negated in leaves(node):
        if negated:
            continue
        if isinstance(leaf, SameUnit):
            found += _sought(leaf.part)
        elif isinstance(leaf, Contains | Stem | Prefix | Near | Modal):
            found.append(leaf)
    return found

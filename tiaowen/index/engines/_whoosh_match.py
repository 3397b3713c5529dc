"""Answers queries from posting lists: sets as masks over all entries, scores as one array."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tiaowen.index.analyzer import Analyzer, bigrams
from tiaowen.index.checks import kept
from tiaowen.index.engines import Found
from tiaowen.index.engines._whoosh_files import SEGMENT
from tiaowen.index.engines._whoosh_reader import Mask, Postings
from tiaowen.index.filters import Filters
from tiaowen.index.query import (
    EVERYTHING,
    All,
    Any,
    Article,
    Between,
    Contains,
    Held,
    Leaf,
    Modal,
    Near,
    Node,
    Not,
    Prefix,
    Same,
    Stem,
)
from tiaowen.index.ranking import K1, Field, RankTerm, article_mark, idf, modality_mark, norms

_MASKS = 256


class Matcher:
    """Finds the set of entries that fulfil a node."""

    def __init__(self, postings: Postings, filters: Filters, analyzer: Analyzer) -> None:
        self._postings = postings
        self._filters, self._table = filters, filters.table
        self._analyzer = analyzer
        self._filter_masks: dict[Node, Mask] = {}

    def mask(self, node: Node, within: Mask | None = None) -> Mask:  # noqa: PLR0911 - one arm a kind of node
        """The entries that fulfil `node`; of those outside `within` nothing is said."""
        match node:
            case All(parts):
                return self._all(parts, within)
            case Any(parts):
                found = np.zeros(self._postings.count, bool)
                for part in parts:
                    found |= self.mask(part, within)
                return found
            case Not(part):
                return ~self.mask(part, within)
            case Held() | Between():
                return self._filter(node)
            case Article(number):
                return self._postings.having("marks", article_mark(number))
            case Modal(mode):
                return self._postings.having("marks", modality_mark(mode))
            case Stem(stem, ("any" | "text") as scope):
                return self._term(stem, scope)
            case _:
                return self._checked(node, within)

    def _all(self, parts: Sequence[Node], within: Mask | None) -> Mask:
        found = np.ones(self._postings.count, bool) if within is None else within.copy()
        for part in sorted(parts, key=_cost):
            found &= self.mask(part, found)
            if not found.any():
                break
        return found

    def _filter(self, node: Held | Between) -> Mask:
        """Kept, as people ask the same provinces and years again and again."""
        if node not in self._filter_masks:
            if len(self._filter_masks) >= _MASKS:
                self._filter_masks.clear()
            self._filter_masks[node] = self._filtered(node)
        return self._filter_masks[node]

    def _filtered(self, node: Held | Between) -> Mask:
        found = np.zeros(self._postings.count, bool)
        for start, end in self._table.stretches(self._filters.flags(node)):
            found[start:end] = True
        return found

    def _term(self, term: str, scope: str) -> Mask:
        found = self._postings.having("words", term)
        return found | self._postings.having("context_words", term) if scope == "any" else found

    def _checked(self, leaf: Leaf, within: Mask | None) -> Mask:
        """Candidates from pairs, then each looked up in its text, unless the pairs decide."""
        found = self._candidates(leaf)
        if within is not None:
            found &= within
        if _decided(leaf):
            return found
        sure = self._sure(leaf)
        doubtful = np.flatnonzero(found if sure is None else found & ~sure)
        found[doubtful] = False
        found[kept(leaf, doubtful.tolist(), self._table, self._analyzer)] = True
        return found

    def _candidates(self, leaf: Node) -> Mask:  # noqa: PLR0911 - one arm a kind of node
        match leaf:
            case Contains(needle, scope) | Prefix(needle, scope):
                return self._in_scope(needle, scope)
            case Stem(stem):
                return self._term(stem, "any")
            case Near(needles, _, scope):
                return self._all_of([self._in_scope(needle, scope) for needle in needles])
            case Modal():
                return self.mask(leaf)
            case Same(_, part):
                return self._candidates(part)
            case All(parts):
                return self._all_of([self._candidates(part) for part in parts])
            case Any(parts):
                return ~self._all_of([~self._candidates(part) for part in parts])
            case _:
                return self.mask(EVERYTHING)

    def _all_of(self, masks: Sequence[Mask]) -> Mask:
        found = np.ones(self._postings.count, bool)
        for mask in masks:
            found &= mask
        return found

    def _in_scope(self, needle: str, scope: str) -> Mask:
        fields: dict[str, tuple[Field, ...]] = {"any": ("pairs", "context_pairs"), "text": ("pairs",)}
        found = np.zeros(self._postings.count, bool)
        for field in fields.get(scope, ("context_pairs",)):
            found |= self._with_pairs(needle, field)
        return found

    def _with_pairs(self, needle: str, field: Field) -> Mask:
        if len(needle) == 1:
            return self._postings.having_prefix(field, needle)
        found: Mask | None = None
        for pair in sorted(set(bigrams(needle)), key=lambda p: self._postings.frequency(field, p)):
            having = self._postings.having(field, pair)
            found = having if found is None else found & having
            if not found.any():
                break
        assert found is not None
        return found

    def _sure(self, leaf: Leaf) -> Mask | None:
        """Entries that have the needle as a word surely contain it."""
        if not isinstance(leaf, Contains) or leaf.whole or leaf.scope not in ("any", "text"):
            return None
        is_word = self._analyzer.terms(leaf.needle) == [leaf.needle]
        return self._term(leaf.needle, "text") if is_word else None


def scores(postings: Postings, ranking: Sequence[RankTerm]) -> NDArray[np.float64]:
    """The score of every entry."""
    total = np.zeros(postings.count)
    for term in ranking:
        lists = postings.lists(term.field, term.term)
        if not lists:
            continue
        codes, mean = postings.lengths(term.field)
        weight = term.weight * idf(sum(len(ids) for _, ids, _ in lists), postings.count) * (K1 + 1)
        norm = np.array(norms(mean))
        for base, ids, counts in lists:
            length = norm[codes[base : base + SEGMENT][ids]]
            total[base : base + SEGMENT][ids] += weight * counts / (counts + length)
    return total


def best(mask: Mask, score: NDArray[np.float64], limit: int) -> Found:
    """The best `limit` entries of `mask`."""
    ordinals = np.flatnonzero(mask)
    found = score[ordinals]
    if len(ordinals) > limit > 0:
        threshold = np.partition(found, len(found) - limit)[len(found) - limit]
        top = found >= threshold
        chosen, found = ordinals[top], found[top]
    else:
        chosen = ordinals
    order = np.lexsort((chosen, -found))[:limit]
    return Found(len(ordinals), tuple(chosen[order].tolist()), tuple(found[order].tolist()))


def _decided(leaf: Leaf) -> bool:
    """Whether the pairs of characters say all: a needle of one or two, in text or context as a whole."""
    return isinstance(leaf, Contains) and len(leaf.needle) <= 2 and not leaf.whole and leaf.scope in ("any", "text")


def _cost(node: Node) -> int:
    order = (Held, Between, Article, Modal, Stem, Contains, Prefix, Any, All, Near, Same, Not)
    return order.index(type(node))

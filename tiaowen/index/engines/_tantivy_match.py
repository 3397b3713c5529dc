"""Query nodes as tantivy queries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from tiaowen.index.analyzer import Analyzer, bigrams
from tiaowen.index.checks import kept
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
from tiaowen.index.ranking import Field, RankTerm, article_mark, modality_mark

if TYPE_CHECKING:
    import tantivy

    Select = Callable[[tantivy.Query], list[int]]

_FEW = 32
"""So many lists are sooner joined than gone through for a set of entries."""
_SCOPES: dict[str, tuple[Field, ...]] = {"any": ("pairs", "context_pairs"), "text": ("pairs",)}


class Lowering:
    """Writes nodes as queries on `schema`; `select` runs one."""

    def __init__(self, schema: tantivy.Schema, filters: Filters, analyzer: Analyzer, select: Select) -> None:
        import tantivy  # noqa: PLC0415

        self._query, self._occur, self._type = tantivy.Query, tantivy.Occur, tantivy.FieldType
        self._schema = schema
        self._filters, self._table = filters, filters.table
        self._analyzer = analyzer
        self._select = select
        self._held = lru_cache(maxsize=256)(self._find_held)

    def ranked(self, node: Node, ranking: Sequence[RankTerm]) -> tantivy.Query:
        """The entries of `node`, scored by `ranking` alone."""
        must = (self._occur.Must, self._query.const_score_query(self.matching(node), 0.0))
        return self._query.boolean_query([must, *((self._occur.Should, self._scored(term)) for term in ranking)])

    def matching(self, node: Node) -> tantivy.Query:  # noqa: PLR0911 - one arm a kind of node
        """The entries of `node`."""
        match node:
            case All(()):
                return self._query.all_query()
            case All(parts):
                return self._all(parts)
            case Any(parts):
                return self._any(map(self.matching, parts))
            case Not(part):
                return self._without(self._query.all_query(), [self.matching(part)])
            case Held() | Between():
                return self._held(node)
            case Article(number):
                return self._term("marks", article_mark(number))
            case Modal(mode):
                return self._term("marks", modality_mark(mode))
            case Stem(_, "any" | "text") | Contains(_, "any" | "text", False):
                return self._candidates(node)
            case _:
                return self._checked(node, None)

    def _all(self, parts: Sequence[Node]) -> tantivy.Query:
        """Leaves that have to be looked up come last, among what the others leave."""
        wanted = [p for p in parts if not isinstance(p, Not) and not _doubtful(p)]
        musts = [self.matching(part) for part in wanted]
        for part in parts:
            if _doubtful(part):
                musts.append(self._checked(part, list(musts)))  # type: ignore[arg-type]
        found = self._both(musts)
        nots = [self.matching(part.part) for part in parts if isinstance(part, Not)]
        return self._without(found, nots) if nots else found

    def _checked(self, leaf: Leaf, beside: list[tantivy.Query] | None) -> tantivy.Query:
        candidates = self._select(self._both([self._candidates(leaf), *(beside or ())]))
        found = kept(leaf, candidates, self._table, self._analyzer)
        return self._query.term_set_query(self._schema, "ordinal", found) if found else self._query.empty_query()

    def _candidates(self, leaf: Node) -> tantivy.Query:  # noqa: PLR0911 - one arm a kind of node
        match leaf:
            case Stem(stem, "text"):
                return self._term("words", stem)
            case Stem(stem):
                return self._any((self._term("words", stem), self._term("context_words", stem)))
            case Contains(needle, scope) | Prefix(needle, scope):
                fields = _SCOPES.get(scope, ("context_pairs",))
                return self._any(self._phrase(field, needle) for field in fields)
            case Near(needles, _, scope):
                return self._both([self._candidates(Contains(needle, scope)) for needle in needles])
            case Modal():
                return self.matching(leaf)
            case Same(_, part):
                return self._candidates(part)
            case All(parts) if parts:
                return self._both([self._candidates(part) for part in parts])
            case Any(parts):
                return self._any(map(self._candidates, parts))
            case _:
                return self.matching(EVERYTHING)

    def _phrase(self, field: Field, needle: str) -> tantivy.Query:
        if len(needle) == 1:
            return self._query.regex_query(self._schema, field, f"(?s){_quoted(needle)}.")
        if len(needle) == 2:
            return self._term(field, needle)
        return self._query.phrase_query(self._schema, field, list(bigrams(needle)))

    def _find_held(self, node: Held | Between) -> tantivy.Query:
        values = self._filters.values(node)
        if node.name == "validity" and self._table.statuses:
            return self._standing(node, values)
        if isinstance(node, Between):
            return self._between(node.name, values)
        if "" in values:  # what is not known has no term
            others = set(self._filters.column(node.name)) - values
            return self._without(self._query.all_query(), [self._held_terms(node.name, others)])
        return self._held_terms(node.name, values)

    def _standing(self, node: Held | Between, values: set[str]) -> tantivy.Query:
        """Validity hangs on the day: those indexed with the status, but for those that have come to it or left it."""
        came: set[str] = set()
        left: set[str] = set()
        table, flags = self._table, self._filters.flags(node)
        for shelf, was, is_in in zip(table.plain_shelves, table.indexed_validity, flags, strict=True):
            if is_in != (was in values):
                (came if is_in else left).add(shelf.content)
        found = self._any([self._held_terms("validity", values), self._held_terms("content", came)])
        return self._without(found, [self._held_terms("content", left)]) if left else found

    def _held_terms(self, name: str, values: set[str]) -> tantivy.Query:
        terms = sorted(f"{name}={value}" for value in values)
        if len(terms) <= _FEW:
            return self._any(self._term("held", term) for term in terms)
        return self._query.term_set_query(self._schema, "held", terms)

    def _between(self, name: str, values: set[str]) -> tantivy.Query:
        """What lies between two days or years holds every value between its first and its last."""
        if not values:
            return self._query.empty_query()
        numbers = sorted(map(as_number, values))
        return self._query.range_query(self._schema, name, self._type.Unsigned, numbers[0], numbers[-1])

    def _scored(self, term: RankTerm) -> tantivy.Query:
        found = self._query.term_query(self._schema, term.field, term.term, "freq")
        return self._query.boost_query(found, term.weight)

    def _term(self, field: str, term: str) -> tantivy.Query:
        return self._query.term_query(self._schema, field, term, "basic")

    def _both(self, queries: Sequence[tantivy.Query]) -> tantivy.Query:
        if not queries:
            return self._query.all_query()
        return self._query.boolean_query([(self._occur.Must, query) for query in queries])

    def _any(self, queries: Iterable[tantivy.Query]) -> tantivy.Query:
        parts = [(self._occur.Should, query) for query in queries]
        return self._query.boolean_query(parts) if parts else self._query.empty_query()

    def _without(self, query: tantivy.Query, nots: Sequence[tantivy.Query]) -> tantivy.Query:
        parts = [(self._occur.Must, query), *((self._occur.MustNot, part) for part in nots)]
        return self._query.boolean_query(parts)


def _doubtful(node: Node) -> bool:
    """Whether a leaf has to be looked up in the text."""
    match node:
        case Stem(_, scope) | Contains(_, scope, False):
            return scope not in _SCOPES
        case Contains() | Prefix() | Near() | Same():
            return True
    return False


def as_number(value: str) -> int:
    """A year or an ISO date as it is indexed; 0 if it is not known."""
    return int(value.replace("-", "") or 0)


def _quoted(sign: str) -> str:
    return re.escape(sign) if sign.isascii() else sign

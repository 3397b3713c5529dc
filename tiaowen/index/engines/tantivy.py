"""tantivy, the fast engine (extra `fast`): phrases of character pairs are matched by position, natively."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from tiaowen.errors import MissingExtra
from tiaowen.index.analyzer import Analyzer
from tiaowen.index.engines import Found, Progress
from tiaowen.index.engines._tantivy_match import Lowering, as_number
from tiaowen.index.filters import Filters
from tiaowen.index.query import Node
from tiaowen.index.ranking import FIELDS, RankTerm
from tiaowen.index.schema import Shelf

if TYPE_CHECKING:
    from types import ModuleType

    import tantivy

    from tiaowen.index.stretches import Fresh, Stretch

HEAP = 64 << 20
"""Bytes of memory for writing."""

SEPARATOR = "\x1f"
_STEP = 1000


class Tantivy:
    """Terms go in joined by a separator, which tantivy splits at: faster than tokens as objects."""

    def version(self) -> str:
        """The release of the package."""
        return f"{module().__version__}, schema 3"

    def write(self, directory: Path, fresh: Fresh, progress: Progress) -> None:
        """As the protocol says."""
        index = _index(directory)
        writer = index.writer(HEAP, 1)
        writer.delete_documents_by_query(_from(index, fresh.first))
        for stretch, cut in fresh.cut(_joined, _STEP):
            for ordinal, texts in enumerate(cut, stretch.first):
                writer.add_document(_document(ordinal, texts, fresh.table.plain_shelf(ordinal)))
            progress(stretch.last - fresh.first)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, directory: Path, filters: Filters, analyzer: Analyzer) -> TantivySearcher:
        """A searcher over the index in `directory`."""
        return TantivySearcher(directory, filters, analyzer)


class TantivySearcher:
    """Matches and ranks in one query; what pairs cannot decide is looked up in the text first."""

    def __init__(self, directory: Path, filters: Filters, analyzer: Analyzer) -> None:
        self._index = _index(directory)
        self._searcher = self._index.searcher()
        self._lowering = Lowering(self._index.schema, filters, analyzer, self.select_native)

    def search(self, node: Node, ranking: Sequence[RankTerm], limit: int) -> Found:
        """As the protocol says."""
        query = self._lowering.ranked(node, ranking)
        result = self._searcher.search(query, limit=max(limit, 1), count=True)
        ordinals = self._ordinals([address for _, address in result.hits[:limit]])
        best = sorted(zip((-score for score, _ in result.hits), ordinals, strict=False))
        return Found(result.count or 0, tuple(o for _, o in best), tuple(-s + 0.0 for s, _ in best))

    def select(self, node: Node) -> list[int]:
        """As the protocol says."""
        return self.select_native(self._lowering.matching(node))

    def select_native(self, query: tantivy.Query) -> list[int]:
        """The ordinals that `query` finds, ascending."""
        count = self._searcher.search(query, limit=1, count=True).count
        if not count:
            return []
        return sorted(self._ordinals([address for _, address in self._searcher.search(query, limit=count).hits]))

    def _ordinals(self, addresses: list[tantivy.DocAddress]) -> list[int]:
        return [int(o or 0) for o in self._searcher.fast_field_values("ordinal", addresses)]


def module() -> ModuleType:
    """The package tantivy; MissingExtra if it is not installed."""
    try:
        return importlib.import_module("tantivy")
    except ImportError:
        raise MissingExtra("tantivy", "fast") from None


def _held(shelf: Shelf) -> Iterator[str]:
    """The fields of an instrument as terms, `province=示例省`."""
    for field in fields(shelf):
        if value := getattr(shelf, field.name):
            yield f"{field.name}={value}"


def _joined(stretch: Stretch) -> list[list[str]]:
    """The fields of each entry, their terms joined."""
    return [[SEPARATOR.join(document.terms(name)) for name in FIELDS] for document in stretch.documents()]


def _document(ordinal: int, texts: Sequence[str], shelf: Shelf) -> tantivy.Document:
    found: tantivy.Document = module().Document()
    found.add_unsigned("ordinal", ordinal)
    found.add_unsigned("year", shelf.year)
    found.add_unsigned("date", as_number(shelf.date))
    found.add_text("held", SEPARATOR.join(_held(shelf)))
    for name, text in zip(FIELDS, texts, strict=True):
        found.add_text(name, text)
    return found


def _from(index: tantivy.Index, first: int) -> tantivy.Query:
    found = module()
    query: tantivy.Query = found.Query.range_query(index.schema, "ordinal", found.FieldType.Unsigned, first)
    return query


def _index(directory: Path) -> tantivy.Index:
    found = module()
    builder = found.SchemaBuilder()
    builder.add_unsigned_field("ordinal", indexed=True, fast=True)
    for name in ("year", "date"):
        builder.add_unsigned_field(name, fast=True)
    for name, option in (
        ("words", "freq"),
        ("pairs", "position"),
        ("context_words", "freq"),
        ("context_pairs", "position"),
        ("about_words", "freq"),
        ("about_pairs", "freq"),
        ("marks", "basic"),
        ("held", "basic"),
    ):
        builder.add_text_field(name, tokenizer_name="cut", index_option=option)
    index = found.Index(builder.build(), path=str(directory))
    cut = found.TextAnalyzerBuilder(found.Tokenizer.regex(f"[^{SEPARATOR}]+")).build()
    index.register_tokenizer("cut", cut)
    return index


plugin = Tantivy()

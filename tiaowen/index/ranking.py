"""How hits are ranked: BM25 over words, fused with BM25 over pairs of characters; lead-in and headings count lightly.

The formula is Lucene's, lengths rounded as Lucene rounds them, so that every engine can give the same scores.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import log
from typing import Literal

from tiaowen.index.analyzer import Analyzer, han_bigrams
from tiaowen.index.query import Query
from tiaowen.index.table import Table

Field = Literal["words", "pairs", "context_words", "context_pairs"]
"""Words and character pairs of a clause's text and of its context."""

END = "\0"
"""Stands after the last character of a text; in no query."""
K1 = 1.2
B = 0.75
WEIGHTS: dict[Field, float] = {"words": 1.0, "pairs": 0.7, "context_words": 0.3}


@dataclass(frozen=True, slots=True)
class RankTerm:
    """A term that adds `weight` times its BM25 score."""

    field: Field
    term: str
    weight: float


@dataclass(frozen=True, slots=True)
class Document:
    """The terms of one entry, by field."""

    words: list[str]
    pairs: list[str]
    context_words: list[str]
    context_pairs: list[str]

    def terms(self, field: Field) -> list[str]:
        """The terms of `field`, in order."""
        terms: list[str] = getattr(self, field)
        return terms


def rank_terms(query: Query, analyzer: Analyzer) -> tuple[RankTerm, ...]:
    """What ranks the hits of `query`."""
    words = Counter(term for text in query.ranked for term in analyzer.terms(text))
    pairs = Counter(pair for text in query.ranked for pair in han_bigrams(text))
    counted: tuple[tuple[Field, Counter[str]], ...] = (("words", words), ("pairs", pairs), ("context_words", words))
    return tuple(RankTerm(field, term, WEIGHTS[field] * n) for field, terms in counted for term, n in terms.items())


def documents(table: Table, first: int, analyzer: Analyzer) -> Iterator[Document]:
    """The entries of `table` from ordinal `first` on, as terms."""
    known: dict[str, tuple[list[str], list[str]]] = {}
    for ordinal in range(first, len(table)):
        texts = table.texts(ordinal)
        if texts.context not in known:
            if len(known) > 1000:
                known.clear()
            known[texts.context] = (analyzer.terms(texts.context), edge_pairs(texts.context))
        yield Document(analyzer.terms(texts.text), edge_pairs(texts.text), *known[texts.context])


def edge_pairs(text: str) -> list[str]:
    """The bigrams of `text` and its last character before END: so every character begins a pair."""
    return [a + b for a, b in zip(text, text[1:] + END, strict=False)]


def idf(documents_with: int, documents_in_all: int) -> float:
    """Inverse document frequency, never negative (Lucene's BM25Similarity)."""
    return log(1 + (documents_in_all - documents_with + 0.5) / (documents_with + 0.5))


def round_length(length: int) -> int:
    """`length` as one byte keeps it: exact below 40, then with four significant bits (Lucene's SmallFloat)."""
    return LENGTHS[length_code(length)]


def length_code(length: int) -> int:
    """The byte for `length`."""
    if length < _FREE:
        return length
    rest = length - _FREE
    shift = max(0, rest.bit_length() - 4)
    code = rest if shift == 0 else ((shift + 1) << 3) | ((rest >> shift) & 7)
    return min(_FREE + code, 255)


def _length(code: int) -> int:
    if code < _FREE:
        return code
    bits, shift = (code - _FREE) & 7, ((code - _FREE) >> 3) - 1
    return _FREE + (bits if shift < 0 else (bits | 8) << shift)


_FREE = 24
LENGTHS = [_length(code) for code in range(256)]


def norms(average: float) -> list[float]:
    """For each length code, what is added to a term's frequency in the divisor."""
    return [K1 * (1 - B + B * length / average) if average else K1 for length in LENGTHS]


def part_score(weight: float, frequency: int, norm: float) -> float:
    """One term's share of a score; `weight` holds the idf."""
    return weight * (K1 + 1) * frequency / (frequency + norm)

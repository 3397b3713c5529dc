"""How hits are ranked: BM25 over words, fused with BM25 over pairs of Han characters.

What a clause is about, that is title, headings and lead-in, counts lightly beside its own words. The formula is
Lucene's, lengths rounded as Lucene rounds them, so that every engine can give the same scores.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Literal, get_args

from tiaowen.index.analyzer import Analyzer, Token, han_bigrams, is_han
from tiaowen.index.modality import Mode, modes_of
from tiaowen.index.query import Query
from tiaowen.index.table import Table

Field = Literal["words", "pairs", "context_words", "context_pairs", "about_words", "about_pairs", "marks"]
"""Words and character pairs of a clause's text; of its context, which is matched; of what it is about, which ranks;
and `marks`, what is true of the clause as a whole."""

FIELDS: tuple[Field, ...] = get_args(Field)

END = "\0"
"""Stands after the last character of a text; in no query."""
ASKING = frozenset(
    "怎么 怎么办 怎样 怎么样 如何 什么 为什么 为何 何时 哪些 哪个 哪里 哪 谁 吗 呢 是否 能否 可否 多少".split()  # noqa: SIM905
)
"""Words that ask and do not tell what about: they rank nothing, and no clause must have them."""

_UNRANKED = ASKING | {"可以"}
"""可以…吗 asks, too; as a word of law it is sought, but says little of what a clause is about."""

K1 = 1.2
B = 0.75
WEIGHTS: dict[Field, float] = {"words": 1.0, "pairs": 0.7, "about_words": 0.5, "about_pairs": 0.4}
"""Set on lay questions over statutes (benchmarks/ranking.py); flat around these values."""


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
    about_words: list[str]
    about_pairs: list[str]
    marks: list[str]

    def terms(self, field: Field) -> list[str]:
        """The terms of `field`, in order."""
        terms: list[str] = getattr(self, field)
        return terms


def rank_terms(query: Query, analyzer: Analyzer) -> tuple[RankTerm, ...]:
    """What ranks the hits of `query`."""
    words: dict[str, int] = {}  # each once: said twice, a word of a question is no more telling
    pairs: Counter[str] = Counter()
    for text in query.ranked:
        tokens = list(analyzer.tokens(text))
        words.update((token.term, 1) for token in tokens if token.term not in _UNRANKED)
        pairs.update(han_bigrams(_without(text, [token for token in tokens if token.term in _UNRANKED])))
    counts: dict[Field, Mapping[str, int]] = {
        "words": words,
        "pairs": pairs,
        "about_words": words,
        "about_pairs": pairs,
    }
    return tuple(RankTerm(field, term, WEIGHTS[field] * n) for field in WEIGHTS for term, n in counts[field].items())


def _without(text: str, tokens: Sequence[Token]) -> str:
    """`text` with blanks in the place of `tokens`."""
    for token in tokens:
        text = text[: token.start] + " " * (token.end - token.start) + text[token.end :]
    return text


def documents(table: Table, first: int, analyzer: Analyzer, last: int | None = None) -> Iterator[Document]:
    """The entries of `table` from ordinal `first` on, up to `last` if one is given, as terms."""

    @lru_cache(maxsize=256)
    def around(context: str, title: str) -> tuple[list[str], list[str], list[str], list[str]]:
        about = f"{title}\n{context}"
        letters = [term for term in analyzer.terms(context) if not is_han(term)]
        return letters, edge_pairs(context), analyzer.terms(about), han_bigrams(about)

    for ordinal in range(first, len(table) if last is None else last):
        texts, title = table.texts(ordinal), table.plain_shelf(ordinal).title
        own = analyzer.terms(texts.text), edge_pairs(texts.text)
        marks = _marks(table.article(ordinal), texts.text)
        yield Document(*own, *around(texts.context, title), marks=marks)


def article_mark(number: str) -> str:
    """The mark of the clauses of an article."""
    return f"article={number}"


def modality_mark(mode: Mode) -> str:
    """The mark of the clauses with words of a mode."""
    return f"modality={mode}"


def _marks(article: str, text: str) -> list[str]:
    return [article_mark(article), *map(modality_mark, modes_of(text))]


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

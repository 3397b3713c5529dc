"""A second look at the best hits, at what the score of one clause cannot say; the same for every engine.

An instrument that speaks of the matter in other clauses too is likelier the one meant; and of clauses that score alike
the one that has more of the words answers more of the question. Weights are flat around these values, and each helped
in every fold of questions parted by statute (benchmarks/ranking.py).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from tiaowen.index.engines import Found
from tiaowen.index.ranking import RankTerm
from tiaowen.index.table import Table

DEPTH = 500
"""So many hits are looked at for what their instruments say."""
CLOSELY = 100
"""So many are read for the words they have."""
BESIDE, OTHERS = 0.2, 3
"""The share of the mean score of an instrument's best other hits, so many, that each of its hits gets."""
COVERED = 0.5
"""The share by which a score grows when the clause has every word."""


def second_look(found: Found, ranking: Sequence[RankTerm], table: Table, limit: int) -> Found:
    """The first `limit` of `found`, which must hold the best DEPTH or all, ordered anew."""
    words = [term.term for term in ranking if term.field == "words"]
    hits = sorted(_beside(found, table), key=_first)
    close = sorted(
        ((score * (1 + COVERED * _share(words, table.text(o))), o) for score, o in hits[:CLOSELY]), key=_first
    )
    rest = zip(found.scores[DEPTH:], found.ordinals[DEPTH:], strict=True)
    best = [*close, *hits[CLOSELY:], *rest][:limit]
    return Found(found.total, tuple(o for _, o in best), tuple(score for score, _ in best))


def _beside(found: Found, table: Table) -> list[tuple[float, int]]:
    """The first DEPTH hits, each with what its instrument's best others are worth to it."""
    hits = list(zip(found.scores[:DEPTH], found.ordinals[:DEPTH], strict=True))
    instruments = [bisect_right(table.bounds, ordinal) for _, ordinal in hits]
    best: defaultdict[int, list[float]] = defaultdict(list)
    for instrument, (score, _) in zip(instruments, hits, strict=True):
        best[instrument].append(score)
    return [
        (score + BESIDE * _others(best[instrument], score) / OTHERS, ordinal)
        for instrument, (score, ordinal) in zip(instruments, hits, strict=True)
    ]


def _others(scores: list[float], own: float) -> float:
    """The sum of the best scores of an instrument, given best first, without the clause's own."""
    among = scores[: OTHERS + 1]
    return sum(among) - own if own >= among[-1] else sum(among[:OTHERS])


def _share(words: Sequence[str], text: str) -> float:
    return sum(word in text for word in words) / len(words) if words else 0.0


def _first(hit: tuple[float, int]) -> tuple[float, int]:
    """The higher score first, then the lower ordinal."""
    score, ordinal = hit
    return -score, ordinal

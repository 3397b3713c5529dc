"""One hit for one clause of a work, whatever the number of pages and versions that give it.

Clauses of one work come together where their words are the same; on pages that witness the same version also where the
words at the same address are nearly the same, and then it is said that they differ. Another version's clause in other
words stays a hit of its own, as does one with another figure or another word of duty: what was amended must not hide.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from tiaowen.index.table import Table
from tiaowen.index.works import Works

LEAST = 12
"""Code points from which on the same words at another address of another page are the same clause."""

NEARLY = 0.8
"""The share of pairs of characters from which on words are nearly the same."""

WEIGHTY = frozenset("0123456789%.零〇一二三四五六七八九十百千万亿两半年月日时元倍不非无未应当可须必得禁止除或和及等")
"""Characters that make another rule of nearly the same words."""

_UNMEANT = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class _Clause:
    """An entry as it is compared: its work and version, its page, address and plain words; `order` is best first."""

    ordinal: int
    work: str | int
    version: int
    page: str
    eid: str
    words: str
    order: tuple[bool, int, int, int]


@dataclass
class Fold:
    """A hit: the clauses that come together, with the score of the first that was found."""

    score: float
    clauses: list[_Clause] = field(default_factory=list)

    @property
    def best(self) -> _Clause:
        """The one that is shown: of the version in force on the day, else of the newest, the best witness's."""
        return min(self.clauses, key=lambda clause: clause.order)

    def others(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The ordinals of the others in the words of the best, and of those in other words, the best first."""
        best = self.best
        rest = sorted((clause for clause in self.clauses if clause != best), key=lambda clause: clause.order)
        same = tuple(clause.ordinal for clause in rest if clause.words == best.words)
        return same, tuple(clause.ordinal for clause in rest if clause.words != best.words)

    def takes(self, clause: _Clause) -> bool:
        """Whether `clause`, of the same work, belongs here."""
        if any(clause.page == each.page for each in self.clauses):
            return False
        same = [each for each in self.clauses if each.words == clause.words]
        if same:
            return len(clause.words) >= LEAST or any(each.eid == clause.eid for each in same)
        near = (each for each in self.clauses if (each.version, each.eid) == (clause.version, clause.eid))
        return any(_nearly_same(each.words, clause.words) for each in near)


class Folding:
    """Folds the entries of `table` that are found, in the order in which they come."""

    def __init__(self, table: Table, works: Works, statuses: Mapping[str, str]) -> None:
        self._table, self._works, self._statuses = table, works, statuses
        self.folds: list[Fold] = []
        self._of_work: dict[str | int, list[Fold]] = defaultdict(list)
        self._seen: set[int] = set()

    def add(self, found: Iterable[tuple[int, float]]) -> None:
        """Take in entries with their scores."""
        for ordinal, score in self._unseen(found):
            clause = self._clause(ordinal)
            fold = self._fitting(clause)
            if fold is None:
                fold = Fold(score)
                self.folds.append(fold)
                self._of_work[clause.work].append(fold)
            fold.clauses.append(clause)

    def complete(self, found: Iterable[tuple[int, float]]) -> None:
        """Take in those of the entries that belong to a fold there is."""
        for ordinal, _ in self._unseen(found):
            clause = self._clause(ordinal)
            if fold := self._fitting(clause):
                fold.clauses.append(clause)

    def works(self, count: int) -> tuple[int, ...]:
        """The works of the first `count` folds that are known by number."""
        works = (fold.clauses[0].work for fold in self.folds[:count])
        return tuple(dict.fromkeys(work for work in works if isinstance(work, int)))

    def _fitting(self, clause: _Clause) -> Fold | None:
        return next((fold for fold in self._of_work[clause.work] if fold.takes(clause)), None)

    def _unseen(self, found: Iterable[tuple[int, float]]) -> Iterator[tuple[int, float]]:
        for ordinal, score in found:
            if ordinal not in self._seen:
                self._seen.add(ordinal)
                yield ordinal, score

    def _clause(self, ordinal: int) -> _Clause:
        work, _, place = self._table.id(ordinal).partition("/")
        eid, _, page = place.partition("@")
        words = _UNMEANT.sub("", self._table.text(ordinal))
        content = self._table.shelf(ordinal).content
        member = self._works.member(content)
        if member is None:
            return _Clause(ordinal, work, 0, page, eid, words, (False, 0, 0, len(self._seen)))
        order = (self._statuses.get(content) != "现行有效", -member.version, member.rank, len(self._seen))
        return _Clause(ordinal, member.work, member.version, page, eid, words, order)


def _nearly_same(one: str, other: str) -> bool:
    a, b = set(pairwise(one)), set(pairwise(other))
    one_has, other_has = Counter(one), Counter(other)
    differ = {*(one_has - other_has), *(other_has - one_has)}
    return bool(a and b) and len(a & b) >= NEARLY * len(a | b) and not differ & WEIGHTY

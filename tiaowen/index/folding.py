"""One hit for one clause of a work, whatever the number of pages and versions that give it.

Clauses of one work come together where their words are the same; on pages that witness the same version also where the
words at the same address are nearly the same, and then it is said that they differ. Another version's clause in other
words stays a hit of its own, as does one with another figure or another word of duty: what was amended must not hide.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from tiaowen.index.table import Table
from tiaowen.index.works import Works

LEAST = 12
"""Code points from which on the same words at another address of another page are the same clause."""

NEARLY = 0.8
"""The share of pairs of characters from which on words are nearly the same."""

WEIGHTY = frozenset("0123456789%.零〇一二三四五六七八九十百千万亿两半年月日时元倍不非无未应当可须必得禁止除或和及等")
"""Characters that make another rule of nearly the same words."""

_HEAD = 6

_UNMEANT = re.compile(r"[\W_]+")


class _Clause(NamedTuple):
    """An entry as it is compared: its work and version, its page, address and plain words; `order` is best first."""

    ordinal: int
    work: str | int
    version: int
    page: str
    eid: str
    words: str
    order: tuple[bool, int, int, int]

    @property
    def keys(self) -> tuple[tuple[object, ...], ...]:
        """What it must have in common with a clause of its fold: the words, or the place in the version."""
        return (self.work, self.words), (self.work, self.version, self.eid)


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
        self._by_key: dict[tuple[object, ...], list[int]] = defaultdict(list)
        self._seen: set[int] = set()

    def add(self, found: Iterable[tuple[int, float]]) -> None:
        """Take in entries with their scores."""
        for ordinal, score in found:
            clause = self._clause(ordinal)
            at = self._fitting(clause)
            if at is None:
                at = len(self.folds)
                self.folds.append(Fold(score))
            self._put(clause, at)

    def complete(self, ordinals: Iterable[int]) -> None:
        """Take in those of the entries that belong to a fold there is.

        They may be thousands: only one at the address of a clause here, or whose words begin as those of one do, is
        looked at closely.
        """
        held = [clause for fold in self.folds for clause in fold.clauses]
        places, heads = {clause.eid for clause in held}, {clause.words[:_HEAD] for clause in held}
        for ordinal in ordinals:
            if ordinal in self._seen or not (self._eid(ordinal) in places or self._head(ordinal) in heads):
                continue
            clause = self._clause(ordinal)
            at = self._fitting(clause)
            if at is not None:
                self._put(clause, at)

    def _eid(self, ordinal: int) -> str:
        return self._table.id(ordinal).partition("/")[2].partition("@")[0]

    def _head(self, ordinal: int) -> str:
        """The first _HEAD plain characters, or all there are."""
        text = self._table.text(ordinal)
        head = _UNMEANT.sub("", text[: 2 * _HEAD])
        return head[:_HEAD] if len(head) >= _HEAD else _UNMEANT.sub("", text)[:_HEAD]

    def _put(self, clause: _Clause, at: int) -> None:
        self._seen.add(clause.ordinal)
        self.folds[at].clauses.append(clause)
        for key in clause.keys:
            self._by_key[key].append(at)

    def _fitting(self, clause: _Clause) -> int | None:
        """The first fold that takes the clause: only one with its words, or its place in the version, can."""
        near = [at for key in clause.keys if key in self._by_key for at in self._by_key[key]]
        return next((at for at in sorted(set(near)) if self.folds[at].takes(clause)), None) if near else None

    def works(self, count: int) -> tuple[int, ...]:
        """The works of the first `count` folds that are known by number."""
        works = (fold.clauses[0].work for fold in self.folds[:count])
        return tuple(dict.fromkeys(work for work in works if isinstance(work, int)))

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

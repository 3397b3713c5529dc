"""Works, their versions, and the pages that witness them.

Pages give one work when they give its number, its title with nearly the same words, or nearly the same words at all.
Two programmes of one name and two document numbers stay two works; a law of one name published by two orders is one
work in two versions. Of the witnesses of a version the best is official, then a copy, then a translation, then a page
from which foreign words had to be cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlsplit

from tiaowen.corpus.docnumber import DocumentNumber, read_number
from tiaowen.corpus.held import StoredInstrument
from tiaowen.errors import MissingExtra
from tiaowen.text.simplify import simplify

SHINGLE = 5
"""Code points of a shingle of words without blanks and punctuation."""

SAME_WORDS = 0.8
"""From this share of common shingles on, two texts are copies of one version (a repost loses or gains a line)."""

SAME_WORK = 0.3
"""From this share on, two texts of one title are versions of one work."""

_UNMEANT = re.compile(r"[\W_]+")
_PERMUTATIONS, _BANDS, _SEED = 128, 32, 20


@dataclass(frozen=True)
class Witness:
    """An instrument as one page gives it: `words` are all its clauses' `match`, `cuts` how much was cut from them."""

    instrument: StoredInstrument
    words: str
    cuts: int = 0

    @cached_property
    def shingles(self) -> frozenset[str]:
        """The runs of SHINGLE characters of its words; none where there are fewer characters."""
        plain = _UNMEANT.sub("", self.words)
        return frozenset(plain[i : i + SHINGLE] for i in range(len(plain) - SHINGLE + 1))

    @cached_property
    def title(self) -> str:
        """Its title as it is compared."""
        title = self.instrument.masthead.title
        return _UNMEANT.sub("", simplify(title.value)).removeprefix("中华人民共和国") if title else ""

    @cached_property
    def number(self) -> DocumentNumber | None:
        """Its document number."""
        number = self.instrument.masthead.number
        return read_number(number.value) if number else None

    @property
    def day(self) -> date | None:
        """The day that orders versions: when it took effect, else when it was made public or written."""
        dates = self.instrument.masthead.dates
        return next((r.value for r in (dates.effective, dates.published, dates.written) if r), None)

    @property
    def rank(self) -> tuple[int, int, int]:
        """What makes a witness good, smaller is better: its kind, its cuts, its length."""
        return _kind_of(self), self.cuts, -len(self.words)


@dataclass(frozen=True)
class WorkVersion:
    """One version of a work: its `best` witness and the `others`, best first."""

    best: StoredInstrument
    others: tuple[StoredInstrument, ...]
    day: date | None


@dataclass(frozen=True)
class WorkGroup:
    """One work: its versions, the oldest first, those without a day before all."""

    versions: tuple[WorkVersion, ...]


def group_works(witnesses: Sequence[Witness], near_copies: bool = False) -> tuple[WorkGroup, ...]:
    """The witnesses as works, in the order of their first witness.

    With `near_copies`, pages that give neither number nor title of a work, but nearly its words, are found too; this
    needs the package rensa and raises MissingExtra without it.
    """
    joined = _Union(len(witnesses))
    for one, other in {*_by_name(witnesses), *(_by_words(witnesses) if near_copies else ())}:
        if _same_work(witnesses[one], witnesses[other]):
            joined.join(one, other)
    return tuple(WorkGroup(tuple(_versions([witnesses[i] for i in group]))) for group in joined.groups())


def _by_name(witnesses: Sequence[Witness]) -> Iterator[tuple[int, int]]:
    """Pairs that share a title or a number."""
    seen: dict[str, list[int]] = {}
    for index, witness in enumerate(witnesses):
        number = f"{witness.number.year}/{witness.number.serial}" if witness.number else ""
        for key in filter(None, (witness.title, number)):
            yield from ((other, index) for other in seen.setdefault(key, []))
            seen[key].append(index)


def _by_words(witnesses: Sequence[Witness]) -> Iterator[tuple[int, int]]:
    """Pairs whose MinHashes fall together."""
    try:
        from rensa import RMinHash, RMinHashLSH  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtra("rensa", "works") from error
    index = RMinHashLSH(threshold=SAME_WORDS, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    for key, witness in enumerate(witnesses):
        sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        sketch.update(sorted(witness.shingles))
        yield from ((other, key) for other in index.query(sketch))
        index.insert(key, sketch)


def _same_work(one: Witness, other: Witness) -> bool:
    if _are_two(one.number, other.number):
        return False
    if one.number and other.number and one.number.same_as(other.number) and one.title == other.title:
        return True
    alike = similarity(one, other)
    return alike >= SAME_WORDS or (one.title == other.title and one.title != "" and alike >= SAME_WORK)


def _are_two(one: DocumentNumber | None, other: DocumentNumber | None) -> bool:
    """Whether the numbers tell two works apart. Orders do not: each publishes a version."""
    if one is None or other is None or "order" in (one.kind, other.kind):
        return False
    return not one.same_as(other)


def similarity(one: Witness, other: Witness) -> float:
    """The share of shingles that two witnesses have in common (Jaccard), 0 to 1."""
    union = len(one.shingles | other.shingles)
    return len(one.shingles & other.shingles) / union if union else 0.0


def _versions(witnesses: Sequence[Witness]) -> Iterator[WorkVersion]:
    """The versions: witnesses of one day or of the same words belong together."""
    joined = _Union(len(witnesses))
    for later in range(len(witnesses)):
        for earlier in range(later):
            if _same_version(witnesses[earlier], witnesses[later]):
                joined.join(earlier, later)
    versions = [sorted((witnesses[i] for i in group), key=lambda w: w.rank) for group in joined.groups()]
    made = [WorkVersion(v[0].instrument, tuple(w.instrument for w in v[1:]), _day_of(v)) for v in versions]
    yield from sorted(made, key=lambda version: version.day or date.min)


def _same_version(one: Witness, other: Witness) -> bool:
    language = {one.instrument.masthead.language, other.instrument.masthead.language}
    if one.day and other.day and len(language) == 1:
        return one.day == other.day or similarity(one, other) == 1.0
    return len(language) > 1 or similarity(one, other) >= SAME_WORDS


def _day_of(witnesses: Sequence[Witness]) -> date | None:
    return next((witness.day for witness in witnesses if witness.day), None)


def _kind_of(witness: Witness) -> int:
    """0 official, 1 a copy, 2 a translation, 3 from a page with foreign words in it."""
    masthead = witness.instrument.masthead
    if masthead.language == "en":
        return 2
    if witness.cuts:
        return 3
    host = urlsplit(witness.instrument.capture.url).hostname or ""
    return 0 if host == "gov.cn" or host.endswith((".gov.cn", ".gov.hk", ".gov.mo", ".gov.tw")) else 1


class _Union:
    """Disjoint sets of 0 … size - 1."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def join(self, one: int, other: int) -> None:
        """Make one set of the two that hold `one` and `other`."""
        self._parent[self._root(other)] = self._root(one)

    def groups(self) -> list[list[int]]:
        """The sets, ordered by their smallest members."""
        found: dict[int, list[int]] = {}
        for index in range(len(self._parent)):
            found.setdefault(self._root(index), []).append(index)
        return sorted(found.values())

    def _root(self, index: int) -> int:
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

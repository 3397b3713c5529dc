"""Works, their versions, and the pages that witness them.

Pages give one work when they give its number, its title with nearly the same words, or nearly the same words at all.
Two programmes of one name and two document numbers stay two works; a law of one name published by two orders is one
work in two versions. Of the witnesses of a version the best is official, then a copy, then a translation, then a page
from which foreign words had to be cut.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations, pairwise
from urllib.parse import urlsplit

from tiaowen.corpus.docnumber import DocumentNumber, read_number
from tiaowen.corpus.held import StoredInstrument
from tiaowen.corpus.status import KINDS, WitnessKind
from tiaowen.corpus.validity import start_of
from tiaowen.corpus.wording import Wording, containment, plain_title, similarity

SAME_WORDS = 0.8
"""From this share of common shingles on, two texts are copies of one version (a repost loses or gains a line)."""

SAME_WORK = 0.3
"""From this share on, two texts of one title are versions of one work."""

WHOLLY_IN = 0.9
"""From this share on, a shorter text of the same title or number is a part of the longer one: a copy cut short."""

SHORTEST = 60
"""Code points below which the words of a text are too few to recognise it by them alone."""

MANY = 50
"""Of more than so many pages that share a title or a band, each is compared with its neighbours only."""

_PUBLIC = (".gov.cn", ".gov.hk", ".gov.mo", ".gov.tw", ".npc.gov.cn", ".court.gov.cn", ".spp.gov.cn")


@dataclass(frozen=True)
class Witness:
    """An instrument as one page gives it."""

    instrument: StoredInstrument
    wording: Wording

    @cached_property
    def title(self) -> str:
        """Its title as it is compared."""
        title = self.instrument.masthead.title
        return plain_title(title.value) if title else ""

    @cached_property
    def history(self) -> frozenset[date]:
        """The days on which its words were made."""
        dates = self.instrument.masthead.dates
        read = (dates.written, dates.published)
        return frozenset((*(r.value for r in read if r), *(revision.day for revision in dates.revised)))

    @property
    def is_named(self) -> bool:
        """Whether its title is that of an instrument: it ends with a kind."""
        return self.instrument.masthead.kind is not None

    @cached_property
    def number(self) -> DocumentNumber | None:
        """Its document number."""
        number = self.instrument.masthead.number
        return read_number(number.value) if number else None

    @cached_property
    def day(self) -> date | None:
        """The day that orders versions: from when its words are in force, else when they were made."""
        masthead = self.instrument.masthead
        start = start_of(masthead)
        return start.value if start else masthead.made

    @property
    def kind(self) -> WitnessKind:
        """What the page is as a witness."""
        if self.wording.cuts:
            return "spun"
        if self.instrument.masthead.language == "en":
            return "translation"
        host = urlsplit(self.instrument.capture.url).hostname or ""
        return "official" if host == "gov.cn" or host.endswith(_PUBLIC) else "copy"

    @property
    def rank(self) -> tuple[int, int, int, int, str]:
        """What makes a witness good, smaller is better.

        It is its kind, its cuts, how little it says of itself (number, issuers, dates), and how short it is; the digest
        of its page decides last.
        """
        masthead, wording = self.instrument.masthead, self.wording
        said = (
            masthead.title,
            masthead.number,
            *masthead.issuers[:1],
            masthead.dates.written,
            masthead.dates.published,
        )
        silent = -sum(reading is not None for reading in said)
        return KINDS.index(self.kind), wording.cuts, silent, -wording.length, self.instrument.witness


@dataclass(frozen=True)
class WorkVersion:
    """One version of a work: its witnesses, the best first, and the day from which its words are in force."""

    witnesses: tuple[Witness, ...]
    day: date | None

    @property
    def best(self) -> StoredInstrument:
        """The best witness."""
        return self.witnesses[0].instrument


@dataclass(frozen=True)
class WorkGroup:
    """One work: its versions, the oldest first, those without a day before all."""

    versions: tuple[WorkVersion, ...]


def group_works(witnesses: Sequence[Witness]) -> tuple[WorkGroup, ...]:
    """The witnesses as works, in the order of their first witness.

    The likest are joined first, and never those that are two: a copy without a number, of one name with two programmes,
    goes to the one whose words it has and joins nothing else to it.
    """
    pairs = {pair for pair in _candidates(witnesses) if _same_work(witnesses[pair[0]], witnesses[pair[1]])}
    likeness = {(a, b): similarity(witnesses[a].wording, witnesses[b].wording) for a, b in pairs}
    joined = _Union(len(witnesses))
    for one, other in sorted(pairs, key=lambda pair: (-likeness[pair], pair)):
        joined.join(one, other, lambda a, b: not _are_two(witnesses[a], witnesses[b]))
    return tuple(WorkGroup(tuple(_versions([witnesses[i] for i in group]))) for group in joined.groups())


def _candidates(witnesses: Sequence[Witness]) -> Iterator[tuple[int, int]]:
    """Pairs that share a title, a number, a work id, or a band of their sketches.

    Of many that share a band, as those in the same words do, neighbours are enough.
    """
    alike: dict[str | tuple[int, str], list[int]] = defaultdict(list)
    serials: dict[str, list[int]] = defaultdict(list)
    for index, witness in enumerate(witnesses):
        number = witness.number
        for key in {witness.title, number.canonical if number else "", witness.instrument.work} - {""}:
            alike[key].append(index)
        for band in enumerate(witness.wording.bands() if witness.wording.length >= SHORTEST else ()):
            alike[band].append(index)
        if number and number.year:
            serials[f"{number.year}/{number.serial}"].append(index)
    for members in alike.values():
        yield from combinations(members, 2) if len(members) <= MANY else pairwise(members)
    for members in serials.values():  # of a number in English, year and serial are reliable
        english = [i for i in members if (n := witnesses[i].number) and n.kind == "english"]
        yield from ((min(i, j), max(i, j)) for i in english for j in members if i != j)


def _same_work(one: Witness, other: Witness) -> bool:
    if _are_two(one, other):
        return False
    alike = similarity(one.wording, other.wording)
    if one.number and other.number and one.number.same_as(other.number):
        return alike >= SAME_WORDS or one.title == other.title or _is_translation(one, other)
    if one.title == other.title and one.title:
        return (
            bool(one.history & other.history)
            or alike >= SAME_WORK
            or containment(one.wording, other.wording) >= WHOLLY_IN
        )
    return alike >= SAME_WORDS and min(one.wording.length, other.wording.length) >= SHORTEST and _renamed(one, other)


def _renamed(one: Witness, other: Witness) -> bool:
    """Whether two titles over nearly the same words may be of one work.

    One is none of an instrument (a repost's headline), or the end of the other, or both have a day of their history in
    common. Cities copy each other's rules, and a supplement may repeat what it adds to.
    """
    if not (one.is_named and other.is_named):
        return True
    return bool(one.history & other.history) or _is_prefixed(one.title, other.title)


def _is_prefixed(one: str, other: str) -> bool:
    """Whether one title is the other with something before it, as the name of who issued it."""
    return one.endswith(other) or other.endswith(one)


def _are_two(one: Witness, other: Witness) -> bool:
    """Whether what they say of themselves tells two works apart.

    Two instruments of one page are two. Two numbers are, but not of orders: each publishes a version. A notice and
    what is attached to it share a number, and differ in title and words.
    """
    a, b = one.number, other.number
    if one.instrument.witness == other.instrument.witness and one.instrument.ordinal != other.instrument.ordinal:
        return True
    if a is None or b is None or "order" in (a.kind, b.kind):
        return False
    return not a.same_as(b)


def _is_translation(one: Witness, other: Witness) -> bool:
    """Whether one is the translation of the other, as the number they share says and their place on the page."""
    languages = {one.instrument.masthead.language, other.instrument.masthead.language}
    return languages == {"zh", "en"} and one.instrument.ordinal == other.instrument.ordinal


def _versions(witnesses: Sequence[Witness]) -> Iterator[WorkVersion]:
    """The versions: witnesses of one day or of the same words belong together."""
    joined = _Union(len(witnesses))
    for later in range(len(witnesses)):
        for earlier in range(later):
            if _same_version(witnesses[earlier], witnesses[later]):
                joined.join(earlier, later)
    found = []
    for group in joined.groups():
        ordered = sorted((witnesses[i] for i in group), key=lambda w: w.rank)
        found.append(WorkVersion(tuple(ordered), next((w.day for w in ordered if w.day), None)))
    yield from sorted(
        found, key=lambda version: (version.day or date.min, version.best.capture.retrieved, version.best.witness)
    )


def _same_version(one: Witness, other: Witness) -> bool:
    mastheads = one.instrument.masthead, other.instrument.masthead
    if one.wording.digest == other.wording.digest and one.wording.digest:
        return True
    if mastheads[0].language != mastheads[1].language:
        return True
    if one.day and other.day and one.day != other.day:
        return False
    alike = similarity(one.wording, other.wording)
    return alike >= SAME_WORDS or containment(one.wording, other.wording) >= WHOLLY_IN


class _Union:
    """Disjoint sets of 0 … size - 1."""

    def __init__(self, size: int) -> None:
        self._sets = [[member] for member in range(size)]

    def join(self, one: int, other: int, may: Callable[[int, int], bool] = lambda one, other: True) -> None:
        """Make one set of those that hold `one` and `other`, if every member of one `may` be with each of the other."""
        a, b = self._sets[one], self._sets[other]
        if a is not b and all(may(x, y) for x in a for y in b):
            a += b
            for member in b:
                self._sets[member] = a

    def groups(self) -> list[list[int]]:
        """The sets, ordered by their smallest members."""
        return sorted(sorted(members) for members in {id(each): each for each in self._sets}.values())

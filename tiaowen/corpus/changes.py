"""What changed between two versions of an instrument, clause by clause.

Clauses are matched by words and address, then by words, so that one that was only renumbered is said to have moved,
then by likeness, then by address. Words are compared as they stand, width and blanks apart: 应当 for 可以 is a change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from tiaowen.corpus.instrument import Clause, Instrument

Kind = Literal["same", "changed", "moved", "added", "removed"]

_LONGEST = 20_000
"""Code points up to which wordings are compared character by character; the comparison is quadratic at worst."""

_MOST_PAIRS = 10_000
_COMPARED = 500  # code points; the beginnings tell two clauses apart
_LIKE = 0.6  # of the characters of both


@dataclass(frozen=True)
class Change:
    """What became of one clause; `old` is None for an added one, `new` for a removed one."""

    kind: Kind
    old: Clause | None
    new: Clause | None


@dataclass(frozen=True)
class Piece:
    """A stretch of wording: in both, only in the old one, or only in the new one."""

    kind: Literal["both", "old", "new"]
    text: str


def changes(old: Instrument, new: Instrument) -> tuple[Change, ...]:
    """What became of every clause of both, in the order of the new one; removed ones where they stood."""
    before = {clause.eid: clause for clause in old.clauses}
    partners = _partners(old, new)
    place = {clause.eid: position for position, clause in enumerate(old.clauses)}
    matched = set(partners.values())
    gone = [clause for clause in old.clauses if clause.eid not in matched]
    found: list[Change] = []
    for clause in new.clauses:
        partner = before[partners[clause.eid]] if clause.eid in partners else None
        while partner is not None and gone and place[gone[0].eid] < place[partner.eid]:
            found.append(Change("removed", gone.pop(0), None))
        found.append(_change(partner, clause))
    return (*found, *(Change("removed", clause, None) for clause in gone))


def wording(old: str, new: str) -> Iterator[Piece]:
    """The two wordings laid over each other, for people to read; never for deciding anything."""
    if max(len(old), len(new)) > _LONGEST:
        yield Piece("old", old)
        yield Piece("new", new)
        return
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("both", old[i:j])
            continue
        if i < j:
            yield Piece("old", old[i:j])
        if k < m:
            yield Piece("new", new[k:m])


def _change(old: Clause | None, new: Clause) -> Change:
    if old is None:
        return Change("added", None, new)
    if _words(old) != _words(new):
        return Change("changed", old, new)
    return Change("same" if old.eid == new.eid else "moved", old, new)


def _partners(old: Instrument, new: Instrument) -> dict[str, str]:
    """New address → old address; the surest matches are made first."""
    left_old = {clause.eid: clause for clause in old.clauses}
    left_new = {clause.eid: clause for clause in new.clauses}
    partners: dict[str, str] = {}

    def pair(theirs: str, ours: str) -> None:
        partners[theirs] = ours
        del left_new[theirs], left_old[ours]

    for eid in [eid for eid, c in left_new.items() if eid in left_old and _words(left_old[eid]) == _words(c)]:
        pair(eid, eid)
    by_words: dict[str, list[str]] = defaultdict(list)
    for clause in left_old.values():
        by_words[_words(clause)].append(clause.eid)
    for eid in [eid for eid, clause in left_new.items() if _words(clause) in by_words]:
        if by_words[_words(left_new[eid])]:
            pair(eid, by_words[_words(left_new[eid])].pop(0))
    for eid, like in list(_alike(left_old, left_new)):
        pair(eid, like)
    for eid in [eid for eid in left_new if eid in left_old]:
        pair(eid, eid)
    return partners


def _alike(old: dict[str, Clause], new: dict[str, Clause]) -> Iterator[tuple[str, str]]:
    """Clauses of another address whose words are so near that one was made from the other; the nearest each time."""
    if len(old) * len(new) > _MOST_PAIRS:
        return
    taken: set[str] = set()
    for eid, clause in new.items():
        near = [(_likeness(other, clause) + (other.eid == eid) / 100, other.eid) for other in old.values()]
        likeness, best = max((each for each in near if each[1] not in taken), default=(0.0, ""))
        if likeness >= _LIKE:
            taken.add(best)
            yield eid, best


def _likeness(one: Clause, other: Clause) -> float:
    matcher = SequenceMatcher(None, one.text[:_COMPARED], other.text[:_COMPARED], autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _LIKE and matcher.quick_ratio() >= _LIKE else 0.0


def _words(clause: Clause) -> str:
    """What a clause says, with the words it hangs on; width and blanks do not count, anything else does."""
    return "".join(f"{clause.lead_in}\n{clause.quote}".translate(_NARROW).split())


_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

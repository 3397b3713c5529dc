"""Whether an instrument was in force on a day, and the sentence that proves it.

The end of an instrument is read from the instrument itself (有效期三年), from the page's own word (时效性：已废止) and
from what the corpus holds besides (…同时废止; 关于废止…的决定; a version note: 2023年…修订). It is never guessed from a
later date under the same title. 现行有效 without a stated end is an inference, and says so; without any proof it is
未知.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tiaowen.corpus.held import StoredEnding, StoredInstrument, number_key
from tiaowen.corpus.instrument import Ending, Masthead, Reading
from tiaowen.corpus.status import Status
from tiaowen.corpus.wording import plain_title

if TYPE_CHECKING:
    from tiaowen.corpus.docnumber import DocumentNumber

_TRIAL = re.compile(r"试行|暂行")
_WORDS: tuple[tuple[re.Pattern[str], Status], ...] = (
    (re.compile(r"尚未(?:生效|施行)"), "尚未生效"),
    (re.compile(r"废止"), "已废止"),
    (re.compile(r"失效|无效"), "失效"),
    (re.compile(r"已(?:被)?修[改订正]"), "已修改"),
    (re.compile(r"有效"), "现行有效"),
)
_KINDS: dict[str, Status] = {"repeals": "已废止", "lapses": "失效", "amends": "已修改"}
_HIGHER = ("宪法", "法律", "行政法规", "地方性法规")
"""Levels whose bodies may repeal what others issued."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The status of an instrument on `day`.

    `proof` is the sentence that says so, with its places on the page that says it; `source` the id of the clause it
    is in, or the URL of another page in whose masthead it stands; "" where it is in the instrument itself.
    """

    status: Status
    day: date
    proof: Reading[str] | None = None
    source: str = ""


def status_word(text: str) -> Status:
    """What a page's own word for validity says: 现行有效, 已废止 …, or 未知."""
    return next((status for pattern, status in _WORDS if pattern.search(text)), "未知")


def standing_at(day: date, instrument: StoredInstrument, endings: Iterable[StoredEnding]) -> Standing:
    """The standing of `instrument` on `day`, given what else the corpus says."""
    return _at(day, instrument, [each for each in endings if is_meant(each, instrument)])


def timeline(instrument: StoredInstrument, meant: Collection[StoredEnding]) -> tuple[tuple[date, Status], ...]:
    """From which day on `instrument` has which status; the first entry, of the first of all days, is before all others.

    `meant` are the endings that speak of it.
    """
    status: Status | None = None
    found = []
    for day in sorted(_turns(instrument, meant)):
        now = _at(day, instrument, meant).status
        if now != status:
            found.append((day, now))
            status = now
    return tuple(found)


def start_of(masthead: Masthead) -> Reading[date] | None:
    """The day from which these words are in force: that of taking effect, or of the last revision if it is later."""
    start, revised = masthead.dates.effective, masthead.dates.revised
    if revised and start and revised[-1].day > start.value:
        last = revised[-1]
        return Reading(last.day, last.said.spans, inferred=True, basis="the day its words were last revised")
    return start


def name_keys(masthead: Masthead) -> tuple[str, ...]:
    """The titles, in the form compared, by which an ending may name an instrument: with its issuer or without."""
    title = plain_title(masthead.title.value) if masthead.title else ""
    issuers = (plain_title(issuer.value) for issuer in masthead.issuers)
    return tuple(dict.fromkeys(filter(None, (title, *(title.removeprefix(issuer) for issuer in issuers)))))


def is_meant(stored: StoredEnding, instrument: StoredInstrument) -> bool:
    """Whether an ending speaks of `instrument`: by its number, or by its title where its days agree.

    What is meant is older than the sentence. A title alone names nothing of another place or of an unrelated issuer.
    """
    ending, masthead = stored.ending, instrument.masthead
    if (stored.by.witness, stored.by.ordinal) == (instrument.witness, instrument.ordinal):
        return False
    made = masthead.made
    if ending.made is None or ending.day is None or (made and (made >= ending.made or made > ending.day)):
        return False
    held, named = _numbers(masthead, ending)
    if held and named and _same_number(held, named):
        return True
    if plain_title(ending.title) not in name_keys(masthead) or _are_two(held, named):
        return False
    if ending.issued:
        return bool(masthead.days & set(ending.issued))
    return made is not None and _same_place(stored.by.masthead, masthead) and _related(stored.by.masthead, masthead)


def _numbers(masthead: Masthead, ending: Ending) -> tuple[DocumentNumber | None, DocumentNumber | None]:
    """The number of an instrument, and the one that an ending names."""
    from tiaowen.corpus.docnumber import find_numbers, read_number  # noqa: PLC0415 - a search may show none that ended

    held = read_number(masthead.number.value) if masthead.number else None
    return held, next(find_numbers(ending.number), None) if ending.number else None


def _same_number(held: DocumentNumber, named: DocumentNumber) -> bool:
    """In running text the code may have swallowed words before it, or leave the agency's place out."""
    if held.same_as(named):
        return bool(held.year) or held.code == named.code
    alike = (held.year, held.serial, held.kind) == (named.year, named.serial, named.kind)
    return (
        alike and bool(held.code and named.code) and (held.code.endswith(named.code) or named.code.endswith(held.code))
    )


def _are_two(held: DocumentNumber | None, named: DocumentNumber | None) -> bool:
    """Whether numbers tell the two apart. Orders do not: the one that published it is not always the one named."""
    return held is not None and named is not None and held.kind == named.kind == "coded"


def _same_place(one: Masthead, other: Masthead) -> bool:
    return _value(one.province) == _value(other.province) and (
        not one.city or not other.city or one.city.value == other.city.value
    )


def _related(by: Masthead, other: Masthead) -> bool:
    """Whether the one may repeal what the other issued: it has an issuer in common with it, or stands above."""
    if not by.issuers or not other.issuers or _value(by.level) in _HIGHER:
        return True
    return any(a.value in b.value or b.value in a.value for a in by.issuers for b in other.issuers)


def _value(reading: Reading[str] | None) -> str:
    return reading.value if reading else ""


def _turns(instrument: StoredInstrument, meant: Iterable[StoredEnding]) -> Iterator[date]:
    """The days on which the status may change."""
    yield date.min
    start, end = start_of(instrument.masthead), instrument.masthead.dates.expires
    if start:
        yield start.value
    if end:
        yield end.value + timedelta(days=1)
    yield from (each.ending.day for each in meant if each.ending.day)
    yield from (_until(each) + timedelta(days=1) for each in meant)
    taken = instrument.capture.retrieved.date()
    yield from (taken, taken + timedelta(days=1))


def _at(day: date, instrument: StoredInstrument, meant: Iterable[StoredEnding]) -> Standing:
    masthead = instrument.masthead
    if masthead.genre and masthead.genre.value not in ("law", "unknown"):
        return Standing("未知", day)
    start = start_of(masthead)
    if start and day < start.value:
        return Standing("尚未生效", day, _as_proof(start))
    return _ended(day, masthead, meant) or _said(day, instrument) or _begun(day, masthead)


def _ended(day: date, masthead: Masthead, meant: Iterable[StoredEnding]) -> Standing | None:
    """What another instrument ended, or its own term, which another one may have extended."""
    ended, end = _ended_by(day, meant), masthead.dates.expires
    if ended:
        return Standing(_KINDS[ended.ending.kind], day, ended.ending.sentence, ended.source)
    if end is None or day <= end.value:
        return None
    longer = max((e for e in meant if _until(e) > end.value), key=_until, default=None)
    if longer and day <= _until(longer):
        return Standing("现行有效", day, longer.ending.sentence, longer.source)
    trial = masthead.title is not None and _TRIAL.search(masthead.title.value)
    over: Status = "试行超期" if trial else "失效"
    return Standing(over, day, longer.ending.sentence, longer.source) if longer else Standing(over, day, _as_proof(end))


def _until(stored: StoredEnding) -> date:
    """The last day of an extended term; the first of all days for what extends none."""
    ending = stored.ending
    return ending.day if ending.kind == "extends" and ending.day else date.min


def _begun(day: date, masthead: Masthead) -> Standing:
    """In force within a term that it states; without one, since it took effect, as an inference."""
    start = start_of(masthead)
    if start is None:
        return Standing("未知", day)
    return Standing("现行有效", day, _as_proof(start) if masthead.dates.expires else _presumed(start))


def _said(day: date, instrument: StoredInstrument) -> Standing | None:
    """What the page's own word proves: of an end, that it had come when the page was taken, and no more than that.

    That it was in force on the day the page was taken holds before, from its start on, and is presumed after.
    """
    own, taken = instrument.masthead.validity, instrument.capture.retrieved.date()
    status = status_word(own.status)
    if own.proof is None or status == "未知":
        return None
    if status == "尚未生效":
        return Standing(status, day, own.proof) if day <= taken else None
    if status != "现行有效":
        return Standing(status, day, own.proof) if day >= taken else None
    if day <= taken:
        return Standing(status, day, own.proof)
    basis = f"so the page said on {taken}, and nothing held here ends it since"
    return Standing(status, day, Reading(own.proof.value, own.proof.spans, inferred=True, basis=basis))


def _presumed(start: Reading[date]) -> Reading[str]:
    basis = "it took effect, and nothing held here ends it"
    return Reading(start.said or start.value.isoformat(), start.spans, inferred=True, basis=basis)


def _as_proof(reading: Reading[date]) -> Reading[str]:
    return Reading(reading.said or reading.value.isoformat(), reading.spans, reading.inferred, reading.basis)


def _ended_by(day: date, meant: Iterable[StoredEnding]) -> StoredEnding | None:
    """The ending that counts on `day`: an end before an amendment, the earliest of either."""
    fits = [
        (each.ending.kind == "amends", each.ending.day, n, each)
        for n, each in enumerate(meant)
        if each.ending.kind in _KINDS
    ]
    passed = [fit for fit in fits if fit[1] is not None and fit[1] <= day]
    return min(passed, default=(None,) * 4)[3]


def number_of(masthead: Masthead) -> str:
    """The number of an instrument in the form compared, or ""."""
    return number_key(masthead.number.value) if masthead.number else ""

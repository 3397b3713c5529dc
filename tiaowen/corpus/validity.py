"""Whether an instrument was in force on a day, and the sentence that proves it.

The end of an instrument is read from the instrument itself (有效期三年), from the page's own word (时效性：已废止) and
from what the corpus holds besides (…同时废止; 关于废止…的决定; 关于修改…的决定). It is never guessed from a later date
under the same title. 现行有效 without a stated end is an inference, and says so; without any proof the answer is 未知.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tiaowen.corpus.docnumber import find_numbers, read_number
from tiaowen.corpus.held import StoredClause, StoredInstrument
from tiaowen.corpus.instrument import Masthead, Reading
from tiaowen.text.simplify import simplify

Status = Literal["尚未生效", "现行有效", "已修改", "已废止", "失效", "试行超期", "未知"]

_SENTENCE = re.compile(r"[^。]+。?")
_ENDS = re.compile(r"同时废止|予以废止|宣布废止|即行废止|同时失效|停止执行|不再执行|废止(?=[。；]|$)")
_AMENDS = re.compile(r"关于修改(?:〈|《)?([^》〉]{3,100}?)(?:〉|》)?(?:的|等)[^。]{0,30}决定")
_REPEALS = re.compile(r"废止")
_NAMED = re.compile(r"《([^《》]{2,150}(?:〈[^〈〉]{2,80}〉[^《》]{0,60})?)》")
_DAY = re.compile(r"((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_BASIS = re.compile(r"(?:根据|依据|依照|按照)[^《》]*$")
"""Before a title that is a basis and not what is ended: 根据《关于修改〈X〉的决定》修正的《X》同时废止."""

_TRIAL = re.compile(r"试行|暂行")
_UNMEANT = re.compile(r"[\W_]+")
_WORDS: tuple[tuple[re.Pattern[str], Status], ...] = (
    (re.compile(r"尚未(?:生效|施行)"), "尚未生效"),
    (re.compile(r"废止"), "已废止"),
    (re.compile(r"失效|无效"), "失效"),
    (re.compile(r"已(?:被)?修[改订正]"), "已修改"),
    (re.compile(r"有效"), "现行有效"),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The status of an instrument on `day`.

    `proof` is the sentence that says so, with its places on the page that says it; `source` the id of the clause it
    is in, "" where it is in the masthead of the instrument itself.
    """

    status: Status
    day: date
    proof: Reading[str] | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """A sentence that ends or amends another instrument, from `day` on (None: not known from when)."""

    kind: Literal["repeals", "amends"]
    title: str
    number: str
    issued: date | None
    day: date | None
    by: StoredInstrument
    source: str
    sentence: Reading[str]


def status_word(text: str) -> Status:
    """What a page's own word for validity says: 现行有效, 已废止 …, or 未知."""
    return next((status for pattern, status in _WORDS if pattern.search(text)), "未知")


def endings_of(clauses: Iterable[StoredClause]) -> Iterator[Ending]:
    """Every sentence among the clauses that ends or amends an instrument it names."""
    for stored in clauses:
        text = stored.clause.match
        title = stored.instrument.masthead.title
        decides = bool(title and _REPEALS.search(title.value) and _REPEALS.search(stored.clause.lead_in + text))
        if not decides and not _ENDS.search(text):
            continue
        for sentence in _SENTENCE.findall(text):
            if decides or _ENDS.search(sentence):
                yield from _ended_in(sentence, stored)


def amendments_of(instruments: Iterable[StoredInstrument]) -> Iterator[Ending]:
    """What decisions to amend say by their titles."""
    for each in instruments:
        title = each.masthead.title
        match = _AMENDS.search(title.value) if title else None
        if title and match:
            yield Ending("amends", match[1], "", None, _from(each.masthead), each, "", title)


def standing_at(day: date, instrument: StoredInstrument, endings: Iterable[Ending]) -> Standing:
    """The standing of `instrument` on `day`, given what else the corpus says."""
    masthead = instrument.masthead
    start, end = masthead.dates.effective, masthead.dates.expires
    if start and day < start.value:
        return Standing("尚未生效", day, _as_proof(start))
    ended = _ended_by(day, instrument, endings)
    if ended:
        status: Status = "已废止" if ended.kind == "repeals" else "已修改"
        return Standing(status, day, ended.sentence, ended.source)
    if end and day > end.value:
        trial = masthead.title is not None and _TRIAL.search(masthead.title.value)
        return Standing("试行超期" if trial else "失效", day, _as_proof(end))
    own = masthead.validity
    if own.status != "未知" and own.proof and day <= instrument.capture.retrieved.date():
        return Standing(status_word(own.status), day, own.proof)
    if start:
        return Standing("现行有效", day, _as_proof(start) if end else _presumed(start))
    return Standing("未知", day)


def _presumed(start: Reading[date]) -> Reading[str]:
    basis = "it took effect, and nothing held here ends it"
    return Reading(start.value.isoformat(), start.spans, inferred=True, basis=basis)


def _as_proof(reading: Reading[date]) -> Reading[str]:
    return Reading(reading.value.isoformat(), reading.spans, reading.inferred, reading.basis)


def _ended_by(day: date, instrument: StoredInstrument, endings: Iterable[Ending]) -> Ending | None:
    """The ending that counts on `day`: a repeal before an amendment, the earliest of either."""
    fits = [e for e in endings if e.day is not None and e.day <= day and _is_meant(e, instrument)]
    return min(fits, key=lambda e: (e.kind != "repeals", e.day), default=None)


def _is_meant(ending: Ending, instrument: StoredInstrument) -> bool:
    """By its number; without one by its title, where it is older than what ends it and of the day that is named."""
    masthead = instrument.masthead
    if ending.by.work == instrument.work or not masthead.title:
        return False
    held = read_number(masthead.number.value) if masthead.number else None
    named = read_number(ending.number) if ending.number else None
    if held and named:
        return held.same_as(named)
    if _key(ending.title) != _key(masthead.title.value):
        return False
    dates = masthead.dates
    days = {r.value for r in (dates.written, dates.published, dates.effective) if r}
    if ending.issued:
        return ending.issued in days
    return any(ending.day and each < ending.day for each in days)


def _ended_in(sentence: str, stored: StoredClause) -> Iterator[Ending]:
    names = list(_NAMED.finditer(sentence))
    reading = Reading(sentence.strip(), stored.clause.spans)
    day = _from(stored.instrument.masthead)
    for index, name in enumerate(names):
        before = sentence[names[index - 1].end() if index else 0 : name.start()]
        after = sentence[name.end() : names[index + 1].start() if index + 1 < len(names) else len(sentence)]
        if not _ENDS.search(sentence[name.end() :]) and _ENDS.search(sentence):
            continue
        if _BASIS.search(before):
            continue
        number = next((n.canonical for n in find_numbers(after[:60])), "") or next(
            (n.canonical for n in find_numbers(before[-60:])), ""
        )
        yield Ending("repeals", name[1], number, _last_day(before), day, stored.instrument, str(stored.id), reading)


def _last_day(text: str) -> date | None:
    found = _DAY.findall(text)
    try:
        return date(*map(int, found[-1])) if found else None
    except ValueError:
        return None


def _from(masthead: Masthead) -> date | None:
    """From when an instrument speaks: the day it takes effect, else the day it was made public or written."""
    dates = masthead.dates
    return next((r.value for r in (dates.effective, dates.published, dates.written) if r), None)


def _key(title: str) -> str:
    plain = _UNMEANT.sub("", simplify(unicodedata.normalize("NFKC", title)))
    return plain.removeprefix("中华人民共和国")

"""From a citation as people write it to the clauses it means: 样例促进法 第三条, 示政发〔2030〕1号 三（二）."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tiaowen.corpus.docnumber import read_number
from tiaowen.corpus.held import StoredClause, StoredInstrument
from tiaowen.corpus.ids import clause_id
from tiaowen.corpus.leading import why_missing
from tiaowen.corpus.outline import Outline
from tiaowen.corpus.request import Request, parse_request
from tiaowen.corpus.store import Store
from tiaowen.corpus.validity import start_of
from tiaowen.corpus.works import Witness
from tiaowen.text.simplify import simplify

_UNMEANT = re.compile(r"[\W_]+")
_STATE = "中华人民共和国"
_LOOSE = re.compile(r"[省市县]|自治[区州县]")
_INTERPRETS = re.compile(
    r"《?(?P<law>[\u4e00-\u9fff]{1,20}?法典?)》?(?:的|司法)?(?:司法)?解释[（(]?(?P<number>[一二三四五六七八九十]{0,3})[）)]?"
)
NEAREST = 3
LEAST_ALIKE = 0.4
WHOLE_TITLE = 16
"""The least that an instrument of just that title fits with."""

_NO_INITIALS = frozenset({"the", "of", "on", "and", "for", "in", "to", "a", "an", "by", "with"})


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a request leads to: the `clauses`, in order; or several `candidates`, where it does not say which.

    `others` are pages of the same work that have the place too, other versions among them: the citation may mean one
    of those. Where nothing is named so, `nearest` are instruments of a like title; where the one meant has no such
    place, `why` says what it has.
    """

    request: Request
    clauses: tuple[StoredClause, ...] = ()
    candidates: tuple[StoredInstrument, ...] = ()
    others: tuple[StoredInstrument, ...] = ()
    nearest: tuple[StoredInstrument, ...] = ()
    why: str = ""


def resolve(store: Store, text: str, day: date | None = None) -> Resolution:
    """The clauses that the citation `text` means, in the best of the instruments it may name.

    Of the pages of one work that have the place, the best witness of the newest version counts, of those that were in
    force by the `day` if one is given and there are any. Raises UsageError where the text names no instrument.
    """
    request = parse_request(text)
    instruments = tuple(store.instruments())
    matches = matching(request, instruments)
    if not matches:
        return Resolution(request, nearest=nearest_to(request.title, instruments))
    if len(matches) > 1:
        matches = tuple(sorted(matches, key=lambda each: Witness(each, store.wording(each)).rank))
    having = {each: eids for each in matches if (eids := _wanted(store, each, request))}
    candidates = best_of_each_work(tuple(having) or matches, day)
    if len(candidates) != 1 or not having:
        return Resolution(request, candidates=candidates, why=_why(store, candidates[0], request))
    chosen = candidates[0]
    clauses = tuple(store.clause(clause_id(chosen.work, eid, chosen.witness)) for eid in having[chosen])
    return Resolution(request, clauses, candidates, tuple(each for each in having if each != chosen))


def _wanted(store: Store, instrument: StoredInstrument, request: Request) -> tuple[str, ...]:
    outline = Outline.of(store.instrument(instrument.witness, instrument.ordinal))
    return outline.at(request.address, request.last) or (outline.at(request.instead) if request.instead else ())


def _why(store: Store, instrument: StoredInstrument, request: Request) -> str:
    outline = Outline.of(store.instrument(instrument.witness, instrument.ordinal))
    return why_missing(request.address, request.last, outline) if request.address else ""


def nearest_to(title: str, instruments: Iterable[StoredInstrument]) -> tuple[StoredInstrument, ...]:
    """Up to NEAREST instruments, one page of each work, whose titles have most pairs of characters in common."""
    wanted = _pairs(_key(title))
    scored = []
    for instrument in best_of_each_work(tuple(instruments)):
        held = _pairs(_key(instrument.masthead.title.value)) if instrument.masthead.title else frozenset()
        common = len(wanted & held)
        if wanted and common >= LEAST_ALIKE * len(wanted):
            scored.append((common / len(wanted | held), instrument))
    scored.sort(key=lambda pair: -pair[0])
    return tuple(instrument for _, instrument in scored[:NEAREST])


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def matching(
    request: Request, instruments: Iterable[StoredInstrument], *, least: int = 1
) -> tuple[StoredInstrument, ...]:
    """The instruments that fit best: by number, by full title, by official short title, by a part of the title.

    With `least` at WHOLE_TITLE a part of the title is not enough.
    """
    scored = [(score, instrument) for instrument in instruments if (score := _fit(request, instrument)) >= least]
    best = max((score for score, _ in scored), default=0)
    return tuple(instrument for score, instrument in scored if score == best)


def best_of_each_work(instruments: Sequence[StoredInstrument], day: date | None = None) -> tuple[StoredInstrument, ...]:
    """One page for each work: the first that is current and of the version that took effect last.

    What had taken effect by the `day`, if one is given, comes before what had not.
    """
    chosen: dict[str, StoredInstrument] = {}
    for each in sorted(newest_first(instruments), key=lambda each: not _in_force_by(day, each)):
        chosen.setdefault(each.work, each)
    return tuple(chosen.values())


def newest_first(instruments: Iterable[StoredInstrument]) -> list[StoredInstrument]:
    """Current pages before superseded ones, the version that took effect last first, equals as they come."""
    return sorted(instruments, key=_newness, reverse=True)


def _in_force_by(day: date | None, instrument: StoredInstrument) -> bool:
    start = start_of(instrument.masthead)
    return day is None or start is None or start.value <= day


def _newness(instrument: StoredInstrument) -> tuple[bool, date, float]:
    dates = instrument.masthead.dates
    day = next((r.value for r in (dates.effective, dates.published, dates.written) if r), date.min)
    return instrument.current, day, 0 if instrument.current else instrument.capture.retrieved.timestamp()


def _fit(request: Request, instrument: StoredInstrument) -> int:
    masthead = instrument.masthead
    held = read_number(masthead.number.value) if masthead.number else None
    title = masthead.title.value if masthead.title else ""
    fit = _title_fit(request.title, title)
    if request.number:
        asked = read_number(request.number)
        return 100 + fit if asked and held and asked.same_as(held) else 0
    return 2 * fit + (bool(request.version) and request.version in title) if fit else 0


def _title_fit(asked: str, held: str) -> int:
    """How well a title fits.

    9: the same title; 8: the same without the name of the state; 7: the same but for 省, 市 and the like, or a law's
    judicial interpretation; 5: a part of it; 3: its English words.
    """
    one, other = _key(asked), _key(held)
    if not one or not other:
        return 0
    if one == other:
        return 9
    if one.removeprefix(_STATE) == other.removeprefix(_STATE):
        return 8
    if _LOOSE.sub("", one) == _LOOSE.sub("", other) or _is_interpretation(asked, held):
        return 7
    if asked.isascii():
        return 3 if _all_words(asked, held) else 0
    return 5 if len(one) >= 3 and one in other else 0


def _is_interpretation(asked: str, held: str) -> bool:
    """Whether 样例法司法解释（二） means the title of 最高人民法院关于适用《样例法》…的解释（二）."""
    match = _INTERPRETS.fullmatch(asked)
    if not match or not held.startswith("最高人民"):
        return False
    ends = f"（{match['number']}）" if match["number"] else "解释"
    return match["law"] in held and held.rstrip().endswith(ends)


def same_title(one: str, other: str) -> bool:
    """Whether two titles name one instrument: the same, blanks, width, script and 中华人民共和国 apart."""
    return _title_fit(one, other) >= WHOLE_TITLE // 2


def _key(title: str) -> str:
    return _UNMEANT.sub("", simplify(unicodedata.normalize("NFKC", title))).casefold()


def _all_words(asked: str, held: str) -> bool:
    """Whether every word asked for is in the title, or in capitals stands for the initials of some of its words."""
    words = re.findall(r"[A-Za-z]+(?:-[A-Za-z]+)*", held)
    initials = "".join(word[0].upper() for word in words if word.lower() not in _NO_INITIALS)
    known = {word.lower() for word in words}
    wanted = re.findall(r"[A-Za-z]+(?:-[A-Za-z]+)*", asked)
    return bool(wanted) and all(w.lower() in known or (w.isupper() and len(w) > 1 and w in initials) for w in wanted)

"""From a citation as people write it to the clauses it means: 样例促进法 第三条, 示政发〔2030〕1号 三（二）."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from tiaowen.corpus.address import Address, Step
from tiaowen.corpus.docnumber import find_numbers, read_number
from tiaowen.corpus.held import StoredClause, StoredInstrument
from tiaowen.corpus.ids import clause_id
from tiaowen.corpus.instrument import ProvisionKind
from tiaowen.corpus.outline import Outline
from tiaowen.corpus.reference import Reference, find_references
from tiaowen.corpus.store import Store
from tiaowen.corpus.validity import start_of
from tiaowen.errors import UsageError
from tiaowen.text.numerals import read_numeral
from tiaowen.text.simplify import simplify
from tiaowen.text.spans import Span

_NUMERAL = r"[零〇○一二三四五六七八九十百]{1,5}"
_NOTICE_PATH = re.compile(
    rf"(?:^|(?<=[\s》〉，,号）)】]))(?P<one>{_NUMERAL})(?:、|部分)?"
    rf"(?P<rest>(?:\s?[（(]\s?(?:{_NUMERAL}|\d{{1,3}})\s?[）)]|\s?\d{{1,3}}\.?)*)\s*$"
)
_OF_TITLE = re.compile(r"\s*,?\s*of (?:the )?(.{3,200})$", re.I)
_INNER = re.compile(rf"{_NUMERAL}|\d+")
_VERSION = re.compile(r"[（(]([^（）()]*(?:修正|修订|版|本|试行|暂行|废止|失效|草案)[^（）()]*)[）)]")
_UNMEANT = re.compile(r"[\W_]+")
_DOWN = {
    ProvisionKind.PARAGRAPH: ProvisionKind.ITEM,
    ProvisionKind.ITEM: ProvisionKind.SUBITEM,
}
_STATE = "中华人民共和国"
WHOLE_TITLE = 16
"""The least that an instrument of just that title fits with."""

_NO_INITIALS = frozenset({"the", "of", "on", "and", "for", "in", "to", "a", "an", "by", "with"})


@dataclass(frozen=True, slots=True)
class Request:
    """A citation as typed: the instrument by `title` or `number`, the place in it, and what was not understood.

    `instead` is the place meant if `address` is not there: the bracket in Article 6(2) may be a paragraph or an item.
    """

    title: str
    number: str
    version: str = ""
    address: Address = ()
    last: Address | None = None
    part: str = ""
    unread: str = ""
    instead: Address = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a request leads to: the `clauses`, in order; or several `candidates`, where it does not say which.

    `others` are pages of the same work that have the place too, other versions among them: the citation may mean one
    of those.
    """

    request: Request
    clauses: tuple[StoredClause, ...] = ()
    candidates: tuple[StoredInstrument, ...] = ()
    others: tuple[StoredInstrument, ...] = ()


def parse_request(text: str) -> Request:
    """The request that `text` is; UsageError where it names no instrument."""
    plain = text.strip().strip("“”\"'")
    number = next(find_numbers(plain), None)
    rest = _without(plain, number.span.start, number.span.end) if number else plain
    name, place, after = _parted(rest, named=number is not None)
    version = _VERSION.search(name)
    title = _VERSION.sub("", name).strip(" \u3000，,。.；;“”\"'").strip()
    title = title[1:-1] if title.startswith("《") and title.endswith("》") else title
    if not title and number is None:
        raise UsageError(
            f"no instrument is named in “{text}”; give its title or its number and a place in it, such as "
            "中小企业促进法 第三条 or 工信部企业〔2022〕119号 第六条（二）"
        )
    address, last, part = (place.address, place.last, place.part) if place else ((), None, "")
    shown = number.canonical if number else ""
    instead = _one_down(address) if plain.isascii() else ()
    return Request(title, shown, version[1] if version else "", address, last, part, after, instead)


def _one_down(address: Address) -> Address:
    """The address with its paragraph read as an item, its item as a sub-item."""
    return tuple(replace(step, kind=_DOWN.get(step.kind, step.kind)) for step in address)


def _without(text: str, start: int, end: int) -> str:
    """The text with a number and the brackets around it taken out."""
    before, after = text[:start], text[end:]
    if before.rstrip().endswith(("（", "(")) and after.lstrip().startswith(("）", ")")):
        before, after = before.rstrip()[:-1], after.lstrip()[1:]
    return f"{before.rstrip(' ，,')} {after.lstrip(' ，,')}"


def _parted(text: str, *, named: bool) -> tuple[str, Reference | None, str]:
    """The name, the place in it, and what follows the place; what follows is the name where nothing else is `named`."""
    outside = re.sub(r"《[^》]*》?", lambda marked: "《" * len(marked[0]), text)
    found = [r for r in find_references(outside) if r.address]
    upward = _OF_TITLE.match(text, found[-1].span.end) if found and found[0].span.start == 0 else None
    if upward:
        return upward[1], found[0], ""
    if found:
        last = found[-1]
        start = min(r.span.start for r in found)
        name, after = text[:start].strip(), text[last.span.end :].strip(' \u3000，,。.；;”"')
        return (name, found[0], after) if name or named else (after, found[0], "")
    notice = _NOTICE_PATH.search(outside)
    if notice:
        numbers = [notice["one"], *_INNER.findall(notice["rest"])]
        steps = tuple(Step(ProvisionKind.LEVEL, str(read_numeral(n))) for n in numbers)
        return text[: notice.start()], Reference(Span(notice.start(), notice.end()), steps), ""
    return text, None, ""


def resolve(store: Store, text: str, day: date | None = None) -> Resolution:
    """The clauses that the citation `text` means, in the best of the instruments it may name.

    Of the pages of one work that have the place, that of the newest version counts, of those that were in force by the
    `day` if one is given and there are any. Raises UsageError where the text names no instrument.
    """
    request = parse_request(text)
    matches = matching(request, store.instruments())
    having = {each: eids for each in matches if (eids := _wanted(store, each, request))}
    candidates = best_of_each_work(tuple(having) or matches, day)
    if len(candidates) != 1 or not having:
        return Resolution(request, candidates=candidates)
    chosen = candidates[0]
    clauses = tuple(store.clause(clause_id(chosen.work, eid, chosen.witness)) for eid in having[chosen])
    return Resolution(request, clauses, candidates, tuple(each for each in having if each != chosen))


def _wanted(store: Store, instrument: StoredInstrument, request: Request) -> tuple[str, ...]:
    outline = Outline.of(store.instrument(instrument.witness, instrument.ordinal))
    return outline.at(request.address, request.last) or (outline.at(request.instead) if request.instead else ())


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
    """One page for each work: a current one before a superseded, of the version that took effect last, the newest.

    What had taken effect by the `day`, if one is given, comes before what had not.
    """
    chosen: dict[str, StoredInstrument] = {}
    for each in sorted(newest_first(instruments), key=lambda each: not _in_force_by(day, each)):
        chosen.setdefault(each.work, each)
    return tuple(chosen.values())


def newest_first(instruments: Iterable[StoredInstrument]) -> list[StoredInstrument]:
    """Current pages before superseded ones, the version that took effect last first."""
    return sorted(instruments, key=_newness, reverse=True)


def _in_force_by(day: date | None, instrument: StoredInstrument) -> bool:
    start = start_of(instrument.masthead)
    return day is None or start is None or start.value <= day


def _newness(instrument: StoredInstrument) -> tuple[bool, date, datetime]:
    dates = instrument.masthead.dates
    day = next((r.value for r in (dates.effective, dates.published, dates.written) if r), date.min)
    return instrument.current, day, instrument.capture.retrieved


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
    """9: the same title; 8: the same without the name of the state; 5: a part of it; 3: its English words."""
    one, other = _key(asked), _key(held)
    if not one or not other:
        return 0
    if one == other:
        return 9
    if one.removeprefix(_STATE) == other.removeprefix(_STATE):
        return 8
    if asked.isascii():
        return 3 if _all_words(asked, held) else 0
    return 5 if len(one) >= 3 and one in other else 0


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

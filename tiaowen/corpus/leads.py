"""Where the references of clauses lead: here, into another instrument that is held, to one that is not, or to nothing.

This is what an auditor and a drafter check: every 前款 and every 本办法第三条 must point somewhere. A reference of
which it is not said what it means is unclear, and is never resolved by a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from tiaowen.corpus.address import Address, PathForm, Step, parse_eid, write_path
from tiaowen.corpus.held import StoredClause, StoredInstrument
from tiaowen.corpus.ids import ClauseId, clause_id
from tiaowen.corpus.instrument import Instrument, ProvisionKind
from tiaowen.corpus.leading import Led, lead
from tiaowen.corpus.outline import Outline, upto
from tiaowen.corpus.reference import Reference, find_references
from tiaowen.corpus.request import Request
from tiaowen.corpus.resolve import WHOLE_TITLE, matching, newest_first, same_title
from tiaowen.corpus.snapshot import Digest
from tiaowen.corpus.target import Target, short_names
from tiaowen.corpus.units import Jurisdiction, kind_of

Status = Literal["here", "elsewhere", "not held", "nothing", "unclear"]

_NAMED = re.compile(r"《([^《》]{2,120}(?:〈[^〈〉]{1,80}〉[^《》]{0,60})?)》")
_DIVISION = re.compile(r"(?<=法典)[\u4e00-\u9fff]{2,6}编$")
_HALF = re.compile("前段|后段|中段")
_STOP = re.compile("[。；]")
_AMENDMENT = re.compile(r"修正案(?:[（(][^（）()]*[）)])?$")
_AMENDS = re.compile(
    r"关于(?:修改|修正)[《〈]?(?P<decision>.{2,80}?)[》〉]?(?:的|等|部分条款|个别条款|第).{0,30}决定"
    r"|^(?P<amendment>.{2,40}?)修正案"
)
_OWN_WORDS = ("规定", "制度", "措施", "标准", "法律")
"""Words that any instrument may call itself by."""

_UNREAD = re.compile(
    r"\s?(?:第[（(]?[^第，。；、：\s]{1,6}?[款项目]|[（(][\u4e00-\u9fffA-Za-z0-9]{1,2}[）)]|之[0-9一二三四五六七八九十])"
)


@dataclass(frozen=True, slots=True)
class Lead:
    """Where one reference leads.

    `clause` is where it stands, `words` are its own there. `clauses` are the ids meant, `path` their address as an
    auditor writes it, `instrument` the one they are in. `why` says why there are none, or what was chosen among
    several; `unread` is what follows the reference and was not understood.
    """

    clause: StoredClause
    reference: Reference
    words: str
    status: Status
    path: str = ""
    clauses: tuple[ClauseId, ...] = ()
    instrument: StoredInstrument | None = None
    named: str = ""
    why: str = ""
    unread: str = ""


class Holding(Protocol):
    """What instruments are read from: the store, or anything that gives them."""

    def instruments(self) -> Iterable[StoredInstrument]:
        """All instruments of current pages."""

    def instrument(self, digest: Digest, ordinal: int) -> Instrument:
        """The whole instrument `ordinal` of the page `digest`."""


def leads_of(store: Holding, clauses: Iterable[StoredClause]) -> Iterator[Lead]:
    """The leads of all references in `clauses`, in order."""
    held = _Held(store)
    for stored in clauses:
        around = held.around(stored.instrument)
        for reference in find_references(stored.clause.match, around.jurisdiction):
            yield _Reader(held, around, stored).lead(reference)


@dataclass(frozen=True)
class _Around:
    """The instrument a reference stands in: its places, its short names (以下简称), what it amends."""

    instrument: StoredInstrument
    outline: Outline
    words: dict[str, str]
    jurisdiction: Jurisdiction
    short: dict[str, str]
    amended: str

    @property
    def form(self) -> PathForm:
        """How its paths are written."""
        if self.instrument.masthead.language == "en":
            return "en"
        return "tw" if self.jurisdiction == "TW" else "zh"

    @property
    def title(self) -> str:
        """Its own title, "" where it is not known."""
        title = self.instrument.masthead.title
        return title.value if title else ""


class _Held:
    """What the store holds, each instrument read once."""

    def __init__(self, store: Holding) -> None:
        self._store = store
        self._instruments = tuple(store.instruments())
        self._read: dict[tuple[str, int], _Around] = {}
        self._found: dict[tuple[str, str], list[StoredInstrument]] = {}

    def around(self, instrument: StoredInstrument) -> _Around:
        """The instrument, read once for all its references."""
        key = (instrument.witness, instrument.ordinal)
        if key not in self._read:
            self._read[key] = _around(instrument, self._store.instrument(*key))
        return self._read[key]

    def named(self, title: str, number: str) -> list[StoredInstrument]:
        """The pages of that number or of just that title, of the newest version first."""
        if (title, number) not in self._found:
            request = Request(title, number)
            found = matching(request, self._instruments, least=WHOLE_TITLE)
            parts = [each for each in self._instruments if title and _is_part(each, title)]
            self._found[title, number] = newest_first((*found, *parts))
        return self._found[title, number]


def _is_part(instrument: StoredInstrument, title: str) -> bool:
    """Whether it is one 编 of that code, published by itself: 样例法典合同编."""
    own = instrument.masthead.title
    division = _DIVISION.search(own.value) if own else None
    return bool(own and division and same_title(title, own.value[: division.start()]))


def _around(instrument: StoredInstrument, whole: Instrument) -> _Around:
    text = "\n".join(clause.match for clause in whole.clauses)
    title = instrument.masthead.title
    amends = _AMENDS.search(title.value) if title else None
    taiwan = any("條" in clause.path for clause in whole.clauses)
    return _Around(
        instrument,
        Outline.of(whole),
        {clause.eid: clause.match for clause in whole.clauses},
        "TW" if taiwan else "CN",
        short_names(text),
        (amends["decision"] or amends["amendment"]) if amends else "",
    )


@dataclass(frozen=True)
class _Reader:
    """Reads the references of one clause."""

    held: _Held
    around: _Around
    stored: StoredClause

    def lead(self, reference: Reference) -> Lead:
        """Where `reference` leads."""
        text = self.stored.clause.match
        lead = Lead(self.stored, reference, reference.span.of(text), "unclear")
        unread = _UNREAD.match(text, reference.span.end)
        lead = replace(lead, unread=unread[0].strip() if unread else "")
        if reference.relative.startswith(("同", "该")):
            reference = self._antecedent(reference)
            if reference.relative.startswith(("同", "该")):
                return replace(lead, why=f"{reference.relative}, but none is named before it")
        if reference.relative:
            return self._here(lead, reference)
        target = self._meant(reference)
        if isinstance(target, str):
            return replace(lead, why=target)
        if target is None:
            return self._here(lead, reference)
        if not reference.target and (above := self._article_before(reference)):
            reference = replace(reference, address=(*above, *reference.address))
        return self._elsewhere(lead, reference, target)

    def _antecedent(self, reference: Reference) -> Reference:
        """同条, 该款: what the last reference before it that names one says, and what goes on from there."""
        kind = kind_of(reference.relative[1], self.around.jurisdiction)
        for before in reversed(self._before(reference)):
            base = upto(before.address, kind)
            if base or (before.relative[-1:] == reference.relative[1] and not before.address):
                last = (*base, *reference.last) if reference.last else None
                return replace(before, span=reference.span, address=(*base, *reference.address), last=last)
        return reference

    def _before(self, reference: Reference) -> list[Reference]:
        """The references of the clause that stand before `reference`."""
        found = find_references(self.stored.clause.match, self.around.jurisdiction)
        return [each for each in found if each.span.end <= reference.span.start]

    def _meant(self, reference: Reference) -> Target | str | None:
        """The other instrument that is meant, None for this one, or why it is not clear which."""
        target = reference.target or Target()
        if target.this:
            return self._own(target)
        title = self.around.short.get(target.title, target.title)
        if title.startswith("其"):
            return f"{title} is not named by its title"
        if title or target.number:
            own = title and same_title(title, self.around.title)
            return None if own and not target.number else replace(target, title=title)
        if self.around.amended:
            return Target(title=self._last_named(reference.span.start) or self.around.amended)
        if reference.address[0].kind is ProvisionKind.ARTICLE and not self.around.outline.last_article():
            named = self._last_named(reference.span.start)
            return Target(title=named) if named else "the text has no articles, and names no instrument before this"
        return None

    def _own(self, target: Target) -> Target | str | None:
        """What 本办法, 该条例, this Law mean."""
        words = target.this
        if words in self.around.short:
            return Target(title=self.around.short[words])
        if words.isascii():
            return None
        own = words.lstrip("本该同前述上")
        if not words.startswith("本"):
            named = self._last_named(target.start)
            return Target(title=named) if named else f"{words}, but no instrument is named before it"
        if self.around.amended and own != "决定":
            return Target(title=self._last_named(target.start) or self.around.amended)
        return None

    def _last_named(self, before: int) -> str:
        """The instrument in 《》 that is named last before that offset of the clause, or in what it hangs on."""
        clause = self.stored.clause
        for text in (clause.match[:before], *reversed(clause.headings), clause.lead_in):
            if names := _NAMED.findall(text):
                name: str = names[-1]
                return self.around.short.get(name, name)
        return ""

    def _here(self, lead: Lead, reference: Reference) -> Lead:
        found = _lead(self.around, reference, parse_eid(self.stored.clause.eid))
        if not found.eids and (above := self._article_before(reference)):
            found = _lead(self.around, replace(reference, address=(*above, *reference.address)), ())
        this = reference.target.this if reference.target else ""
        lead = replace(lead, why=self._misnamed(this) if found.eids else "")
        return _led(lead, self.around, found, "here")

    def _article_before(self, reference: Reference) -> Address:
        """The article that is named before 第四项: in the clause, or in the words it hangs on."""
        first = reference.address[0].kind if reference.address else None
        if reference.relative or first not in (ProvisionKind.PARAGRAPH, ProvisionKind.ITEM):
            return ()
        hung_on = find_references(self.stored.clause.lead_in, self.around.jurisdiction)
        named = [each for each in (*hung_on, *self._before(reference)) if upto(each.address, ProvisionKind.ARTICLE)]
        return upto(named[-1].address, ProvisionKind.ARTICLE) if named else ()

    def _misnamed(self, words: str) -> str:
        """What to say where an instrument calls itself what its title does not: 本法 in a 条例."""
        own, title = words.lstrip("本"), self.around.title
        if not words.startswith("本") or not title or own in _OWN_WORDS or own in title:
            return ""
        return f"{words}, though this is 《{title}》"

    def _elsewhere(self, lead: Lead, reference: Reference, target: Target) -> Lead:
        named = f"《{target.title}》" if target.title else target.number
        lead = replace(lead, named=named)
        pages = self.held.named(target.title, target.number)
        if not pages:
            return replace(lead, status="not held", why=f"{named} is not held")
        if _AMENDMENT.search(target.title):
            reference = _as_levels(reference)
        arounds = [self.held.around(each) for each in pages]
        having = [around for around in arounds if _lead(around, reference, ()).eids]
        around = (having or arounds)[0]
        found = _led(lead, around, _lead(around, reference, ()), "elsewhere")
        several = len(pages) > 1 and bool(having)
        return replace(found, why=f"the newest that has it of {len(pages)} pages held") if several else found


def _as_levels(reference: Reference) -> Reference:
    """第三条 of an amendment, which numbers its articles 一、二、三、."""
    address = reference.address
    if not address or address[0].kind is not ProvisionKind.ARTICLE:
        return reference
    return replace(reference, address=(replace(address[0], kind=ProvisionKind.LEVEL), *address[1:]))


def _lead(around: _Around, reference: Reference, place: Address) -> Led:
    led = lead(reference, place, around.outline, around.jurisdiction)
    words = "".join(around.words[eid] for eid in led.eids)
    if reference.part == "但书" and led.eids and "但" not in words:
        return Led(why="no 但书 there: no sentence begins with 但")
    if _HALF.fullmatch(reference.part) and led.eids and len(_STOP.findall(words)) < 2:
        return Led(why=f"no {reference.part} there: it is one sentence")
    return led


def _led(lead: Lead, around: _Around, led: Led, status: Status) -> Lead:
    instrument = around.instrument
    if not led.eids:
        return replace(lead, status="nothing", instrument=instrument, why=led.why)
    ids = tuple(clause_id(instrument.work, eid, instrument.witness) for eid in led.eids)
    return replace(lead, status=status, instrument=instrument, clauses=ids, path=_path(led, around.form))


def _path(led: Led, form: PathForm) -> str:
    """The address of what all the clauses have in common; of the first and the last where that is nothing."""
    first, last = parse_eid(led.eids[0]), parse_eid(led.eids[-1])
    common: list[Step] = []
    for one, other in zip(first, last, strict=False):
        if one != other:
            break
        common.append(one)
    if common:
        return write_path(common, form)
    return f"{write_path(first[:1], form)}至{write_path(last[:1], form)}"

"""What an instrument says of others, or of older versions of itself: that they are repealed, lapse, or are amended.

Only what plainly speaks of a whole instrument ends it: 《甲办法》同时废止. A part (《甲办法》第三条同时废止) amends it;
a condition (《甲办法》与本办法不一致的…), a basis (根据《甲办法》) and an exception (除《甲办法》外) say nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tiaowen.corpus.docnumber import find_numbers
from tiaowen.corpus.instrument import Clause, Ending, EndingKind, Masthead, Reading
from tiaowen.ingest.roles import DATE, KINDS, read_date

_SENTENCE = re.compile(r"[^。；;\n]+[。；;]?")
_NAMED = re.compile(r"《([^《》]{2,150}(?:《[^《》]{2,80}》[^《》]{0,60})?)》")
_BRACKET = re.compile(r"\s*[（(〔\[][^（）()]{0,120}[）)〕\]]")
_DAYS = re.compile(re.sub(r"\((?!\?)", "(?:", DATE.pattern))

_ENDS = re.compile(
    r"(?<![不未拟])(?:废止|失效|(?<!不)停止(?:执行|施行|实施|使用)|不再(?:执行|施行|实施|适用)|终止(?:执行|施行|实施))"
    r"(?![前后之时的])"
)
_LAPSES = re.compile(r"失效")
_PLAIN = re.compile(
    r"(?:\s|[、，,：:]|以及|和|及|与|等|共|同时|一并|均|即行|即|予以|应予|宣布|相应|全部|也|现|已|被|自行|正式|原|上述|"
    r"[自从于][^，,、自从于起]{2,24}起|[0-9一二三四五六七八九十百两]+\s*[件部个项份]|"
    r"(?:地方性|行政|规范性)?(?:法规|规章|文件|通知|规定|办法|条例|决定|意见)|国务院|省|市)*"
)
"""What may stand between a title and the word that ends it."""

_PART = re.compile(r"\s*(?:中)?\s*(?:的)?\s*第[0-9一二三四五六七八九十百零〇、至第条章节款项（）()]{1,40}[条章节款项]")
_NOT_WHOLE = re.compile(
    r"\s*(?:中|第|有关|关于|里|内|附件|规定的|继续|施行|实施|生效|仍|不|的规定|"
    r"[与同跟][^《》]{0,30}(?:不一致|不相一致|不符|抵触|冲突|不同))"
)
_BASIS = re.compile(r"(?:根据|依据|依照|按照|遵照|参照|违反|适用|按|执行|除|除了)[^《》，,；]{0,60}$")
_LED = re.compile(
    r"(?:决定|^|[，,：:；、]|同时|即日起|[日起]|现|予以|宣布|现将|并|一并|经研究)\s*(?:决定)?(?:废止|停止执行)"
    r"(?:[^《》。；第]{0,40})$"
)
_EXTENDS = re.compile(
    rf"[^《》。；]{{0,12}}(?:有效期限?|执行期限?)[^《》。；，]{{0,10}}(?:延长|延续|顺延|续延)[^《》。；，]{{0,6}}[至到]\s*({_DAYS.pattern})"
    rf"|[^《》。；]{{0,12}}继续(?:有效|执行|实施|施行)[，,]?\s*(?:有效期|执行)[^《》。；，]{{0,6}}[至到]\s*({_DAYS.pattern})"
)
"""After a title: 有效期延长至…; 继续执行，有效期至…."""

_UNSURE = re.compile(r"拟|建议|提请|可以|应当|申请|提出|研究|审议|是否|如果|需要")
_ITS_DAY = re.compile(rf"[自从]\s*({_DAYS.pattern})\s*(?:之日)?起(?!\s*(?:正式)?(?:施行|实施|执行|试行|生效)的)")
_OBJECT = re.compile(r"(?:废止|失效|修[改正订])[^《》]{0,12}$|^[、和及与，]{1,2}$")
_DECIDES = re.compile(r"废止|失效")
_CHANGES = re.compile(r"修改|修正|修订|继续有效|保留|有效期")
_AMENDS_TITLE = re.compile(r"关于[^《》]{0,8}修[改正订]")
_AMENDED = re.compile(
    r"\s*(?:作(?:出)?(?:了)?(?:如下|以下)?修[改正订]|予以修[改正订]|第[^，。；]{1,20}(?:修改为|删去|增加)|修改为)"
)
_QUOTED = re.compile(r"“[^“”]*”|「[^「」]*」")
_BARE_TITLE = re.compile(
    rf"\s*(?:[0-9一二三四五六七八九十]{{1,3}}[、.．]\s*)?([\u4e00-\u9fff“”、〈〉（）]{{4,80}}?(?:{'|'.join(KINDS)}))"
    r"\s*(?:[（(〔].{0,120})?[；;。]?\s*$"
)


@dataclass(frozen=True, slots=True)
class _Named:
    """A title in 《》 with the words before it, from the last title on, and after it, to the next."""

    before: str
    title: str
    after: str

    @property
    def rest(self) -> str:
        """What follows it, the brackets right behind it left out."""
        bracket = _BRACKET.match(self.after)
        return self.after[bracket.end() :] if bracket else self.after

    @property
    def number(self) -> str:
        """Its document number: in the brackets behind it, else of what is said to have issued it; "" for none."""
        return next((n.canonical for words in self._said for n in find_numbers(words)), "")

    @property
    def days(self) -> tuple[date, ...]:
        """The days said of it."""
        found = (read_date(match[0]) for words in self._said for match in _DAYS.finditer(words))
        return tuple(dict.fromkeys(day for day in found if day))

    @property
    def _said(self) -> tuple[str, str]:
        bracket, behind = _BRACKET.match(self.after), _BRACKET.match(self.before)
        return bracket[0] if bracket else "", self.before[behind.end() :] if behind else self.before


@dataclass(frozen=True, slots=True)
class _Speaker:
    """The instrument that speaks: its title, when its words were made, and from when they count."""

    title: str
    made: date | None
    day: date | None

    @property
    def repeals(self) -> bool:
        """Whether its title says that it repeals."""
        return bool(_DECIDES.search(self.title))

    @property
    def amends(self) -> bool:
        """Whether its title says that it amends."""
        return bool(_AMENDS_TITLE.search(self.title))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a sentence stands: the clause's eid, "" for the masthead, and the sentence."""

    eid: str
    reading: Reading[str]


def endings_of(masthead: Masthead, clauses: Sequence[Clause]) -> tuple[Ending, ...]:
    """What an instrument with this masthead says in its title, its version notes and its clauses.

    Drafts, news, commentary and model texts end nothing.
    """
    if masthead.genre and masthead.genre.value not in ("law", "unknown"):
        return ()
    dates = masthead.dates
    title = masthead.title.value if masthead.title else ""
    speaker = _Speaker(title, masthead.made, dates.effective.value if dates.effective else masthead.made)
    said = [ending for clause in clauses for ending in _in_clause(clause, speaker)]
    return (*_by_revision(masthead), *_in_title(masthead, speaker), *said)


def _by_revision(masthead: Masthead) -> Iterator[Ending]:
    """Each revision in the version notes amends what was made before: (2010年…通过 2023年…修订)."""
    dates = masthead.dates
    if not masthead.title:
        return
    before = [r.value for r in (dates.written, dates.published) if r]
    for revision in dates.revised:
        last = revision is dates.revised[-1]
        start = max(revision.day, dates.effective.value) if last and dates.effective else revision.day
        issued = tuple(sorted({day for day in before if day < revision.day}))
        if issued:
            yield Ending("amends", masthead.title.value, "", issued, revision.day, start, "", revision.said)
        before.append(revision.day)


def _in_title(masthead: Masthead, speaker: _Speaker) -> Iterator[Ending]:
    """What a decision says by its title: 关于废止《甲办法》的决定, 关于修改《甲条例》的决定."""
    if not masthead.title or speaker.repeals == speaker.amends:
        return
    title = masthead.title.value.replace("〈", "《").replace("〉", "》")
    kind: EndingKind = "amends" if speaker.amends else "lapses" if _LAPSES.search(title) else "repeals"
    for named in _names(title):
        if _OBJECT.search(named.before) and not _NOT_WHOLE.match(named.after):
            yield _ending(kind, named, speaker, _Place("", masthead.title))


def _in_clause(clause: Clause, speaker: _Speaker) -> Iterator[Ending]:
    text = clause.match
    listed = speaker.repeals and _is_listed(clause)
    extends = re.search("有效|执行", text) and re.search("延长|延续|顺延|续延|继续", text) and "《" in text
    if not (listed or speaker.amends or extends or _ENDS.search(text)):
        return
    for match in _SENTENCE.finditer(text):
        sentence = match[0].strip()
        place = _Place(clause.eid, Reading(sentence, clause.spans))
        if extends:
            yield from _extended(sentence, speaker, place)
        if _ENDS.search(_outside(sentence)):
            yield from _ended(sentence, speaker, place)
        elif listed:
            yield from _listed(sentence, speaker, place)
        elif speaker.amends:
            yield from _amended(sentence, speaker, place)


def _ended(sentence: str, speaker: _Speaker, place: _Place) -> Iterator[Ending]:
    """《甲》、《乙》同时废止, and 决定废止《甲》."""
    names = _names(sentence)
    if not names:
        return
    led = bool(_LED.search(names[0].before)) and not _UNSURE.search(names[0].before)
    tail = _BRACKET.sub("", names[-1].after)
    verb = _ENDS.search(tail)
    closed = verb is not None and _PLAIN.fullmatch(tail[: verb.start()]) is not None
    kind: EndingKind = "lapses" if _LAPSES.search(_outside(sentence)) else "repeals"
    for named in _not_bases(names):
        last = named.after == names[-1].after
        if _PART.match(named.rest):
            if led or _ENDS.search(tail):
                yield _ending("amends", named, speaker, place)
        elif (closed and (last or not _NOT_WHOLE.match(named.rest))) or (led and not _NOT_WHOLE.match(named.rest)):
            yield _ending(kind, named, speaker, place)


def _extended(sentence: str, speaker: _Speaker, place: _Place) -> Iterator[Ending]:
    """《甲办法》有效期延长至2035年12月31日."""
    for named in _not_bases(_names(sentence)):
        match = None if _UNSURE.search(named.before) else _EXTENDS.match(named.rest)
        last = read_date(match[1] or match[2]) if match else None
        if last:
            yield replace(_ending("extends", named, speaker, place), day=last)


def _not_bases(names: Sequence[_Named]) -> Iterator[_Named]:
    """Those of the names that are not the basis of something.

    What is said before a basis is said of what it is for: 1990年通过、根据《关于修改〈甲〉的决定》修正的《甲》.
    """
    said = ""
    for named in names:
        if _BASIS.search(named.before):
            said += named.before
        else:
            yield replace(named, before=said + named.before)
            said = ""


def _is_listed(clause: Clause) -> bool:
    """Whether a clause of a decision to repeal is of its list, by the nearest words that say what the list is."""
    for words in (clause.lead_in, clause.heading, *reversed(clause.headings)):
        said = _outside(words)
        if _DECIDES.search(said) or _CHANGES.search(said):
            return bool(_DECIDES.search(said)) and not _CHANGES.search(said)
    return False


def _listed(sentence: str, speaker: _Speaker, place: _Place) -> Iterator[Ending]:
    """An item of a list of what is repealed, with book marks or without."""
    names = _names(sentence)
    if not names:
        bare = _BARE_TITLE.match(sentence)
        names = [_Named("", bare[1], sentence[bare.end(1) :])] if bare else []
    kind: EndingKind = "repeals" if "废止" in speaker.title else "lapses"
    for named in _not_bases(names):
        part = _PART.match(named.rest)
        if part or not _NOT_WHOLE.match(named.rest):
            yield _ending("amends" if part else kind, named, speaker, place)


def _amended(sentence: str, speaker: _Speaker, place: _Place) -> Iterator[Ending]:
    """对《甲条例》作如下修改; what the new wording quotes is not spoken of."""
    for named in _not_bases(_names(_QUOTED.sub(lambda quoted: "＿" * len(quoted[0]), sentence))):
        if _AMENDED.match(named.rest):
            yield _ending("amends", named, speaker, place)


def _ending(kind: EndingKind, named: _Named, speaker: _Speaker, place: _Place) -> Ending:
    own = _ITS_DAY.search(place.reading.value)
    start = read_date(own[1]) if own else None
    issued = tuple(day for day in named.days if day != start)
    day = start or speaker.day
    return Ending(kind, named.title, named.number, issued, speaker.made, day, place.eid, place.reading)


def _names(text: str) -> list[_Named]:
    found = list(_NAMED.finditer(text))
    edges = [0, *(match.end() for match in found)]
    ends = [*(match.start() for match in found[1:]), len(text)]
    return [
        _Named(text[edge : match.start()], match[1], text[match.end() : end])
        for edge, match, end in zip(edges, found, ends, strict=False)
    ]


def _outside(text: str) -> str:
    """The text without what stands in 《》."""
    return _NAMED.sub("《》", text)

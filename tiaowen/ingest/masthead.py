"""版头: what identifies an instrument, read off the page at a place, or marked as inferred with its basis.

Nothing guessed is stated as read. Where the page says a thing twice, its own text goes before its <meta> fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from tiaowen.corpus.docnumber import DocumentNumber, canonical_number, find_numbers
from tiaowen.corpus.instrument import Masthead, Reading, Validity
from tiaowen.corpus.texts import NormalText
from tiaowen.corpus.validity import status_word
from tiaowen.ingest.dating import dates_of, read_first
from tiaowen.ingest.frame import Frame, FramedLine
from tiaowen.ingest.labels import Labelled, Stated
from tiaowen.ingest.placing import genre_of, level_of, place_of
from tiaowen.ingest.roles import KINDS, SIGNED, role_of, unspaced
from tiaowen.ingest.titles import title_key
from tiaowen.text.spans import Span, join

V = TypeVar("V")

_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTERSPACED = re.compile(r"[\u3400-\u9fff](?:[ \u3000][\u3400-\u9fff]){2,}(?![\u3400-\u9fff])")
_HARD_BLANK = re.compile(r"([\u3400-\u9fff])\xa0+(?=[\u3400-\u9fff《])")
"""What a page's editor put into a title, and no blank of the title's, unless it parts two issuers."""

_BLANKS = re.compile(r"[ \u3000]")
_ABOUT = re.compile(r"^(?:[（(【][^）)】]{1,10}[）)】])?(.{2,120}?)(?:关于|印发|公布|发布|转发|批转)")
_BODY = re.compile(r"(?:部|委|局|厅|府|院|会|办公室|署|行|处|法院|检察院|中心|办|总队|社|军委)$")
_PRESS = re.compile(r"新华社|通讯社|日报|晚报|新闻")
_LIST = re.compile(r"[、，,\s]+")
_KIND = re.compile(rf"({'|'.join(sorted(KINDS, key=len, reverse=True))})[》”]?(?:\s*[（(][^（）()]{{1,20}}[）)])*$")
_ISSUED = re.compile(r"关于(?:印发|公布|发布|转发|重新发布)\s*[《“]?(.{4,100}?)[》”]?的(?:通知|决定|公告|通告|令)$")
_ORDERS = re.compile(r"(?:命令|令|公告|通告)$")
_ALONE = re.compile(r"[（(]?(?:(?:19|20)\d{2}年)?第\s*[0-9〇零一二三四五六七八九十百]{1,6}\s*号[）)]?")
_CONGRESS = re.compile(
    r"日?\s*([\u4e00-\u9fff]{0,14}人民代表大会(?:常务委员会)?|国家监察委员会)(?:全体会议|第[^，。]{1,12}次会议)?"
    r"[^，。]{0,12}(?:通过|决定|批准|修订|修正|公布)"
)


def read_masthead(
    normal: NormalText, frame: Frame, stated: Stated, has_articles: bool, cover: Masthead | None = None
) -> Masthead:
    """What the frame of one instrument, and the page around it, say of it; `cover` is what it is attached to."""
    issued = (cover.dates.written or cover.dates.published) if cover else None
    title = _title(normal, frame, stated) or stated.first("title")
    notes = tuple(_reading(normal, [f.line.span]) for f in frame.head if f.role == "note")
    kind = _kind(title)
    number = _number(normal, frame, stated)
    masthead = Masthead(
        title=title,
        number=number,
        issuers=_issuers(normal, frame, stated, title) or _of_order(number) or _source(stated),
        kind=kind,
        genre=genre_of(title, has_articles, kind),
        dates=dates_of(normal, frame, stated, issued),
        validity=_validity(stated),
        language=normal.language,
        script=normal.script,
    )
    return placed(masthead, notes)


def placed(masthead: Masthead, notes: Sequence[Reading[str]] = ()) -> Masthead:
    """The masthead with its province, city and level."""
    province, city = place_of(masthead)
    return replace(masthead, province=province, city=city, level=level_of(masthead, notes))


def attached_to(masthead: Masthead, cover: Masthead) -> Masthead:
    """The masthead of an instrument attached to `cover`, whose number, issuers and dates it bears if it has none."""
    dates = replace(
        masthead.dates,
        written=masthead.dates.written or _inherited(cover.dates.written),
        published=masthead.dates.published or _inherited(cover.dates.published),
        effective=_of_both(masthead.dates.effective, cover.dates.effective),
        expires=_of_both(masthead.dates.expires, cover.dates.expires),
    )
    title = masthead.title or _issued_by(cover)
    kind = masthead.kind or _kind(title)
    inherited = replace(
        masthead,
        title=title,
        kind=kind,
        genre=masthead.genre or genre_of(title, has_articles=True, kind=kind),
        number=masthead.number or _inherited(cover.number),
        issuers=masthead.issuers or tuple(r for issuer in cover.issuers if (r := _inherited(issuer))),
        dates=dates,
    )
    return inherited if masthead.level and masthead.province else placed(inherited)


def stated_for(labelled: Sequence[Labelled], frames: Sequence[Frame]) -> tuple[Stated, ...]:
    """What the page states, given to the instrument whose title it states; to the first where none has that title."""
    titles = {title_key(v.reading.value) for v in labelled if v.name == "title"}
    keys = [title_key("".join(f.line.text for f in frame.head if f.role == "title")) for frame in frames]
    owner = next((i for i, key in enumerate(keys) if key in titles), 0)
    return tuple(Stated(tuple(labelled)) if i == owner else Stated() for i in range(len(frames)))


def _inherited(reading: Reading[V] | None) -> Reading[V] | None:
    return replace(reading, inferred=True, basis="said of the document it is attached to") if reading else None


def _of_both(own: Reading[date] | None, cover: Reading[date] | None) -> Reading[date] | None:
    """A day of what is attached, or of its cover where that is read and its own is only counted."""
    chosen = read_first(own, cover)
    return chosen if chosen is own else _inherited(chosen)


def _issued_by(cover: Masthead) -> Reading[str] | None:
    """The title of what a cover issues, from the cover's own: 关于印发X的通知."""
    match = _ISSUED.search(cover.title.value) if cover.title else None
    if not cover.title or not match:
        return None
    return Reading(match[1], cover.title.spans, inferred=True, basis="the name of what the document above it issues")


def _clean(normal: NormalText, span: Span) -> str:
    return "".join(piece.of(normal.clean) for piece in normal.clean_spans(span))


def _glue(line: str, following: str) -> str:
    """What stands between two lines of a title: a blank in English and between joint issuers."""
    joint = role_of(line) == "issuer" and not following.startswith("关于")
    return " " if joint or not _HAN.search(line) else ""


def _reading(normal: NormalText, spans: Iterable[Span]) -> Reading[str]:
    places = list(spans)
    raw = join(sorted(raw for span in places for raw in normal.raw_spans(span)))
    return Reading("".join(_clean(normal, span) for span in places), raw)


def _title(normal: NormalText, frame: Frame, stated: Stated) -> Reading[str] | None:
    """The title as its lines give it; as the page's table gives it where only blanks differ."""
    lines = [f.line for f in frame.head if f.role == "title"]
    if not lines:
        return None
    title = _reading(normal, (line.span for line in lines))
    words = [_clean(normal, line.span) for line in lines]
    glue = [_glue(one.text, other.text) for one, other in zip(lines, lines[1:], strict=False)]
    title = replace(title, value="".join(map(str.__add__, words, [*glue, ""])))
    tabled = stated.first("title", in_page=True)
    if tabled and title_key(tabled.value) == title_key(title.value):
        return tabled
    value = _HARD_BLANK.sub(lambda m: m[1] + " " * bool(_BODY.search(m[1])), unspaced(title.value))
    return replace(title, value=_LETTERSPACED.sub(lambda m: _BLANKS.sub("", m[0]), value))


def _number(normal: NormalText, frame: Frame, stated: Stated) -> Reading[str] | None:
    """On a line of its own, else as the page's table says, else in a version note (…令第3号公布)."""
    lined = _numbers(normal, (f for f in frame.head if f.role == "number"))
    noted = _numbers(normal, (f for f in frame.head if f.role == "note"))
    own, tabled = next(lined, None) or _split_order(normal, frame), stated.first("number", in_page=True)
    if own and tabled and _is_same_number(tabled.value, own.value):
        return tabled
    return own or stated.first("number") or next(noted, None)


def _is_same_number(tabled: str, own: str) -> bool:
    """Whether the table has the document's own number as its publisher recorded it, perhaps with more issuers."""
    longer = title_key(tabled) != title_key(own) and title_key(tabled).endswith(title_key(own))
    return longer or canonical_number(tabled) == canonical_number(own)


def _numbers(normal: NormalText, lines: Iterable[FramedLine]) -> Iterator[Reading[str]]:
    for framed in lines:
        for number in find_numbers(framed.line.text):
            if len(number.code) > 1 or len(number.span) == len(framed.line.text):
                yield _of_number(normal, framed, number)


def _of_number(normal: NormalText, framed: FramedLine, number: DocumentNumber) -> Reading[str]:
    """The number, with the other issuers of a joint one: 示例部 样例局公告2030年第4号."""
    before = framed.line.text[: number.span.start].split()
    joint = number.kind == "order" and before and all(_BODY.search(name) for name in before)
    span = Span(0 if joint else number.span.start, number.span.end)
    return _reading(normal, [span.shift(framed.line.span.start)])


def _split_order(normal: NormalText, frame: Frame) -> Reading[str] | None:
    """The number of an order on the line below its name: 示例省人民政府令 / 第3号; 示例局公告 / 2030年第3号."""
    for above, framed in zip(frame.head, frame.head[1:], strict=False):
        alone = framed.role == "number" and _ALONE.fullmatch(framed.line.text)
        if alone and above.line.text.endswith(("令", "公告", "通告")):
            return _reading(normal, [above.line.span, framed.line.span])
    return None


def _issuers(normal: NormalText, frame: Frame, stated: Stated, title: Reading[str] | None) -> tuple[Reading[str], ...]:
    """By the title (…关于…), the signature, the page's table, a version note; its source only as an inference."""
    named = _in_title(title)
    if named:
        return named
    signed = [span for f in frame.foot if (span := _signing(f))]
    if signed:
        return tuple(name for span in signed for name in _several(_reading(normal, [span])))
    tabled = stated.first("issuer")
    if tabled:
        return _several(tabled)
    noted = _in_notes(normal, frame)
    return (noted,) if noted else ()


def _signing(framed: FramedLine) -> Span | None:
    """The names on a line of a signature."""
    if framed.role == "issuer":
        return framed.line.span
    match = SIGNED.match(framed.line.text) if framed.role == "signed" else None
    return Span(match.start("who"), match.end("who")).shift(framed.line.span.start) if match else None


def _of_order(number: Reading[str] | None) -> tuple[Reading[str], ...]:
    """Who gave an order, from its number: 示例省人民政府令第3号."""
    for found in find_numbers(number.value) if number else ():
        body = _ORDERS.sub("", found.code)
        if number and found.kind == "order" and body != found.code and _BODY.search(body):
            return _several(replace(number, value=body))
    return ()


def _validity(stated: Stated) -> Validity:
    """The page's own word for it, kept as the proof."""
    said = stated.first("validity")
    status = status_word(said.value) if said else "未知"
    if said is None or status == "未知":
        return Validity()
    return Validity(status, replace(said, value=said.said or said.value))


def _source(stated: Stated) -> tuple[Reading[str], ...]:
    """The authorities that the page names as its source, as an inference."""
    source = stated.first("source")
    if not source:
        return ()
    names = [re.sub(r"(?:官网|网站|官方网站|微信公众号)$", "", name) for name in _LIST.split(source.value)]
    basis = "the source that the page names"
    return tuple(
        replace(source, value=name, inferred=True, basis=basis)
        for name in names
        if _BODY.search(name) and not _PRESS.search(name)
    )


def _in_title(title: Reading[str] | None) -> tuple[Reading[str], ...]:
    match = _ABOUT.match(title.value) if title else None
    if not title or not match or not _BODY.search(match[1].strip()):
        return ()
    return _several(replace(title, value=match[1].strip()))


def _in_notes(normal: NormalText, frame: Frame) -> Reading[str] | None:
    """Who passed it, or whose order published it, by the first version note that says so."""
    for framed in frame.head:
        if framed.role not in ("note", "number"):
            continue
        if match := _CONGRESS.search(framed.line.text):
            return _reading(normal, [Span(match.start(1), match.end(1)).shift(framed.line.span.start)])
        for number in find_numbers(framed.line.text):
            if number.kind == "order" and _BODY.search(code := _ORDERS.sub("", number.code)):
                start = framed.line.span.start + number.span.start
                return _reading(normal, [Span(start, start + len(code))])
    return None


def _several(reading: Reading[str]) -> tuple[Reading[str], ...]:
    """Joint issuers, each with the place of them all."""
    names = [name for name in _LIST.split(reading.value) if name]
    if not all(_BODY.search(name) for name in names):
        names = [reading.value]
    return tuple(replace(reading, value=name) for name in names)


def _kind(title: Reading[str] | None) -> Reading[str] | None:
    match = _KIND.search(title.value) if title else None
    return replace(title, value=match[1]) if title and match else None

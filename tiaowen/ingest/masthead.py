"""版头: what identifies an instrument, read off the page at a place, or marked as inferred with its basis.

Nothing guessed is stated as read. Where the page says a thing twice, its own text goes before its <meta> fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tiaowen.corpus.instrument import Dates, Genre, Masthead, Reading
from tiaowen.corpus.texts import NormalText
from tiaowen.ingest.frame import Frame
from tiaowen.ingest.labels import Labelled, Name
from tiaowen.ingest.roles import KINDS, NUMBER, NUMBER_EN, ORDER, read_date
from tiaowen.ingest.titles import title_key
from tiaowen.text.spans import Span, join

_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTERSPACED = re.compile(r"[\u3400-\u9fff](?:[ \u3000][\u3400-\u9fff]){2,}(?![\u3400-\u9fff])")
_BLANKS = re.compile(r"[ \u3000]")
_ABOUT = re.compile(r"^(?:[（(【][^）)】]{1,10}[）)】])?(.{2,80}?)关于")
_BODY = re.compile(r"(?:部|委|局|厅|府|院|会|办公室|署|行|处|法院|检察院|中心|办|总队|社|军委)$")
_LIST = re.compile(r"[、，,\s\u3000]+")
_KIND = re.compile(rf"({'|'.join(sorted(KINDS, key=len, reverse=True))})[》”]?(?:\s*[（(][^（）()]{{1,20}}[）)])*$")
_IN_FORCE = re.compile(
    r"自\s*((?:[0-9〇○零一二三四五六七八九十]{2,4}\s*年\s*)[0-9一二三四五六七八九十]{1,3}\s*月\s*[0-9一二三四五六七八九十]{1,3}\s*日)\s*起\s*"
    r"(?:正式)?(?:施行|实施|执行|生效|试行)"
)
_ON_PUBLICATION = re.compile(r"自(?:公布|发布|印发|颁布|下发|通过)之日起(?:[^。；]{0,6})(?:施行|实施|执行|生效|试行)")
_VERSION_NOTE = re.compile(r"^[^。]{0,60}?(?:通过|公布|发布|令)")


@dataclass(frozen=True, slots=True)
class Stated:
    """What the page says of one instrument outside its text: labelled values, ordered by trust."""

    values: tuple[Labelled, ...] = ()

    def first(self, name: Name, *, in_page: bool | None = None) -> Reading[str] | None:
        """The first value under that name."""
        fits = (v.reading for v in self.values if v.name == name and in_page in (None, v.in_page))
        return next(fits, None)


def read_masthead(normal: NormalText, frame: Frame, stated: Stated) -> Masthead:
    """What the frame of one instrument, and the page around it, say of it."""
    title = _title(normal, frame, stated) or stated.first("title")
    return Masthead(
        title=title,
        number=_number(normal, frame, stated),
        issuers=_issuers(normal, frame, stated, title),
        kind=_kind(title),
        genre=_genre(title, normal),
        dates=_dates(normal, frame, stated),
        language=normal.language,
        script=normal.script,
    )


def attached_to(masthead: Masthead, cover: Masthead) -> Masthead:
    """The masthead of an instrument attached to `cover`, whose number, issuers and dates it bears if it has none."""
    if masthead.number is None and cover.number is not None:
        masthead = replace(masthead, number=_inherited(cover.number))
    if not masthead.issuers:
        masthead = replace(masthead, issuers=tuple(map(_inherited, cover.issuers)))
    dates = masthead.dates
    written = dates.written or (_inherited(cover.dates.written) if cover.dates.written else None)
    published = dates.published or (_inherited(cover.dates.published) if cover.dates.published else None)
    return replace(masthead, dates=replace(dates, written=written, published=published))


def _inherited(reading: Reading) -> Reading:  # type: ignore[type-arg]
    return replace(reading, inferred=True, basis="said of the document it is attached to")


def _clean(normal: NormalText, span: Span) -> str:
    return "".join(piece.of(normal.clean) for piece in normal.clean_spans(span))


def _reading(normal: NormalText, spans: Iterable[Span], glue: str = "") -> Reading[str]:
    places = list(spans)
    raw = join(sorted(raw for span in places for raw in normal.raw_spans(span)))
    return Reading(glue.join(_clean(normal, span) for span in places), raw)


def _title(normal: NormalText, frame: Frame, stated: Stated) -> Reading[str] | None:
    """The title as its lines give it; as the page's table gives it where only blanks differ."""
    lines = [f.line for f in frame.head if f.role == "title"]
    if not lines:
        return None
    title = _reading(normal, (line.span for line in lines), "" if _HAN.search(lines[0].text) else " ")
    tabled = stated.first("title", in_page=True)
    if tabled and title_key(tabled.value) == title_key(title.value):
        return tabled
    return replace(title, value=_LETTERSPACED.sub(lambda m: _BLANKS.sub("", m[0]), title.value))


def _number(normal: NormalText, frame: Frame, stated: Stated) -> Reading[str] | None:
    for framed in frame.head:
        match = NUMBER.search(framed.line.text) or NUMBER_EN.search(framed.line.text)
        if match and framed.role == "number":
            return _reading(normal, [Span(match.start(), match.end()).shift(framed.line.span.start)])
    return stated.first("number") or _order(normal, frame)


def _order(normal: NormalText, frame: Frame) -> Reading[str] | None:
    """The number of an order, whose name may stand on the line above: 示例省人民政府令 / 第3号."""
    for index, framed in enumerate(frame.head):
        match = ORDER.search(framed.line.text)
        if not match or framed.role not in ("number", "note"):
            continue
        if match.start() == 0 and index and frame.head[index - 1].line.text.endswith(("令", "公告")):
            return _reading(normal, [frame.head[index - 1].line.span, framed.line.span])
        return _reading(normal, [framed.line.span])
    return None


def _issuers(normal: NormalText, frame: Frame, stated: Stated, title: Reading[str] | None) -> tuple[Reading[str], ...]:
    """By the title (…关于…), else the signature, else what the page's table says; its source only as an inference."""
    named = _in_title(title)
    if named:
        return named
    signed = [f.line for f in frame.foot if f.role == "issuer"]
    if signed:
        return tuple(_reading(normal, [line.span]) for line in signed)
    tabled = stated.first("issuer")
    if tabled:
        return _several(tabled)
    source = stated.first("source")
    basis = "the source that the page names"
    return (replace(source, inferred=True, basis=basis),) if source and _BODY.search(source.value) else ()


def _in_title(title: Reading[str] | None) -> tuple[Reading[str], ...]:
    match = _ABOUT.match(title.value) if title else None
    if not title or not match or not _BODY.search(match[1]):
        return ()
    return _several(replace(title, value=match[1]))


def _several(reading: Reading[str]) -> tuple[Reading[str], ...]:
    """Joint issuers, each with the place of them all."""
    names = [name for name in _LIST.split(reading.value) if name]
    if not all(_BODY.search(name) for name in names):
        names = [reading.value]
    return tuple(replace(reading, value=name) for name in names)


def _kind(title: Reading[str] | None) -> Reading[str] | None:
    match = _KIND.search(title.value) if title else None
    return replace(title, value=match[1]) if title and match else None


def _genre(title: Reading[str] | None, normal: NormalText) -> Reading[Genre] | None:
    if title is None:
        return None
    words: tuple[tuple[Genre, tuple[str, ...]], ...] = (
        ("commentary", ("解读", "解讀", "问答", "问：", "一图读懂")),
        ("draft", ("征求意见稿", "草案", "公开征求意见")),
        ("essay", ("范文",)),
    )
    for genre, signs in words:
        if any(sign in title.value for sign in signs):
            return Reading(genre, title.spans)
    return Reading("law", inferred=True, basis="its title names a kind of document") if _kind(title) else None


def _dates(normal: NormalText, frame: Frame, stated: Stated) -> Dates:
    published = _dated(stated.first("published"))
    written = _dated(stated.first("written")) or _signed(normal, frame)
    return Dates(
        written=written,
        published=published,
        effective=_effective(normal, frame, published or written) or _dated(stated.first("effective")),
        expires=_dated(stated.first("expires")),
    )


def _dated(reading: Reading[str] | None) -> Reading[date] | None:
    found = read_date(reading.value) if reading else None
    return Reading(found, reading.spans, reading.inferred, reading.basis) if reading and found else None


def _signed(normal: NormalText, frame: Frame) -> Reading[date] | None:
    for framed in (*frame.foot, *frame.head):
        found = read_date(framed.line.text) if framed.role == "date" else None
        if found:
            return Reading(found, normal.raw_spans(framed.line.span))
    return None


def _effective(normal: NormalText, frame: Frame, published: Reading[date] | None) -> Reading[date] | None:
    """From 自…起施行, the last in the text; 自公布之日起 gives the date of publication, as an inference."""
    for line in reversed(frame.body):
        if match := _IN_FORCE.search(line.text):
            found = read_date(match[1])
            if found:
                return Reading(found, normal.raw_spans(Span(match.start(1), match.end(1)).shift(line.span.start)))
        elif published and (match := _ON_PUBLICATION.search(line.text)):
            spans = normal.raw_spans(Span(match.start(), match.end()).shift(line.span.start))
            return Reading(published.value, spans, inferred=True, basis="in force from the day it was published")
    return None


def stated_for(labelled: Sequence[Labelled], frames: Sequence[Frame]) -> tuple[Stated, ...]:
    """What the page states, given to the instrument whose title it states; to the first where none has that title."""
    titles = {title_key(v.reading.value) for v in labelled if v.name == "title"}
    keys = [title_key("".join(f.line.text for f in frame.head if f.role == "title")) for frame in frames]
    owner = next((i for i, key in enumerate(keys) if key in titles), 0)
    return tuple(Stated(tuple(labelled)) if i == owner else Stated() for i in range(len(frames)))

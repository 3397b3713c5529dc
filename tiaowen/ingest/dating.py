"""The dates of an instrument: 成文, 公布/印发, 施行, 失效, and its revisions, each with the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from tiaowen.corpus.instrument import Dates, Reading, Revision
from tiaowen.corpus.texts import NormalText
from tiaowen.ingest.frame import Frame
from tiaowen.ingest.labels import Stated
from tiaowen.ingest.lines import TextLine
from tiaowen.ingest.roles import DATE, read_date
from tiaowen.text.numerals import read_numeral
from tiaowen.text.spans import Span

_DAY = re.sub(r"\((?!\?)", "(?:", DATE.pattern)
_BEGIN = r"(?:正式)?(?:施行|实施|执行|生效|试行|起效)"
_NUMERAL = r"[0-9０-９]{1,3}|[一二三四五六七八九十两]{1,4}"
_FROM_DAY = re.compile(
    rf"[自从]\s*({_DAY})\s*(?:之日)?起\s*(?:[^。；，]{{0,8}})?{_BEGIN}(?!的)|({_DAY})\s*(?:起\s*)?{_BEGIN}$"
    rf"|[自从]\s*({_DAY})\s*起?\s*至\s*{_DAY}\s*(?:止|[^。；，]{{0,8}}{_BEGIN}(?!的))"
)
_PUBLISHING = "(?:公布|发布|印发|颁布|下发|通过|发文)"
_FROM_PUBLICATION = re.compile(
    rf"(?:[自从]|[自从]本[\u4e00-\u9fff]{{1,4}})(?P<act>{_PUBLISHING})(?:之日|日)?起"
    rf"(?:满?\s*(?P<count>{_NUMERAL})\s*(?P<unit>个?工作日|日|天|个月)(?P<after>之?后)?起?)?[^。；]{{0,6}}{_BEGIN}"
)
_UNTIL = re.compile(
    rf"(?:有效期限?[^。；，]{{0,30}}?|执行|施行|实施|试行|有效)(?:至|到)\s*({_DAY})"
    rf"|[自从]\s*{_DAY}\s*起?\s*{_BEGIN}\s*[，,]?\s*至\s*({_DAY})"
    rf"|[自从]\s*{_DAY}\s*起?\s*至\s*({_DAY})\s*止?{_BEGIN}"
)
_FOR_A_TERM = re.compile(
    rf"(?:有效期(?:限)?|试行期(?:限)?|施行期(?:限)?|实施期(?:限)?|执行期(?:限)?|试行|暂行)"
    rf"(?:[自从][^。；，]{{1,12}}起)?(?:暂定)?(?:为|是)?\s*({_NUMERAL})\s*(年|个月)"
)
_OF_ITSELF = re.compile(
    rf"(?:^|[，,\s])本[\u4e00-\u9fff]{{1,8}}(?:\s*[（(][^（）()]{{1,20}}[）)])?$"
    rf"|(?:{_DAY}|(?:公布|发布|印发|颁布|下发|发文)(?:之日|日)?)\s*(?:之日)?起?[^，。；]{{0,12}}{_BEGIN}[，,\s]*$"
    rf"|(?:[自从]\s*{_DAY}|(?:公布|发布|印发|颁布|下发|发文)(?:之日|日)?)\s*(?:之日)?起[，,\s]*$"
)
_AGAIN = 183
_REVISED = re.compile(r"修正|修订|修改")
_PUBLISHED = re.compile(rf"({_DAY})[^。；年]{{0,60}}?(?:公布|发布|印发|颁布)")
_IMPRINT = re.compile(rf"({_DAY})\s*印发$")
_PASSED = re.compile(rf"({_DAY})[^。；年]{{0,60}}?(?:通过|会议决定)")
_NAMED_BEFORE = re.compile(r"《([^《》]{2,100})》\s*(?:[（(][^（）()]{1,60}[）)])?\s*$")


def dates_of(normal: NormalText, frame: Frame, stated: Stated, issued: Reading[date] | None = None) -> Dates:
    """The dates that the masthead, the signature, the text and the page's table give.

    `issued` is the day of the document that this one is attached to: 自印发之日起 counts from there if it bears none.
    """
    written = _dated(stated.first("written")) or _signed(normal, frame) or _noted(normal, frame, _PASSED)
    published = (
        _dated(stated.first("published", in_page=True))
        or _noted(normal, frame, _PUBLISHED)
        or _dated(stated.first("published"))
    )
    day = written or published or issued
    days = {"public": _noted(normal, frame, _PUBLISHED) or day, "issued": _printed(normal, frame) or day}
    effective = read_first(_effective(normal, frame, days), _dated(stated.first("effective")))
    expires = read_first(_expires(normal, frame, effective), _dated(stated.first("expires")))
    return Dates(written, published, effective, expires, tuple(_revisions(normal, frame)))


def read_first(one: Reading[date] | None, other: Reading[date] | None) -> Reading[date] | None:
    """The first of the two that there is; but what is read goes before what is counted from another day."""
    return other if one is None or (one.inferred and other and not other.inferred) else one


def _dated(reading: Reading[str] | None) -> Reading[date] | None:
    found = read_date(reading.value) if reading else None
    return Reading(found, reading.spans, reading.inferred, reading.basis, reading.said) if reading and found else None


def _signed(normal: NormalText, frame: Frame) -> Reading[date] | None:
    for framed in (*frame.foot, *frame.head):
        found = (
            read_date(framed.line.text)
            if framed.role in ("date", "signed") and not _FROM_DAY.search(framed.line.text)
            else None
        )
        if found:
            return Reading(found, normal.raw_spans(framed.line.span))
    return None


def _printed(normal: NormalText, frame: Frame) -> Reading[date] | None:
    """The day of issue that is printed at the foot: …办公厅 2030年5月8日印发 (GB/T 9704—2012, 7.4.3)."""
    for line in (framed.line for framed in frame.foot if framed.role == "note"):
        if match := _IMPRINT.search(line.text):
            return _reading(normal, line, match)
    return None


def _noted(normal: NormalText, frame: Frame, pattern: re.Pattern[str]) -> Reading[date] | None:
    """The first date of that kind in the version notes."""
    for line in _notes(frame):
        if match := pattern.search(line.text):
            return _reading(normal, line, match)
    return None


def _notes(frame: Frame) -> Iterator[TextLine]:
    return (framed.line for framed in frame.head if framed.role in ("note", "date", "number"))


def _revisions(normal: NormalText, frame: Frame) -> Iterator[Revision]:
    """修正 and 修订 in the version notes, oldest first, each with the words from its day on.

    What was passed once, and more than half a year later again, was revised then.
    """
    found: dict[date, Revision] = {}
    passed: date | None = None
    for line in _notes(frame):
        starts = [match.start() for match in DATE.finditer(line.text)]
        for start, end in zip(starts, [*starts[1:], len(line.text)], strict=False):
            said = line.text[start:end].rstrip(" \u3000，,；;、")
            day = read_date(said)
            if day is None:
                continue
            again = "通过" in said and passed is not None and (day - passed).days > _AGAIN
            passed = passed or (day if "通过" in said else None)
            if again or _REVISED.search(said):
                spans = normal.raw_spans(Span(start, start + len(said)).shift(line.span.start))
                found.setdefault(day, Revision(day, Reading(said, spans)))
    yield from (found[day] for day in sorted(found))


def _reading(normal: NormalText, line: TextLine, match: re.Match[str]) -> Reading[date] | None:
    group = next(i for i, words in enumerate(match.groups(), start=1) if words)
    found = read_date(match[group])
    spans = normal.raw_spans(Span(match.start(group), match.end(group)).shift(line.span.start))
    return Reading(found, spans) if found else None


def _effective(normal: NormalText, frame: Frame, days: Mapping[str, Reading[date] | None]) -> Reading[date] | None:
    """From 自…起施行, the last in the text, or a note; 自公布之日起 counts from the day it was issued, an inference.

    Of `days`, that on which a version note says it was made `public` counts for 公布 and 发布, else the one `issued`.
    """
    for line in _last_first(frame):
        if (match := _FROM_DAY.search(line.text)) and not _of_another(line.text, match, frame):
            return _reading(normal, line, match)
        match = _FROM_PUBLICATION.search(line.text)
        public = match is not None and match["act"] in ("公布", "发布", "颁布")
        issued = days["public" if public else "issued"]
        if issued and match and (found := _counted(issued.value, match)):
            spans = normal.raw_spans(Span(match.start(), match.end()).shift(line.span.start))
            return Reading(found, spans, inferred=True, basis=f"counted from {issued.value}, the day it was issued")
    return None


def _of_another(text: str, match: re.Match[str], frame: Frame) -> bool:
    """Whether the sentence says of another instrument when it took effect: 《甲法》自…起施行."""
    named = _NAMED_BEFORE.search(text[: match.start()])
    return named is not None and not any(named[1] in framed.line.text for framed in frame.head)


def _counted(issued: date, match: re.Match[str]) -> date | None:
    """The day of 自公布之日起30日后施行: the day of issue does not count, and 后 means when the term is over.

    Working days hang on a calendar that is not known here.
    """
    if match["count"] is None:
        return issued
    count = read_numeral(match["count"].replace("两", "二"))
    if not count or "工作" in match["unit"]:
        return None
    end = _months_after(issued, count) if "月" in match["unit"] else issued + timedelta(days=count)
    return end + timedelta(days=1) if match["after"] else end


def _expires(normal: NormalText, frame: Frame, effective: Reading[date] | None) -> Reading[date] | None:
    """From 有效期至…; 有效期X年 and 试行X年 count from the day it took effect, as an inference."""
    for line in _last_first(frame):
        match = _UNTIL.search(line.text)
        if match and (match[1] is None or _of_itself(line.text, match)):
            return _reading(normal, line, match)
        for match in _FOR_A_TERM.finditer(line.text):
            count = read_numeral(match[1].replace("两", "二"))
            if count and effective and _of_itself(line.text, match):
                spans = normal.raw_spans(Span(match.start(), match.end()).shift(line.span.start))
                end = _months_after(effective.value, 12 * count if match[2] == "年" else count) - timedelta(days=1)
                basis = f"{count} {'years' if match[2] == '年' else 'months'} from {effective.value.isoformat()}"
                return Reading(end, spans, inferred=True, basis=basis)
    return None


def _of_itself(text: str, match: re.Match[str]) -> bool:
    """Whether the words before a term say that it is the instrument's own and not a certificate's or another's.

    They name it (本办法), or say from when it is in force; a sentence that begins with the term goes on from one that
    says so.
    """
    start = max(text.rfind("。", 0, match.start()), text.rfind("；", 0, match.start())) + 1
    before = text[start : match.start()].strip()
    if not before and start:
        before = text[max(text.rfind("。", 0, start - 1), 0) : start - 1]
    return bool(_OF_ITSELF.search(before))


def _last_first(frame: Frame) -> Iterator[TextLine]:
    yield from reversed(frame.body)
    yield from _notes(frame)


def _months_after(day: date, months: int) -> date:
    """The same day so many months later; of a month without it, the last day."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in range(day.day, 0, -1):
        try:
            return date(day.year + years, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")

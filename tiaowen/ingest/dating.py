"""The four dates of an instrument: 成文, 公布/印发, 施行, 失效, each with the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from tiaowen.corpus.instrument import Dates, Reading
from tiaowen.corpus.texts import NormalText
from tiaowen.ingest.frame import Frame
from tiaowen.ingest.labels import Stated
from tiaowen.ingest.lines import TextLine
from tiaowen.ingest.roles import DATE, read_date
from tiaowen.text.numerals import read_numeral
from tiaowen.text.spans import Span

_DAY = re.sub(r"\((?!\?)", "(?:", DATE.pattern)
_BEGIN = r"(?:正式)?(?:施行|实施|执行|生效|试行|起效)"
_FROM_DAY = re.compile(rf"自\s*({_DAY})\s*(?:之日)?起\s*(?:[^。；，]{{0,8}})?{_BEGIN}|({_DAY})\s*(?:起\s*)?{_BEGIN}$")
_FROM_PUBLICATION = re.compile(rf"自(?:公布|发布|印发|颁布|下发|通过)之日起[^。；]{{0,6}}{_BEGIN}")
_UNTIL = re.compile(rf"(?:有效期[^。；，]{{0,10}}?至|执行至|施行至|实施至|有效至)\s*({_DAY})")
_FOR_YEARS = re.compile(r"有效期(?:限)?(?:为)?\s*([0-9０-９]{1,2}|[一二三四五六七八九十两]{1,3})\s*年")
_PUBLISHED = re.compile(rf"({_DAY})[^。；年]{{0,60}}?(?:公布|发布|印发|颁布)")
_PASSED = re.compile(rf"({_DAY})[^。；年]{{0,60}}?(?:通过|会议决定)")


def dates_of(normal: NormalText, frame: Frame, stated: Stated) -> Dates:
    """The dates that the masthead, the signature, the text and the page's table give."""
    written = _dated(stated.first("written")) or _signed(normal, frame) or _noted(normal, frame, _PASSED)
    published = (
        _dated(stated.first("published", in_page=True))
        or _noted(normal, frame, _PUBLISHED)
        or _dated(stated.first("published"))
    )
    effective = _effective(normal, frame, written) or _dated(stated.first("effective"))
    return Dates(written, published, effective, _expires(normal, frame, effective) or _dated(stated.first("expires")))


def _dated(reading: Reading[str] | None) -> Reading[date] | None:
    found = read_date(reading.value) if reading else None
    return Reading(found, reading.spans, reading.inferred, reading.basis) if reading and found else None


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


def _noted(normal: NormalText, frame: Frame, pattern: re.Pattern[str]) -> Reading[date] | None:
    """The first date of that kind in the version notes."""
    for framed in frame.head:
        match = pattern.search(framed.line.text) if framed.role in ("note", "date", "number") else None
        if match:
            return _reading(normal, framed.line, match)
    return None


def _reading(normal: NormalText, line: TextLine, match: re.Match[str]) -> Reading[date] | None:
    group = next(i for i, words in enumerate(match.groups(), start=1) if words)
    found = read_date(match[group])
    spans = normal.raw_spans(Span(match.start(group), match.end(group)).shift(line.span.start))
    return Reading(found, spans) if found else None


def _effective(normal: NormalText, frame: Frame, written: Reading[date] | None) -> Reading[date] | None:
    """From 自…起施行, the last in the text, or a note; 自公布之日起 gives the date it was written, as an inference."""
    for line in _last_first(frame):
        if match := _FROM_DAY.search(line.text):
            return _reading(normal, line, match)
        if written and (match := _FROM_PUBLICATION.search(line.text)):
            spans = normal.raw_spans(Span(match.start(), match.end()).shift(line.span.start))
            return Reading(written.value, spans, inferred=True, basis="in force from the day it was published")
    return None


def _expires(normal: NormalText, frame: Frame, effective: Reading[date] | None) -> Reading[date] | None:
    """From 有效期至…; 有效期X年 counts from the day it took effect, as an inference."""
    for line in _last_first(frame):
        if match := _UNTIL.search(line.text):
            return _reading(normal, line, match)
        match = _FOR_YEARS.search(line.text)
        years = read_numeral(match[1].replace("两", "二")) if match else None
        if match and years and effective and _of_itself(line.text, match):
            spans = normal.raw_spans(Span(match.start(), match.end()).shift(line.span.start))
            basis = f"{years} years from {effective.value.isoformat()}"
            return Reading(_after(effective.value, years), spans, inferred=True, basis=basis)
    return None


def _of_itself(text: str, match: re.Match[str]) -> bool:
    """Whether the sentence speaks of the instrument's own term and not of a certificate's or a title's."""
    start = max(text.rfind("。", 0, match.start()), text.rfind("；", 0, match.start())) + 1
    return bool(re.search(r"本[\u4e00-\u9fff]{1,4}|施行|实施|执行|公布|印发|发布", text[start : match.start()]))


def _last_first(frame: Frame) -> Iterator[TextLine]:
    yield from reversed(frame.body)
    yield from (framed.line for framed in frame.head if framed.role in ("note", "date", "number"))


def _after(day: date, years: int) -> date:
    """The last day of a term of that many years."""
    try:
        return date.fromordinal(day.replace(year=day.year + years).toordinal() - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)

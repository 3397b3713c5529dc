"""版头: title, 文号, issuers, dates, read off the page or marked as inferred."""

from __future__ import annotations

from datetime import date

from tiaowen.corpus.instrument import Dates, Masthead, Reading
from tiaowen.corpus.texts import NormalText
from tiaowen.ingest.frame import Frame
from tiaowen.ingest.roles import NUMBER, NUMBER_EN, read_date
from tiaowen.text.spans import Span


def read_masthead(normal: NormalText, frame: Frame) -> Masthead:
    """What the frame of one instrument says of it."""
    return Masthead(
        title=_title(normal, frame),
        number=_number(normal, frame),
        issuers=tuple(_reading(normal, f.line.span) for f in frame.foot if f.role == "issuer"),
        dates=Dates(written=_written(normal, frame)),
        language=normal.language,
        script=normal.script,
    )


def _reading(normal: NormalText, span: Span) -> Reading[str]:
    text = "".join(piece.of(normal.clean) for piece in normal.clean_spans(span))
    return Reading(text, normal.raw_spans(span))


def _title(normal: NormalText, frame: Frame) -> Reading[str] | None:
    titles = [f.line for f in frame.head if f.role == "title"]
    marked = [line for line in titles if line.is_heading]
    best = (marked or titles)[-1:] if frame.head else []
    return _reading(normal, best[0].span) if best else None


def _number(normal: NormalText, frame: Frame) -> Reading[str] | None:
    for framed in frame.head:
        match = NUMBER.search(framed.line.text) or NUMBER_EN.search(framed.line.text)
        if match and framed.role == "number":
            return _reading(normal, Span(match.start(), match.end()).shift(framed.line.span.start))
    return None


def _written(normal: NormalText, frame: Frame) -> Reading[date] | None:
    for framed in (*frame.foot, *frame.head):
        found = read_date(framed.line.text) if framed.role == "date" else None
        if found:
            return Reading(found, normal.raw_spans(framed.line.span))
    return None

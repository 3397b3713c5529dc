"""What printing did to a text, taken back: running heads and page numbers go, broken lines are joined.

A line was broken by the printer when what comes first on the next line would not have fitted on it. That holds for
Chinese and for English, for justified and for ragged edges; an indent, a wider gap or another type size says otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from tiaowen.ingest.extract._print import Printed, usual_size
from tiaowen.text.spans import Edit, Span

_PAGE_NUMBER = re.compile(
    r"[-—–―·•.\s]{0,6}(?:第\s{0,3})?(?:\d{1,4}|[ivxlc]{1,7})(?:\s{0,3}页)?(?:\s{0,3}[/／,，]?\s{0,3}(?:共|of)?\s{0,3}\d{1,4}\s{0,3}页?)?[-—–―·•.\s]{0,6}",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"[\u2018\u201c(（〔《〈【「『\[]*(?:[!-~\u00a1-\u1fff]+|.)[，。、；：！？’”)）〕》〉】」』\],.;:!?…]*"
)
_LABEL = re.compile(
    r"第[〇零一二三四五六七八九十百千\d]{1,9}[编章节条]|\d{1,3}(?:[.．](?!\d)|、)|[①-⑳]|(?:Article|Chapter|Section)\s"
    r"|(?P<own>[一二三四五六七八九十]{1,4}、|[（(][一二三四五六七八九十]{1,4}[)）])"
)
_FINISHED = re.compile(r"[。；：！？.;:!?）)][”’\"'）)》]*\s*$")
_CITING = re.compile(r"[第条款项章节编、，和或及至与（(]\s*$")
_NARROWEST = 8  # type sizes of a column of prose; in narrower ones lines are short of themselves
_DEEPEST_INDENT = 5  # type sizes: a line that begins further in is centred or set to the right
_EDGE_ROWS = 2
_RUNNING_PAGES = 2


def edits_of(lines: Sequence[Printed], spans: Sequence[Span]) -> Iterator[Edit]:
    """The edits on a raw text in which line i stands at `spans[i]`, a line feed after each."""
    removed = _furniture(lines)
    kept = [index for index in range(len(lines)) if index not in removed]
    for index, reason in removed.items():
        # The line feed before goes with it, or the one after at the very beginning.
        span, leading = spans[index], not kept or index < kept[0]
        start, end = (span.start, min(span.end + 1, spans[-1].end)) if leading else (span.start - 1, span.end)
        yield Edit(Span(start, end), "", *reason)
    body = paragraph = _Body.of(lines)
    for this, following in zip(kept, kept[1:], strict=False):
        joined = _goes_on(lines[this], lines[following], paragraph)
        paragraph = replace(body, leading=_step(lines[this], lines[following]) or body.leading) if joined else body
        if joined:
            yield _join(lines[this].piece.text, lines[following].piece.text, spans[following].start - 1)


_NUMBER = ("print.page-number", "a page number")
_HEAD = ("print.running-head", "a line repeated at the edge of every page")


def _furniture(lines: Sequence[Printed]) -> dict[int, tuple[str, str]]:
    """The lines that belong to the page and not to the text, with rule and reason."""
    edges = [index for indexes in _by_page(lines) for index in _edge(lines, indexes)]
    alike = Counter(key for key, _ in {(_key(lines[index]), lines[index].page) for index in edges})
    often = max(_RUNNING_PAGES, max((line.page for line in lines), default=0) // 3)
    found = {}
    for index in edges:
        if _PAGE_NUMBER.fullmatch(lines[index].piece.text):
            found[index] = _NUMBER
        elif alike[_key(lines[index])] >= often:
            found[index] = _HEAD
    return found


def _by_page(lines: Sequence[Printed]) -> list[list[int]]:
    pages: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        pages.setdefault(line.page, []).append(index)
    return list(pages.values())


def _edge(lines: Sequence[Printed], indexes: list[int]) -> list[int]:
    """The lines of a page that stand above or below all others, set off from them by a gap or by their size."""
    order = sorted(indexes, key=lambda index: lines[index].piece.bottom)
    found: list[int] = []
    for rows in (order[: _EDGE_ROWS + 1], order[::-1][: _EDGE_ROWS + 1]):
        outer: list[int] = []
        for index, inner in zip(rows, rows[1:], strict=False):
            outer.append(index)
            if _set_off(lines[index], lines[inner]):
                found += outer
                break
    return found if len(order) > 1 else [i for i in order if _PAGE_NUMBER.fullmatch(lines[i].piece.text)]


def _set_off(one: Printed, other: Printed) -> bool:
    gap = max(one.piece.top, other.piece.top) - min(one.piece.bottom, other.piece.bottom)
    return gap > 1.0 * other.piece.size or abs(one.piece.size - other.piece.size) > 0.1 * other.piece.size


def _key(line: Printed) -> str:
    return re.sub(r"\d+", "#", "".join(line.piece.text.split()))


@dataclass(frozen=True, slots=True)
class _Body:
    """The usual type `size`, and the usual distance between the feet of two lines in type sizes."""

    size: float
    leading: float

    @classmethod
    def of(cls, lines: Sequence[Printed]) -> _Body:
        steps = [step for a, b in zip(lines, lines[1:], strict=False) if 0 < (step := _step(a, b)) < 4]
        return cls(usual_size([line.piece for line in lines]), median(steps) if steps else 1.5)


def _step(line: Printed, following: Printed) -> float:
    """The distance between the feet of two lines of one column in type sizes; 0 where the column or page changes."""
    same = line.page == following.page and line.start == following.start
    return (following.piece.bottom - line.piece.bottom) / following.piece.size if same else 0.0


def _goes_on(line: Printed, following: Printed, body: _Body) -> bool:
    """Whether `following` is the same paragraph as `line`, broken only because the line was full."""
    one, other = line.piece, following.piece
    if line.table or following.table or abs(one.size - other.size) > 0.1 * one.size:
        return False
    same_column = line.page == following.page and line.start == following.start
    indented = one.left - line.start > 0.8 * one.size
    if _step(line, following) > (2 * body.leading if indented else body.leading + 0.6):
        return False
    if other.size > 1.1 * body.size and _centred(following):
        return same_column and not _ends_or_begins(one.text, other.text)
    if other.left - following.start > 0.8 * other.size or one.left - line.start > _DEEPEST_INDENT * one.size:
        return False
    if _begins_anew(one.text, other.text):
        return False
    full = one.right + _first_width(following) > line.end + 0.3 * one.size
    return full and one.right - line.start >= _NARROWEST * one.size


def _begins_anew(one: str, other: str) -> bool:
    """Whether a line begins with a number of its own: 一、 and （一） unless cited, 第一条 and 1. only after a stop."""
    label = _LABEL.match(other)
    return bool(label and (_FINISHED.search(one) or (label["own"] and not _CITING.search(one))))


def _centred(line: Printed) -> bool:
    left, right = line.piece.left - line.start, line.end - line.piece.right
    return left > line.piece.size and abs(left - right) <= 1.5 * line.piece.size


def _ends_or_begins(one: str, other: str) -> bool:
    """Whether a line of a title is whole, or the next one a heading of its own."""
    return bool(_FINISHED.search(one) or _LABEL.match(one) or _LABEL.match(other))


def _first_width(line: Printed) -> float:
    """The width of what cannot be parted at the beginning of a line: a word or a character with its punctuation."""
    text = line.piece.text
    unit = _UNIT.match(text)
    return (line.piece.right - line.piece.left) * (_width(unit[0]) / max(_width(text), 0.5) if unit else 0.0)


def _width(text: str) -> float:
    return sum(1.0 if sign > "\u2000" else 0.5 for sign in text)


def _join(one: str, other: str, at: int) -> Edit:
    """The edit of the line feed at `at` between two lines of one paragraph."""
    if re.search(r"[A-Za-z]-$", one) and other[0].islower():
        return Edit(Span(at - 1, at + 1), "", "print.hyphen", "a word parted at the end of a line")
    if one[-1] < "\u2000" and other[0] < "\u2000":
        return Edit(Span(at, at + 1), " ", "print.line", "a line broken by the page's width", aligned=True)
    return Edit(Span(at, at + 1), "", "print.line", "a line broken by the page's width")

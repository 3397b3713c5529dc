"""Which lines of a page are its document.

A page of a known layout says it itself. Of any other page every line gets a probability (`line_model`); the element
whose lines are worth most together is the document's, and in it the likely lines are kept. Comments and lists of
other articles are written like articles: their elements' names tell them, and captions, from the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from tiaowen.corpus.texts import SourceText
from tiaowen.ingest.edges import LABEL
from tiaowen.ingest.layout import Found, find_layout
from tiaowen.ingest.line_features import PageLines, Run, feature_rows, words_of
from tiaowen.ingest.line_model import line_model
from tiaowen.ingest.official import names_instrument, under_heading
from tiaowen.ingest.page_kind import refuse_no_document
from tiaowen.ingest.told import told_by
from tiaowen.text.spans import Span

_WORTH = 0.35
_INSIDE = 0.25
_OUTSIDE = 0.85
_LIKE = 0.5
_PROSE = 40
_DAMPING = 0.7
_ELSEWHERE = 200
_LEAST_SHARE = 0.3
_NEAR = 12
_NO_LINKS = 0.02
_MAX_NUMBER_LINE = 300

_OTHERS = re.compile(
    r"(?:^|[#._-])(?:comments?(?:-?list|s?-area|s?-container|box|wrap)?|commentlist|disqus\w*|respond|replies|pinglun\w*"
    r"|relatedposts?|related(?:[-_]\w+)?|recommend(?:ed|ation)?s?(?:[-_]+\w+)*|tuijian\w*)(?=$|[#._-])",
    re.I,
)
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]\s?[〔\[(（【［]\s?(?P<year>(?:19|20)\d\d)\s?[〕\])）】］]\s?第?\s?(?P<serial>\d{1,5})\s?[号號]"
)
_HAN = re.compile("[\u3400-\u9fff]")
_CAPTION = re.compile("figcaption|caption", re.I)


@dataclass(frozen=True)
class Body:
    """For each line of a page whether it is `kept` as the document's, and `how` that was told.

    `how` is a layout's name, `whole` for a page without links, `lines` where the lines were weighed, `all` where
    nothing told them apart.
    """

    kept: tuple[bool, ...]
    how: str


def body_of(source: SourceText) -> Body:
    """The document of a page. Raises IngestError where the page holds none."""
    told = told_by(source)
    page = PageLines(source.text, source.lines, told)
    found = find_layout(source.raw, source.lines)
    kept = _by_layout(source, found) if found else []
    how = found.layout if found else "lines"
    if not found and page.sums.linked[-1] <= _NO_LINKS * page.sums.all_width:
        kept, how = [True] * len(page.lines), "whole"  # menus are links: without any the page is its document
    if _share(page, kept) < _LEAST_SHARE:
        kept, how = under_heading(page, chosen(page, probabilities(page))), "lines"
    refuse_no_document(page, kept, told.title)
    if not any(kept):
        return Body((True,) * len(kept), "all")
    number = _number_line(page, kept)
    return Body(tuple(keep or i == number for i, keep in enumerate(kept)), how)


def _number_line(page: PageLines, kept: Sequence[bool]) -> int | None:
    """The line above the document's text that bears its number (文号), where the document itself does not."""
    last = max(i for i, keep in enumerate(kept) if keep)
    said = {match.group("year", "serial") for i, keep in enumerate(kept) if keep for match in _numbers(page, i)}
    above = (i for i in range(last) if not kept[i] and page.links[i] < 0.5 and page.widths[i] <= _MAX_NUMBER_LINE)
    bearing = [i for i in above if any(match.group("year", "serial") not in said for match in _numbers(page, i))]
    return bearing[-1] if bearing else None


def _numbers(page: PageLines, i: int) -> Iterator[re.Match[str]]:
    return _NUMBER.finditer(page.strings[i])


def _share(page: PageLines, kept: Sequence[bool]) -> float:
    """The share of the page's sentence marks outside links that the kept lines hold."""
    marks = page.sums.marks
    held = sum(marks[i + 1] - marks[i] for i, keep in enumerate(kept) if keep)
    return held / page.sums.all_marks


def probabilities(page: PageLines) -> list[float]:
    """For each line how likely it is of the document."""
    rows = feature_rows(page)
    found = iter(line_model().probabilities([row for row in rows if row is not None]))
    likely = [0.0 if row is None else next(found) for row in rows]
    others = [_is_others(line.element) for line in page.lines]
    elsewhere = sum(p * w for p, w, other in zip(likely, page.widths, others, strict=True) if not other)
    if elsewhere > _ELSEWHERE:
        likely = [p * 0.15 if other else p for p, other in zip(likely, others, strict=True)]
    return [p * 0.3 if _is_caption(line.element) else p for p, line in zip(likely, page.lines, strict=True)]


def chosen(page: PageLines, likely: Sequence[float]) -> list[bool]:
    """The likely lines of the element that is worth most; elsewhere those of its kind, and the near certain ones."""
    worth = (width**_DAMPING * (p - _WORTH) for width, p in zip(page.widths, likely, strict=True))
    sums = [0.0, *accumulate(worth)]
    whole = Run(-1, 0, len(page.lines))
    best = max((whole, *page.runs), key=lambda run: (sums[run.end] - sums[run.first], run.depth))
    kept = [p >= (_INSIDE if best.first <= i < best.end else _OUTSIDE) for i, p in enumerate(likely)]
    prose = {line.element for line, keep, w in zip(page.lines, kept, page.widths, strict=True) if keep and w >= _PROSE}
    kept = [keep or (likely[i] >= _LIKE and page.lines[i].element in prose) for i, keep in enumerate(kept)]
    heading = _heading(page, kept) if _is_instrument(page, kept) else None
    return [keep or i == heading for i, keep in enumerate(kept)]


def _is_instrument(page: PageLines, kept: Sequence[bool]) -> bool:
    """Whether a heading above the text is of the document: in Chinese, and in English above what may be law.

    The headline of English news is a line of the site's, and people who mark the text leave it out.
    """
    if _HAN.search(page.told.title) or names_instrument(page.told.title):
        return True
    return sum(bool(LABEL.match(string)) for string, keep in zip(page.strings, kept, strict=True) if keep) > 1


def _heading(page: PageLines, kept: Sequence[bool]) -> int | None:
    """The line above the document that is its title: one that says what <title> says, an <h1> first."""
    first = next((i for i, keep in enumerate(kept) if keep), 0)
    above = range(max(0, first - _NEAR), first)
    titles = (i for i in above if _is_title(page, i))
    return max(titles, key=lambda i: (page.paths[i][-1][:2] == "h1", i), default=None)


def _is_title(page: PageLines, i: int) -> bool:
    if not 12 <= page.widths[i] <= 240 or page.links[i] > 0.5:
        return False
    words = words_of(page.strings[i])
    if not page.title:
        return page.paths[i][-1][:2] == "h1"
    return len(words & page.title) >= 0.8 * len(words)


def _by_layout(source: SourceText, found: Found) -> list[bool]:
    spans = (found.body, found.title) if found.title else (found.body,)
    return [any(_starts_in(source, line.span, span) for span in spans) for line in source.lines]


def _starts_in(source: SourceText, line: Span, span: Span) -> bool:
    first = source.map.to_source(Span(line.start, min(line.end, line.start + 1)))
    return bool(first) and first[0].start in span


@lru_cache(maxsize=4096)
def _is_others(path: str) -> bool:
    """Whether an element below the outermost is named after comments or other articles."""
    return bool(_OTHERS.search(path.partition("/")[2]))


@lru_cache(maxsize=4096)
def _is_caption(path: str) -> bool:
    return any(_CAPTION.search(step) for step in path.split("/")[-3:])

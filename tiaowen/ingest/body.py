"""Which lines of a page are its document.

A page of a known layout says it itself. Of any other page every line gets a probability (`line_model`); the element
whose lines are worth most together is the document's, and in it the likely lines are kept. Comments and lists of
other articles are written like articles: their elements' names tell them, and captions, from the document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from tiaowen.corpus.texts import SourceText
from tiaowen.ingest.layout import Found, find_layout
from tiaowen.ingest.line_features import PageLines, Run, feature_rows
from tiaowen.ingest.line_model import line_model
from tiaowen.ingest.page_kind import refuse_no_document
from tiaowen.text.spans import Span

_WORTH = 0.35
_INSIDE = 0.25
_OUTSIDE = 0.85
_DAMPING = 0.7
_ELSEWHERE = 200
_LEAST_SHARE = 0.3

_OTHERS = re.compile(
    r"(?:^|[#._-])(?:comments?(?:-?list|s?-area|s?-container|box|wrap)?|commentlist|disqus\w*|respond|replies|pinglun\w*"
    r"|relatedposts?|related(?:[-_]\w+)?|recommend(?:ed|ation)?s?(?:[-_]+\w+)*|tuijian\w*)(?=$|[#._-])",
    re.I,
)
_CAPTION = re.compile("figcaption|caption", re.I)


@dataclass(frozen=True)
class Body:
    """For each line of a page whether it is `kept` as the document's, and `how` that was told.

    `how` is a layout's name, `lines` where the lines were weighed, `all` where nothing told them apart.
    """

    kept: tuple[bool, ...]
    how: str


def body_of(source: SourceText) -> Body:
    """The document of a page. Raises IngestError where the page holds none."""
    title = next((field.value for field in source.fields if field.name == "title"), "")
    page = PageLines(source.text, source.lines, title)
    found = find_layout(source.raw)
    kept = _by_layout(source, found) if found else []
    how = found.layout if found else "lines"
    if _share(page, kept) < _LEAST_SHARE:
        kept, how = chosen(page, probabilities(page)), "lines"
    refuse_no_document(page, kept, title)
    if not any(kept):
        return Body((True,) * len(kept), "all")
    return Body(tuple(kept), how)


def _share(page: PageLines, kept: Sequence[bool]) -> float:
    """The share of the page's sentence marks outside links that the kept lines hold."""
    marks = page.sums.marks
    held = sum(marks[i + 1] - marks[i] for i, keep in enumerate(kept) if keep)
    return held / page.sums.all_marks


def probabilities(page: PageLines) -> list[float]:
    """For each line how likely it is of the document."""
    model = line_model()
    likely = [0.0 if row is None else model.probability(row) for row in feature_rows(page)]
    others = [_is_others(line.element) for line in page.lines]
    elsewhere = sum(p * w for p, w, other in zip(likely, page.widths, others, strict=True) if not other)
    if elsewhere > _ELSEWHERE:
        likely = [p * 0.15 if other else p for p, other in zip(likely, others, strict=True)]
    return [p * 0.3 if _is_caption(line.element) else p for p, line in zip(likely, page.lines, strict=True)]


def chosen(page: PageLines, likely: Sequence[float]) -> list[bool]:
    """The likely lines of the element that is worth most, and the near certain ones anywhere."""
    worth = (width**_DAMPING * (p - _WORTH) for width, p in zip(page.widths, likely, strict=True))
    sums = [0.0, *accumulate(worth)]
    whole = Run(-1, 0, len(page.lines))
    best = max((whole, *page.runs), key=lambda run: (sums[run.end] - sums[run.first], run.depth))
    return [p >= (_INSIDE if best.first <= i < best.end else _OUTSIDE) for i, p in enumerate(likely)]


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

"""Known layouts of government pages: one file a family of sites, with CSS selectors for where the document stands.

A page is parsed by BeautifulSoup only if its elements have one of a layout's marks. What a selector finds is tied to
the raw page by the place of its start tag, which html.parser keeps exactly.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import Tag

from tiaowen.corpus.texts import Line
from tiaowen.ingest.edges import kinds_of
from tiaowen.ingest.extract._markup import tokens
from tiaowen.plugins import Family
from tiaowen.text.spans import Span


@dataclass(frozen=True)
class Layout:
    """A family of sites.

    `marks` are labels in the element paths of its pages (`#zoom`, `.view`), `body` and `title` CSS selectors, the best
    first; each ends in the name, the id, a class or an attribute of an element.
    A title is kept where it stands above the body; it may match nothing. Marks that many kinds of sites have count only
    `among` words (regular expressions) that these sites have too.
    """

    marks: tuple[str, ...]
    body: tuple[str, ...]
    title: tuple[str, ...] = ()
    among: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """Where a layout's document stands in the raw page: its body, and its title if that is outside."""

    layout: str
    body: Span
    title: Span | None


LAYOUTS: Family[Layout] = Family(__name__, Layout, "layout")

_LEAST_TEXT = 40
_WORD = re.compile(r"[\w-]+")


def find_layout(raw: str, lines: Iterable[Line]) -> Found | None:
    """The known layout of a page, and where its document stands; of several, the one whose body holds most text.

    `lines` are those of the flattened page.
    """
    lengths: Counter[str] = Counter()
    for line in lines:
        lengths[line.element] += len(line.span)
    labels = "/".join(lengths)
    known = [(name, layout) for name, layout in LAYOUTS.all() if any(mark in labels for mark in layout.marks)]
    marked = [(name, layout) for name, layout in known if _is_marked(raw, lengths, layout)]
    if not marked:
        return None
    elements = _Elements(raw, [layout for _, layout in marked])
    place = _Places(raw)
    best: tuple[int, Found] | None = None
    for name, layout in marked:
        body = _first(elements, layout.body)
        length = len(body.get_text()) if body else 0
        span = place.span_of(body) if body else None
        if span is None or length < _LEAST_TEXT or (best and length <= best[0]):
            continue
        best = (length, Found(name, span, _title(elements, layout, place, span)))
    return best[1] if best else None


def _is_marked(raw: str, lengths: Counter[str], layout: Layout) -> bool:
    """Whether a page has a layout's marks, with text below them; parsing it costs more than all else."""
    below = sum(length for path, length in lengths.items() if any(mark in path for mark in layout.marks))
    return below >= _LEAST_TEXT and (not layout.among or any(re.search(words, raw) for words in layout.among))


def _title(elements: _Elements, layout: Layout, place: _Places, body: Span) -> Span | None:
    """The last title above the body, by the first selector that finds one there."""
    for selector in layout.title:
        tags = (tag for tag in elements.found_by(selector) if _is_title(tag.get_text(" ", strip=True)))
        spans = [place.span_of(tag) for tag in tags]
        above = [span for span in spans if span and span.end <= body.start]
        if above:
            return max(above)
    return None


def _is_title(text: str) -> bool:
    return 4 <= len(text) <= 200 and not kinds_of(text)


def _first(elements: _Elements, selectors: tuple[str, ...]) -> Tag | None:
    """The element with most text that the first fitting selector finds."""
    for selector in selectors:
        found = elements.found_by(selector)
        if found:
            return max(found, key=lambda tag: len(tag.get_text()))
    return None


class _Elements:
    """The elements of a page that the selectors of some layouts may find.

    Trying every selector on every element would cost more than parsing. An element that one finds bears an id, or a
    word of the selector as its name, its class or the name of an attribute.
    """

    def __init__(self, raw: str, layouts: Iterable[Layout]) -> None:
        selectors = {selector for layout in layouts for selector in (*layout.body, *layout.title)}
        words = {word for selector in selectors for word in _WORD.findall(selector)}
        tags = BeautifulSoup(raw, "html.parser").find_all(True)
        self._near = [tag for tag in tags if _bears(tag, words)]

    def found_by(self, selector: str) -> list[Tag]:
        """Those that `selector` finds, in the order of the page."""
        return [tag for tag in self._near if tag.css.match(selector)]


def _bears(tag: Tag, words: Set[str]) -> bool:
    names = (tag.name, *tag.attrs, *tag.get_attribute_list("class"))
    return "id" in tag.attrs or not words.isdisjoint(names)


class _Places:
    """Ties elements of BeautifulSoup to spans of the raw page."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._line_starts = [0, *(at + 1 for at in _newlines(raw))]

    def span_of(self, tag: Tag) -> Span | None:
        """From the element's start tag to its end tag; None if the start tag is not where the parser says."""
        if tag.sourceline is None or tag.sourcepos is None:
            return None
        start = self._line_starts[tag.sourceline - 1] + tag.sourcepos
        if self._raw[start + 1 : start + 1 + len(tag.name)].lower() != tag.name:
            return None
        return Span(start, self._end(start, tag.name))

    def _end(self, start: int, name: str) -> int:
        depth = 0
        for kind, _, end, element, _ in tokens(self._raw, start):
            if element == name and kind in ("open", "close"):
                depth += 1 if kind == "open" else -1
                if depth == 0:
                    return end
        return len(self._raw)


def _newlines(raw: str) -> Iterator[int]:
    at = raw.find("\n")
    while at >= 0:
        yield at
        at = raw.find("\n", at + 1)

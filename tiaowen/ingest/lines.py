"""The lines of a normal text, each with the elements it stood in on the page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from tiaowen.corpus.texts import NormalText
from tiaowen.text.spans import Span

_UNSEEN = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Characters without a width: a line of nothing else is blank."""

_LINE = re.compile(r"[^\n]+")
BLANK = _UNSEEN + "".join(chr(c) for c in range(0x3001) if chr(c).isspace())
_HEADING = re.compile(r"(?:^|/)h[1-6]\b")


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line that is not blank: its `text` without outer blanks, the `span` of that in NormalText.text, its element."""

    text: str
    span: Span
    element: str = ""

    @property
    def is_heading(self) -> bool:
        """Whether the page marks it up as a heading (h1 to h6)."""
        return bool(_HEADING.search(self.element))


def lines_of(normal: NormalText) -> tuple[TextLine, ...]:
    """All lines of `normal.text` that are not blank, in order."""
    element_at = _Elements(normal)
    return tuple(TextLine(text, span, element_at(span)) for text, span in _stripped(normal.text))


def _stripped(text: str) -> Iterator[tuple[str, Span]]:
    for match in _LINE.finditer(text):
        line = match[0]
        inner = line.strip(BLANK)
        if inner:
            start = match.start() + line.index(inner[0])
            yield inner, Span(start, start + len(inner))


class _Elements:
    """Looks up the element of the source line that a piece of the normal text comes from."""

    def __init__(self, normal: NormalText) -> None:
        self._normal = normal
        lines = [line for line in normal.source.lines if len(line.span)]
        places = [(self._raw_starts(line.span), line) for line in lines] if any(line.element for line in lines) else []
        self._lines = [line for starts, line in places if starts]
        self._starts = [starts[0] for starts, _ in places if starts]

    def _raw_starts(self, span: Span) -> list[int]:
        return [piece.start for piece in self._normal.source.map.to_source(span)]

    def __call__(self, span: Span) -> str:
        if not self._lines:
            return ""
        pieces = self._normal.raw_spans(Span(span.start, span.start + 1))
        index = bisect_right(self._starts, pieces[0].start) - 1 if pieces else -1
        return self._lines[index].element if index >= 0 else ""

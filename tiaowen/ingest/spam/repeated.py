"""What a page says once more above the document: its title, its first lines cut short, a contents line run together.

Each is exact: the words stand again below, in full. A title repeated with the site's and section's names before it
is the page's own heading; an excerpt ends in an ellipsis where the text below goes on; a contents line is nothing but
three or more headings that all follow, each on a line of its own. The second place is kept, the first goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tiaowen.corpus.findings import Finding
from tiaowen.ingest.edges import LABEL, edges_of
from tiaowen.ingest.page import Page
from tiaowen.text.spans import Edit

_ELLIPSIS = re.compile(r"\s?(?:…{1,2}|\.{3,6}|\[…\]|\[\.\.\.\])$")
_QUESTION = re.compile(r"(?<=[?？。])(?=[^?？。\s”）)])")
_MIN_TITLE = 8
_MIN_EXCERPT = 30
_NEAR = 12
_MAX_NAMES = 80


class Repeated:
    """Titles, excerpts and contents lines that stand again below."""

    def propose(self, page: Page) -> Iterator[Edit | Finding]:
        """Whole lines."""
        yield from page.without_lines(self._titles(page), "spam.repeated-title", "the title, which stands again below")
        yield from page.without_lines(self._excerpts(page), "spam.excerpt", "the beginning of a line below, cut short")
        yield from page.without_lines(
            self._contents(page), "spam.contents", "headings run together that all follow below"
        )

    @staticmethod
    def _titles(page: Page) -> Iterator[int]:
        top = max(len(edges_of(page).top), 2)
        for place, number in enumerate(page.filled[:top]):
            below = (page.strings[n] for n in page.filled[place + 1 : place + _NEAR])
            if any(_ends_with(page.strings[number], other) for other in below):
                yield number

    @staticmethod
    def _excerpts(page: Page) -> Iterator[int]:
        for place, number in enumerate(page.filled):
            string = page.strings[number]
            ending = _ELLIPSIS.search(string)
            if not ending or ending.start() < _MIN_EXCERPT:
                continue
            near = page.filled[place + 1 : place + _NEAR]
            if any(page.strings[n].startswith(string[: ending.start()]) for n in near):
                yield number

    @staticmethod
    def _contents(page: Page) -> Iterator[int]:
        lines = set(page.strings)
        for number in page.filled[: len(page.filled) // 2]:
            pieces = _QUESTION.split(page.strings[number])
            if len(pieces) >= 3 and all(piece.strip() in lines for piece in pieces):
                yield number


def _ends_with(string: str, title: str) -> bool:
    """Whether a line is a title with no more than a site's and a section's name before it."""
    if len(title) < _MIN_TITLE or not string.endswith(title) or LABEL.match(title):
        return False
    return len(string) - len(title) <= _MAX_NAMES


plugin = Repeated()

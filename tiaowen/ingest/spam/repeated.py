"""What a page says once more above the document: its title, its first lines cut short, a contents line run together.

Each is exact: the words stand again below, in full. A title repeated with the site's and section's names before it
is the page's own heading; an excerpt ends in an ellipsis where the text below goes on; a contents line is nothing but
three or more headings that all follow, each on a line of its own. The second place is kept, the first goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from tiaowen.corpus.findings import Finding
from tiaowen.ingest.edges import LABEL, kinds_of, menu_line
from tiaowen.ingest.page import Page
from tiaowen.text.simplify import simplify
from tiaowen.text.spans import Edit

# Two letters or more and what sets them apart, but no office: 示例市财政局 before 关于… is of the title.
_NAMES = re.compile(r"[^\W\d_]{2}.*(?<![局厅部委院会处署办市省县府室])[\s>»›|｜_·—:：-]+$", re.S)
_ELLIPSIS = re.compile(r"\s?(?:…{1,2}|\.{3,6}|\[…\]|\[\.\.\.\])$")
_QUESTION = re.compile(r"(?<=[?？。])(?=[^?？。\s”）)])")
_MIN_TITLE = 8
_MIN_EXCERPT = 16
_PIECE = 8
_NEAR = 24
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
        top = max(len(page.edges.top), 2)
        for place, number in enumerate(page.filled[:top]):
            string = page.strings[number]
            near = page.filled[place + 1 : place + _NEAR]
            if (
                any(_names_then(string, page.strings[n]) for n in near)
                or _menu_then(page, string, near)
                or _again_below_furniture(page, string, near)
            ):
                yield number

    @staticmethod
    def _excerpts(page: Page) -> Iterator[int]:
        for place, number in enumerate(page.filled):
            string = page.strings[number]
            ending = _ELLIPSIS.search(string)
            if not ending or ending.start() < _MIN_EXCERPT:
                continue
            near = page.filled[place + 1 : place + _NEAR]
            if any(_excerpt_of(string[: ending.start()], page.strings[n]) for n in near):
                yield number

    @staticmethod
    def _contents(page: Page) -> Iterator[int]:
        lines = set(page.strings)
        for number in page.filled[: len(page.filled) // 2]:
            pieces = _QUESTION.split(page.strings[number])
            if len(pieces) >= 3 and all(piece.strip() in lines for piece in pieces):
                yield number


def _names_then(string: str, title: str) -> bool:
    """Whether a line is a title with a site's and a section's name before it."""
    names = string[: len(string) - len(title)]
    if len(title) < _MIN_TITLE or not string.endswith(title) or LABEL.match(title):
        return False
    return len(names) <= _MAX_NAMES and _NAMES.search(names) is not None


def _again_below_furniture(page: Page, string: str, near: Sequence[int]) -> bool:
    """Whether a line stands again with nothing but furniture between."""
    between = list(takewhile(lambda n: kinds_of(page.strings[n]), near))
    following = near[len(between) : len(between) + 1]
    return bool(between) and any(page.strings[n] == string for n in following)


def _menu_then(page: Page, string: str, near: Sequence[int]) -> bool:
    """Whether a line is menu words and then the beginning of a line below."""
    menu = menu_line().match(simplify(string).lower())
    rest = string[menu.end() :].lstrip(" >»›|/_-") if menu else ""
    return len(rest) >= _MIN_TITLE and any(page.strings[n].startswith(rest) for n in near)


def _excerpt_of(excerpt: str, line: str) -> bool:
    """Whether an excerpt begins as a line does and all but little of it stands there, whatever was injected since."""
    if not line.startswith(excerpt[:_PIECE]):
        return False
    pieces = [excerpt[i : i + _PIECE] for i in range(0, len(excerpt) - _PIECE + 1, _PIECE // 2)]
    return sum(piece in line for piece in pieces) * 4 >= 3 * len(pieces)


plugin = Repeated()

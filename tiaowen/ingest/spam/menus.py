"""Menus, breadcrumbs and widgets at the edges of a page.

A line of nothing but the words of menus is no line of a document, whatever separates them. What stands above a
breadcrumb is the page's header: the breadcrumb leads to the document below it. In the middle of a document the same
words are its own, and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tiaowen.corpus.findings import Finding
from tiaowen.ingest.edges import kinds_of, menu_line
from tiaowen.ingest.page import Page
from tiaowen.text.simplify import simplify
from tiaowen.text.spans import Edit

_ARROW = re.compile(r"\s?(?:>>?|›|»|＞|→|::|\s/)\s?")
_MAX_STEP = 60


class Menus:
    """Lines of menu words, breadcrumbs, and the header above a breadcrumb."""

    def propose(self, page: Page) -> Iterator[Edit | Finding]:
        """Whole lines at the edges."""
        edges = page.edges
        crumbs = [n for n in edges.top if is_breadcrumb(page.strings[n])]
        header = [n for n in edges.top if crumbs and n < crumbs[-1] and n not in crumbs]
        menus = [n for n in (*edges.top, *edges.bottom) if n not in header and is_menu(page.strings[n])]
        yield from page.without_lines(header, "spam.menu", "stands above the breadcrumb, in the page's header")
        yield from page.without_lines(crumbs, "spam.breadcrumb", "a path through the site")
        yield from page.without_lines(menus, "spam.menu", "nothing but the words of menus")


def is_menu(string: str) -> bool:
    """Whether every word of a line is one that menus are made of."""
    return len(string) <= 300 and bool(menu_line().fullmatch(simplify(string).lower()))


def is_breadcrumb(string: str) -> bool:
    """Whether a line is a path of three steps or more from a menu word, or says that it is one."""
    if "crumbs" in kinds_of(string):
        return True
    steps = [step for step in _ARROW.split(string) if step]
    if len(steps) < 2 or any(len(step) > _MAX_STEP for step in steps[:-1]):
        return False
    return any("menu" in kinds_of(step) for step in steps[:2]) and (len(steps) > 2 or ">" in string)


plugin = Menus()

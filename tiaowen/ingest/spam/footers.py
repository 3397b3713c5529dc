"""What stands below a document: neighbours, related lists, footers, share bars, disclaimers.

Each line is known by its own words, and only below the last line of prose. Below the first of them nothing of the
document follows, so short lines there go too: names of journals, of menus, of codes to scan. Attachments and the
foot of an official document (附件, 抄送, 主题词) are never taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tiaowen.corpus.findings import Finding
from tiaowen.ingest.edges import kinds_of
from tiaowen.ingest.page import Page
from tiaowen.text.spans import Edit

_REASONS = {
    "adjacent": "a link to a neighbouring page",
    "related": "a heading of links to other pages",
    "upload": "says who put the page up",
    "footer": "the site's own imprint",
    "social": "an invitation to share or to scan a code",
    "notice": "the site's notice about its sources",
    "promo": "the site advertises itself",
    "below": "stands below the end of the document, in the page's footer",
}
_ENDS = ("adjacent", "related", "footer", "social", "upload")
_FOOT = re.compile(
    r"附[件表图]|抄[送报]|主题词|\(?（?此件|联系(?:人|电话)|(?:\d{4}|[〇○零一二三四五六七八九]{4})年|annex|attachment",
    re.I,
)
_MAX_FOOTER_LINE = 80


class Footers:
    """Lines below the document, and promotion above it."""

    def propose(self, page: Page) -> Iterator[Edit | Finding]:
        """Whole lines at the edges."""
        found: dict[str, list[int]] = {}
        edges = page.edges
        for number in edges.top:
            found.setdefault(_kind(page.strings[number], ("promo", "notice", "social")), []).append(number)
        ended = False
        for number in edges.bottom:
            string = page.strings[number]
            kind = _kind(string, tuple(_REASONS))
            if not kind and _FOOT.match(string):
                ended = False
            elif not kind and ended and len(string) <= _MAX_FOOTER_LINE:
                kind = "below"
            found.setdefault(kind, []).append(number)
            ended = ended or kind in _ENDS
        found.pop("", None)
        for kind, numbers in found.items():
            yield from page.without_lines(numbers, f"spam.{kind}", _REASONS[kind])


def _kind(string: str, wanted: tuple[str, ...]) -> str:
    found = kinds_of(string)
    return next((kind for kind in wanted if kind in found), "")


plugin = Footers()

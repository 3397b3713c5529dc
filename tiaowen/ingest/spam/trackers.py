"""Ids that publishing tools leave behind: `requestId:` with hexadecimal digits, `TC:` with a campaign's name.

They are machine words with a colon and no white space, at the very start or the very end of a page, often glued to
its last word. No clause begins or ends with one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tiaowen.corpus.findings import Finding
from tiaowen.ingest.page import Page
from tiaowen.text.spans import Edit, Span

_REQUEST = re.compile(
    r"\b(?:request|trace|session|track)_?-?id\s?[:=]\s?[0-9a-f]{8,40}(?:[.-][0-9a-f]{1,40}){0,6}\.?", re.I
)
_CAMPAIGN = re.compile(r"\s?\bTC:[a-z]{2,24}\d{1,8}\s*\Z")


class Trackers:
    """Tracker ids."""

    def propose(self, page: Page) -> Iterator[Edit | Finding]:
        """The ids alone."""
        for pattern in (_REQUEST, _CAMPAIGN):
            for match in pattern.finditer(page.text):
                yield Edit(Span(match.start(), match.end()), "", "spam.tracker", "an id left by a publishing tool")


plugin = Trackers()

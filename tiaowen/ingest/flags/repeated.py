"""Words that stand twice: a sentence copied to another place of the page, a phrase said again in the same sentence.

Pages made for search engines open with sentences stitched from their own text, so a clause stands twice, once in the
wrong place. Which of the two is in place is for a reader to say. Laws repeat a sentence in many articles, so below the
first number only long ones count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tiaowen.corpus.findings import Finding
from tiaowen.ingest.edges import LABEL
from tiaowen.ingest.flags import doubt
from tiaowen.ingest.page import Page
from tiaowen.text.spans import Span

_SENTENCE = re.compile(r"[^。；！？\n]{24,400}[。；！？]|(?:^|(?<=[.;] ))[A-Z][^.;\n]{60,600}[.;]", re.M)
_AGAIN = re.compile(r"\b(?![mb]illion)([A-Z]?[a-z]{4,}) \1\b")
_PHRASE = re.compile(r"(\([^()\n]{12,80}\))[^.;\n]{0,160}?\1")
_MOST = 50
_LONG = 120


class Repeated:
    """Sentences and phrases that stand twice."""

    def find(self, page: Page) -> Iterator[Finding]:
        """Each pair of places."""
        seen: dict[str, Span] = {}
        found = 0
        numbered = (page.lines[n].span.start for n in page.filled if LABEL.match(page.strings[n]))
        body = next(numbered, 0)
        for match in _SENTENCE.finditer(page.text):
            label = LABEL.match(match[0])
            span = Span(match.start() + (label.end() if label else 0), match.end())
            words = re.sub(r"\s+", "", span.of(page.text))
            first = seen.setdefault(words, span)
            misplaced = first.start < body or len(words) >= _LONG
            if first is not span and misplaced and found < _MOST:
                found += 1
                yield doubt("repeated-clause", "a sentence that stands twice", first, span, severity="info")
        for pattern in (_AGAIN, _PHRASE):
            for match in pattern.finditer(page.text):
                yield doubt("repeated-phrase", "words said twice in one sentence", Span(match.start(), match.end()))


plugin = Repeated()

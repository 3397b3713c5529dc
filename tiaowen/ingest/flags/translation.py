"""Damage done by machine translation: figures, glued words, broken sentences.

`4 billion billion` stands for 40亿元, `15%15%` for a figure in a tag, `ThirdArticle` for 第三条, `Lower than 70%` after
a full stop for 不低于70% cut in two. A figure beside such damage must be checked against the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tiaowen.corpus.findings import Finding
from tiaowen.ingest.flags import doubt
from tiaowen.ingest.page import Page
from tiaowen.text.spans import Span

_UNITS = "kwh|mwh|gwh|kva|mpa|kpa|khz|mhz|ghz|rpm|ppm|mmol|mol|kcal|usd|rmb|cny|hrs?|mins?|secs?|days?|bits?|bytes?"
_DAMAGE: tuple[tuple[str, str], ...] = (
    (r"(?:\b\d[\d.,]{0,9} )?\b(?:thousand|million|billion) (?:million|billion|trillion)\b", "a figure said double"),
    (r"(?<![\d.])(\d[\d,.]{0,9}(?:%| ?per ?cent))\1", "a percentage that stands twice"),
    (r"(?<![A-Za-z\d/._-])(?:and|of|the|than|with|about|over)\d+(?:[a-z]+\b)?", "a word glued to a figure"),
    (rf"(?<![A-Za-z\d/._=-])\d{{1,4}}(?!(?:st|nd|rd|th|x|{_UNITS})\b)[a-z]{{4,}}\b", "a figure glued to a word"),
    (r"(?<![A-Za-z\d/._-])\d(?:On|In|From|By|At) [A-Z]", "a figure glued to the start of a sentence"),
    (r"(?<![A-Za-z\d/._-])[a-z]{3,}(?:The|A|An|Of|And|In|To)\b(?! ?[=(])", "two words glued"),
    (r"\b(?:First|Second|Third|Fourth|Fifth|Section|Chapter|Article)(?:Article|Chapter|Section|\d)", "a label glued"),
    (r"[.!?] (?:Lower|Higher|Less|More|Above|Below|No less|No more)(?: than)? (?:\d|the\b)"
     r"|\b\d[\d.]*%[^.]{0,80}\. (?:Above|Below),",
     "a comparison cut from its sentence; its sense may be the opposite"),
    (r"\b(?:in|of|at)\d+\.(?=\s|$)", "the end of a sentence scrambled"),
    (r"(?<=[\w”\"]) ,(?= )|[.;] [,;](?= )", "a mark set apart from its word"),
    (r"\b\d+ (?:about|more than|or so) [a-z]+", "words in the order of the original"),
)  # fmt: skip
_PATTERNS = tuple((re.compile(pattern), what) for pattern, what in _DAMAGE)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|shall|should|will|would|can|could|may|might|must|do|does|did|needs?|includes?"
    r"|means|refers?|applies|apply|requires?|enters?|takes?|comes?|makes?|gives?|provides?|remains?)\b|[a-z]{2}ed\b",
    re.I,
)
_SENTENCE = re.compile(r"(?<=[.;]\s)The [a-z]+ (?:of|to) [^.;:\n]{90,400}\.(?=\s|$)")


class Translation:
    """Translation damage in English text."""

    def find(self, page: Page) -> Iterator[Finding]:
        """Each damaged place."""
        if page.language == "zh":
            yield from self._twice(page)
            return
        for pattern, what in _PATTERNS:
            for match in pattern.finditer(page.text):
                yield doubt("translation-damage", what, Span(match.start(), match.end()))
        for match in _SENTENCE.finditer(page.text):
            if not _FINITE.search(re.sub(r"\w+-\w+", " ", match[0])):
                message = "a sentence without a verb that says when or whether"
                yield doubt("translation-damage", message, Span(match.start(), match.end()), severity="info")

    @staticmethod
    def _twice(page: Page) -> Iterator[Finding]:
        pattern, what = _PATTERNS[1]
        for match in pattern.finditer(page.text):
            yield doubt("translation-damage", what, Span(match.start(), match.end()))


plugin = Translation()

"""Words that a site masked or lost: `*省`, `“*”期间`, `* * *`, `××市`.

An asterisk that marks a note or sets a word off stands at one; here asterisks or crosses stand for the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tiaowen.corpus.findings import Finding
from tiaowen.ingest.flags import doubt
from tiaowen.ingest.page import Page
from tiaowen.text.spans import Span

_PLACE = "省市县区州镇乡村"
_MASK = re.compile(
    rf"(?<![*×xXA-Za-z0-9])[*×]{{1,3}}(?=[{_PLACE}])|[×xX]{{2,4}}(?=[{_PLACE}局厅号年月])|[“\"]\s?[*×]{{1,3}}\s?[”\"]"
    r"|(?<=[\w,，、])\s?(?<!\*)\*(?: \*){1,5}(?!\*)|(?<![*\w])\*(?: \*){1,5}(?=[.,。，、；;\w])"
    r"|□{2,}|某{2,3}(?=[省市县区州局厅])"
)


class Masked:
    """Masked text."""

    def find(self, page: Page) -> Iterator[Finding]:
        """Each mask."""
        for match in _MASK.finditer(page.text):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield doubt("masked-text", "a word was masked or lost on the page", Span(start, match.end()))


plugin = Masked()

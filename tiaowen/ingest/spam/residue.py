"""Markup left in the text: whole tags, character references, and tags that lost one of their brackets.

A piece of a tag is an element's name beside a bracket. The names of one letter, `a>` and `p>`, also occur in formulas
(p > 0.05), so they count only where a word or a sentence ends before them and another begins after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tiaowen.corpus.findings import Finding
from tiaowen.ingest.page import Page
from tiaowen.text.spans import Edit, Span

_NAMES = (
    "span|div|font|strong|table|tbody|tr|td|th|br|em|ul|ol|li|img|h[1-6]|section|center|blockquote|iframe|script|style"
)
_WORD = r"[A-Za-z\u4e00-\u9fff]"
_WHOLE = rf"</?(?:{_NAMES}|[abipu])(?:\s[^<>]{{0,300}})?/?>"
_TAIL = rf"(?<![A-Za-z<&])\s?(?:{_NAMES})\s?/?>|(?<=[a-z])(?:span|br ?/)>"
_ATTRIBUTE = r"(?:style|class|href|id|src|align|width)\s?=\s?[\"'][^\"'<>]{0,200}[\"']?"
_HEAD = rf"</(?:{_NAMES}|[abipu])(?!>)|</?(?:{_NAMES})\s+{_ATTRIBUTE}>?"
_LETTER = rf"(?:(?<={_WORD})|(?<=[.,;:。，；：！？”’)）\]》]))(?<!\d)[ap]>(?=[A-Za-z]{{2}}|[\u4e00-\u9fff“‘(（《]|$)"
_REFERENCE = r"&(?:nbsp|ensp|emsp|amp|lt|gt|quot|ldquo|rdquo|mdash|hellip|middot|#\d{2,5}|#x[0-9a-f]{2,4});"
_RESIDUE = re.compile("|".join((_WHOLE, _HEAD, _TAIL, _LETTER, _REFERENCE)), re.I | re.M)


class Residue:
    """HTML residue."""

    def propose(self, page: Page) -> Iterator[Edit | Finding]:
        """The pieces of markup alone."""
        if "<" not in page.text and ">" not in page.text and "&" not in page.text:
            return
        for match in _RESIDUE.finditer(page.text):
            yield Edit(Span(match.start(), match.end()), "", "spam.residue", "a piece of markup left in the text")


plugin = Residue()

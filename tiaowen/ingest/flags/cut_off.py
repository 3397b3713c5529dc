"""Text that is missing: a document that ends, or a line that begins, in the middle of a sentence.

A document's last line of prose ends with a mark; only a signature, a date or a list of attachments does not. A line
that begins with a comma has lost its beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tiaowen.corpus.findings import Finding
from tiaowen.ingest.flags import doubt
from tiaowen.ingest.page import Page
from tiaowen.text.spans import Span

_ENDED = re.compile(r"[。！？；：….!?;:”’」』\"'）)】\]》>]\s*$")
_BROKEN = re.compile(r"^\s*[,，、;；](?=\s?\w)", re.M)
_FOOT = re.compile(
    r"^(?:附[件表录]|抄[送报]|主题词|http|[^，。；]{2,30}$)|(?:\d|[〇○零一二三四五六七八九]){4}年.{1,8}[日印]|印发"
)
_LEAST = {"zh": 24, "en": 60}
_SHOWN = 12


class CutOff:
    """Truncated text."""

    def find(self, page: Page) -> Iterator[Finding]:
        """The end of the text, and the beginnings of lines."""
        for match in _BROKEN.finditer(page.text):
            line = page.lines[page.line_at(match.end() - 1)].span
            yield doubt("missing-text", "the line begins in the middle of a sentence", Span(match.end() - 1, line.end))
        prose = [n for n in page.filled if len(page.strings[n]) >= 20]
        if len(prose) < 3 or prose[-1] != page.filled[-1]:
            return
        last, others = page.strings[prose[-1]], [page.strings[n] for n in prose[:-1]]
        ended = sum(bool(_ENDED.search(string)) for string in others)
        least = _LEAST["en" if last.isascii() else "zh"]
        if len(last) < least or _ENDED.search(last) or _FOOT.search(last) or 2 * ended < len(others):
            return
        end = page.lines[prose[-1]].span.start + len(page.lines[prose[-1]].span.of(page.text).rstrip())
        yield doubt("truncated", "the text ends in the middle of a sentence", Span(end - _SHOWN, end))


plugin = CutOff()

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
_HEADING = re.compile(r"第[〇零一二三四五六七八九十百千\d]{1,8}[编章节]")
_PROVISION = re.compile(
    rf"{_HEADING.pattern}|第[〇零一二三四五六七八九十百千\d]{{1,8}}条|[（(][一二三四五六七八九十]{{1,3}}[)）]"
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
        if self._in_provision(page):
            yield self._at_end(page, page.filled[-1], "the text ends in the middle of a provision")
            return
        prose = [n for n in page.filled if len(page.strings[n]) >= 20]
        if len(prose) < 3 or prose[-1] != page.filled[-1]:
            return
        last, others = page.strings[prose[-1]], [page.strings[n] for n in prose[:-1]]
        ended = sum(bool(_ENDED.search(string)) for string in others)
        least = _LEAST["en" if last.isascii() else "zh"]
        if len(last) < least or _ENDED.search(last) or _FOOT.search(last) or 2 * ended < len(others):
            return
        yield self._at_end(page, prose[-1], "the text ends in the middle of a sentence")

    @staticmethod
    def _in_provision(page: Page) -> bool:
        """Whether the last line is a heading or a provision without its mark, where provisions have theirs."""
        numbered = [page.strings[n] for n in page.filled if _PROVISION.match(page.strings[n])]
        if not numbered or page.strings[page.filled[-1]] != numbered[-1] or _ENDED.search(numbered[-1]):
            return False
        others = [string for string in numbered[:-1] if not _HEADING.match(string)]
        return len(others) >= 3 and 4 * sum(bool(_ENDED.search(string)) for string in others) >= 3 * len(others)

    @staticmethod
    def _at_end(page: Page, number: int, message: str) -> Finding:
        line = page.lines[number].span
        end = line.start + len(line.of(page.text).rstrip())
        return doubt("truncated", message, Span(max(line.start, end - _SHOWN), end))


plugin = CutOff()

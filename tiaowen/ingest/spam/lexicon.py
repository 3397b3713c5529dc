"""Words of trades that advertise by injecting them into other people's pages.

Only words that no law or policy uses are in the table. Where one of several words is found, its single words left
over from a cut (`baby` of `Sugar baby`) go too, if they are glued to another word or stand between marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tiaowen.corpus.findings import Finding
from tiaowen.ingest.page import Page
from tiaowen.ingest.tables import read_table
from tiaowen.text.spans import Edit, Span


class Lexicon:
    """Advertising words, wherever they stand."""

    def propose(self, page: Page) -> Iterator[Edit | Finding]:
        """The words, with a space before them that no Chinese text has."""
        words: set[str] = set()
        for match in pattern().finditer(page.folded):
            start = match.start()
            if start > 1 and page.text[start - 1] == " " and page.text[start - 2] > "\u2e7f":
                start -= 1
            yield Edit(Span(start, match.end()), "", "spam.lexicon", "advertising words that no policy uses")
            pieces = match[0].split()
            words.update(pieces[-1:] if len(pieces) > 1 and pieces[-1].isascii() else ())
        for word in sorted(words):
            yield from _left_over(page, word)


@cache
def pattern() -> re.Pattern[str]:
    """All words of the table."""
    return re.compile("|".join(f"(?:{pattern})" for _, pattern, _ in read_table("spam/data/lexicon.tsv", 3)))


def _left_over(page: Page, word: str) -> Iterator[Edit]:
    glued = rf"(?<=[a-z\u4e00-\u9fff]){word}|{word}(?=[a-z\u4e00-\u9fff])|(?<=[.;。；]\s){word}(?=[,，.;])"
    for match in re.finditer(glued, page.folded):
        yield Edit(Span(match.start(), match.end()), "", "spam.lexicon", "what is left of advertising words")


plugin = Lexicon()

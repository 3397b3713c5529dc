"""Lottery and casino advertising: cells of keywords in a row.

Criminal law and the rules on lotteries speak of gambling in sentences, a word or two at a time. Advertising strings
its words together: two or more cells side by side, set apart by commas or bars, and lures in them (免费, 登录, 今晚).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from tiaowen.corpus.findings import Finding
from tiaowen.ingest.page import Page
from tiaowen.ingest.tables import read_table
from tiaowen.text.spans import Edit, Span

_STOPS = "\n。；;：:！？!?|｜,，、.“”（）()"
_BETWEEN = re.compile(r"[,，、|｜ \t]{1,3}")


class Gambling:
    """Rows of cells about lotteries and casinos."""

    def propose(self, page: Page) -> Iterator[Edit | Finding]:
        """The cells with what sets them apart."""
        _, lure = patterns()
        for run in _runs(page.folded):
            words = run.of(page.folded)
            if len(_BETWEEN.split(words)) >= 2 and len(lure.findall(words)) >= 2:
                yield Edit(run, "", "spam.gambling", "cells of lottery or casino advertising in a row")


@cache
def patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a cell holds, and what lures in it."""
    rows = read_table("spam/data/gambling.tsv", 2)
    kinds = {kind: "|".join(pattern for k, pattern in rows if k == kind) for kind in ("cell", "lure")}
    return re.compile(kinds["cell"]), re.compile(kinds["lure"])


@lru_cache(maxsize=2)
def words_in(folded: str) -> tuple[Span, ...]:
    """Where a folded text has words of cells; a page is asked again after cleaning, mostly unchanged."""
    return tuple(Span(*match.span()) for match in patterns()[0].finditer(folded))


def _runs(text: str) -> Iterator[Span]:
    """Maximal rows of neighbouring cells that each hold such a word."""
    run: Span | None = None
    for word in words_in(text):
        found = _cell(text, word.start, word.end)
        if run and found.start < run.end:
            continue
        if run and _BETWEEN.fullmatch(text, run.end, found.start):
            run = Span(run.start, found.end)
            continue
        if run:
            yield run
        run = found
    if run:
        yield run


def _cell(text: str, start: int, end: int) -> Span:
    while start > 0 and not _stops(text, start - 1):
        start -= 1
    while end < len(text) and not _stops(text, end):
        end += 1
    return Span(start + len(text[start:end]) - len(text[start:end].lstrip()), end)


def _stops(text: str, at: int) -> bool:
    """Whether a cell ends at a character: a separator, or a space before a Chinese word."""
    return text[at] in _STOPS or (text[at] in " \t" and text[at + 1 : at + 2] > "\u2e7f")


plugin = Gambling()

"""Pieces of a quote for the screen, which never show half a mark of a cut."""

from __future__ import annotations

import re

from tiaowen.corpus.instrument import CUT_MARK
from tiaowen.text.spans import Span

_MARK = re.compile(re.escape(CUT_MARK))


def piece(quote: str, start: int, end: int) -> Span:
    """The span from `start` to `end` without halves of marks at its ends."""
    start, end = max(0, start), min(len(quote), end)
    for mark in _MARK.finditer(quote):
        if mark.start() < start < mark.end():
            start = mark.end()
        if mark.start() < end < mark.end():
            end = mark.start()
    return Span(start, max(start, end))

"""Provisions that a decision to amend quotes: “第三条 …” after 第三条修改为： is text and no article of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tiaowen.ingest.lines import TextLine

_ANNOUNCES = re.compile(r"(?:修改为|改为|增加|作为第|表述为|修正为|条文为|内容为)[^。；]{0,40}[:：]$")
_CLOSED = re.compile(r"[”」』][。；;]?(?:[）)]|$)$")
MAX_QUOTED = 400


def quoted_lines(lines: Sequence[TextLine]) -> frozenset[int]:
    """The indexes of the lines in such a quotation: from “ after an announcement to the line that ends with ”.

    Each paragraph of a quotation opens with “ and the last alone closes it; one that is never closed is none.
    """
    found: set[int] = set()
    at = 1
    while at < len(lines):
        if lines[at].text[0] in "“「『" and _ANNOUNCES.search(lines[at - 1].text):
            end = _end(lines, at)
            found.update(range(at, end))
            at = max(end, at + 1)
        else:
            at += 1
    return frozenset(found)


def _end(lines: Sequence[TextLine], start: int) -> int:
    """Where the quotation that opens at `start` ends; `start` itself where it is not closed."""
    for index in range(start, min(len(lines), start + MAX_QUOTED)):
        text = lines[index].text
        inner = text.removeprefix("“").count("“")  # 修改为“公安部门” is closed within the line
        if _CLOSED.search(text) and (text.count("”") > inner or "”" not in text):
            return index + 1
    return start

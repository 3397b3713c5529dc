"""Tables of contents: headings that stand on the page once more, before the text they head."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tiaowen.ingest.lines import TextLine
from tiaowen.ingest.roles import role_of

_UNMEANT = re.compile(r"[\W_]+")
_PAGE = re.compile(r"[.…·\s]*\d*$")
MIN_ENTRY = 4
MAX_ENTRY = 120
MAX_JOINED = 3000


def drop_contents(lines: Sequence[TextLine]) -> tuple[list[TextLine], list[TextLine]]:
    """The lines without the contents, and the contents.

    Contents are two or more lines in a row each of which stands again, as a line of its own, further down; with the
    word 目录 above them one is enough. One line that is several later headings joined is contents too.
    """
    keys = [_key(line.text) for line in lines]
    last = {key: index for index, key in enumerate(keys)}
    kept: list[TextLine] = []
    dropped: list[TextLine] = []
    at = 0
    while at < len(lines):
        end = _end_of_contents(lines, keys, last, at)
        (dropped if end > at else kept).extend(lines[at : max(end, at + 1)])
        at = max(end, at + 1)
    return kept, dropped


def _end_of_contents(lines: Sequence[TextLine], keys: Sequence[str], last: dict[str, int], at: int) -> int:
    end = at + (role_of(lines[at].text) == "contents")
    titled = end > at
    while end < len(lines) and _again(keys, last, end):
        end += 1
    entries = end - at - titled
    if (titled and entries) or entries > 1:
        return end
    return at + 1 if _is_joined(keys, at) else at


def _again(keys: Sequence[str], last: dict[str, int], index: int) -> bool:
    return MIN_ENTRY <= len(keys[index]) <= MAX_ENTRY and last[keys[index]] > index


def _is_joined(keys: Sequence[str], at: int) -> bool:
    """Whether the line is made of at least two of the lines below it, one after the other."""
    rest = keys[at]
    if not 2 * MIN_ENTRY <= len(rest) <= MAX_JOINED:
        return False
    parts = 0
    for key in keys[at + 1 :]:
        if len(key) >= MIN_ENTRY and rest.startswith(key):
            rest, parts = rest[len(key) :], parts + 1
    return parts > 1 and not rest


def _key(text: str) -> str:
    return _UNMEANT.sub("", _PAGE.sub("", text))

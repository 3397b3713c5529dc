"""Tables of contents: headings that stand on the page once more, before the text they head."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tiaowen.ingest.lines import TextLine
from tiaowen.ingest.roles import role_of
from tiaowen.ingest.tree import SPEAKS

_UNMEANT = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"[一二三四五六七八九十\d]+[、.．]|[（(][一二三四五六七八九十\d]+[）)]|第")
_PAGE = re.compile(r"[.…·\s]*\d*$")
MIN_ENTRY = 4
MIN_TITLED = 2
"""The least that an entry under the word 目录 has: 附则."""

MAX_ENTRY = 120
MAX_JOINED = 3000
MAX_HEAD = 80


def drop_contents(lines: Sequence[TextLine]) -> tuple[list[TextLine], list[TextLine]]:
    """The lines without the contents, and the contents.

    Contents are lines in a row, no sentences, each of which stands again, as a line of its own, further down: one or
    more under the word 目录, or two or more before the first sentence of the page (after it, lines that stand twice
    are items that two lists share). There, one line that is several later headings joined is contents too.
    """
    keys = [_key(line.text) for line in lines]
    last = {key: index for index, key in enumerate(keys)}
    begun = next((index for index, line in enumerate(lines) if SPEAKS.search(line.text)), len(lines))
    kept: list[TextLine] = []
    dropped: list[TextLine] = []
    at = 0
    while at < len(lines):
        titled = role_of(lines[at].text) == "contents"
        end = at + titled
        least = MIN_TITLED if titled else MIN_ENTRY
        while end < len(lines) and not SPEAKS.search(lines[end].text) and _again(keys, last, end, least):
            end += 1
        found = end - at > 1 and (titled or at < begun)
        if not found and at < min(begun, MAX_HEAD) and _is_joined(lines, keys, at):
            end, found = at + 1, True
        end = end if found else at + 1
        (dropped if found else kept).extend(lines[at:end])
        at = end
    return kept, dropped


def _again(keys: Sequence[str], last: dict[str, int], index: int, least: int) -> bool:
    return least <= len(keys[index]) <= MAX_ENTRY and last[keys[index]] > index


def _is_joined(lines: Sequence[TextLine], keys: Sequence[str], at: int) -> bool:
    """Whether the line is made of at least two numbered lines below it, one after the other."""
    rest = keys[at].removeprefix("目录")
    if not 2 * MIN_ENTRY <= len(rest) <= MAX_JOINED:
        return False
    parts = 0
    for line, key in zip(lines[at + 1 :], keys[at + 1 :], strict=True):
        if len(key) >= MIN_ENTRY and rest.startswith(key) and _NUMBERED.match(line.text):
            rest, parts = rest[len(key) :], parts + 1
    return parts > 1 and not rest


def _key(text: str) -> str:
    return _UNMEANT.sub("", _PAGE.sub("", text))

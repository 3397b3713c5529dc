"""Plans and technical standards numbered in decimals: 1 总则, 1.1 编制目的, 5.1.2 (GB/T 1.1—2020, 7.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tiaowen.ingest.numbering import LIST_RANK, Marker, Scheme
from tiaowen.ingest.numbering._signs import list_sign_zh

_SINGLE = re.compile(r"([0-9]{1,2})[\s\u3000]*(?=[\u4e00-\u9fff“《])(?!年|月|日|个|项|名|家|人|万|亿|元|号)")
_SENTENCE = re.compile(r"[，。；：,;]")
MAX_HEADING = 30
LEAST = 2


def _weigh(lines: Sequence[str]) -> tuple[int, str]:
    """Two for each decimal that the one before leads to (1.1 → 1.2, 1.1.1 or 2.1), one for each other sign."""
    marks = [marker for line in lines if (marker := _mark(line))]
    decimals = [tuple(map(int, m.number.split("-"))) for m in marks if "-" in m.number]
    led = sum(_leads(one, other) for one, other in pairwise(decimals))
    if led < LEAST or not any(number[-1] == 1 for number in decimals):
        return 0, ""
    return 2 * led + len(marks), f"{len(decimals)} lines open with 1.1 or the like"


def _leads(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    if len(other) > len(one):
        return other[: len(one)] == one and set(other[len(one) :]) == {1}
    at = len(other) - 1
    beside = one[:at] == other[:at] and other[at] == one[at] + 1
    return beside or (at > 0 and other[at] == 1 and other[0] == one[0] + 1)


def _mark(line: str) -> Marker | None:
    marker = list_sign_zh(line)
    if marker and "-" in marker.number:
        return replace(marker, sure=True)  # where others lead to it, a decimal is a number and no quantity
    return marker or _single(line)


def _single(line: str) -> Marker | None:
    """1 总则: a number of its own before a heading."""
    match = _SINGLE.match(line)
    if not match or len(line) > MAX_HEADING or _SENTENCE.search(line):
        return None
    end, value = match.end(1), int(match[1])
    return Marker("*", LIST_RANK, None, match[1], value, end, match.end(), sure=False, titled=True)


plugin = Scheme(_mark, _weigh, item_headings=True)

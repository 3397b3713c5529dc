"""Statutes: 编 分编 章 节 条, with lists of 项 and 目 inside the articles (立法法 第六十五条)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tiaowen.corpus.instrument import ProvisionKind
from tiaowen.ingest.numbering import Marker, Scheme
from tiaowen.ingest.numbering._signs import list_sign_zh
from tiaowen.ingest.numbering._units import unit_label


def _weigh(lines: Sequence[str]) -> tuple[int, str]:
    marks = [m for line in lines if (m := _mark(line))]
    found = [m for m in marks if m.kind is ProvisionKind.ARTICLE]
    articles = sum(m.sure for m in found) or _in_turn([m.ordinal for m in found])
    if not articles:
        return 0, ""
    return 10 * articles + len(marks), f"{articles} lines open with 第…条"


def _in_turn(numbers: Sequence[int]) -> int:
    """How many numbers follow the one before, from 1 on: evidence where labels run into the words (第一条为了)."""
    return sum(b == a + 1 for a, b in pairwise(numbers)) if numbers[:1] == [1] else 0


def _mark(line: str) -> Marker | None:
    return unit_label(line) or list_sign_zh(line)


plugin = Scheme(_mark, _weigh, item_headings=False)

"""Statutes: 编 分编 章 节 条, with lists of 项 and 目 inside the articles (立法法 第六十五条)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tiaowen.corpus.instrument import ProvisionKind
from tiaowen.ingest.numbering import Marker, Scheme
from tiaowen.ingest.numbering._signs import NUMERAL, list_sign_zh
from tiaowen.text.numerals import read_numeral

_UNITS = {
    "编": (ProvisionKind.PART, 10),
    "分编": (ProvisionKind.SUBPART, 20),
    "章": (ProvisionKind.CHAPTER, 30),
    "节": (ProvisionKind.SECTION, 40),
    "条": (ProvisionKind.ARTICLE, 50),
}
_DIGITS = r"[0-9０-９]{1,4}"
_LABEL = re.compile(
    rf"第\s?({NUMERAL}|{_DIGITS})((?:[-－—]\s?{_DIGITS})?)\s?(分编|编|章|节|条)((?:之{NUMERAL})*)(\s*[:：]?\s*)"
)
_REFERENCE = re.compile(r"第|所|的|之|规定|款|项|、|，|。|；|和|与|及|或|至|到|路|线|相应|改为|修改|删去|增加")
_SENTENCE_END = re.compile(r"[。；：，,;]$")
MAX_HEADING = 80


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
    return _label(line) or list_sign_zh(line)


def _label(line: str) -> Marker | None:
    match = _LABEL.match(line) if line.startswith("第") else None
    if not match or (value := read_numeral(match[1])) is None:
        return None
    kind, rank = _UNITS[match[3]]
    rest = line[match.end() :]
    if kind is not ProvisionKind.ARTICLE and (len(rest) > MAX_HEADING or _SENTENCE_END.search(rest)):
        return None
    gap = bool(match[5]) or not rest
    if not gap and _REFERENCE.match(rest):
        return None
    number = "-".join(map(str, (value, *_branches(match[2], match[4]))))
    end = len(match[0].rstrip())
    titled = kind is not ProvisionKind.ARTICLE
    return Marker(match[3], rank, kind, number, value, end, match.end(), sure=gap, titled=titled)


def _branches(hyphen: str, word: str) -> list[int]:
    """The numbers after the first: [1] for 之一 or -1."""
    names = [hyphen.lstrip("-－— ")] if hyphen else []
    names += [name for name in word.split("之") if name]
    return [value for name in names if (value := read_numeral(name)) is not None]


plugin = Scheme(_mark, _weigh, item_headings=False)

"""Labels of units that several schemes share: 编 分编 篇 章 节 条."""

from __future__ import annotations

import re
from functools import lru_cache

from tiaowen.corpus.instrument import ProvisionKind
from tiaowen.ingest.numbering import Marker
from tiaowen.ingest.numbering._signs import NUMERAL, REMEMBERED
from tiaowen.text.numerals import read_numeral

_UNITS = {
    "编": (ProvisionKind.PART, 10),
    "篇": (ProvisionKind.PART, 10),
    "分编": (ProvisionKind.SUBPART, 20),
    "章": (ProvisionKind.CHAPTER, 30),
    "节": (ProvisionKind.SECTION, 40),
    "条": (ProvisionKind.ARTICLE, 50),
}
_DIGITS = r"[0-9０-９]{1,4}"
_LABEL = re.compile(
    rf"第\s?({NUMERAL}|{_DIGITS})((?:[-－—]\s?{_DIGITS})?)\s?(分编|编|篇|章|节|条)((?:之{NUMERAL})*)(\s*[:：]?\s*)"
)
_REFERENCE = re.compile(r"第|所|的|之|规定|款|项|、|，|。|；|和|与|及|或|至|到|路|线|相应|改为|修改|删去|增加")
_SENTENCE_END = re.compile(r"[。；：，,;]$")
MAX_HEADING = 80


@lru_cache(maxsize=REMEMBERED)
def unit_label(line: str) -> Marker | None:
    """The label of a unit at the start of `line`, or None where there is none or it is a reference (第三条所称…)."""
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

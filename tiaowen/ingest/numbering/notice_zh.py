"""Notices, opinions, plans: 一、 （一） 1. （1） ① (GB/T 9704—2012, 7.3.3), under 第一部分, 第一章, 第一节."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tiaowen.corpus.instrument import ProvisionKind
from tiaowen.ingest.numbering import Marker, Scheme
from tiaowen.ingest.numbering._signs import NUMERAL, list_sign_zh
from tiaowen.ingest.numbering._units import unit_label
from tiaowen.text.numerals import read_numeral

_DIVISION = re.compile(rf"第({NUMERAL})部分[:：、]?\s*")


def _weigh(lines: Sequence[str]) -> tuple[int, str]:
    found = sum(_mark(line) is not None for line in lines)
    return found, f"{found} lines open with 一、（一）1. or the like"


def _mark(line: str) -> Marker | None:
    match = _DIVISION.match(line)
    if match and (value := read_numeral(match[1])) and len(line) <= 60:
        end = len(match[0].rstrip())
        return Marker("部分", 90, ProvisionKind.LEVEL, str(value), value, end, match.end(), titled=True)
    unit = unit_label(line)
    if unit and unit.kind is not ProvisionKind.ARTICLE:
        return unit
    return list_sign_zh(line)


plugin = Scheme(_mark, _weigh, item_headings=True)

"""List signs that several schemes share: 一、（一）1. （1） ① and their English kin."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from tiaowen.corpus.instrument import ProvisionKind
from tiaowen.ingest.numbering import LIST_RANK, Marker
from tiaowen.text.numerals import chinese_numeral, read_numeral

NUMERAL = r"[零〇○一二三四五六七八九十百千]{1,12}"
MAX_ORDINAL = 999
REMEMBERED = 8192
"""Lines whose sign is remembered: each is asked for by every scheme, and again by the builder."""


_ZH = (
    ("一、", re.compile(rf"({NUMERAL})(?:\s?[、．.](?![、．.])\s*|\u3000\s*|[ \xa0]{{2,}})")),
    ("（一）", re.compile(rf"[（(]\s*({NUMERAL})\s*[）)]\s*[、，.．]?\s*")),
    ("1.", re.compile(r"([0-9０-９]{1,3})\s?(?:[、．]|\.(?:(?![0-9０-９])|(?=(?:19|20)[0-9]{2}年)))\s*")),
    ("（1）", re.compile(r"[（(]\s*([0-9０-９]{1,3})\s*[）)]\s*[、.．]?\s*")),
    ("1）", re.compile(r"([0-9０-９]{1,3})\s?[）)]\s*")),
    ("①", re.compile(r"([①-⑳])\s*")),
    ("⑴", re.compile(r"([⑴-⒇])\s*")),
    ("⒈", re.compile(r"([⒈-⒛])\s*")),
)
_EN = (
    ("(I)", re.compile(r"[（(]\s*([IVXL]{1,6})\s*[）)]\s*")),
    ("(1)", re.compile(r"[（(]\s*([0-9]{1,3})\s*[）)]\s*")),
    ("(a)", re.compile(r"[（(]\s*([a-z])\s*[）)]\s*")),
    ("(i)", re.compile(r"[（(]\s*([ivxl]{2,6})\s*[）)]\s*")),
    ("1.", re.compile(r"([0-9]{1,3})(?:\.(?![0-9])|、)\s*")),
    ("1)", re.compile(r"([0-9]{1,3})\)\s*")),
    ("I.", re.compile(r"([IVXL]{1,6})(?:\.|、)\s+")),
    ("A.", re.compile(r"([A-Z])\.\s+(?=[A-Z])")),
)
_REFERENCE = re.compile(r"至[（(第]|[、和及或][（(第]|[项款目](?=[、，。；的规所中至和及或]|$)")
"""What follows a sign that is no marker but a reference: （一）至（三）项, （四）、（五）项."""
_CIRCLES = {**{chr(0x2460 + i): i + 1 for i in range(20)}, **{chr(0x2474 + i): i + 1 for i in range(20)}}
_CIRCLES |= {chr(0x2488 + i): i + 1 for i in range(20)}
_BEGIN_ZH = frozenset("零〇○一二三四五六七八九十百千0123456789０１２３４５６７８９（(" + "".join(_CIRCLES))
_BEGIN_EN = frozenset("0123456789（(ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_DECIMAL = re.compile(r"([0-9]{1,2}(?:[.．][0-9]{1,2}){1,4})(?:[、.．]\s*|[\s\u3000]+|(?=[\u4e00-\u9fff（“《]))")
_QUANTITY = re.compile(
    "(?:万|亿|千|百|个|元|倍|岁|米|厘米|毫米|公里|平方|吨|克|千克|年|月|日|天|小时|分|秒|度|级|版|亩|公顷)"
)
"""What a decimal fraction counts: 3.5 厘米, 1.2亿元."""

_ENUMERATION = re.compile(r"([一二三四五六七八九十]{1,3})(是|要)(?![否不])")


@lru_cache(maxsize=REMEMBERED)
def list_sign_zh(line: str) -> Marker | None:
    """The Chinese list sign at the start of `line`, or None."""
    if line[:1] not in _BEGIN_ZH:
        return None
    return _first(_ZH, line) or _decimal(line) or _enumeration(line)


def _decimal(line: str) -> Marker | None:
    """5.1.2 of technical standards (GB/T 1.1—2020, 7.3): lists of one prefix count together."""
    match = _DECIMAL.match(line)
    if not match or _QUANTITY.match(line, match.end()):
        return None
    *prefix, last = re.split("[.．]", match[1])
    series, rank = f"{'.'.join(prefix)}.*", LIST_RANK + len(_ZH) + len(prefix)
    end = match.start() + len(match[0].rstrip())
    return Marker(series, rank, None, "-".join((*prefix, last)), int(last), end, match.end(), sure=False)


def _enumeration(line: str) -> Marker | None:
    """一是 at the start of a line whose 二是 is on another (one that holds both is taken apart later)."""
    match = _ENUMERATION.match(line)
    if not match or not (value := read_numeral(match[1])) or f"{chinese_numeral(value + 1)}{match[2]}" in line:
        return None
    end, kind = match.end(), ProvisionKind.ENUMERATION
    return Marker(match[2], LIST_RANK + len(_ZH), kind, str(value), value, end, end, sure=False)


@lru_cache(maxsize=REMEMBERED)
def list_sign_en(line: str) -> Marker | None:
    """The English list sign at the start of `line`, or None."""
    return _first(_EN, line) if line[:1] in _BEGIN_EN else None


def _first(signs: tuple[tuple[str, re.Pattern[str]], ...], line: str) -> Marker | None:
    for depth, (series, pattern) in enumerate(signs):
        match = pattern.match(line)
        if match and not _REFERENCE.match(line, match.end()) and (value := _value(series, match[1])):
            end = match.start() + len(match[0].rstrip())
            sure = end > match.end(1)
            marker = Marker(series, LIST_RANK + depth, None, str(value), value, end, match.end(), sure)
            return replace(marker, other=_roman(marker, match[1])) if series == "(a)" else marker
    return None


def _roman(marker: Marker, letter: str) -> Marker | None:
    """The marker read as a Roman number, if its letter can be one: (i), (v), (x)."""
    value = read_numeral(letter.upper()) if letter in "ivx" else None
    if value is None:
        return None
    return replace(marker, series="(i)", rank=marker.rank + 1, number=str(value), ordinal=value)


def _value(series: str, sign: str) -> int | None:
    if sign in _CIRCLES:
        return _CIRCLES[sign]
    if series in ("(a)", "A."):
        return ord(sign.lower()) - ord("a") + 1
    value = read_numeral(sign)
    return value if value is not None and 0 < value <= MAX_ORDINAL else None

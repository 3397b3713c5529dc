"""Signs of the query language: full-width ones made half-width, brackets of the text kept from luqum.

Every character becomes one character, so positions stay. 第（一）项 and 〔2022〕 are text; ( after a space, a
field or an operator groups.
"""

from __future__ import annotations

import re

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code != 0xFF1F} | {0x3000: 0x20}
"""All signs but ？, which ends a question."""
_OPENS = {'"': '"', "＂": "＂", "“": "”", "「": "」", "『": "』", "„": "“"}
_GROUPS = re.compile(r"(?:^|[\s(:+\-!]|\b(?:AND|OR|NOT)|\bsame:(?:sentence|para|clause))$")
_STARTS = re.compile(r"(?:^|[\s(:])$")
"""Where a word begins: there ! is NOT, which luqum does not know, and is read as the - it knows."""
_SAME = re.compile(r"\bsame:(sentence|para|clause)\(")

# Stand-ins from the private use area for signs luqum would read, put back by translate(HIDDEN).
_STAND_INS = {sign: chr(0xF8D0 + i) for i, sign in enumerate('()[]{}"~^:<>/+-\\')}
HIDDEN = {ord(stand_in): sign for sign, stand_in in _STAND_INS.items()}


def half_width(query: str) -> str:
    """`query` as luqum shall read it, of the same length."""
    return _same_units("".join(_read(query)))


def _read(query: str) -> list[str]:
    out: list[str] = []
    closing = ""
    literal: list[bool] = []
    escaped = False
    for sign in query:
        half = sign.translate(_FULL_WIDTH)
        if escaped:
            out.append(sign)
            escaped = False
        elif closing:
            escaped = sign == "\\"
            out.append('"' if sign == closing else _STAND_INS[sign] if sign in '"' else sign)
            closing = "" if sign == closing else closing
        elif sign in _OPENS:
            closing = _OPENS[sign]
            out.append('"')
        elif half == "\\":
            escaped = True
            out.append(half)
        elif half == "(":
            literal.append(not _GROUPS.search("".join(out[-14:])))
            out.append(_STAND_INS[half] if literal[-1] else half)
        elif half == ")":
            out.append(_STAND_INS[half] if literal and literal.pop() else half)
        elif half == "!" and _STARTS.search("".join(out[-1:])):
            out.append("-")
        else:
            out.append(half)
    return out


def _same_units(signs: str) -> str:
    """`same:sentence(` as the field `samesentence:(`, which luqum can read, in as many characters."""
    return _SAME.sub(lambda m: f"same{m[1]}:(", signs)

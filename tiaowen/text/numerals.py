"""Numerals: 十二 ↔ 12 ↔ XII."""

from __future__ import annotations

_D = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_U = {"十": 10, "百": 100, "千": 1000}


def read_numeral(text: str) -> int | None:
    """The value of a Chinese, Arabic or Roman numeral, or None."""
    text = text.strip()
    if text.isdecimal():
        return int(text) if len(text) < 10 else None
    if text and all(c in "IVXLCDM" for c in text.upper()):
        v = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
        n = [v[c] for c in text.upper()]
        s = sum(-a if a < b else a for a, b in zip(n, [*n[1:], 0], strict=True))
        return s if roman_numeral(s) == text.upper() else None
    if not text or any(c not in _D and c not in _U for c in text):
        return None
    if not any(c in _U for c in text):
        return None if len(text) > 9 else int("".join(str(_D[c]) for c in text))
    total = digit = 0
    for c in text:
        if c in _U:
            total += (digit or 1) * _U[c]
            digit = 0
        else:
            digit = _D[c]
    return total + digit


def chinese_numeral(n: int) -> str:
    """`n` below 10,000 in Chinese characters."""
    if n == 0:
        return "零"
    out, zero = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        d, n = divmod(n, unit)
        if d:
            if zero and out:
                out += "零"
            zero = False
            out += "零一二三四五六七八九"[d] + sign
        else:
            zero = True
    return out[1:] if out.startswith("一十") else out


def roman_numeral(n: int) -> str:
    """`n` in Roman capitals."""
    out = ""
    for v, s in (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while n >= v:
            out += s
            n -= v
    return out

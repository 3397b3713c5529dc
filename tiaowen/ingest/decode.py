"""Bytes to text: which charset a page is really in, whatever it declares.

In this order: a byte order mark; strict UTF-8; UTF-8 with at most 0.2 % bad bytes; then whichever of the declared
charset's superset, gb18030, big5hkscs, the Japanese and Korean ones and cp1252 reads best. GB2312 and GBK are always
read as GB18030, Big5 as Big5-HKSCS (WHATWG Encoding, §4.2: labels name supersets). A byte that cannot be read becomes
U+FFFD and a finding. A page that was misread as Western before it was stored as UTF-8 is read back, with a finding.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tiaowen.corpus.findings import Finding
from tiaowen.errors import IngestError
from tiaowen.ingest.limits import HEAD_BYTES, MAX_PAGE_BYTES
from tiaowen.text.spans import Span


@dataclass(frozen=True)
class Decoded:
    """A page's text with the charset it was read in (a Python codec name) and the doubts about it."""

    text: str
    charset: str
    findings: tuple[Finding, ...] = ()


# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "hz": "hz",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "cp950": "big5hkscs",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}

_UNKNOWN_TO_PYTHON = {"x-gbk": "gbk", "gb_2312-80": "gb2312", "x-x-big5": "big5", "cn-big5": "big5", "utf8mb4": "utf-8"}

_DECLARED = re.compile(
    rb"""charset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_:.\-]{2,30})|encoding=["']([A-Za-z0-9_\-]{2,30})"""
)

_JAPANESE = ("euc_jp", "cp932")
_ALPHABETS = {
    "cp949": "\uac00\ud7a3",
    "cp1251": "\u0401\u0491",
    "koi8-r": "\u0401\u0491",
    "cp874": "\u0e01\u0e5b",
}
"""The first and last letter of a charset's own alphabet; a text in it is mostly of those."""

_FREQUENT = frozenset(
    "的一是在不有和人这中大为上国以要时用到地于出分对成会可主年同工也能下过面而方后多定行法所民及或者条第关市省政府部门规应当机"
    "這為國時於對會過後條關門規應當機與"
)
_PROSE = 40
_LEAST_FREQUENT = 0.04
_LEAST_KANA = 0.25
_NONSENSE = 0.7
_ZERO_SHARE = 0.1
_SURE = 0.9
_WESTERN_SHARE = 0.01
_NOT_WESTERN = re.compile("[\u0180-\u02c5\u02dd-\u2012\u2123-\U0010ffff]")
_BEYOND = re.compile("[^\x00-\x7f]+")
_HAN = re.compile("[\u4e00-\u9fff]")
_WESTERN = ("cp1252", "iso8859-15", "iso8859-1")
_READ_BACK = ("utf-8", "gb18030", "big5hkscs")

_BAD = re.compile("[\ud800-\udfff]")
_BAD_SHARE = 0.002
_SAMPLE = 40_000


def decode(body: bytes, hint: str | None = None) -> Decoded:
    """The text of `body`; `hint` is the charset the transport declared.

    Raises IngestError for an empty body, one over the limit, and one that is no text in any charset known here.
    """
    check_size(body)
    marked = _by_mark(body)
    if marked:
        return _repaired(*marked)
    try:
        text = body.decode("utf-8")
        return _read_back(text, len(body)) or Decoded(text, "utf-8")
    except UnicodeDecodeError:
        pass
    lenient = body.decode("utf-8", "surrogateescape")
    bad = len(_BAD.findall(lenient))
    high = len(lenient) - len(lenient.encode("ascii", "ignore"))
    if bad <= _BAD_SHARE * len(body) and bad * 4 <= high:
        return _repaired(lenient, "utf-8")
    charset, text = max(_readings(body, hint, lenient), key=lambda reading: _plausibility(*reading))
    return _repaired(text, charset)


def _read_back(text: str, size: int) -> Decoded | None:
    """The text of a page that was read as Western and stored so, if undoing that gives common Chinese throughout."""
    if size - len(text) < max(_PROSE, _WESTERN_SHARE * size) or _NOT_WESTERN.search(text):
        return None
    for western in _WESTERN:
        for charset in _READ_BACK:
            try:
                found = text.encode(western).decode(charset)
            except UnicodeError:
                continue
            if _plausibility(charset, found) >= _SURE and _HAN.search(found):
                message = f"the page was read as {western} before it was stored; read back as {charset}"
                return Decoded(found, charset, (Finding("read-back", "warning", "decode", message),))
    return None


def check_size(body: bytes) -> None:
    """Raises IngestError for nothing at all and for more than MAX_PAGE_BYTES."""
    if not body:
        raise IngestError("the file is empty (0 bytes): fetch it again")
    if len(body) > MAX_PAGE_BYTES:
        raise IngestError(
            f"the file has {len(body):,} bytes, over the limit of {MAX_PAGE_BYTES:,} for one page: split it"
        )


def _by_mark(body: bytes) -> tuple[str, str] | None:
    """The lenient reading that a byte order mark, or the zero bytes of UTF-16, call for."""
    for mark, charset in _MARKS:
        if body.startswith(mark):
            return _lenient(body[len(mark) :], charset), charset
    even, odd = body[:HEAD_BYTES:2].count(0), body[1:HEAD_BYTES:2].count(0)
    if max(even, odd) >= _ZERO_SHARE * min(len(body), HEAD_BYTES) and max(even, odd) > 8 * min(even, odd):
        charset = "utf-16-le" if odd > even else "utf-16-be"  # ASCII in UTF-16 has a zero byte in each character
        return _lenient(body, charset), charset
    return None


def _lenient(body: bytes, charset: str) -> str:
    """The text of `body` with a lone surrogate for every byte or unit that cannot be read."""
    if charset.startswith("utf-32"):
        return body.decode(charset, "replace")
    if charset.startswith("utf-16"):
        text = body[: len(body) // 2 * 2].decode(charset, "surrogatepass")
        return text + "\udc80" * (len(body) % 2)
    return body.decode(charset, "surrogateescape")


def _readings(body: bytes, hint: str | None, utf8: str) -> Iterator[tuple[str, str]]:
    """Every charset the body may be in with the text it gives, likeliest first."""
    seen = {"utf-8"}
    wide = ("utf-16-le", "utf-16-be") if 0 in body else ()
    for charset in (*_declared(body, hint), "gb18030", "big5hkscs", *wide, "cp949", "euc_jp", "cp932", "cp1252"):
        if charset not in seen and not charset.startswith("utf-8"):
            seen.add(charset)
            yield charset, _lenient(body, charset)
    yield "utf-8", utf8


def _declared(body: bytes, hint: str | None) -> Iterator[str]:
    """Charsets named by the transport and in the page's head, as supersets; unknown names are passed over."""
    names = [hint] if hint else []
    for match in _DECLARED.finditer(body, 0, HEAD_BYTES):
        names.append((match[1] or match[2]).decode("ascii"))
    for name in names:
        try:
            codec = codecs.lookup(_UNKNOWN_TO_PYTHON.get(name.lower(), name))
        except (LookupError, ValueError):
            continue
        if codec._is_text_encoding:
            yield _SUPERSETS.get(codec.name, codec.name)


def _plausibility(charset: str, text: str) -> float:
    """How far the characters beyond ASCII look like somebody's writing, from 0 to 1.

    In a Chinese charset they must be common characters; misread bytes give rare ones. In a Western one they must
    stand alone or in pairs among ASCII letters; misread Chinese gives long runs.
    """
    beyond = "".join(_BEYOND.findall(text, 0, 20 * _SAMPLE))[:_SAMPLE]
    if not beyond:
        return 1.0
    if charset == "cp1252":
        lonely = sum(len(run) for run in re.findall(r"[^\x00-\x7f]+", text[: 20 * _SAMPLE]) if len(run) <= 2)
        return 0.8 * min(1.0, lonely / len(beyond))
    common = _common_characters()
    share = sum(c in common for c in beyond) / len(beyond)
    kana = sum("\u3041" <= c <= "\u30fe" for c in beyond) / len(beyond)
    if charset in _JAPANESE:
        return 0.9 * share if kana >= _LEAST_KANA else 0.0
    if charset in _ALPHABETS:
        return 0.9 * sum(_ALPHABETS[charset][0] <= c <= _ALPHABETS[charset][1] for c in beyond) / len(beyond)
    rarely = len(beyond) >= _PROSE and sum(c in _FREQUENT for c in beyond) < _LEAST_FREQUENT * len(beyond)
    if rarely or kana >= _LEAST_KANA:
        return _NONSENSE * share  # Korean and Japanese bytes read as Chinese are common characters in no order
    return share


@cache
def _common_characters() -> frozenset[str]:
    """The first levels of GB 2312 (3,755 characters) and Big5 (5,401), with punctuation and full-width forms."""
    gb = "".join(bytes((a, b)).decode("gb2312", "ignore") for a in range(0xB0, 0xD8) for b in range(0xA1, 0xFF))
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    big5 = "".join(bytes((a, b)).decode("big5", "ignore") for a in range(0xA4, 0xC7) for b in trails)
    signs = map(chr, (*range(0x2010, 0x2040), *range(0x3000, 0x3100), *range(0xFF01, 0xFF5F), 0xA0, 0xB7))
    return frozenset((*gb, *big5, *signs))


def _repaired(text: str, charset: str) -> Decoded:
    """The reading with U+FFFD for what could not be read, and the finding that says where."""
    places = tuple(Span(m.start(), m.end()) for m in _BAD.finditer(text))
    if not places:
        return Decoded(text, charset)
    noun = "byte" if len(places) == 1 else "bytes"
    message = f"{len(places)} {noun} cannot be read as {charset} and stand as U+FFFD"
    finding = Finding("undecodable-bytes", "warning", "decode", message, places)
    return Decoded(_BAD.sub("\ufffd", text), charset, (finding,))

"""发文字号: agency code, year, serial (党政机关公文处理工作条例 第九条), and the numbers of orders and announcements.

Brackets 〔〕 are canonical; () [] ［］ （） 【】 are met. A court case puts its year first, a standard is GB/T, a
website has its ICP number, a gazette its 期: none of these is a document number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from tiaowen.text.numerals import read_numeral
from tiaowen.text.spans import Span

_NUMERAL = r"[0-9０-９]{1,5}|[零〇○一二三四五六七八九十百千]{1,9}"
_YEAR = r"(?:19|20)[0-9]{2}|[１２][０-９]{3}"
_CODED = re.compile(
    rf"(?P<code>[\u4e00-\u9fff]{{1,24}}?)[ \u3000]{{0,2}}"
    rf"[〔\[［(（【][ \u3000]?(?P<year>{_YEAR})(?:年)?[ \u3000]?[〕\]］)）】]"
    rf"[ \u3000]{{0,2}}第?[ \u3000]?(?P<serial>{_NUMERAL})[ \u3000]?号"
)
_ORDER = re.compile(
    rf"(?P<code>[\u4e00-\u9fff]{{0,24}}?(?:令|公告|命令))[ \u3000]{{0,2}}[（(]?(?:(?P<year>{_YEAR})年[ \u3000]?)?"
    rf"第[ \u3000]?(?P<serial>{_NUMERAL})[ \u3000]?号"
)
_ORDER_AFTER = re.compile(
    rf"(?P<code>[\u4e00-\u9fff]{{0,16}}?)第[ \u3000]?(?P<serial>{_NUMERAL})[ \u3000]?号(?P<kind>令|公告)"
)
_ENGLISH = re.compile(
    r"(?P<code>[A-Z][A-Za-z’'&-]*(?: (?:[A-Z][A-Za-z’'&-]*|of|and|the|for)){0,14}) ?\[(?P<year>(?:19|20)\d{2})\] ?"
    r"(?:No\.? ?)?(?P<serial>\d{1,5})(?!\d)"
)
_LEAD = re.compile(r"^.*(?:依照|根据|按照|依据|以及|及|和(?!国)|的|见|与|发布|印发|转发|日)(?=[\u4e00-\u9fff]{2})")
_WORDS_OF_NO_CODE = ("案", "民终", "民初", "刑初", "刑终", "行终", "行初", "执")

Kind = Literal["coded", "order", "english"]


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A document number: `code` (工信部企业, 主席令), `year` ("" for an order without), `serial`, and where it stands.

    The code of an English shadow is only a candidate; year and serial are reliable. In running text the code may have
    swallowed the words before it: see `trimmed`.
    """

    code: str
    year: str
    serial: int
    kind: Kind
    span: Span

    @property
    def canonical(self) -> str:
        """The number as it is written by rule: 工信部企业〔2022〕119号, 主席令第80号, 公告2023年第39号."""
        if self.kind == "english":
            return f"{self.code} [{self.year}] No. {self.serial}"
        if self.kind == "order":
            return f"{self.code}{self.year}{'年' if self.year else ''}第{self.serial}号"
        return f"{self.code}〔{self.year}〕{self.serial}号"

    def trimmed(self, known: Collection[str]) -> DocumentNumber:
        """The number with its code cut to the longest of the `known` codes that it ends with, if there is one."""
        ends = [code for code in known if code and self.code.endswith(code)]
        if not ends:
            return self
        code = max(ends, key=len)
        start = self.span.start + len(self.code) - len(code)
        return DocumentNumber(code, self.year, self.serial, self.kind, Span(start, self.span.end))

    def same_as(self, other: DocumentNumber) -> bool:
        """Whether both could be the same number: in another language only year and serial are compared."""
        if (self.year, self.serial) != (other.year, other.serial):
            return False
        return self.code == other.code or "english" in (self.kind, other.kind)


def find_numbers(text: str) -> Iterator[DocumentNumber]:
    """The document numbers in running text, in order."""
    found = [number for pattern in (_CODED, _ORDER, _ORDER_AFTER, _ENGLISH) for number in _matches(pattern, text)]
    end = 0
    for number in sorted(found, key=lambda n: (n.span.start, -n.span.end)):
        if number.span.start >= end:
            yield number
            end = number.span.end


def read_number(text: str) -> DocumentNumber | None:
    """The number that the whole of `text` is, or None."""
    stripped = text.strip()
    for number in find_numbers(stripped):
        return number if number.span == Span(0, len(stripped)) else None
    return None


def canonical_number(text: str) -> str:
    """`text` as a number is written by rule; unchanged, blanks apart, where it is none."""
    number = read_number(text)
    return number.canonical if number else "".join(text.split())


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[DocumentNumber]:
    for match in pattern.finditer(text):
        number = _number(pattern, match)
        if number:
            yield number


def _number(pattern: re.Pattern[str], match: re.Match[str]) -> DocumentNumber | None:
    code, start = match["code"], match.start()
    if pattern is not _ENGLISH:
        lead = _LEAD.match(code)
        if lead:
            code, start = code[lead.end() :], start + lead.end()
    serial = read_numeral(match["serial"])
    if not serial or (pattern is _CODED and (not code or code.endswith(_WORDS_OF_NO_CODE))):
        return None
    year = unicodedata.normalize("NFKC", match.groupdict().get("year") or "")
    kind: Kind = {_CODED: "coded", _ENGLISH: "english"}.get(pattern, "order")  # type: ignore[assignment]
    code = f"{code}{match['kind']}" if pattern is _ORDER_AFTER else code
    return DocumentNumber(code, year, serial, kind, Span(start, match.end()))

"""Citations as people type them, taken apart: 样例法 第三条, 示政发〔2030〕1号 三（二）, SME Promotion Law art. 3."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tiaowen.corpus.address import Address, Step
from tiaowen.corpus.docnumber import find_numbers
from tiaowen.corpus.instrument import ProvisionKind
from tiaowen.corpus.reference import Reference, find_references
from tiaowen.errors import UsageError
from tiaowen.text.numerals import read_numeral
from tiaowen.text.spans import Span

_NUMERAL = r"[零〇○一二三四五六七八九十百]{1,5}"
_NOTICE_PATH = re.compile(
    rf"(?:^|(?<=[\s》〉，,号）)】]))(?P<one>{_NUMERAL})(?:、|部分)?"
    rf"(?P<rest>(?:\s?[（(]\s?(?:{_NUMERAL}|\d{{1,3}})\s?[）)]|\s?\d{{1,3}}\.?)*)\s*$"
)
_QUESTION = re.compile(rf"第\s?({_NUMERAL}|\d{{1,3}})\s?(?:问|個問題|个问题)$")
_ELIDED = re.compile(rf"(?<=[\u4e00-\u9fff》号）)])[ \u3000]*(\d{{1,4}}|{_NUMERAL})条")
_BARE = re.compile(r"(?<=[\u4e00-\u9fff》])[ \u3000]+(\d{1,4})((?:[（(]\d{1,2}[）)])*)$")
_UNBRACKETED = re.compile(r"(?<=[\u4e00-\u9fff])\s?((?:19|20)\d{2})\s?(?:年|[-—–])\s?第?(\d{1,5})号")
_OF_TITLE = re.compile(r"\s*,?\s*of (?:the )?(.{3,200})$", re.I)
_INNER = re.compile(rf"{_NUMERAL}|\d+")
_VERSION = re.compile(r"[（(]([^（）()]*(?:修正|修订|版|本|试行|暂行|废止|失效|草案|(?:19|20)\d{2}年)[^（）()]*)[）)]")
_YEAR_AFTER = re.compile(r"(?<=[\u4e00-\u9fff》])[ \u3000]+((?:19|20)\d{2})年?$")
_KINDS = (ProvisionKind.ARTICLE, ProvisionKind.PARAGRAPH, ProvisionKind.ITEM)
_DOWN = {
    ProvisionKind.PARAGRAPH: ProvisionKind.ITEM,
    ProvisionKind.ITEM: ProvisionKind.SUBITEM,
}


@dataclass(frozen=True, slots=True)
class Request:
    """A citation as typed: the instrument by `title` or `number`, the place in it, and what was not understood.

    `instead` is the place meant if `address` is not there: the bracket in Article 6(2) may be a paragraph or an item.
    """

    title: str
    number: str
    version: str = ""
    address: Address = ()
    last: Address | None = None
    part: str = ""
    unread: str = ""
    instead: Address = ()


def parse_request(text: str) -> Request:
    """The request that `text` is; UsageError where it names no instrument."""
    plain = _UNBRACKETED.sub(r"〔\1〕\2号", text.strip().strip("“”\"'"))
    number = next(find_numbers(plain), None)
    rest = _without(plain, number.span.start, number.span.end) if number else plain
    name, place, after = _parted(rest, named=number is not None)
    name = _YEAR_AFTER.sub(r"（\1年）", name)
    version = _VERSION.search(name)
    title = _VERSION.sub("", name).strip(" \u3000，,。.；;“”\"'").strip()
    title = title[1:-1] if title.startswith("《") and title.endswith("》") else title
    if not title and number is None:
        raise UsageError(
            f"no instrument is named in “{text}”; give its title or its number and a place in it, such as "
            "中小企业促进法 第三条 or 工信部企业〔2022〕119号 第六条（二）"
        )
    address, last, part = (place.address, place.last, place.part) if place else ((), None, "")
    shown = number.canonical if number else ""
    instead = _one_down(address) if plain.isascii() else ()
    return Request(title, shown, version[1] if version else "", address, last, part, after, instead)


def _one_down(address: Address) -> Address:
    """The address with its paragraph read as an item, its item as a sub-item."""
    return tuple(replace(step, kind=_DOWN.get(step.kind, step.kind)) for step in address)


def _without(text: str, start: int, end: int) -> str:
    """The text with a number and the brackets around it taken out."""
    before, after = text[:start], text[end:]
    if before.rstrip().endswith(("（", "(")) and after.lstrip().startswith(("）", ")")):
        before, after = before.rstrip()[:-1], after.lstrip()[1:]
    return f"{before.rstrip(' ，,')} {after.lstrip(' ，,')}"


def _parted(text: str, *, named: bool) -> tuple[str, Reference | None, str]:
    """The name, the place in it, and what follows the place; what follows is the name where nothing else is `named`."""
    outside = re.sub(r"《[^》]*》?", lambda marked: "《" * len(marked[0]), text)
    found = [r for r in find_references(outside) if r.address] or _in_short(outside)
    upward = _OF_TITLE.match(text, found[-1].span.end) if found and found[0].span.start == 0 else None
    if upward:
        return upward[1], found[0], ""
    if found:
        start, end = found[0].span.start, found[0].span.end
        name, after = text[:start].strip(), text[end:].strip(' \u3000，,。.；;”"')
        return (name, found[0], after) if name or named else (after, found[0], "")
    notice = _NOTICE_PATH.search(outside)
    if notice:
        numbers = [notice["one"], *_INNER.findall(notice["rest"])]
        steps = tuple(Step(ProvisionKind.LEVEL, str(read_numeral(n))) for n in numbers)
        return text[: notice.start()], Reference(Span(notice.start(), notice.end()), steps), ""
    return text, None, ""


def _in_short(text: str) -> list[Reference]:
    """A place as people type it who leave out what can be guessed: 样例法 3条, 样例法 3(2), 《…》解读 第三问."""
    if question := _QUESTION.search(text):
        number = str(read_numeral(question[1]))
        return [Reference(Span(question.start(), question.end()), (Step(ProvisionKind.QUESTION, number),))]
    if elided := _ELIDED.search(text):
        chain = next(find_references(f"第{text[elided.start(1) :]}"), None)
        if chain:
            return [replace(chain, span=Span(elided.start(), elided.start(1) + chain.span.end - 1))]
    if bare := _BARE.search(text):
        numbers = (bare[1], *re.findall(r"\d+", bare[2]))
        return [Reference(Span(bare.start(), bare.end()), tuple(map(Step, _KINDS, numbers)))]
    return []

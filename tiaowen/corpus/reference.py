"""References in running text: 本办法第三条第二款第（一）项, 前款, 第十、十八、二十六条, Article 3(2)(1).

The forms are those of 立法技术规范（试行） and of the citations met in practice: with and without brackets, in Chinese
and Arabic numerals, elided lists, ranges, relative ones. A number before 条 or 款 is a reference only if what follows
can follow one: 第二条路 is none. What a reference points to is an address as in `tiaowen.corpus.address`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from tiaowen.corpus.address import Address, Step
from tiaowen.corpus.instrument import ProvisionKind
from tiaowen.corpus.reference_en import find_english
from tiaowen.corpus.target import Target, target_before
from tiaowen.text.numerals import read_numeral
from tiaowen.text.spans import Span

Jurisdiction = Literal["CN", "TW"]

_NUMERAL = r"(?:[零〇○一二三四五六七八九十百千]{1,9}|[0-9０-９]{1,4})"
_ONE = rf"[（(]?\s?{_NUMERAL}\s?[）)]?(?:(?:之|-){_NUMERAL}(?![条條款項项]?[款項项]))?"
_GLUE = r"\s?(?:、|，|和|及|与|或者|或|至|到|—|–|~|～)\s?第?"
_UNIT = re.compile(
    rf"第\s?(?P<numbers>{_ONE}(?:{_GLUE}{_ONE})*)\s?(?P<unit>分编|编|章|节|条|條|款|项|項|目|部分)"
    rf"(?P<branch>(?:之{_NUMERAL}){{0,2}})"
)
_PIECE = re.compile(
    rf"(?P<glue>{_GLUE})?[（(]?\s?(?P<number>{_NUMERAL})\s?[）)]?(?:(?P<sign>之|-)(?P<branch>{_NUMERAL}))?"
)
_SHORT = re.compile(rf"\s?[（(]\s?({_NUMERAL})\s?[）)]")
_RELATIVE = re.compile(
    r"(?P<which>前|上|本|同)(?P<count>[两二三四五])?(?P<unit>条|款|项|目)"
    r"(?=[规所的第、，。；：中至和与或及以之但）)]|处|情形|行为|$)"
)
_NOT_BEFORE = "目以之此当事生提日年月空史根基成样文资"
_PART = re.compile(rf"但书|前段|中段|后段|第{_NUMERAL}句")
_JOIN = re.compile(r"\s?(?:、|，|和|及|与|或者|或|以及)\s?(?=第)")
_RANGE = re.compile(r"\s?(?:至|到|—|–|-|~|～)\s?(?=第)")
_FOLLOWS = re.compile(
    r"[\s，。；：、,.;:）)（(》」』”’\]〕至到—–~～第之但前中后所的规和与及或以等将]|明确|要求|内容|适用|执行|项下|对|修改为|删去|增加|"
    r"作|由|是|条文|草案|原文|有关|应当|不|也|已|同时|均|列|除|行政|载|指|确|设定|情形|行为|\[|$"
)
_UNITS = {
    "编": ProvisionKind.PART,
    "分编": ProvisionKind.SUBPART,
    "章": ProvisionKind.CHAPTER,
    "节": ProvisionKind.SECTION,
    "条": ProvisionKind.ARTICLE,
    "款": ProvisionKind.PARAGRAPH,
    "项": ProvisionKind.ITEM,
    "目": ProvisionKind.SUBITEM,
    "部分": ProvisionKind.LEVEL,
}
_SAME = {"條": "条", "項": "项"}
_TAIWAN = {"项": "款", "款": "项"}
_DEPTH = {kind: depth for depth, kind in enumerate(_UNITS.values())}


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference at `span` of a text.

    `address` is what is named; `last` the end of a range (第三条至第五条). `relative` is the word of a relative one
    (前款, 前两款, 本条), which `address` may go on from. `part` is 但书, 前段, 后段 or a sentence. `target` is the
    instrument named before it.
    """

    span: Span
    address: Address
    last: Address | None = None
    relative: str = ""
    part: str = ""
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class _Chain:
    """Units read one below the other, with the alternatives of an elided list in the last."""

    addresses: tuple[Address, ...]
    last: Address | None
    units: int
    end: int


def find_references(text: str, jurisdiction: Jurisdiction = "CN") -> Iterator[Reference]:
    """The references in `text`, in order; in Taiwan 項 is the paragraph and 款 the item."""
    found = [*_find_chinese(text, jurisdiction)]
    found += [Reference(span, address, last) for span, address, last in find_english(text)]
    yield from sorted(found, key=lambda reference: reference.span)


def _find_chinese(text: str, jurisdiction: Jurisdiction) -> Iterator[Reference]:
    at = 0
    while at < len(text):
        unit, relative = _UNIT.search(text, at), _next_relative(text, at)
        if unit and (not relative or unit.start() < relative.start()):
            references, at = _from_unit(text, unit, jurisdiction)
        elif relative:
            references, at = _from_relative(text, relative, jurisdiction)
        else:
            return
        yield from references


def _next_relative(text: str, at: int) -> re.Match[str] | None:
    for match in _RELATIVE.finditer(text, at):
        if match.start() == 0 or text[match.start() - 1] not in _NOT_BEFORE:
            return match
    return None


def _from_relative(text: str, match: re.Match[str], jurisdiction: Jurisdiction) -> tuple[list[Reference], int]:
    """前款, 本条, and what goes on from it: 本条第二款, 前款第（一）项."""
    unit = _UNIT.match(text, match.end())
    chain = _read_chain(text, unit, (), jurisdiction) if unit else None
    if not chain:
        part = _PART.match(text, match.end())
        end = part.end() if part else match.end()
        reference = Reference(Span(match.start(), end), (), None, match[0], part[0] if part else "")
        return [reference], end
    references, end = _completed(text, chain, match.start(), jurisdiction)
    return [replace(reference, relative=match[0]) for reference in references], end


def _from_unit(text: str, match: re.Match[str], jurisdiction: Jurisdiction) -> tuple[list[Reference], int]:
    chain = _read_chain(text, match, (), jurisdiction)
    if chain is None:
        return [], match.start() + 1
    target = target_before(text, match.start())
    references, end = _completed(text, chain, match.start(), jurisdiction)
    if not _believable(text, chain, end, target):
        return [], match.end()
    if target:
        references = [replace(reference, target=target) for reference in references]
    return references, end


def _believable(text: str, chain: _Chain, end: int, target: Target | None) -> bool:
    """Several units, a list, an instrument before it, or words that can follow a reference."""
    return chain.units > 1 or len(chain.addresses) > 1 or target is not None or bool(_FOLLOWS.match(text, end))


def _completed(text: str, chain: _Chain, start: int, jurisdiction: Jurisdiction) -> tuple[list[Reference], int]:
    """The references of a chain and of those joined to it: ranges, lists, a proviso."""
    *others, address = chain.addresses
    references = [Reference(Span(start, chain.end), other) for other in others]
    current, end = Reference(Span(start, chain.end), address, chain.last), chain.end
    while True:
        if part := _PART.match(text, end):
            current, end = replace(current, part=part[0], span=Span(current.span.start, part.end())), part.end()
        joint = _RANGE.match(text, end) or _JOIN.match(text, end)
        unit = _UNIT.match(text, joint.end()) if joint else None
        more = _read_chain(text, unit, current.address, jurisdiction) if unit else None
        if not joint or not more:
            return [*references, current], end
        if _RANGE.match(text, end) and len(more.addresses) == 1:
            current = replace(current, last=more.addresses[0], span=Span(current.span.start, more.end))
        else:
            references.append(current)
            place = Span(joint.end(), more.end)
            references += [Reference(place, other) for other in more.addresses[:-1]]
            current = Reference(place, more.addresses[-1], more.last)
        end = more.end


def _read_chain(text: str, match: re.Match[str], context: Address, jurisdiction: Jurisdiction) -> _Chain | None:
    """The units from `match` on, each below the one before; what they leave out above is taken from `context`."""
    above: Address = ()
    units = 0
    unit: re.Match[str] | None = match
    addresses: tuple[Address, ...] = ()
    last: Address | None = None
    end = match.start()
    while unit:
        kind = _kind_of(unit["unit"], jurisdiction)
        if (
            above
            and _DEPTH[kind] <= _DEPTH.get(above[-1].kind, len(_DEPTH))
            and above[-1].kind is not ProvisionKind.LEVEL
        ):
            break
        base = above if units else _inherited(context, kind)
        read = _numbers(unit, jurisdiction)
        if read is None:
            break
        numbers, ranged = read
        addresses = tuple(_below(base, kind, number) for number in numbers)
        last = addresses[-1] if ranged else None
        addresses = addresses[:-1] if ranged else addresses
        above, end, units = addresses[-1], unit.end(), units + 1
        unit = _UNIT.match(text, end + (text[end : end + 1] == " "))
    if not units:
        return None
    while last is None and len(addresses) == 1 and (short := _SHORT.match(text, end)) and _takes_short(above):
        number = read_numeral(short[1])
        if number is None:
            break
        kind = ProvisionKind.SUBITEM if above[-1].kind is ProvisionKind.ITEM else ProvisionKind.ITEM
        above = _below(above, kind, str(number))
        addresses, end, units = (above,), short.end(), units + 1
    return _Chain(addresses, last, units, end)


def _takes_short(above: Address) -> bool:
    return above[-1].kind in (ProvisionKind.ARTICLE, ProvisionKind.PARAGRAPH, ProvisionKind.ITEM, ProvisionKind.LEVEL)


def _kind_of(unit: str, jurisdiction: Jurisdiction) -> ProvisionKind:
    plain = _SAME.get(unit, unit)
    return _UNITS[_TAIWAN.get(plain, plain) if jurisdiction == "TW" else plain]


def _inherited(context: Address, kind: ProvisionKind) -> Address:
    """What of an earlier address still stands above a unit of that kind."""
    return tuple(step for step in context if _DEPTH.get(step.kind, 0) < _DEPTH[kind])


def _below(above: Address, kind: ProvisionKind, number: str) -> Address:
    """The address one step down. Articles need nothing above them; under a level, an item is a level."""
    if kind is ProvisionKind.ARTICLE:
        return (Step(kind, number),)
    if above and above[-1].kind is ProvisionKind.LEVEL:
        kind = ProvisionKind.LEVEL
    return (*above, Step(kind, number))


def _numbers(unit: re.Match[str], jurisdiction: Jurisdiction) -> tuple[list[str], bool] | None:
    """The numbers of one unit in canonical form, and whether the last two are the ends of a range.

    第6-1條 is article 6之1 in Taiwan, 第3-5条 on the mainland a range.
    """
    numbers: list[str] = []
    ranged = False
    for piece in _PIECE.finditer(unit["numbers"]):
        value, branch = read_numeral(piece["number"]), read_numeral(piece["branch"] or "")
        if not value:
            return None
        if branch and piece["sign"] == "-" and jurisdiction == "CN":
            numbers += [f"{value}", f"{branch}"]
            ranged = True
            continue
        numbers.append(f"{value}-{branch}" if branch else f"{value}")
        ranged = bool(piece["glue"]) and piece["glue"].strip("第 ") in ("至", "到", "—", "–", "~", "～")
    branches = [str(read_numeral(name)) for name in unit["branch"].split("之") if name]
    if branches and numbers:
        numbers[-1] = "-".join((numbers[-1], *branches))
    return (numbers, ranged and len(numbers) > 1) if numbers else None

"""References in running text: 本办法第三条第二款第（一）项, 前款, 第十、十八、二十六条, Article 3(2)(1).

The forms are those of 立法技术规范（试行） and of the citations met in practice: with and without brackets, in Chinese
and Arabic numerals, elided lists, ranges, relative ones. A number before 条 or 款 is a reference only if what follows
can follow one: 第二条路 is none. What a reference points to is an address as in `tiaowen.corpus.address`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tiaowen.corpus.address import Address
from tiaowen.corpus.reference_en import find_english
from tiaowen.corpus.target import Target, target_before
from tiaowen.corpus.units import (
    NUMERAL,
    UNIT,
    UNIT_ELIDED,
    Chain,
    Jurisdiction,
    annex_before,
    is_below,
    kind_of,
    read_chain,
    read_levels,
    read_short,
)
from tiaowen.text.spans import Span

_AFTER = r"(?=[规所的第、，。；：中至和与或及以之但罪除违）)]|处|情形|行为|$)"
_RELATIVE = re.compile(
    r"(?<![目当提空史眼日最往])前(?:款(?![项式型车手新])|条(?![例件约款目文消线路])|项(?!目))"
    rf"|(?<![目当提空史眼日最往以之此事生年])前[一两二三四五2-5](?:条|款|项|目(?!的)){_AFTER}"
    rf"|(?<![以之此年今最往天])[上下后][一两二三四五2-5]?(?:条|款|项|目(?!的)){_AFTER}"
    rf"|(?<![基根日成样文资相])本(?:条|款|项|目(?!的)){_AFTER}"
    rf"|(?<![合不共相])同(?:条|款|项|目(?!的)){_AFTER}"
    r"|该[条款项](?=规定|所称|所列|第[一二三四五六七八九十（(0-9])"
)
"""前款 is hardly ever anything else; 本条, 上条 and 同条 are, unless words follow that can follow a provision."""

_PART = re.compile(rf"但书|前段|中段|后段|第{NUMERAL}[句段]|末款|最后一款")
_JOIN = re.compile(rf"\s?(?:、|，|和|及|与|或者|或|以及)\s?(?=第|{NUMERAL}[条款项])")
_RANGE = re.compile(r"\s?(?:起?至|到|—|–|-|~|～)\s?(?=第)")
_FOLLOWS = re.compile(
    r"[\s，。；：、,.;:）)（(》」』”’\]〕至到—–~～第之但前中后所的规和与及或以等将]|明确|要求|内容|适用|执行|项下|对|修改为|改为|删去|增加|"
    r"作|由|是|起|条文|草案|原文|有关|应当|不|也|已|同时|均|列|除|行政|载|指|确|设定|情形|行为|禁止|未|另有|关于|相应|罪|违法|[“‘「]|\[|$"
)

_LEADS = re.compile(r"(?:依照|依据|根据|按照|违反|援引|适用|参照|触犯|符合|按|依)$")
_NAMED = re.compile(r"》(?:[（(][^（）()]{1,40}[）)])?[，,]?|号[）)]?[，,]?")
_COUNTED = re.compile("[路线道河街船裤裙腿鱼跑新消信微评建意生产]")
"""What is counted with 条 and may stand after 依照: 第二条路."""


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


def find_references(text: str, jurisdiction: Jurisdiction = "CN") -> Iterator[Reference]:
    """The references in `text`, in order; in Taiwan 項 is the paragraph and 款 the item."""
    found = [*_find_chinese(text, jurisdiction)]
    found += _find_levels(text)
    found += [Reference(f.span, f.address, f.last, f.relative, "", f.target) for f in find_english(text)]
    yield from sorted(found, key=lambda reference: reference.span)


def _find_chinese(text: str, jurisdiction: Jurisdiction) -> Iterator[Reference]:
    at = 0
    while at < len(text):
        unit, relative = UNIT.search(text, at), _RELATIVE.search(text, at)
        if unit and (not relative or unit.start() < relative.start()):
            references, at = _from_unit(text, unit, jurisdiction)
        elif relative:
            references, at = _from_relative(text, relative, jurisdiction)
        else:
            return
        yield from references


def _find_levels(text: str) -> Iterator[Reference]:
    """Places in a notice right after its title or number: 《样例意见》三（二）."""
    for end in _NAMED.finditer(text):
        levels = read_levels(text, end.end())
        target = target_before(text, end.end()) if levels else None
        if levels and target:
            address, last = levels
            yield Reference(Span(end.end(), last), address, target=target)


def _from_relative(text: str, match: re.Match[str], jurisdiction: Jurisdiction) -> tuple[list[Reference], int]:
    """前款, 本条, and what goes on from it: 本条第二款, 前款第（一）项."""
    unit, above = UNIT.match(text, match.end()), kind_of(match[0][-1], jurisdiction)
    if unit and not is_below(kind_of(unit["unit"], jurisdiction), above):
        return [], match.end()  # 同款第一条
    chain = read_chain(text, unit, (), jurisdiction) if unit else read_short(text, match.end(), above)
    if not chain:
        part = _PART.match(text, match.end())
        end = part.end() if part else match.end()
        reference = Reference(Span(match.start(), end), (), None, match[0], part[0] if part else "")
        return [reference], end
    references, end = _completed(text, chain, match.start(), jurisdiction)
    return [replace(reference, relative=match[0]) for reference in references], end


def _from_unit(text: str, match: re.Match[str], jurisdiction: Jurisdiction) -> tuple[list[Reference], int]:
    chain = read_chain(text, match, (), jurisdiction)
    if chain is None:
        return [], match.start() + 1
    annex, start = annex_before(text, match.start())
    target = target_before(text, start)
    references, end = _completed(text, chain, match.start(), jurisdiction)
    alone = chain.units == 1 and not target
    if alone and (match["unit"] == "点" or (match["unit"] == "目" and text.startswith("的", end))):
        return [], match.end()  # 第三点，…; 第一目的
    if not _believable(text, chain, match.start(), end, target):
        return [], match.end()
    return [replace(r, target=target, address=(*annex, *r.address)) for r in references], end


def _believable(text: str, chain: Chain, start: int, end: int, target: Target | None) -> bool:
    """Several units, a list, an instrument or 依照 before it, or words that can follow a reference."""
    if chain.units > 1 or len(chain.addresses) > 1 or target is not None or _FOLLOWS.match(text, end):
        return True
    return _LEADS.search(text, max(0, start - 2), start) is not None and not _COUNTED.match(text, end)


def _completed(text: str, chain: Chain, start: int, jurisdiction: Jurisdiction) -> tuple[list[Reference], int]:
    """The references of a chain and of those joined to it: ranges, lists, a proviso."""
    *others, address = chain.addresses
    references = [Reference(Span(start, chain.end), other) for other in others]
    current, end = Reference(Span(start, chain.end), address, chain.last), chain.end
    while True:
        if part := _PART.match(text, end):
            current, end = replace(current, part=part[0], span=Span(current.span.start, part.end())), part.end()
        joint = _RANGE.match(text, end) or _JOIN.match(text, end)
        unit = UNIT.match(text, joint.end()) or UNIT_ELIDED.match(text, joint.end()) if joint else None
        more = read_chain(text, unit, current.address, jurisdiction) if unit else None
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

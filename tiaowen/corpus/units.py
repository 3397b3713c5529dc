"""Chains of units in running text: 第三条第二款第（一）项, 第五条第（一）、（三）项, 第六条（二）、（三）.

One chain names one place, or several that differ in their last unit. Which references a text holds, and which of
these chains are none, `tiaowen.corpus.reference` decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from tiaowen.corpus.address import Address, Step
from tiaowen.corpus.instrument import ProvisionKind
from tiaowen.text.numerals import read_numeral

Jurisdiction = Literal["CN", "TW"]

NUMERAL = r"(?:[零〇○一二三四五六七八九十百千廿卅]{1,9}|[0-9０-９]{1,4})"
_ONE = rf"[（(]?\s?{NUMERAL}\s?[）)]?(?:(?:之|-|－){NUMERAL}(?![条條款項项]?[款項项]))?"
_GLUE = r"\s?(?:、|，|和|及|与|或者|或|至|到|—|–|~|～)\s?第?"
_REST = (
    rf"(?P<numbers>{_ONE}(?:{_GLUE}{_ONE})*)\s?(?P<unit>分编|编|章|节|条|條|款|项|項|目(?![标录前])|部分|点(?![钟多半]))"
    rf"(?P<branch>(?:之{NUMERAL}){{0,2}})"
)
UNIT = re.compile(rf"第\s?{_REST}")
UNIT_ELIDED = re.compile(rf"{_REST}(?=[条條款项項目规所的一二三四五六七八九十0-9，。；：、）)]|$)")
"""A unit whose 第 is left out, as lawyers do after one that has it: 第三条一款, 第3条、4条."""

_GAP = re.compile(r"[ \u3000]?(?:中的|的|中|之|所列|所列的|规定的|所规定的)?[ \u3000]?(?=第)| ")
_PIECE = re.compile(
    rf"(?P<glue>{_GLUE})?[（(]?\s?(?P<number>{NUMERAL})\s?[）)]?(?:(?P<sign>之|-|－)(?P<branch>{NUMERAL}))?"
)
_SHORT = re.compile(rf"\s?[（(]\s?({NUMERAL})\s?[）)](?P<unit>[项目款]?)")
_SHORT_MORE = re.compile(rf"\s?(?P<glue>、|，|和|及|与|或|至|到|—|–|~|～)\s?[（(]\s?({NUMERAL})\s?[）)][项目]?")
_BRANCH_MORE = re.compile(
    rf"\s?(?P<glue>、|，|和|及|与|或|至|到)\s?之({NUMERAL})(?=[^\u4e00-\u9fff]|[规的所和与及或]|$)"
)
_TO = ("至", "到", "—", "–", "~", "～")
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
    "点": ProvisionKind.LEVEL,
}
_COUNTED = ("款", "项", "項", "目", "部分", "点")
_SAME = {"條": "条", "項": "项"}
_ANNEX = re.compile(rf"附[件表录]\s?(?P<number>{NUMERAL})?\s?(?:中|的)?$")
_LEVELS = re.compile(
    rf"\s?(?P<one>[一二三四五六七八九十]{{1,3}})、?(?P<inner>(?:[（(](?:{NUMERAL})[）)])+(?:\d{{1,2}})?)"
)
_INNER = re.compile(NUMERAL)
_TAIWAN = {"项": "款", "款": "项"}
_DEPTH = {kind: depth for depth, kind in enumerate(dict.fromkeys(_UNITS.values()))}


@dataclass(frozen=True, slots=True)
class Chain:
    """Units read one below the other, with the alternatives of an elided list in the last."""

    addresses: tuple[Address, ...]
    last: Address | None
    units: int
    end: int


def read_chain(text: str, match: re.Match[str], context: Address, jurisdiction: Jurisdiction) -> Chain | None:
    """The units from `match` on, each below the one before; what they leave out above is taken from `context`.

    項 right above 款 is Taiwan's order, whatever the text is otherwise: on the mainland 款 stands above 项.
    """
    chain = _units(text, match, context, jurisdiction)
    if jurisdiction == "CN" and chain and chain.addresses[-1][-1].kind is ProvisionKind.ITEM:
        following = UNIT.match(text, chain.end)
        if following and following["unit"] == "款" and not chain.last:
            return _units(text, match, context, "TW")
    return _with_short(text, chain) if chain else None


def annex_before(text: str, end: int) -> tuple[Address, int]:
    """The annex named right before `end`, as the beginning of an address, and where it is named: 附件1第三条."""
    match = _ANNEX.search(text, max(0, end - 12), end)
    number = read_numeral(match["number"] or "1") if match else None
    return ((Step(ProvisionKind.ANNEX, str(number)),), match.start()) if match and number else ((), end)


def read_levels(text: str, at: int) -> tuple[Address, int] | None:
    """The place in a notice that is written at `at`, and where it ends: 三（二）1."""
    match = _LEVELS.match(text, at)
    if not match:
        return None
    numbers = [read_numeral(word) for word in (match["one"], *_INNER.findall(match["inner"]))]
    return tuple(Step(ProvisionKind.LEVEL, str(number)) for number in numbers), match.end()


def kind_of(unit: str, jurisdiction: Jurisdiction) -> ProvisionKind:
    """What a unit's name means; in Taiwan 項 is the paragraph and 款 the item."""
    plain = _SAME.get(unit, unit)
    return _UNITS[_TAIWAN.get(plain, plain) if jurisdiction == "TW" else plain]


def is_below(kind: ProvisionKind, above: ProvisionKind) -> bool:
    """Whether units of `kind` stand inside those of the kind `above`."""
    return _DEPTH[kind] > _DEPTH.get(above, len(_DEPTH))


def _units(text: str, match: re.Match[str], context: Address, jurisdiction: Jurisdiction) -> Chain | None:
    above: Address = ()
    before: tuple[Address, ...] = ()
    chain: Chain | None = None
    unit: re.Match[str] | None = match
    while unit:
        kind = kind_of(unit["unit"], jurisdiction)
        if above and not is_below(kind, above[-1].kind) and above[-1].kind is not ProvisionKind.LEVEL:
            break
        base = above if chain else _inherited(context, kind)
        read = _numbers(unit, jurisdiction)
        if read is None or (chain and chain.last):
            break
        before = chain.addresses[:-1] if chain else ()
        numbers, ranged = read
        addresses = tuple(_below(base, kind, number) for number in numbers)
        last = addresses[-1] if ranged else None
        addresses = addresses[:-1] if ranged else addresses
        above, end = addresses[-1], unit.end()
        chain = Chain((*before, *addresses), last, (chain.units if chain else 0) + 1, end)
        gap = _GAP.match(text, end)
        unit = UNIT.match(text, gap.end() if gap else end) or _elided(text, end)
    return _with_branches(text, chain) if chain else None


def _elided(text: str, end: int) -> re.Match[str] | None:
    """款 or 项 without its 第 right after the unit above it."""
    unit = UNIT_ELIDED.match(text, end)
    return unit if unit and unit["unit"] in "款项項" else None


def _with_branches(text: str, chain: Chain) -> Chain:
    """第七条之一、之二: the branches that leave out the article they belong to."""
    (*above, step) = chain.addresses[-1]
    while "-" in step.number and not chain.last and (more := _BRANCH_MORE.match(text, chain.end)):
        number = f"{step.number.split('-')[0]}-{read_numeral(more[2])}"
        other = (*above, replace(step, number=number))
        chain = _one_more(chain, other, more)
    return chain


def read_short(text: str, at: int, kind: ProvisionKind) -> Chain | None:
    """Items in brackets right after a relative reference to a provision of `kind`: 前款（一）至（三）项."""
    chain = _with_short(text, Chain(((Step(kind, "0"),),), None, 0, at))
    if chain.end == at:
        return None
    last = chain.last[1:] if chain.last else None
    return replace(chain, addresses=tuple(address[1:] for address in chain.addresses), last=last)


def _with_short(text: str, chain: Chain) -> Chain:
    """第六条（二）, and further items or the end of a range after it: 第六条（二）、（三）."""
    while chain.last is None and len(chain.addresses) == 1 and (short := _SHORT.match(text, chain.end)):
        above = chain.addresses[0]
        number = read_numeral(short[1])
        if number is None or not _takes_short(above):
            return chain
        kind = ProvisionKind.SUBITEM if above[-1].kind is ProvisionKind.ITEM else ProvisionKind.ITEM
        if short["unit"] == "款" and above[-1].kind is ProvisionKind.ARTICLE:
            kind = ProvisionKind.PARAGRAPH
        chain = Chain((_below(above, kind, str(number)),), None, chain.units + 1, short.end())
        while chain.last is None and (more := _SHORT_MORE.match(text, chain.end)):
            other = _below(above, kind, str(read_numeral(more[2])))
            chain = _one_more(chain, other, more)
    return chain


def _one_more(chain: Chain, other: Address, more: re.Match[str]) -> Chain:
    """The chain with another alternative in its last unit, or with the end of a range."""
    if more["glue"] in _TO:
        return replace(chain, last=other, end=more.end())
    return replace(chain, addresses=(*chain.addresses, other), end=more.end())


def _takes_short(above: Address) -> bool:
    return above[-1].kind in (ProvisionKind.ARTICLE, ProvisionKind.PARAGRAPH, ProvisionKind.ITEM, ProvisionKind.LEVEL)


def _inherited(context: Address, kind: ProvisionKind) -> Address:
    """What of an earlier address still stands above a unit of that kind."""
    return tuple(step for step in context if _DEPTH.get(step.kind, 0) < _DEPTH[kind])


def _below(above: Address, kind: ProvisionKind, number: str) -> Address:
    """The address one step down.

    Articles need nothing above them; under a level, an item is a level, and 点 under an article is an item.
    """
    if kind is ProvisionKind.ARTICLE:
        return (Step(kind, number),)
    if above and above[-1].kind is ProvisionKind.LEVEL:
        kind = ProvisionKind.LEVEL
    elif above and kind is ProvisionKind.LEVEL:
        kind = ProvisionKind.ITEM
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
        if branch and piece["sign"] != "之" and jurisdiction == "CN" and unit["unit"] != "條" and branch > value:
            numbers += [f"{value}", f"{branch}"]
            ranged = True
            continue
        numbers.append(f"{value}-{branch}" if branch else f"{value}")
        ranged = bool(piece["glue"]) and piece["glue"].strip("第 ") in _TO
    branches = [str(read_numeral(name)) for name in unit["branch"].split("之") if name]
    if branches and numbers and unit["unit"] not in _COUNTED:  # 第三项之一 is one of item 3
        numbers[-1] = "-".join((numbers[-1], *branches))
    return (numbers, ranged and len(numbers) > 1) if numbers else None

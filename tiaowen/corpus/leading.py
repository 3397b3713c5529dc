"""Where a reference leads inside its own instrument: 前款, 本条第二款, 第三条 → the clauses meant, or why none are.

It is read from the place it stands in (立法技术规范（试行）, 引用): 前款 is the paragraph before, in the same article;
前条 the article before; a paragraph or an item without its article belongs to the article it is named in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tiaowen.corpus.address import Address, Step
from tiaowen.corpus.instrument import ProvisionKind
from tiaowen.corpus.outline import Outline, upto
from tiaowen.corpus.reference import Reference
from tiaowen.corpus.units import Jurisdiction, kind_of
from tiaowen.text.numerals import read_numeral

_RELATIVE = re.compile(r"(?P<which>[前上下后本同该])(?P<count>[一两二三四五2-5])?(?P<unit>[条款项目])")
_RELATIVE_EN = re.compile(
    r"(?P<which>preceding|foregoing|previous|this)(?: (?P<count>two|three|four))? (?P<unit>[a-z]+?)s?", re.I
)
_ENGLISH_UNITS = {
    "article": ProvisionKind.ARTICLE,
    "section": ProvisionKind.SECTION,
    "paragraph": ProvisionKind.PARAGRAPH,
    "item": ProvisionKind.ITEM,
}
_NAMES = {
    ProvisionKind.ARTICLE: "article",
    ProvisionKind.SECTION: "section",
    ProvisionKind.PARAGRAPH: "paragraph",
    ProvisionKind.ITEM: "item",
    ProvisionKind.SUBITEM: "sub-item",
}
_LAST = ("末款", "最后一款")


@dataclass(frozen=True, slots=True)
class Led:
    """The eids of the clauses that are meant, in order, or `why` there are none."""

    eids: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Relative:
    """How far from its own place a relative reference points: -2 for 前两款, 0 for 本条, 1 for 下一款."""

    words: str
    distance: int
    kind: ProvisionKind


def lead(reference: Reference, place: Address, outline: Outline, jurisdiction: Jurisdiction = "CN") -> Led:
    """Where `reference`, which stands in the clause at `place`, leads among the clauses of `outline`."""
    relative = _read_relative(reference.relative, jurisdiction) if reference.relative else None
    if relative:
        return _from_here(reference, relative, place, outline)
    return _named(reference, place, outline)


def _read_relative(words: str, jurisdiction: Jurisdiction) -> _Relative | None:
    if match := _RELATIVE.fullmatch(words):
        kind = kind_of(match["unit"], jurisdiction)
        count = read_numeral(match["count"].replace("两", "二")) or 1 if match["count"] else 1
        sign = {"前": -1, "上": -1, "下": 1, "后": 1}.get(match["which"], 0)
        return _Relative(words, sign * count, kind)
    match = _RELATIVE_EN.fullmatch(words)
    if not match or match["unit"].lower() not in _ENGLISH_UNITS:
        return None
    count = read_numeral(match["count"]) or 1 if match["count"] else 1
    distance = 0 if match["which"].lower() == "this" else -count
    return _Relative(words, distance, _ENGLISH_UNITS[match["unit"].lower()])


def _from_here(reference: Reference, relative: _Relative, place: Address, outline: Outline) -> Led:
    here = _around(place, relative.kind, outline)
    if not here:
        return _after_list(reference, relative, place, outline)
    if relative.distance == 0:
        return _below((here,), reference, outline)
    row = outline.beside(here) if here[-1].kind is relative.kind else (here,)
    at = row.index(here)
    wanted = row[at + relative.distance : at] if relative.distance < 0 else row[at + 1 : at + 1 + relative.distance]
    if at + relative.distance < 0 or len(wanted) != abs(relative.distance):
        return Led(why=_too_few(relative, at, len(row)))
    return _below(wanted, reference, outline)


def _too_few(relative: _Relative, at: int, count: int) -> str:
    unit = _NAMES.get(relative.kind, "provision")
    if count == 1 and relative.kind is ProvisionKind.PARAGRAPH:
        return f"{relative.words}, but the article has one paragraph"
    side = f"{at} {unit}(s) before" if relative.distance < 0 else f"{count - 1 - at} {unit}(s) after"
    return f"{relative.words}, but this is {unit} {at + 1} of {count}: there are {side} it"


def _around(place: Address, kind: ProvisionKind, outline: Outline) -> Address:
    """The provision of that kind in which `place` lies; an article is the paragraph where it has but one."""
    found = upto(place, kind)
    if found or kind is not ProvisionKind.PARAGRAPH:
        return found
    article = upto(place, ProvisionKind.ARTICLE)
    return article if article and outline.paragraphs(article) == (article,) else ()


def _after_list(reference: Reference, relative: _Relative, place: Address, outline: Outline) -> Led:
    """前三项 in the paragraph after a list of three items, and 前项 in a paragraph that no list holds."""
    if relative.kind is ProvisionKind.ITEM and relative.distance < 0:
        for above in _lists_before(place, outline):
            items = outline.items(above)
            if len(items) == -relative.distance:
                return _below(items, reference, outline)
            if items:
                return Led(why=f"{relative.words} after a list of {len(items)} items does not say which are meant")
    unit = _NAMES.get(relative.kind, "provision")
    return Led(why=f"{relative.words}, but it stands in no {unit}")


def _lists_before(place: Address, outline: Outline) -> tuple[Address, ...]:
    """The paragraphs up to that of `place`, the nearest first, and the article: what may hold the list it follows."""
    article = upto(place, ProvisionKind.ARTICLE)
    if not article:
        return ()
    paragraphs = outline.paragraphs(article)
    here = _around(place, ProvisionKind.PARAGRAPH, outline)
    upto_here = paragraphs[: paragraphs.index(here) + 1] if here in paragraphs else paragraphs
    return tuple(dict.fromkeys((*reversed(upto_here), article)))


def _below(bases: tuple[Address, ...], reference: Reference, outline: Outline) -> Led:
    """The clauses at what the reference names below each of the provisions it goes on from."""
    if not reference.address:
        eids = tuple(eid for base in bases for eid in outline.at(base))
        return _part(Led(eids), reference, bases[-1], outline)
    for base in reversed(bases):
        address = (*base, *reference.address)
        last = (*base, *reference.last) if reference.last else None
        if eids := outline.at(address, last):
            return _part(Led(eids), reference, address, outline)
    return Led(why=why_missing((*bases[-1], *reference.address), reference.last, outline))


def _named(reference: Reference, place: Address, outline: Outline) -> Led:
    """A place that is named: through the whole instrument from the article on, else inside the article it stands in."""
    address, last = reference.address, reference.last
    if not address:
        return Led(why="it names no provision")
    annex = upto(place, ProvisionKind.ANNEX)
    for base in (annex, *_bases(address[0], place, outline)) if annex else _bases(address[0], place, outline):
        whole, end = (*base, *address), (*base, *last) if last else None
        if eids := outline.at(whole, end):
            return _part(Led(eids), reference, whole, outline)
    if address[0].kind is ProvisionKind.ITEM and not upto(place, ProvisionKind.ARTICLE):
        return _among_levels(address, last, place, outline)
    return Led(why=why_missing(address, last, outline))


def _among_levels(address: Address, last: Address | None, place: Address, outline: Outline) -> Led:
    """第（三）项 in a text without articles: the level of that number, beside the place or above it."""
    levels = tuple(replace(step, kind=ProvisionKind.LEVEL) for step in address)
    end = tuple(replace(step, kind=ProvisionKind.LEVEL) for step in last) if last else None
    for depth in range(len(place) - 1, -1, -1):
        if eids := outline.at((*place[:depth], *levels), (*place[:depth], *end) if end else None):
            return Led(eids)
    return Led(why=why_missing(levels, end, outline))


def _bases(first: Step, place: Address, outline: Outline) -> tuple[Address, ...]:
    """What an address that begins with `first` may begin in, the likeliest first."""
    article = upto(place, ProvisionKind.ARTICLE)
    if first.kind is ProvisionKind.PARAGRAPH:
        return (article or place[:-1],)
    if first.kind is ProvisionKind.ITEM:
        return (*_lists_before(place, outline), *((place[:-1],) if not article else ()))
    if first.kind is ProvisionKind.SUBITEM:
        return (upto(place, ProvisionKind.ITEM), article)
    if first.kind is ProvisionKind.SECTION:
        return (upto(place, ProvisionKind.CHAPTER), ())
    return ((),)


def _part(led: Led, reference: Reference, address: Address, outline: Outline) -> Led:
    """末款 is the last paragraph; of 但书, 前段 and the like the clause they are part of is given."""
    if reference.part in _LAST and address[-1].kind is ProvisionKind.ARTICLE:
        return Led(outline.at(outline.paragraphs(address)[-1]))
    return led


def why_missing(address: Address, last: Address | None, outline: Outline) -> str:
    """Why nothing lies there: the first step that is not to be found."""
    for end in (last, address):
        if end is None or outline.has(end):
            continue
        for depth in range(1, len(end)):
            if end[depth - 1].kind is not ProvisionKind.ANNEX and not outline.has(end[:depth]):
                return _no_such(end[:depth], outline)
        return _no_such(end, outline)
    return "the end of the range stands before its beginning" if last else "no such place there"


def _no_such(address: Address, outline: Outline) -> str:
    step, above = address[-1], address[:-1]
    name = f"{_NAMES.get(step.kind, step.kind.value)} {step.number}"
    if step.kind is ProvisionKind.ARTICLE:
        last = outline.last_article()
        return f"no {name} here: " + (f"the articles end with {last}" if last else "the text has no articles")
    if step.kind is ProvisionKind.PARAGRAPH and above:
        return f"no {name} there: the article has {len(outline.paragraphs(above))}"
    return f"no {name} there"

"""The places of one instrument: which clauses lie at an address, which provisions stand beside one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from tiaowen.corpus.address import Address, Step, parse_eid
from tiaowen.corpus.instrument import Instrument, ProvisionKind

_DIVISIONS = (ProvisionKind.PART, ProvisionKind.SUBPART, ProvisionKind.CHAPTER, ProvisionKind.SECTION)
_ABOVE = (*_DIVISIONS, ProvisionKind.HEADING, ProvisionKind.ANNEX)
_LISTED = (ProvisionKind.ITEM, ProvisionKind.SUBITEM, ProvisionKind.ENUMERATION)


class Outline:
    """The eids of an instrument's clauses, in the order of the text, and the divisions above the articles."""

    def __init__(self, eids: Sequence[str], divisions: Sequence[tuple[Address, range]] = ()) -> None:
        self._eids = tuple(eids)
        self._places = tuple(map(parse_eid, eids))
        self._divisions = divisions

    @classmethod
    def of(cls, instrument: Instrument) -> Outline:
        """The outline of a whole instrument."""
        index = {clause.eid: at for at, clause in enumerate(instrument.clauses)}
        divisions = []
        for provision in (inner for outer in instrument.provisions for inner in outer.walk()):
            if provision.kind in _DIVISIONS:
                inside = [index[p.eid] for p in provision.walk() if p.eid in index]
                if inside:
                    divisions.append((parse_eid(provision.eid), range(inside[0], inside[-1] + 1)))
        return cls([clause.eid for clause in instrument.clauses], divisions)

    def at(self, address: Address, last: Address | None = None) -> tuple[str, ...]:
        """The eids that lie at `address`, or from it to `last`, those below them included; all for an empty address.

        A lawyer leaves out the paragraph where there is one, and others leave it out where there are several:
        第三条第（一）项 finds the first item of any paragraph of article 3. 第三条第一款 finds article 3 where that has
        one paragraph. Outside an annex an article of the text proper comes before one of an annex.
        """
        if not address:
            return self._eids
        found = self._indexes(address)
        if last is None:
            return tuple(self._eids[i] for i in found)
        ends = self._indexes(last)
        return self._eids[found[0] : ends[-1] + 1] if found and ends else ()

    def has(self, address: Address) -> bool:
        """Whether there is anything at `address`."""
        return bool(self._indexes(address))

    def paragraphs(self, article: Address) -> tuple[Address, ...]:
        """The paragraphs of an article: itself where it is one paragraph."""
        return self._inside(article, ProvisionKind.PARAGRAPH) or (article,)

    def items(self, above: Address) -> tuple[Address, ...]:
        """The items right inside `above`."""
        return self._inside(above, ProvisionKind.ITEM)

    def beside(self, place: Address) -> tuple[Address, ...]:
        """The provisions of the kind of `place` that stand beside it, itself among them, in order."""
        if place[-1].kind is ProvisionKind.ARTICLE:
            return tuple(article for article in self._articles if article[:-1] == place[:-1])
        return self._inside(place[:-1], place[-1].kind)

    def last_article(self) -> str:
        """The number of the last article outside the annexes; "" where there is none."""
        proper = [a for a in self._articles if a[0].kind is not ProvisionKind.ANNEX]
        return (proper or self._articles)[-1][-1].number if self._articles else ""

    def _inside(self, above: Address, kind: ProvisionKind) -> tuple[Address, ...]:
        depth = len(above)
        inner = (p[: depth + 1] for p in self._near(above) if p[:depth] == above and len(p) > depth)
        return tuple(dict.fromkeys(p for p in inner if p[-1].kind is kind))

    def _near(self, above: Address) -> Iterable[Address]:
        article = _article_of(above)
        return (self._places[i] for i in self._of_article.get(article, ())) if article else self._places

    @cached_property
    def _articles(self) -> tuple[Address, ...]:
        return tuple(dict.fromkeys(upto(place, ProvisionKind.ARTICLE) for place in self._places if _article_of(place)))

    @cached_property
    def _of_article(self) -> dict[str, list[int]]:
        """The clauses of the articles of each number."""
        found: dict[str, list[int]] = {}
        for index, place in enumerate(self._places):
            if number := _article_of(place):
                found.setdefault(number, []).append(index)
        return found

    def _indexes(self, address: Address) -> list[int]:
        if address[-1].kind in _DIVISIONS:
            return self._of_division(address)
        article = _article_of(address)
        among: Iterable[int] = self._of_article.get(article, ()) if article else range(len(self._places))
        found = [i for i in among if _lies_at(self._places[i], address)]
        if not found and (shorter := self._one_paragraph(address)):
            return self._indexes(shorter)
        if address[0].kind is not ProvisionKind.ANNEX:
            proper = [i for i in found if self._places[i][0].kind is not ProvisionKind.ANNEX]
            return proper or found
        return found

    def _of_division(self, address: Address) -> list[int]:
        """The clauses of a chapter; articles run through the whole text, so their addresses do not say it."""
        fits = (
            inside for place, inside in self._divisions if _same(place[-1], address[-1]) and _lies_at(place, address)
        )
        return [index for inside in fits for index in inside]

    def _one_paragraph(self, address: Address) -> Address | None:
        """The address without 第一款, if the article has but one paragraph."""
        for index, step in enumerate(address[1:], start=1):
            if step.kind is ProvisionKind.PARAGRAPH and step.number == "1":
                article = address[:index]
                only = not self._inside(article, ProvisionKind.PARAGRAPH)
                return (*article, *address[index + 1 :]) if only else None
        return None


def upto(place: Address, kind: ProvisionKind) -> Address:
    """The beginning of `place` up to its step of that kind; empty where it has none."""
    for index, step in enumerate(place):
        if step.kind is kind:
            return place[: index + 1]
    return ()


def _article_of(address: Address) -> str:
    return next((step.number for step in address if step.kind is ProvisionKind.ARTICLE), "")


def _lies_at(place: Address, address: Address) -> bool:
    """Whether `place` is at or below `address`; steps in between that need no naming may be left out.

    Below the section of an act, whose parts are levels, section 5(1)(a) names them as it would those of an article.
    """
    at = 0
    if address[0].kind is ProvisionKind.SECTION:
        place = tuple(step if step.kind in _ABOVE else replace(step, kind=ProvisionKind.LEVEL) for step in place)
        address = (address[0], *(replace(step, kind=ProvisionKind.LEVEL) for step in address[1:]))
    for step in place:
        if at == len(address):
            return True
        if _same(step, address[at]):
            at += 1
        elif not _may_be_left_out(step, address[at]):
            return False
    return at == len(address)


def _same(one: Step, other: Step) -> bool:
    return (one.kind, one.number) == (other.kind, other.number)


def _may_be_left_out(step: Step, wanted: Step) -> bool:
    if step.kind is ProvisionKind.PARAGRAPH:
        return wanted.kind in _LISTED
    return step.kind in _ABOVE and step.kind is not wanted.kind

"""From provisions to clauses: every provision with words of its own, with its lead-in, its path and its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tiaowen.corpus.address import PathForm, parse_eid, write_path
from tiaowen.corpus.instrument import Clause, Provision, ProvisionKind
from tiaowen.corpus.texts import NormalText
from tiaowen.ingest.tree import OPENS_LIST
from tiaowen.text.spans import Span, join

_TAIWAN = re.compile(
    r"中華民國|^第 \d+(?:-\d+)? 條|第[一二三四五六七八九十]{1,3}項第[一二三四五六七八九十]{1,3}款", re.M
)
_MAINLAND = re.compile(
    r"第[一二三四五六七八九十]{1,3}款第?[（(]?[一二三四五六七八九十]{1,3}[）)]?項|中華人民共和國|澳門特別行政區|香港特別行政區"
)
_ARTICLE = re.compile(r"^第[一二三四五六七八九十]{1,3}條", re.M)
_DIRECT = re.compile(r"^[ \u3000]*一(?:、|\u3000)", re.M)
_NESTED = re.compile(r"^[ \u3000]*[（(]一[）)]", re.M)
_HANGS_ON = (ProvisionKind.ITEM, ProvisionKind.SUBITEM, ProvisionKind.ENUMERATION)


@dataclass(frozen=True, slots=True)
class _Above:
    """What stands above a provision: the headings, outermost first, and the words it may hang on."""

    headings: tuple[str, ...] = ()
    lead_ins: tuple[Span, ...] = ()


def clauses_of(normal: NormalText, provisions: Sequence[Provision]) -> tuple[Clause, ...]:
    """A clause for each provision that has words of its own, in the order of the text."""
    page = _Page(normal)
    return tuple(page.clause(p, p.own, above) for p, above in _walk(page, provisions, _Above()) if p.own)


def _walk(page: _Page, provisions: Sequence[Provision], above: _Above) -> Iterator[tuple[Provision, _Above]]:
    before: Provision | None = None
    for provision in provisions:
        here = _Above(above.headings, above.lead_ins + page.lead_in_of_list(before, provision))
        yield provision, here
        headings = (*here.headings, page.title(provision)) if provision.children else here.headings
        yield from _walk(page, provision.children, _Above(headings, here.lead_ins + page.lead_in_below(provision)))
        if provision.kind not in (ProvisionKind.LEVEL, ProvisionKind.ITEM):
            before = provision


class _Page:
    """Reads pieces of one normal text back from the page."""

    def __init__(self, normal: NormalText) -> None:
        self._normal = normal
        self._form = form_of(normal)
        self._cuts = _cut_places(normal)
        self._same = normal.clean == normal.text  # in Simplified characters both texts are one, and no map is asked

    def _places(self, span: Span) -> tuple[Span, ...]:
        return (span,) if self._same else self._normal.clean_spans(span)

    def clean(self, span: Span) -> str:
        """The wording of `span` in the page's own script."""
        return "".join(piece.of(self._normal.clean) for piece in self._places(span))

    def title(self, provision: Provision) -> str:
        """Label and heading of a provision, as it stands above others; "" for a mere paragraph."""
        if not provision.label:
            return self.clean(provision.head) if provision.heading else ""
        return self.clean(provision.head) if not provision.own else provision.label

    def lead_in_below(self, provision: Provision) -> tuple[Span, ...]:
        """The opening words that a provision's children hang on."""
        if not provision.own or not provision.children:
            return ()
        if provision.children[0].kind in _HANGS_ON or OPENS_LIST.search(provision.own.of(self._normal.text)):
            return (provision.own,)
        return ()

    def lead_in_of_list(self, before: Provision | None, provision: Provision) -> tuple[Span, ...]:
        """The paragraph before a list that announces it with a colon."""
        if before is None or before.own is None or provision.kind is not ProvisionKind.LEVEL:
            return ()
        return (before.own,) if OPENS_LIST.search(before.own.of(self._normal.text)) else ()

    def clause(self, provision: Provision, own: Span, above: _Above) -> Clause:
        """The clause of `provision`, whose own words are `own`."""
        places = self._places(own)
        return Clause(
            eid=provision.eid,
            kind=provision.kind,
            label=self.clean(Span(provision.head.start, provision.head.start + len(provision.label))),
            heading=self._heading(provision),
            path=write_path(parse_eid(provision.eid), self._form),
            lead_in="".join(map(self.clean, above.lead_ins)),
            headings=tuple(filter(None, above.headings)),
            text=self.clean(own),
            match=own.of(self._normal.text),
            spans=join(sorted(self._normal.raw_spans(own))),
            cuts=self._cuts_in(places),
        )

    def _heading(self, provision: Provision) -> str:
        """The heading in the page's own script."""
        end = provision.own.end if provision.own else provision.head.end
        start = self._normal.text.find(provision.heading, provision.head.start, end)
        return self.clean(Span(start, start + len(provision.heading))) if provision.heading and start >= 0 else ""

    def _cuts_in(self, places: Sequence[Span]) -> tuple[int, ...]:
        cuts, before = [], 0
        for place in places:
            first = bisect_right(self._cuts, place.start)
            for cut in self._cuts[first:]:
                if cut >= place.end:
                    break
                cuts.append(before + cut - place.start)
            before += len(place)
        return tuple(cuts)


def form_of(normal: NormalText) -> PathForm:
    """How paths in this text are written.

    Taiwan's law is known by Traditional characters with its era, with its spaced 第 3 條, with 項 above 款, or with
    lists of 一、 right in the articles; 款 above 項 is the mainland's order, and that of Macao and Hong Kong.
    """
    if normal.language == "en":
        return "en"
    if normal.script != "Hant" or _MAINLAND.search(normal.clean):
        return "zh"
    if _TAIWAN.search(normal.clean):
        return "tw"
    direct = len(_DIRECT.findall(normal.clean))
    return "tw" if direct and _ARTICLE.search(normal.clean) and direct >= len(_NESTED.findall(normal.clean)) else "zh"


def _cut_places(normal: NormalText) -> list[int]:
    """The offsets in the clean text where words were cut out of the page, ascending."""
    runs = [run for run in normal.clean_map.runs if run.src]
    ends = [run.src[-1].end for run in runs]
    places = set()
    for removal in normal.removals:
        if removal.cut:
            index = bisect_right(ends, removal.span.start) - 1
            places.add(runs[index].out.end if index >= 0 else 0)
    return sorted(places)

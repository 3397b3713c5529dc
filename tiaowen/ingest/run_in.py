"""Markers inside a line: pages that lost their line breaks run articles and items together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tiaowen.corpus.instrument import ProvisionKind
from tiaowen.ingest.lines import TextLine
from tiaowen.ingest.numbering import LIST_RANK, Marker, Scheme
from tiaowen.text.spans import Span

_PLACE = re.compile(
    r"(?<=[:：；;。])[ \u3000\xa0]*(?=[第（(①-⑳⑴-⒇]|[A-Z]rticle|\d{1,2}[.．、]|[一二三四五六七八九十]{1,3}、)"
)
MAX_LINE = 20_000


def split_run_in(lines: Sequence[TextLine], scheme: Scheme) -> Iterator[TextLine]:
    """The lines, with one that holds several markers in succession cut before each of them.

    An article counts after a full stop if its number follows that of the article before it; the items of a list count
    from the first, after a colon, if there are at least two.
    """
    article = 0
    for line in lines:
        first = scheme.mark(line.text)
        if first and first.kind is ProvisionKind.ARTICLE:
            article = first.ordinal
        places = list(_places(line.text, scheme)) if len(line.text) <= MAX_LINE else []
        cuts = [*_articles(places, article, line.text), *_lists(places, line.text)]
        edges = [0, *sorted(cuts), len(line.text)]
        for start, end in zip(edges, edges[1:], strict=False):
            yield _piece(line, start, end)
        article += sum(marker.kind is ProvisionKind.ARTICLE for at, marker in places if at in cuts)


def _places(text: str, scheme: Scheme) -> Iterator[tuple[int, Marker]]:
    for match in _PLACE.finditer(text):
        marker = scheme.mark(text[match.end() : match.end() + 40])
        if marker and marker.sure and match.end() > 0:
            yield match.end(), marker


def _articles(places: Sequence[tuple[int, Marker]], last: int, text: str) -> Iterator[int]:
    for at, marker in places:
        stopped = text[:at].rstrip().endswith("。")
        if marker.kind is ProvisionKind.ARTICLE and last and stopped and marker.ordinal == last + 1:
            last = marker.ordinal
            yield at


def _lists(places: Sequence[tuple[int, Marker]], text: str) -> Iterator[int]:
    chain: list[int] = []
    series = ""
    for at, marker in places:
        if marker.rank < LIST_RANK or marker.kind:
            continue
        if marker.ordinal == 1 and text[:at].rstrip().endswith((":", "：")):
            yield from chain if len(chain) > 1 else ()
            chain, series = [at], marker.series
        elif chain and marker.series == series and marker.ordinal == len(chain) + 1:
            chain.append(at)
    yield from chain if len(chain) > 1 else ()


def _piece(line: TextLine, start: int, end: int) -> TextLine:
    words = line.text[start:end].rstrip()
    return TextLine(words, Span(line.span.start + start, line.span.start + start + len(words)), line.element)

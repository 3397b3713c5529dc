"""A page with what became of each piece: kept, removed by which rule and why, doubted and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from tiaowen.corpus.findings import Finding
from tiaowen.corpus.texts import Removal, SourceText
from tiaowen.text.spans import Span

Mark = Removal | Finding


@dataclass(frozen=True)
class Piece:
    """A stretch of the flattened page. `removal` is None where it was kept; `findings` are the doubts about it."""

    text: str
    removal: Removal | None
    findings: tuple[Finding, ...]


def marked(source: SourceText, removals: Iterable[Removal], findings: Iterable[Finding]) -> Iterator[Piece]:
    """The flattened text of the page in order, cut wherever its fate changes. Mere markup does not show."""
    begins, ends = _edges(source, removals, findings)
    open_marks: list[Mark] = []
    for start, end in pairwise(sorted({0, len(source.text), *begins, *ends})):
        for mark in ends[start]:
            open_marks.remove(mark)
        open_marks += begins[start]
        removal = next((mark for mark in open_marks if isinstance(mark, Removal)), None)
        doubts = tuple(mark for mark in open_marks if isinstance(mark, Finding))
        yield Piece(source.text[start:end], removal, doubts)


def _edges(
    source: SourceText, removals: Iterable[Removal], findings: Iterable[Finding]
) -> tuple[defaultdict[int, list[Mark]], defaultdict[int, list[Mark]]]:
    """The marks that begin and that end at each offset of the flattened text."""
    begins: defaultdict[int, list[Mark]] = defaultdict(list)
    ends: defaultdict[int, list[Mark]] = defaultdict(list)
    for raw, mark in _marks(removals, findings):
        for span in source.map.to_output(raw):
            begins[span.start].append(mark)
            ends[span.end].append(mark)
    return begins, ends


def _marks(removals: Iterable[Removal], findings: Iterable[Finding]) -> Iterator[tuple[Span, Mark]]:
    yield from ((removal.span, removal) for removal in removals)
    yield from ((span, finding) for finding in findings for span in finding.spans)

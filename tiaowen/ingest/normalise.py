"""Source text to normal text: spam out, script simplified; each step proposes edits, `apply_edits` makes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tiaowen.corpus.findings import Finding
from tiaowen.corpus.texts import NormalText, Removal, SourceText
from tiaowen.ingest.page import Page
from tiaowen.ingest.spam import SPAM
from tiaowen.text.script import language_of, script_of
from tiaowen.text.simplify import propose_simplified
from tiaowen.text.spans import Edit, OffsetMap, Span, apply_edits


def normalise(source: SourceText) -> NormalText:
    """The text without its dirt, and in Simplified characters for matching.

    Every code point of the raw text is either kept, at a place that `clean_map` knows, or in exactly one removal.
    """
    page = page_of(source)
    proposals = [proposal for _, rule in SPAM.all() for proposal in rule.propose(page)]
    edits = settle(p for p in proposals if isinstance(p, Edit))
    clean, offsets = apply_edits(page.text, edits)
    text, script_map = apply_edits(clean, propose_simplified(clean))
    doubts = (_in_raw(p, source.map) for p in proposals if isinstance(p, Finding))
    return NormalText(
        source=source,
        clean=clean,
        clean_map=offsets.after(source.map),
        text=text,
        script_map=script_map,
        removals=_removals(source, page, edits),
        script=script_of(clean),
        language=language_of(clean),
        findings=tuple(doubts),
    )


def page_of(source: SourceText) -> Page:
    """The page as cleaning rules see it."""
    return Page(source.text, source.lines, source.fields, script_of(source.text), language_of(source.text))


def settle(edits: Iterable[Edit]) -> list[Edit]:
    """Removals that may overlap as removals that do not: each character goes to the edit that begins first.

    Of edits that begin together the longest wins; what is left of a later one keeps its own rule.
    """
    settled: list[Edit] = []
    position = 0
    for edit in sorted(edits, key=lambda e: (e.span.start, -e.span.end, e.rule)):
        if edit.replacement:
            raise ValueError(f"rule {edit.rule} proposes {edit.replacement!r}: spam rules only remove")
        start = max(edit.span.start, position)
        if start < edit.span.end:
            settled.append(replace(edit, span=Span(start, edit.span.end)))
            position = edit.span.end
    return settled


def _removals(source: SourceText, page: Page, edits: list[Edit]) -> tuple[Removal, ...]:
    found = list(source.removals)
    for edit, cut in zip(edits, _cuts(page, edits), strict=True):
        found += (Removal(piece, edit.rule, edit.reason, cut) for piece in source.map.to_source(edit.span))
    return tuple(sorted(found, key=lambda r: r.span))


def _cuts(page: Page, edits: list[Edit]) -> Iterator[bool]:
    """Whether each edit lies between words that are kept, rather than before the first or after the last."""
    first, last = _kept_edges(page.text, edits)
    for edit in edits:
        yield first < edit.span.start and edit.span.end <= last


def _kept_edges(text: str, edits: list[Edit]) -> tuple[int, int]:
    """Where the first kept word begins and the last one ends."""
    edges = [0, *(edge for e in edits for edge in (e.span.start, e.span.end)), len(text)]
    pieces = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if text[a:b].strip()]
    if not pieces:
        return len(text), 0
    (start, end), (last_start, last_end) = pieces[0], pieces[-1]
    lead = len(text[start:end]) - len(text[start:end].lstrip())
    return start + lead, last_start + len(text[last_start:last_end].rstrip())


def _in_raw(finding: Finding, offsets: OffsetMap) -> Finding:
    return replace(finding, spans=tuple(piece for span in finding.spans for piece in offsets.to_source(span)))

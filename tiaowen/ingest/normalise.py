"""Source text to normal text: layout out, spam out, script simplified.

Each step proposes edits on what the one before left; `apply_edits` makes them and composes the maps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tiaowen.corpus.findings import Finding
from tiaowen.corpus.texts import Line, NormalText, Removal, SourceText
from tiaowen.ingest.body import body_of
from tiaowen.ingest.fakes import refuse_fake
from tiaowen.ingest.flags import FLAGS
from tiaowen.ingest.page import Page
from tiaowen.ingest.rewrap import findings_of, rewrap
from tiaowen.ingest.spam import SPAM
from tiaowen.text.simplify import propose_simplified
from tiaowen.text.spans import Edit, OffsetMap, Span, apply_edits, join

_BESIDE = 16
_WITHIN = re.compile(r"[^\s。！？；.!?;]\s?$")
_WRAPPED = ("text/plain", "text/markdown", "text/html", "application/xhtml+xml")
"""Texts whose lines may be wrapped; what was printed (PDF) is joined where it is read, by where its lines stand."""

_WEB = ("text/html", "application/xhtml+xml")


def normalise(source: SourceText) -> NormalText:
    """The text without its dirt, and in Simplified characters for matching.

    Every code point of the raw text is either kept, at a place that `clean_map` knows, or in exactly one removal.
    Raises IngestError for a page that holds no document, or one that only looks like a policy.
    """
    outside, layout_findings = _layout(source)
    body, body_map = apply_edits(source.text, outside)
    to_raw = body_map.after(source.map)
    page = _page(source, body, body_map)
    proposals = [proposal for _, rule in SPAM.all() for proposal in rule.propose(page)]
    edits = settle(p for p in proposals if isinstance(p, Edit))
    unbroken, offsets = apply_edits(body, edits)
    joints = list(rewrap(unbroken)) if source.media_type in _WRAPPED else []
    clean, joined = apply_edits(unbroken, joints)
    text, script_map = apply_edits(clean, propose_simplified(clean))
    to_body = joined.after(offsets)
    clean_map = to_body.after(to_raw)
    left = _page(source, clean, to_body.after(body_map))
    refuse_fake(page, left)
    doubts = (doubt for _, flag in FLAGS.all() for doubt in flag.find(left))
    removals = (
        *source.removals,
        *_removals(source.text, outside, source.map),
        *_removals(body, edits, to_raw),
        *_breaks(joints, offsets.after(to_raw)),
    )
    return NormalText(
        source=source,
        clean=clean,
        clean_map=clean_map,
        text=text,
        script_map=script_map,
        removals=tuple(sorted(removals, key=lambda r: r.span)),
        script=left.script,
        language=left.language,
        findings=(
            *layout_findings,
            *(_in_raw(p, to_raw) for p in (*proposals, *_torn(body, edits)) if isinstance(p, Finding)),
            *(_in_raw(doubt, offsets.after(to_raw)) for doubt in findings_of(joints)),
            *(_in_raw(doubt, clean_map) for doubt in doubts),
        ),
    )


def _layout(source: SourceText) -> tuple[list[Edit], tuple[Finding, ...]]:
    """The lines of a web page that are not its document, as removals."""
    if source.media_type not in _WEB:
        return [], ()
    body = body_of(source)
    if body.how == "all":
        message = "nothing tells the document from the page around it; all of the page is kept"
        return [], (Finding("no-main-content", "warning", "normalise", message),)
    starts = [line.span.start for line in source.lines] + [len(source.text)]
    spans = join(Span(starts[i], starts[i + 1]) for i, keep in enumerate(body.kept) if not keep)
    rule, reason = f"layout.{body.how}", "a line of the page around the document"
    return [Edit(span, "", rule, reason) for span in spans], ()


def page_of(source: SourceText) -> Page:
    """A whole source text as cleaning rules see it."""
    return _page(source, source.text, OffsetMap.identity(len(source.text)))


def _page(source: SourceText, text: str, offsets: OffsetMap) -> Page:
    """A source text as far as it is left in `text`, with the lines that are left."""
    if offsets.out_length == offsets.src_length:
        return Page(text, source.lines, source.fields)
    gone, last = offsets.removed(), 0
    lines: list[Line] = []
    for line in source.lines:
        while last < len(gone) and gone[last].end < line.span.end:
            last += 1
        if last < len(gone) and gone[last].covers(line.span):
            continue
        lines += (replace(line, span=place) for place in offsets.to_output(line.span))
    return Page(text, tuple(lines), source.fields)


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


def _removals(text: str, edits: list[Edit], to_raw: OffsetMap) -> Iterator[Removal]:
    """What edits on `text` take out of the raw text; a cut is one between words that are kept."""
    first, last = _kept_edges(text, edits)
    for edit in edits:
        cut = first < edit.span.start and edit.span.end <= last
        yield from (Removal(piece, edit.rule, edit.reason, cut) for piece in to_raw.to_source(edit.span))


def _breaks(joints: list[Edit], to_raw: OffsetMap) -> Iterator[Removal]:
    """The line breaks that are taken out: blanks, so that nothing is cut out of the document's words."""
    for edit in joints:
        if edit.replacement:
            continue  # between Latin words a blank stands for it
        yield from (Removal(piece, edit.rule, edit.reason, cut=False) for piece in to_raw.to_source(edit.span))


def _torn(text: str, edits: list[Edit]) -> Iterator[Finding]:
    """Places where a sentence was pasted into another: what pastes also overwrites, so words may be lost there."""
    for edit in edits:
        start, end = edit.span.start, edit.span.end
        if edit.rule == "spam.spliced" and _WITHIN.search(text, max(0, start - 2), start):
            before = Span(max(text.rfind("\n", 0, start) + 1, start - _BESIDE), start)
            stop = text.find("\n", end)
            after = Span(end, min(len(text) if stop < 0 else stop, end + _BESIDE))
            message = "a sentence was pasted in here; words of the document may have been lost"
            yield Finding("missing-text", "warning", "normalise", message, tuple(s for s in (before, after) if len(s)))


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

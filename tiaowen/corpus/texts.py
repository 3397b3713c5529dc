"""Texts derived from a snapshot: what the page said, and what of it is the document.

Four texts, each with its map back to the one before:

    raw     the decoded bytes, markup and all; every offset that leaves the program counts in it
    text    of SourceText: the raw text flattened to lines (markup gone, entities read)
    clean   of NormalText: those lines without layout and spam, in their own script; what is quoted
    text    of NormalText: the clean text in Simplified characters; what is parsed and matched
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tiaowen.corpus.findings import Finding
from tiaowen.corpus.snapshot import Digest
from tiaowen.text.script import Language, Script
from tiaowen.text.spans import OffsetMap, Span


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a flattened page: its `span` in SourceText.text without the line break, and where it stood.

    `element` is the path of the elements around it, outermost first, as `div#zoom/table.bd1/td`; empty in plain text.
    `linked` counts its code points inside links.
    """

    span: Span
    element: str = ""
    linked: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece of the raw text stands in a file that is no text: `span` is on page, or in paragraph, `number`.

    Numbers count from 1. `box` is left, top, right, bottom in points (1/72 inch) from the page's top left corner.
    """

    span: Span
    unit: Literal["page", "paragraph"]
    number: int
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Field:
    """A named value the page carries outside its text, as <title> or <meta name=…>; `spans` count in the raw text."""

    name: str
    value: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Removal:
    """A piece of the raw text that is not in the clean text, with the rule that took it out and why.

    `cut` tells a removal from within the document's words (spam, residue), over which no quotation may run on
    unmarked, from mere markup and white space.
    """

    span: Span
    rule: str
    reason: str
    cut: bool


@dataclass(frozen=True)
class SourceText:
    """What a page says: the snapshot decoded and flattened. `map` leads from `text` to `raw`.

    The raw text of a file that is no text is its text layer, one printed line or paragraph a line; `charset` then
    names what read it, and `places`, in the order of their spans, lead into the file (docs/adr/0004).
    """

    digest: Digest
    media_type: str
    charset: str
    raw: str
    text: str
    map: OffsetMap
    lines: tuple[Line, ...]
    removals: tuple[Removal, ...] = ()
    fields: tuple[Field, ...] = ()
    findings: tuple[Finding, ...] = ()
    places: tuple[Place, ...] = ()

    def places_of(self, span: Span) -> tuple[Place, ...]:
        """The places that `span` of the raw text touches."""
        return tuple(place for place in self.places if place.span.overlaps(span))


@dataclass(frozen=True)
class NormalText:
    """A source text without its dirt and in Simplified characters, for parsing and matching.

    `clean_map` leads from `clean` to `source.raw`, `script_map` from `text` to `clean`. `removals` are all pieces of
    the raw text that are not in `clean`, in order, those of the source text included.
    """

    source: SourceText
    clean: str
    clean_map: OffsetMap
    text: str
    script_map: OffsetMap
    removals: tuple[Removal, ...]
    script: Script
    language: Language
    findings: tuple[Finding, ...] = ()

    def clean_spans(self, span: Span) -> tuple[Span, ...]:
        """Where `span` of `text` stands in `clean`."""
        return self.script_map.to_source(span)

    def raw_spans(self, span: Span) -> tuple[Span, ...]:
        """Where `span` of `text` stands in the raw text."""
        pieces = (p for s in self.clean_spans(span) for p in self.clean_map.to_source(s))
        return tuple(pieces)

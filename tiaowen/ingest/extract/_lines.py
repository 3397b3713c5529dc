"""What the extractors share: edits on the raw text become a source text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.texts import Field, Line, Removal, SourceText
from tiaowen.errors import IngestError
from tiaowen.ingest.decode import Decoded, decode
from tiaowen.ingest.extract._markup import characters
from tiaowen.ingest.limits import MAX_LINES
from tiaowen.text.spans import Edit, OffsetMap, Span, apply_edits, in_order

RETURN = re.compile(r"\r\n?")
"""A line end that is no line feed."""


def read_text(snapshot: Snapshot) -> Decoded:
    """The decoded text of a file of lines. Raises IngestError when they are too many."""
    decoded = decode(snapshot.body, snapshot.charset_hint)
    count = decoded.text.count("\n") + decoded.text.count("\r") - decoded.text.count("\r\n") + 1
    if count > MAX_LINES:
        raise IngestError(f"{snapshot.url} has {count:,} lines, over {MAX_LINES:,}: split it")
    return decoded


def newline_edit(match: re.Match[str]) -> Edit:
    """The edit that makes a match of RETURN a line feed."""
    span = Span(match.start(), match.start() + 1)
    replacement = "" if len(match[0]) == 2 else "\n"
    return Edit(span, replacement, "text.newline", "a line end of another kind", aligned=bool(replacement))


def reference_edits(text: str) -> Iterator[Edit]:
    """Edits that put in its place a character that text out of a page spells as a reference: `&ldquo;` or `&#20026;`.

    Only visible characters, and only whole references with their semicolon: a space spelled so is residue.
    """
    for start, end, value in characters(text, 0, len(text)) if "&" in text else ():
        if text[end - 1] == ";" and value.isprintable() and not value.isspace() and value not in "<>&":
            yield Edit(Span(start, end), value, "text.reference", "a character spelled as an HTML reference")


def lines_of(text: str, _: OffsetMap) -> tuple[Line, ...]:
    """The lines of `text`, without elements."""
    lines = []
    start = 0
    for piece in text.split("\n"):
        lines.append(Line(Span(start, start + len(piece))))
        start += len(piece) + 1
    return tuple(lines)


def source_text(
    snapshot: Snapshot,
    decoded: Decoded,
    edits: Iterable[Edit],
    find_lines: Callable[[str, OffsetMap], tuple[Line, ...]],
    fields: tuple[Field, ...] = (),
) -> SourceText:
    """The raw text with `edits` made; an edit that leaves nothing is a removal. `find_lines` splits the new text."""
    made = in_order(edits)
    text, offsets = apply_edits(decoded.text, made)
    return SourceText(
        digest=snapshot.digest,
        media_type=snapshot.media_type,
        charset=decoded.charset,
        raw=decoded.text,
        text=text,
        map=offsets,
        lines=find_lines(text, offsets),
        removals=tuple(Removal(e.span, e.rule, e.reason, cut=False) for e in made if not e.replacement),
        fields=fields,
        findings=decoded.findings,
    )

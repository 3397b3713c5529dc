"""Markdown: heading signs and comments go, the rest stays as it is; a line knows that it was a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.texts import Line, SourceText
from tiaowen.ingest.extract._lines import lines_of, newline_edit, read_text, source_text
from tiaowen.text.spans import Edit, OffsetMap, Span

# A comment may lack its end (CommonMark §4.6); a heading needs white space after its signs (§4.2).
_PIECE = re.compile(r"(?P<comment><!--[\s\S]*?(?:-->|\Z))|^ {0,3}(?P<signs>\#{1,6})[ \t\u3000]+(?=\S)|\r\n?", re.M)
_CLOSING = re.compile(r"[ \t]+#{1,6}[ \t]*$")


class Markdown:
    """text/markdown."""

    media_types: tuple[str, ...] = ("text/markdown", "text/x-markdown")
    suffixes: tuple[str, ...] = (".md", ".markdown")

    def extract(self, snapshot: Snapshot) -> SourceText:
        """The lines of the file; a heading's element is `h1` … `h6`."""
        decoded = read_text(snapshot)
        edits: list[Edit] = []
        levels: dict[int, str] = {}
        for match in _PIECE.finditer(decoded.text):
            edits += _edits(decoded.text, match)
            if match["signs"]:
                levels[match.end()] = f"h{len(match['signs'])}"

        def lines(text: str, offsets: OffsetMap) -> tuple[Line, ...]:
            found = {
                place.start: level for at, level in levels.items() for place in offsets.to_output(Span(at, at + 1))
            }
            return tuple(replace(line, element=found.get(line.span.start, "")) for line in lines_of(text, offsets))

        return source_text(snapshot, decoded, edits, lines)


def _edits(raw: str, match: re.Match[str]) -> Iterator[Edit]:
    span = Span(match.start(), match.end())
    if match["comment"]:
        yield Edit(span, "", "markdown.comment", "a comment, not shown to readers")
    elif not match["signs"]:
        yield newline_edit(match)
    else:
        yield Edit(span, "", "markdown.heading", "the sign of a heading")
        end = raw.find("\n", match.end())
        closing = _CLOSING.search(raw[match.end() : len(raw) if end < 0 else end].rstrip("\r"))
        if closing:
            yield Edit(
                Span(match.end() + closing.start(), match.end() + closing.end()),
                "",
                "markdown.heading",
                "the closing sign of a heading",
            )


plugin = Markdown()

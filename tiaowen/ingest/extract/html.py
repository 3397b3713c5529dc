"""HTML pages: markup becomes line breaks or nothing, character references become characters, rows stay rows."""

from __future__ import annotations

from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.texts import SourceText
from tiaowen.errors import IngestError
from tiaowen.ingest.decode import decode
from tiaowen.ingest.extract._flatten import flatten
from tiaowen.ingest.extract._lines import source_text
from tiaowen.ingest.limits import MAX_MARKS


class Html:
    """text/html, and XHTML, which pages rarely keep to."""

    media_types: tuple[str, ...] = ("text/html", "application/xhtml+xml")
    suffixes: tuple[str, ...] = (".html", ".htm", ".shtml", ".xhtml", ".mhtml", ".jsp", ".aspx", ".php")

    def extract(self, snapshot: Snapshot) -> SourceText:
        """The page's lines with their elements; the title and the <meta> values are fields."""
        decoded = decode(snapshot.body, snapshot.charset_hint)
        if decoded.text.count("<") > MAX_MARKS:
            raise IngestError(f"{snapshot.url} has over {MAX_MARKS:,} tags: split it")
        edits, lines, fields = flatten(decoded.text)
        return source_text(snapshot, decoded, edits, lambda *_: lines, fields)


plugin = Html()

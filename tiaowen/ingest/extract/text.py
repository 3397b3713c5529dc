"""Plain text as it is; only line ends are made one kind."""

from __future__ import annotations

from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.texts import SourceText
from tiaowen.ingest.extract._lines import RETURN, lines_of, newline_edit, read_text, source_text


class PlainText:
    """text/plain."""

    media_types: tuple[str, ...] = ("text/plain",)
    suffixes: tuple[str, ...] = (".txt", ".text")

    def extract(self, snapshot: Snapshot) -> SourceText:
        """Every character kept but the carriage return before a line feed."""
        decoded = read_text(snapshot)
        edits = map(newline_edit, RETURN.finditer(decoded.text))
        return source_text(snapshot, decoded, edits, lines_of)


plugin = PlainText()

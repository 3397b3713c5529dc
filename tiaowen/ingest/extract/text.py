"""Plain text as it is; line ends are made one kind, and characters written as HTML references are read."""

from __future__ import annotations

from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.texts import SourceText
from tiaowen.ingest.extract._lines import RETURN, lines_of, newline_edit, read_text, reference_edits, source_text


class PlainText:
    """text/plain."""

    media_types: tuple[str, ...] = ("text/plain",)
    suffixes: tuple[str, ...] = (".txt", ".text")

    def extract(self, snapshot: Snapshot) -> SourceText:
        """Every character kept but the carriage return before a line feed, and the spelling of references."""
        decoded = read_text(snapshot)
        edits = [*map(newline_edit, RETURN.finditer(decoded.text)), *reference_edits(decoded.text)]
        return source_text(snapshot, decoded, edits, lines_of)


plugin = PlainText()

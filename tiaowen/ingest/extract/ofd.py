"""OFD files (GB/T 33190), the fixed-layout format of Chinese official documents, read by the package ofdkit."""

from __future__ import annotations

from importlib.util import find_spec

from tiaowen.corpus.findings import Finding
from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.texts import SourceText
from tiaowen.errors import IngestError, MissingExtra
from tiaowen.ingest.extract._child import asked
from tiaowen.ingest.extract._print import Piece, printed_lines
from tiaowen.ingest.extract._printed_text import printed_text
from tiaowen.ingest.limits import MAX_CHARACTERS, MAX_PAGES, MAX_PIECES, MAX_TAGS, PAGES_MEMORY
from tiaowen.ingest.packages import open_package, read_part


class Ofd:
    """application/ofd."""

    media_types: tuple[str, ...] = ("application/ofd", "application/x-ofd", "application/vnd.ofd")
    suffixes: tuple[str, ...] = (".ofd",)

    def extract(self, snapshot: Snapshot) -> SourceText:
        """The printed text without running heads and page numbers, its broken lines joined.

        Raises IngestError for a file that is damaged or over a limit, and for one with no text at all.
        """
        if find_spec("ofdkit") is None:
            raise IngestError(f"{snapshot.url}: {MissingExtra('ofdkit', 'ofd')}")
        _check_parts(snapshot)
        answer = asked("_ofd_child.py", snapshot, PAGES_MEMORY, MAX_PAGES, MAX_CHARACTERS, MAX_PIECES)
        pages = [[Piece(*piece) for piece in page] for page in answer["pages"]]
        if not any(pages):
            raise IngestError(f"{snapshot.url}: it has no text; if its pages are pictures, recognise them first")
        findings = tuple(Finding("unreadable-page", "warning", "extract", warning) for warning in answer["warnings"])
        return printed_text(snapshot, printed_lines(pages), answer["reader"], findings)


def _check_parts(snapshot: Snapshot) -> None:
    """Refuse a file before its XML is a tree: the tags of all parts together are bounded."""
    tags = 0
    with open_package(snapshot.body, snapshot.url) as package:
        for info in package.infolist():
            tags += read_part(package, info).count(b"<")
            if tags > MAX_TAGS:
                raise IngestError(f"{snapshot.url} has over {MAX_TAGS:,} tags: split it")


plugin = Ofd()

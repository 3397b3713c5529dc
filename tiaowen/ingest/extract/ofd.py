"""OFD files (GB/T 33190), the fixed-layout format of Chinese official documents, read by the package ofdkit."""

from __future__ import annotations

from importlib import metadata
from importlib.util import find_spec

from tiaowen.corpus.findings import Finding
from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.texts import SourceText
from tiaowen.errors import IngestError, MissingExtra
from tiaowen.ingest.extract._print import Piece, printed_lines
from tiaowen.ingest.extract._printed_text import printed_text
from tiaowen.ingest.limits import MAX_PAGES, MAX_TAGS
from tiaowen.ingest.packages import UNREADABLE, open_package, read_part

_POINTS = 72 / 25.4  # OFD counts in millimetres
_ABOVE = 0.88  # of the type size stands above the baseline


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
        pages, warnings = _read(snapshot)
        if not any(pages):
            raise IngestError(f"{snapshot.url}: it has no text; if its pages are pictures, recognise them first")
        findings = tuple(Finding("unreadable-page", "warning", "extract", warning) for warning in warnings)
        reader = f"ofdkit {metadata.version('ofdkit')}"
        return printed_text(snapshot, printed_lines(pages), reader, findings)


def _check_parts(snapshot: Snapshot) -> None:
    """Refuse a file before its XML is a tree: the tags of all parts together are bounded."""
    tags = 0
    with open_package(snapshot.body, snapshot.url) as package:
        for part in package.namelist():
            if part.lower().endswith(".xml"):
                tags += read_part(package, part).count(b"<")
            if tags > MAX_TAGS:
                raise IngestError(f"{snapshot.url} has over {MAX_TAGS:,} tags: split it")


def _read(snapshot: Snapshot) -> tuple[list[list[Piece]], list[str]]:
    import ofdkit  # noqa: PLC0415  # an extra

    try:
        with ofdkit.open(snapshot.body) as document:
            if len(document.pages) > MAX_PAGES:
                raise IngestError(f"{snapshot.url} has {len(document.pages):,} pages, over {MAX_PAGES:,}: split it")
            pages = [
                [
                    Piece(run.text, *_box(run.x, run.y, run.width, run.size), run.size * _POINTS)
                    for run in page.runs
                    if run.text.strip()
                ]
                for page in document.pages
            ]
            return pages, list(document.warnings)
    except (ofdkit.OFDError, RecursionError, *UNREADABLE) as error:
        raise IngestError(f"{snapshot.url}: not a readable OFD file: {error}") from error


def _box(x: float, y: float, width: float, size: float) -> tuple[float, float, float, float]:
    top = y - size * _ABOVE
    left, top, right, bottom = (round(value * _POINTS, 2) for value in (x, top, x + width, top + size))
    return left, top, right, bottom


plugin = Ofd()

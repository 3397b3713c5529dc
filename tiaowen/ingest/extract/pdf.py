"""PDF files with a text layer, read by PDFium in a process of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from typing import Any

from tiaowen.corpus.findings import Finding
from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.texts import SourceText
from tiaowen.errors import IngestError, MissingExtra
from tiaowen.ingest.extract._child import asked
from tiaowen.ingest.extract._print import Piece, printed_lines
from tiaowen.ingest.extract._printed_text import printed_text
from tiaowen.ingest.limits import (
    MAX_CHARACTERS,
    MAX_PAGES,
    MAX_PICTURES,
    MAX_PIECES,
    PAGES_MEMORY,
    RECOGNISER_MEMORY,
)


class Pdf:
    """application/pdf."""

    media_types: tuple[str, ...] = ("application/pdf",)
    suffixes: tuple[str, ...] = (".pdf",)

    def extract(self, snapshot: Snapshot) -> SourceText:
        """The printed text without running heads and page numbers, its broken lines joined.

        Pages that are pictures are recognised where the extra `ocr` is installed; a finding says so, or that they were
        not. Raises IngestError for a file that is damaged, locked or over a limit, and for one with no text at all.
        """
        if find_spec("pypdfium2") is None:
            raise IngestError(f"{snapshot.url}: {MissingExtra('pypdfium2', 'pdf')}")
        answer = asked("_pdf_child.py", snapshot, PAGES_MEMORY, MAX_PAGES, MAX_CHARACTERS, MAX_PIECES)
        pages, reader = answer["pages"], answer["reader"]
        pictures = [number for number, page in enumerate(pages, start=1) if page.get("images")]
        findings = [*_findings(pages)]
        if pictures and find_spec("rapidocr"):
            recognised = asked("_ocr_child.py", snapshot, RECOGNISER_MEMORY, *pictures[:MAX_PICTURES])
            for number, page in recognised["pages"].items():
                pages[int(number) - 1] = page
            reader = f"{reader}, {recognised['reader']}"
            findings.append(_recognised(recognised))
            pictures = pictures[MAX_PICTURES:]
        if pictures:
            findings.append(_scanned(pictures))
        pieces = [[Piece(*piece) for piece in page["pieces"]] for page in pages]
        if not any(pieces):
            said = " ".join(finding.message for finding in findings) or "it has no text at all"
            raise IngestError(f"{snapshot.url}: {said}")
        return printed_text(snapshot, printed_lines(pieces), reader, tuple(findings))


def _findings(pages: list[dict[str, Any]]) -> Iterator[Finding]:
    def listed(key: str) -> str:
        return _list(number for number, page in enumerate(pages, start=1) if page.get(key))

    if unread := listed("unread"):
        message = f"pages {unread} hold text in fonts neither in the file nor installed; some of it may be missing"
        yield Finding("font-missing", "warning", "extract", message)
    if broken := listed("error"):
        yield Finding("unreadable-page", "error", "extract", f"pages {broken} cannot be read")


def _scanned(pages: list[int]) -> Finding:
    how = f"{MissingExtra('rapidocr', 'ocr')}" if find_spec("rapidocr") is None else "split the file"
    message = f"pages {_list(pages)} are pictures without text and are not read; to recognise it, {how}"
    return Finding("scanned-page", "error", "extract", message)


def _recognised(answer: dict[str, Any]) -> Finding:
    unsure = sum(page["unsure"] for page in answer["pages"].values())
    doubt = f", {unsure} lines of it unsurely" if unsure else ""
    message = f"the text of pages {_list(answer['pages'])} was recognised from pictures{doubt}: compare before quoting"
    return Finding("recognised-text", "warning", "extract", message)


def _list(numbers: Iterable[object]) -> str:
    return ", ".join(map(str, numbers))


plugin = Pdf()

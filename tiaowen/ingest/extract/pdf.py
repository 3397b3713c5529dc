"""PDF files with a text layer, read by PDFium in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tiaowen.corpus.findings import Finding
from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.texts import SourceText
from tiaowen.errors import IngestError, MissingExtra
from tiaowen.ingest.extract._print import Piece, printed_lines
from tiaowen.ingest.extract._printed_text import printed_text
from tiaowen.ingest.limits import MAX_PAGE_BYTES, MAX_PAGES, PAGES_MEMORY, PAGES_SECONDS

_CHILD = Path(__file__).with_name("_pdf_child.py")


class Pdf:
    """application/pdf."""

    media_types: tuple[str, ...] = ("application/pdf",)
    suffixes: tuple[str, ...] = (".pdf",)

    def extract(self, snapshot: Snapshot) -> SourceText:
        """The printed text without running heads and page numbers, its broken lines joined.

        Raises IngestError for a file that is damaged, locked or over a limit, and for one with no text at all.
        """
        answer = _read(snapshot)
        pages = [[Piece(*piece) for piece in page["pieces"]] for page in answer["pages"]]
        findings = tuple(_findings(answer["pages"]))
        if not any(pages):
            said = " ".join(finding.message for finding in findings) or "it has no text at all"
            raise IngestError(f"{snapshot.url}: {said}")
        return printed_text(snapshot, printed_lines(pages), answer["reader"], findings)


def _read(snapshot: Snapshot) -> dict[str, Any]:
    """What the child process says of the file."""
    if find_spec("pypdfium2") is None:
        raise IngestError(f"{snapshot.url}: {MissingExtra('pypdfium2', 'pdf')}")
    limits = [str(limit) for limit in (PAGES_MEMORY, MAX_PAGES, MAX_PAGE_BYTES)]
    command = [sys.executable, "-P", str(_CHILD), *limits]
    try:
        child = subprocess.run(  # noqa: S603  # our own file and numbers, no shell
            command, input=snapshot.body, capture_output=True, timeout=PAGES_SECONDS, check=False
        )
        answer: dict[str, Any] = json.loads(child.stdout) if child.returncode == 0 else {}
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise IngestError(f"{snapshot.url}: reading the PDF took over {PAGES_SECONDS} s: split it") from error
    if "pages" not in answer:
        reason = (
            answer.get("error") or f"reading it ended by signal or limit ({child.returncode}): it is damaged or hostile"
        )
        raise IngestError(f"{snapshot.url}: {reason}")
    return answer


def _findings(pages: list[dict[str, Any]]) -> Iterator[Finding]:
    def listed(key: str) -> str:
        return ", ".join(str(number) for number, page in enumerate(pages, start=1) if page.get(key))

    if scanned := listed("images"):
        message = f"pages {scanned} are pictures without text: recognise them first, as with the extra tiaowen[ocr]"
        yield Finding("scanned-page", "warning", "extract", message)
    if unread := listed("unread"):
        message = f"pages {unread} hold text in fonts neither in the file nor installed; some of it may be missing"
        yield Finding("font-missing", "warning", "extract", message)
    if broken := listed("error"):
        yield Finding("unreadable-page", "error", "extract", f"pages {broken} cannot be read")


plugin = Pdf()

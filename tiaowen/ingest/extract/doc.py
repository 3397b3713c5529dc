"""Old Word files (DOC) and WPS files: turned into DOCX by LibreOffice, where it is installed, and read as such."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.texts import SourceText
from tiaowen.errors import IngestError
from tiaowen.ingest.extract import docx
from tiaowen.ingest.limits import MAX_PART_BYTES

_SECONDS = 90
_OTHERS = (".xls", ".et", ".ppt", ".dps", ".msi", ".msg", ".vsd")


class Doc:
    """application/msword and kin: files that begin as OLE compound files or RTF do."""

    media_types: tuple[str, ...] = ("application/msword", "application/vnd.ms-works", "application/rtf")
    suffixes: tuple[str, ...] = (".doc", ".wps", ".rtf")

    def extract(self, snapshot: Snapshot) -> SourceText:
        """The text layer of the file as LibreOffice reads it. Raises IngestError without LibreOffice or a result."""
        if snapshot.url.lower().endswith(_OTHERS):
            raise IngestError(f"{snapshot.url} is no text document: save its text as html, txt or docx first")
        office = shutil.which("soffice") or shutil.which("libreoffice")
        if office is None:
            raise IngestError(f"{snapshot.url}: old Word files need LibreOffice (the program soffice); or save as DOCX")
        with tempfile.TemporaryDirectory(prefix="tiaowen-") as folder:
            converted = _converted(office, snapshot, Path(folder))
        made = docx.plugin.extract(replace(snapshot, body=converted))
        return replace(made, charset="LibreOffice, docx")


def _converted(office: str, snapshot: Snapshot, folder: Path) -> bytes:
    """The DOCX that LibreOffice makes, in a profile of its own so that no other run or setting matters."""
    source = folder / "page.doc"
    source.write_bytes(snapshot.body)
    command = [
        office,
        "--headless",
        "--norestore",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder),
        str(source),
    ]
    _run(command, snapshot.url)
    made = folder / "page.docx"
    if not made.is_file() or not 0 < made.stat().st_size <= MAX_PART_BYTES:
        raise IngestError(f"{snapshot.url}: LibreOffice made nothing of it: it is damaged, locked or no text document")
    return made.read_bytes()


def _run(command: list[str], name: str) -> None:
    """Run LibreOffice, whose launcher starts another process: at the time limit the whole group ends."""
    with subprocess.Popen(  # noqa: S603  # a fixed command and our own paths, no shell
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as child:
        try:
            child.wait(_SECONDS)
        except subprocess.TimeoutExpired as error:
            os.killpg(child.pid, signal.SIGKILL)
            raise IngestError(f"{name}: LibreOffice took over {_SECONDS} s") from error


plugin = Doc()

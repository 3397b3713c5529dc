"""Word files (DOCX): the text layer is the body's paragraphs, one a line, with their automatic numbers."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from tiaowen.corpus.findings import Finding
from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.texts import Place, SourceText
from tiaowen.errors import IngestError
from tiaowen.ingest.extract._layer import LayerWriter, layer_text
from tiaowen.ingest.extract._wordml import Body
from tiaowen.ingest.packages import open_package, read_xml
from tiaowen.text.spans import Span

_MAIN = "word/document.xml"


class Docx:
    """Office Open XML text documents."""

    media_types: tuple[str, ...] = (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.ms-word.document.macroEnabled.12",
    )
    suffixes: tuple[str, ...] = (".docx", ".docm")

    def extract(self, snapshot: Snapshot) -> SourceText:
        """The body; heads, feet, notes and comments are left out, insertions are in and deletions are not."""
        try:
            return self._extract(snapshot)
        except RecursionError as error:
            raise IngestError(f"{snapshot.url} nests too deep to be an honest document") from error

    def _extract(self, snapshot: Snapshot) -> SourceText:
        writer = LayerWriter(snapshot.url)
        with open_package(snapshot.body, snapshot.url) as package:
            if _MAIN not in package.namelist():
                raise IngestError(f"{snapshot.url} is a ZIP package without {_MAIN}: not a Word document")
            body = Body(
                read_xml(package, _MAIN),
                _optional(package, "word/styles.xml"),
                _optional(package, "word/numbering.xml"),
            )
            for number, paragraph in enumerate(body.paragraphs(), start=1):
                place = Place(Span(0, 0), "paragraph", number)
                writer.add(paragraph.number + paragraph.text, place, paragraph.element)
        return layer_text(snapshot, writer.finish(), "docx", findings=tuple(_findings(body)))


def _findings(body: Body) -> Iterator[Finding]:
    counts = body.left_out()
    if counts["notes"]:
        message = f"{counts['notes']} footnotes or endnotes are called in the text and not read"
        yield Finding("notes-left-out", "warning", "extract", message)
    if counts["deletions"]:
        message = f"{counts['deletions']} pieces are marked as deleted and left out; what is marked as inserted is in"
        yield Finding("tracked-changes", "warning", "extract", message)


def _optional(package: zipfile.ZipFile, part: str) -> ET.Element | None:
    return read_xml(package, part) if part in package.namelist() else None


plugin = Docx()

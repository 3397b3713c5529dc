"""Word files (DOCX): the text layer is the body's paragraphs, one a line, with their automatic numbers."""

from __future__ import annotations

import zipfile
from xml.etree import ElementTree as ET

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
        return layer_text(snapshot, writer.finish(), "docx")


def _optional(package: zipfile.ZipFile, part: str) -> ET.Element | None:
    return read_xml(package, part) if part in package.namelist() else None


plugin = Docx()

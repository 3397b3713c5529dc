"""The paragraphs of a DOCX file's body, in order, with their numbers and styles (ISO/IEC 29500-1 §17)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

from tiaowen.errors import IngestError
from tiaowen.ingest.extract._wordnumbers import Numbers, W
from tiaowen.ingest.limits import MAX_NESTING

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DELETED = frozenset((f"{W}del", f"{W}moveFrom", _FALLBACK, f"{W}instrText", f"{W}delText", f"{W}rPr", f"{W}pPr"))
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_LONGEST_ROW = 2_000  # code points of a table row that is kept as one line, as for HTML
_HEADING = re.compile(r"(?:heading|标题) ?([1-9])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One printed paragraph: its automatic number and `text`; `element` as in `Line.element`."""

    number: str
    text: str
    element: str


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph style says: its parent, its list and level, and the heading level it has (0 for none)."""

    name: str
    parent: str
    list_name: str | None
    depth: int | None
    heading: int


class Body:
    """The body of a document with its styles and lists."""

    def __init__(self, document: ET.Element, styles: ET.Element | None, numbering: ET.Element | None) -> None:
        self._document = document
        self._styles = {} if styles is None else {s.get(f"{W}styleId", ""): _style(s) for s in styles.iter(f"{W}style")}
        self._numbers = Numbers.read(numbering)

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph, a table's rows as one each with tabs between the cells. Raises IngestError if too deep."""
        body = self._document.find(f"{W}body")
        if body is not None:
            yield from self._blocks(body, 0)

    def left_out(self) -> dict[str, int]:
        """What the paragraphs do not tell of: how many notes are called, how many pieces are marked as deleted."""
        counts = Counter(element.tag for element in self._document.iter())
        notes = counts[f"{W}footnoteReference"] + counts[f"{W}endnoteReference"]
        return {"notes": notes, "deletions": counts[f"{W}del"] + counts[f"{W}moveFrom"]}

    def _blocks(self, parent: ET.Element, depth: int) -> Iterator[Paragraph]:
        if depth > MAX_NESTING:
            raise IngestError(f"the document nests more than {MAX_NESTING} blocks in one another")
        for element in parent:
            if element.tag == f"{W}p":
                yield from self._paragraph(element, depth)
            elif element.tag == f"{W}tbl":
                yield from self._table(element, depth + 1)
            elif element.tag not in _DELETED:
                yield from self._blocks(element, depth + 1)

    def _table(self, table: ET.Element, depth: int) -> Iterator[Paragraph]:
        for row in _nearest(table, "tr"):
            cells = [list(self._blocks(cell, depth + 1)) for cell in _nearest(row, "tc")]
            filled = [cell for cell in cells if cell]
            if len(filled) > 1 and sum(len(p.text) for cell in cells for p in cell) <= _LONGEST_ROW:
                texts = [" ".join(f"{p.number}{p.text}".strip() for p in cell) for cell in cells]
                yield Paragraph("", "\t".join(texts), "table/tr")
            else:
                for cell in filled:
                    yield from (replace(p, element=f"table/tr/td/{p.element}".rstrip("/")) for p in cell)

    def _paragraph(self, element: ET.Element, depth: int) -> Iterator[Paragraph]:
        properties = element.find(f"{W}pPr")
        text, boxes = _text_of(element)
        number, heading = self._number(properties), self._heading(properties)
        if text.strip() or number.strip():
            yield Paragraph(number if text.strip() else "", text, f"h{min(heading, 6)}" if heading else "")
        for box in boxes:
            yield from self._blocks(box, depth + 1)

    def _number(self, properties: ET.Element | None) -> str:
        list_name, depth = self._list_of(properties)
        return "" if list_name in (None, "0") else self._numbers.of(list_name or "", depth)

    def _list_of(self, properties: ET.Element | None) -> tuple[str | None, int]:
        """The list and level of a paragraph, its own or its style's."""
        list_name, depth = _list_in(properties)
        chain = list(self._chain(properties))
        for style in chain:
            list_name = list_name if list_name is not None else style.list_name
            depth = depth if depth is not None else style.depth
        if depth is None and list_name:
            linked = (self._numbers.level_of_style(list_name, style.name) for style in chain)
            depth = next((level for level in linked if level is not None), None)
        return list_name, depth or 0

    def _heading(self, properties: ET.Element | None) -> int:
        own = _attribute(properties, "outlineLvl")
        if own is not None and own.isdigit():
            return int(own) + 1 if int(own) < 9 else 0
        return next((style.heading for style in self._chain(properties) if style.heading), 0)

    def _chain(self, properties: ET.Element | None) -> Iterator[_Style]:
        """The paragraph's style and those it is based on."""
        name, seen = _attribute(properties, "pStyle") or "", set[str]()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = self._styles[name].parent


def _nearest(element: ET.Element, tag: str) -> Iterator[ET.Element]:
    """The elements `tag` below, but none inside another of them or of an inner table."""
    for child in element:
        if child.tag == f"{W}{tag}":
            yield child
        elif child.tag not in (f"{W}tbl", f"{W}p", f"{W}tc"):
            yield from _nearest(child, tag)


def _style(element: ET.Element) -> _Style:
    list_name, depth = _list_in(element.find(f"{W}pPr"))
    outline = _attribute(element.find(f"{W}pPr"), "outlineLvl")
    named = _HEADING.fullmatch(_attribute(element, "name") or "")
    heading = int(outline) + 1 if outline and outline.isdigit() and int(outline) < 9 else int(named[1]) if named else 0
    name = element.get(f"{W}styleId", "")
    return _Style(name, _attribute(element, "basedOn") or "", list_name, depth, heading)


def _list_in(properties: ET.Element | None) -> tuple[str | None, int | None]:
    found = None if properties is None else properties.find(f"{W}numPr")
    depth = _attribute(found, "ilvl")
    return _attribute(found, "numId"), int(depth) if depth and depth.isdigit() else None


def _attribute(element: ET.Element | None, child: str) -> str | None:
    found = None if element is None else element.find(f"{W}{child}")
    return None if found is None else found.get(f"{W}val")


def _text_of(paragraph: ET.Element) -> tuple[str, list[ET.Element]]:
    """The text of a paragraph as it is printed, deleted text left out, and the text boxes that hang on it."""
    pieces: list[str] = []
    boxes: list[ET.Element] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag == f"{W}t":
            pieces.append(element.text or "")
        elif element.tag in _SIGNS:
            pieces.append("" if element.get(f"{W}type") == "page" else _SIGNS[element.tag])
        elif element.tag == f"{W}sym":
            pieces.append(_symbol(element.get(f"{W}char", "")))
        elif element.tag == f"{W}txbxContent":
            boxes.append(element)
        elif element.tag == f"{W}r" and _is_hidden(element):
            continue
        elif element.tag not in _DELETED:
            waiting.extend(reversed(element))
    return "".join(pieces), boxes


def _is_hidden(run: ET.Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val", "1") not in ("0", "false", "off")


def _symbol(code: str) -> str:
    """A sign of a symbol font: its code point if it is a character of its own, else U+FFFD."""
    try:
        sign = chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
    return "\ufffd" if "\ue000" <= sign <= "\uf8ff" or "\ud800" <= sign <= "\udfff" else sign

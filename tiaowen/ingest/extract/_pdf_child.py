"""Reads a PDF for `_bounded.py`: its printed pieces, page by page. PDFium is C++ and the file is hostile."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

Piece = tuple[str, float, float, float, float, float]
"""Text, then left, top, right, bottom and type size in points from the page's top left corner."""

_STAMP = 100  # characters: fewer may be a stamp or page number on a scanned page
_COVERED = 0.4  # of a page
_LONGEST_PAGE = 100_000  # characters; a sheet of fine print has 20,000
_GAP = 1.2  # a gap wider than this share of the type size parts two pieces of a line


def read(
    body: bytes, allow: Callable[[int, int], None], most_pages: int, most_characters: int, most_pieces: int
) -> dict[str, Any]:
    """The pages with their pieces, or the error for which the whole file is refused."""
    import pypdfium2 as pdfium  # noqa: PLC0415  # imported under the limits

    try:
        document = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            return {"error": "it is locked with a password: save a copy without one"}
        return {"error": f"PDFium cannot open it: it was cut off or is damaged ({error}); fetch it again"}
    if len(document) > most_pages:
        return {"error": f"it has {len(document):,} pages, over the limit of {most_pages:,}: split it"}
    pages: list[dict[str, Any]] = []
    characters = pieces = 0
    for number in range(len(document)):
        allow(number, characters)
        try:
            page = _page(document, number)
        except pdfium.PdfiumError as error:
            page = {"width": 0, "height": 0, "pieces": [], "images": 0, "error": str(error)}
        pages.append(page)
        characters += sum(len(piece[0]) for piece in page["pieces"])
        pieces += len(page["pieces"])
        if characters > most_characters or pieces > most_pieces:
            return {"error": "it holds more text than one file may: split it"}
    return {"reader": f"pdfium {pdfium.version.PDFIUM_INFO.build}", "pages": pages}


def _page(document: Any, number: int) -> dict[str, Any]:
    from pypdfium2 import raw  # noqa: PLC0415

    page = document[number]
    width, height = page.get_size()
    text = page.get_textpage()
    if raw.FPDFText_CountChars(text.raw) > _LONGEST_PAGE:
        return {"width": width, "height": height, "pieces": [], "images": 0, "error": "too much text for a page"}
    pieces = list(_pieces(_characters(raw, text.raw, float(height))))
    images = 0
    if sum(len(piece[0]) for piece in pieces) < _STAMP:
        images = _pictures(raw, page, width * height if pieces else 0.0)
    unread = _unread(raw, page)
    text.close()
    page.close()
    return {"width": width, "height": height, "pieces": pieces, "images": images, "unread": unread}


def _pictures(raw: Any, page: Any, area: float) -> int:
    """How many pictures cover most of `area` (square points): a page with but a stamp of text may be a scan."""
    count = 0
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for found in islice(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3), 1000):
        raw.FPDFPageObj_GetBounds(found, left, bottom, right, top)
        count += abs((right.value - left.value) * (top.value - bottom.value)) >= area * _COVERED
    return count


def _unread(raw: Any, page: Any) -> int:
    """Pieces of text that PDFium passes over: of no width, in a font that is neither in the file nor installed."""
    count = 0
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for found in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=3):
        raw.FPDFPageObj_GetBounds(found, left, bottom, right, top)
        font = raw.FPDFTextObj_GetFont(found)
        count += right.value <= left.value and bool(font) and raw.FPDFFont_GetIsEmbedded(font) == 0
    return count


def _characters(raw: Any, text: Any, height: float) -> Iterator[Piece]:
    """Every printed character with its box. The spaces and line ends PDFium makes up are left out: we see the gaps."""
    box = raw.FS_RECTF()
    for index in range(raw.FPDFText_CountChars(text)):
        sign = chr(raw.FPDFText_GetUnicode(text, index))
        if raw.FPDFText_IsHyphen(text, index) == 1:
            sign = "-"
        elif sign in "\0\ufffe\uffff" or raw.FPDFText_HasUnicodeMapError(text, index) == 1:
            sign = "\ufffd"
        made_up = raw.FPDFText_IsGenerated(text, index) == 1 and sign != "-"
        if not made_up and sign >= " " and raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
            size = _type_size(raw, text, index) or abs(box.top - box.bottom)
            yield (sign, box.left, height - box.top, box.right, height - box.bottom, size)


def _type_size(raw: Any, text: Any, index: int) -> float:
    """The size a character is printed in; boxes are as high as the font's makers chose."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)):
        return 0.0
    return float(raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d))


def _pieces(characters: Iterator[Piece]) -> Iterator[Piece]:
    """Characters that follow one another on a line, made one."""
    run: list[Piece] = []
    for character in characters:
        if run and not _goes_on(run[-1], character):
            yield from _joined(run)
            run = []
        run.append(character)
    yield from _joined(run)


def _goes_on(last: Piece, character: Piece) -> bool:
    size = max(last[5], character[5], 1.0)
    level = abs(character[4] - last[4]) <= 0.3 * size
    return level and abs(character[1] - last[3]) <= _GAP * size


def _joined(run: list[Piece]) -> Iterator[Piece]:
    """The run as one piece, with a space where words in letters stand apart."""
    text = ""
    for last, piece in zip([None, *run], run, strict=False):
        gap = last is not None and piece[1] - last[3] > 0.2 * piece[5]
        text += " " + piece[0] if gap and (piece[0] < "\u2000" or text[-1] < "\u2000") else piece[0]
    seen = [piece for piece in run if not piece[0].isspace()]
    if seen:
        yield (
            text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip(" "),
            round(min(piece[1] for piece in seen), 2),
            round(min(piece[2] for piece in seen), 2),
            round(max(piece[3] for piece in seen), 2),
            round(max(piece[4] for piece in seen), 2),
            round(max(piece[5] for piece in seen), 2),
        )

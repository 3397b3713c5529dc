"""Recognises, for `_bounded.py`, the text in pictures of a PDF's pages, whose numbers (from 1) it is given."""

from __future__ import annotations

from collections.abc import Callable
from importlib import metadata
from typing import Any

Piece = tuple[str, float, float, float, float, float]
"""As in `_pdf_child`."""

_DOTS = 200  # to the inch
_PAGE_SECONDS = 90
_LETTERS = 0.85  # of a recognised line's box is the type size
_SURE = 0.8


def read(body: bytes, allow: Callable[[int, int, float], None], *numbers: int) -> dict[str, object]:
    """The pieces of each page asked for."""
    allow(0, 0, _PAGE_SECONDS * (len(numbers) + 1))
    import pypdfium2 as pdfium  # noqa: PLC0415  # imported under the limits
    from rapidocr import RapidOCR  # noqa: PLC0415

    engine = RapidOCR()
    document = pdfium.PdfDocument(body)
    pages = {number: _pieces(engine, document[number - 1]) for number in numbers}
    return {"reader": f"rapidocr {metadata.version('rapidocr')}", "pages": pages}


def _pieces(engine: Any, page: Any) -> dict[str, Any]:
    scale = _DOTS / 72
    found = engine(page.render(scale=scale).to_numpy())
    pieces: list[Piece] = []
    for box, text in zip(found.boxes if found.boxes is not None else (), found.txts or (), strict=True):
        left, top = (float(value) / scale for value in box.min(axis=0))
        right, bottom = (float(value) / scale for value in box.max(axis=0))
        pieces.append((text, *(round(value, 1) for value in (left, top, right, bottom)), (bottom - top) * _LETTERS))
    unsure = sum(score < _SURE for score in found.scores or ())
    return {"pieces": pieces, "unsure": unsure}

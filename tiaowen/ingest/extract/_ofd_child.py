"""Reads an OFD file for `_bounded.py`: its printed pieces, page by page.

A page may name parts that many pages name, and a composite object others, which name others: little that unfolds
without end. Hence the limits.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from importlib import metadata
from typing import Any

Piece = tuple[str, float, float, float, float, float]
"""Text, then left, top, right, bottom and type size in points from the page's top left corner."""

_POINTS = 72 / 25.4  # OFD counts in millimetres
_ABOVE = 0.88  # of the type size stands above the baseline
_UNREADABLE = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError)


def read(
    body: bytes, allow: Callable[[int, int], None], most_pages: int, most_characters: int, most_pieces: int
) -> dict[str, Any]:
    """The pages' pieces and the reader's warnings, or the error for which the whole file is refused."""
    import ofdkit  # noqa: PLC0415  # imported under the limits

    try:
        with ofdkit.open(body) as document:
            if len(document.pages) > most_pages:
                return {"error": f"it has {len(document.pages):,} pages, over the limit of {most_pages:,}: split it"}
            pages: list[list[Piece]] = []
            characters = pieces = 0
            for number, page in enumerate(document.pages):
                allow(number, characters)
                pages.append([_piece(run) for run in page.runs if run.text.strip()])
                characters += sum(len(piece[0]) for piece in pages[-1])
                pieces += len(pages[-1])
                if characters > most_characters or pieces > most_pieces:
                    return {"error": "it holds more text than one file may: split it"}
            warnings = list(document.warnings)
    except (ofdkit.OFDError, RecursionError, *_UNREADABLE) as error:
        return {"error": f"not a readable OFD file: {error}"}
    return {"reader": f"ofdkit {metadata.version('ofdkit')}", "pages": pages, "warnings": warnings}


def _piece(run: Any) -> Piece:
    top = run.y - run.size * _ABOVE
    left, top, right, bottom = (round(value * _POINTS, 2) for value in (run.x, top, run.x + run.width, top + run.size))
    return run.text, left, top, right, bottom, run.size * _POINTS

"""English measures and reports of them: (1) … (10), headings without a number, lists without numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tiaowen.ingest.numbering import Marker, Scheme
from tiaowen.ingest.numbering._signs import list_sign_en

_LATIN = re.compile(r"[A-Za-z]")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def _weigh(lines: Sequence[str]) -> tuple[int, str]:
    latin = sum(bool(_LATIN.search(line)) and not _HAN.search(line) for line in lines)
    if 2 * latin <= len(lines):
        return 0, ""
    found = sum(list_sign_en(line) is not None for line in lines)
    return found + 1, f"an English text; {found} lines open with (1), 1. or the like"


def _mark(line: str) -> Marker | None:
    return list_sign_en(line)


plugin = Scheme(_mark, _weigh, item_headings=True, line_headings=True)

"""Questions and answers (政策解读): questions as 一、…？ headings, each with its answer below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tiaowen.corpus.instrument import ProvisionKind
from tiaowen.ingest.numbering import Marker, Scheme
from tiaowen.ingest.numbering._signs import list_sign_zh

_QUESTION = re.compile(r"[^。]{4,120}[?？]$")
RANK = 60


def _weigh(lines: Sequence[str]) -> tuple[int, str]:
    asked = sum(m.kind is ProvisionKind.QUESTION for line in lines if (m := _mark(line)))
    return (20 * asked, f"{asked} numbered lines are questions") if asked > 1 else (0, "")


def _mark(line: str) -> Marker | None:
    marker = list_sign_zh(line)
    if marker and marker.series in ("一、", "1.") and _QUESTION.fullmatch(line[marker.text :]):
        if len(re.findall(r"[?？]", line)) > 1:
            return None  # all questions joined on one contents line
        return replace(marker, series="question", rank=RANK, kind=ProvisionKind.QUESTION, titled=True)
    return marker


plugin = Scheme(_mark, _weigh, item_headings=True)

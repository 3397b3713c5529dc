"""Questions and answers (政策解读): questions as 一、…？ headings, each with its answer below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tiaowen.corpus.instrument import ProvisionKind
from tiaowen.ingest.numbering import Marker, Scheme
from tiaowen.ingest.numbering._signs import list_sign_zh

_TOPIC = re.compile(r"([0-9]{1,2})[\s\u3000]+(?=[\u4e00-\u9fff]{2,20}$)")
_QUESTION = re.compile(r"[^。]{4,120}[?？]$")
RANK = 60


def _weigh(lines: Sequence[str]) -> tuple[int, str]:
    asked = sum(m.kind is ProvisionKind.QUESTION for line in lines if (m := _mark(line)))
    return (20 * asked, f"{asked} numbered lines are questions") if asked > 1 else (0, "")


def _mark(line: str) -> Marker | None:
    marker = list_sign_zh(line)
    numbered = marker and (marker.series in ("一、", "1.") or "-" in marker.number)
    if marker and numbered and _QUESTION.fullmatch(line[marker.text :]):
        if len(re.findall(r"[?？]", line)) > 1:
            return None  # all questions joined on one contents line
        series = f"question {marker.number.rpartition('-')[0]}"
        return replace(marker, series=series, rank=RANK, kind=ProvisionKind.QUESTION, sure=True, titled=True)
    return marker or _topic(line)


def _topic(line: str) -> Marker | None:
    """1 登记, above the questions 1.1 and 1.2 about it."""
    match = _TOPIC.match(line)
    if not match:
        return None
    end = match.end(1)
    return Marker("topic", RANK - 10, ProvisionKind.LEVEL, match[1], int(match[1]), end, match.end(), False, True)


plugin = Scheme(_mark, _weigh, item_headings=True)

"""JSON lines: one hit a line, as under `hits` of the JSON format."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tiaowen.corpus.export import Exporter, Layout
from tiaowen.corpus.results import SearchReport, found_json


def render(report: SearchReport, layout: Layout) -> Iterator[str]:
    """One JSON object a hit."""
    for found in report.hits:
        yield json.dumps(found_json(found), ensure_ascii=False) + "\n"


plugin = Exporter(render, ".jsonl")

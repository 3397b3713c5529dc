"""JSON: the whole report as one object (docs/schemas/search.schema.json)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tiaowen.corpus.export import Exporter, Layout
from tiaowen.corpus.results import SearchReport, report_json


def render(report: SearchReport, layout: Layout) -> Iterator[str]:
    """One indented JSON object."""
    yield json.dumps(report_json(report), ensure_ascii=False, indent=2) + "\n"


plugin = Exporter(render, ".json")

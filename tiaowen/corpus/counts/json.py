"""JSON: the whole count as one object (docs/schemas/count.schema.json)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tiaowen.corpus.counts import CountForm
from tiaowen.corpus.export import Layout
from tiaowen.corpus.facets import CountReport, count_json


def render(report: CountReport, layout: Layout) -> Iterator[str]:
    """One indented JSON object."""
    yield json.dumps(count_json(report), ensure_ascii=False, indent=2) + "\n"


plugin = CountForm(render, ".json")

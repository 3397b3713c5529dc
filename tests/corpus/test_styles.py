"""Citation styles against tests/golden/styles/cases.json, which a lawyer can read."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.corpus.reports import HITS
from tiaowen.corpus.styles import STYLES

CASES = json.loads((Path(__file__).parents[1] / "golden" / "styles" / "cases.json").read_text("utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"] or "untitled")
def test_each_style_writes_the_citation(case: dict[str, Any]) -> None:
    expected = case.pop("written")
    fields = {**case, "issuers": tuple(case["issuers"]), "day": case["day"] and date.fromisoformat(case["day"])}
    citation = replace(HITS[0].citation, level="", kind="", genre="law", **{"validity": "未知", **fields})
    assert {name: style.write(citation) for name, style in STYLES.all()} == expected

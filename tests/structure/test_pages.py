"""Pages of government sites in the forms they are met in, and what their mastheads say (invented places)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tiaowen.corpus.instrument import Masthead
from tiaowen.corpus.snapshot import Snapshot
from tiaowen.ingest.extract import extract
from tiaowen.ingest.normalise import normalise
from tiaowen.ingest.parse import parse

PAGES = Path(__file__).parents[1] / "golden" / "pages"
EXPECTED: dict[str, dict[str, Any]] = json.loads((PAGES / "expected.json").read_text(encoding="utf-8"))


def values(masthead: Masthead) -> dict[str, Any]:
    dates = masthead.dates
    return {
        "title": masthead.title and masthead.title.value,
        "number": masthead.number and masthead.number.value,
        "issuers": [reading.value for reading in masthead.issuers],
        "written": dates.written and dates.written.value.isoformat(),
        "published": dates.published and dates.published.value.isoformat(),
    }


def cases() -> list[Any]:
    return [
        pytest.param(name, marks=[pytest.mark.xfail(strict=True)] if wanted.get("expect") == "fail" else [])
        for name, wanted in EXPECTED.items()
    ]


@pytest.mark.parametrize("name", cases())
def test_the_masthead_of_a_page_is_as_it_says(name: str) -> None:
    body = (PAGES / f"{name}.html").read_bytes()
    page = Snapshot.of(body, f"https://sample.invalid/{name}", "text/html", datetime(2031, 1, 2, tzinfo=UTC))
    normal = normalise(extract(page))
    mastheads = [instrument.masthead for instrument in parse(normal)]
    wanted = {key: value for key, value in EXPECTED[name].items() if key != "expect"}
    assert wanted in [values(masthead) for masthead in mastheads]
    for masthead in mastheads:
        for reading in (masthead.title, masthead.number, *masthead.issuers, masthead.dates.written):
            assert reading is None or reading.inferred or reading.spans


def test_every_page_has_its_expectation() -> None:
    assert {path.stem for path in PAGES.glob("*.html")} == set(EXPECTED)

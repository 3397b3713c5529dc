"""The sample pages and their golden files fit each other: one file a page, and every string is on its page."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tiaowen.corpus.address import parse_eid
from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.texts import SourceText
from tiaowen.ingest.extract import extract
from tiaowen.ingest.media import media_type_of
from tiaowen.sample import PAGES
from tiaowen.text.fold import fold

GOLDEN = Path(__file__).parents[1] / "golden" / "sample"
CASES = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLDEN.glob("*.json"))]


def source_of(page: str) -> SourceText:
    body = (PAGES / page).read_bytes()
    return extract(Snapshot.of(body, f"file:{page}", media_type_of(page, body), datetime(2026, 1, 1, tzinfo=UTC)))


def test_every_page_has_its_golden_file() -> None:
    assert [case["page"] for case in CASES] == sorted(path.name for path in PAGES.iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["page"])
def test_the_strings_are_on_the_page(case: dict[str, Any]) -> None:
    source = source_of(case["page"])
    assert source.charset == case["charset"]
    cleaned = source.text
    for noise in case["removed"]:
        assert noise in source.text or noise in source.raw, noise
        assert not any(noise in sentence for sentence in case["kept"]), noise
        cleaned = cleaned.replace(noise, "")
    assert [sentence for sentence in case["kept"] if sentence not in cleaned] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["page"])
def test_the_addresses_can_be_read_and_their_words_are_on_the_page(case: dict[str, Any]) -> None:
    blanks = str.maketrans("", "", " \n\t")
    text = fold(source_of(case["page"]).text).translate(blanks)
    for instrument in case["instruments"]:
        for eid, words in instrument["addresses"].items():
            assert parse_eid(eid)
            assert all(fold(word).translate(blanks) in text for word in words.split()), words

"""Every site file against its golden pages: what its lists lead to, and what is read from its documents."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("parsel", reason="the crawl needs the extra `crawl`")

from tiaowen.corpus.snapshot import Snapshot
from tiaowen.ingest.crawl.follow import of_list
from tiaowen.ingest.crawl.judge import judge
from tiaowen.ingest.crawl.site import SITES, ListPage, read_list
from tiaowen.ingest.crawl.urls import absolute, host_of
from tiaowen.pipeline import derive

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "crawl"


def golden(name: str) -> dict[str, Any]:
    path = GOLDEN / name / "expect.json"
    assert path.exists(), f"a site file needs golden pages: {path}"
    value: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return value


@pytest.mark.parametrize("name", SITES.names())
def test_a_list_leads_to_its_documents(name: str) -> None:
    said = golden(name)["list"]
    site = SITES.get(name)
    page = ListPage(said["url"], (GOLDEN / name / said["file"]).read_text("utf-8"), said.get("body", ""))
    listing = read_list(site.readers, page)
    found = [{"url": e.url, "title": e.title, "day": e.day and e.day.isoformat()} for e in listing.entries]
    assert found == said["entries"]
    assert [seed.url if not seed.body else [seed.url, seed.body] for seed in listing.more] == said["more"]
    assert len(of_list(site, page, 0, None).targets) == len(said["entries"]) + len(said["more"])


@pytest.mark.parametrize("name", [name for name in SITES.names() if "document" in golden(name)])
def test_a_document_is_read_whole(name: str, request: pytest.FixtureRequest) -> None:
    said = golden(name)["document"]
    if said.get("expect") == "fail":
        request.applymarker(pytest.mark.xfail(reason=said["why"], strict=True))
    site = SITES.get(name)
    body = (GOLDEN / name / said["file"]).read_bytes()
    judged = judge(body.decode(), 200, site)
    assert (judged.kind, judged.title, judged.laid_out) == ("document", True, True)
    assert judged.number or not site.expect.number
    (instrument,) = derive(Snapshot.of(body, said["url"], "text/html", datetime.now(UTC))).instruments
    masthead = instrument.masthead
    assert masthead.title is not None
    assert masthead.title.value == said["title"]
    assert masthead.number is not None
    assert masthead.number.value == said["number"]
    assert len(instrument.clauses) == said["clauses"]


@pytest.mark.parametrize("name", SITES.names())
def test_a_site_file_holds_together(name: str) -> None:
    site = SITES.get(name)
    assert site.seeds
    assert site.name
    for seed in site.seeds:
        assert absolute(seed.url, seed.url) == seed.url
        assert site.owns(host_of(seed.url))

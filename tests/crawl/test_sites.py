"""Every site file against its golden pages: what its lists lead to, and what is read from its documents."""

from __future__ import annotations

import json
import re
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


LISTS = [(name, part) for name in SITES.names() for part in ("list", "signed") if part in golden(name)]


@pytest.mark.parametrize(("name", "part"), LISTS)
def test_a_list_leads_to_its_documents(name: str, part: str) -> None:
    said = golden(name)[part]
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


BROKEN = {
    "an error in JSON": '{"code": 500, "msg": "系统繁忙，请稍后再试", "data": null, "rows": null, "searchVO": null}',
    "a list without rows": "<html><head><title>政策文件</title></head><body><ul class='list'></ul></body></html>",
    "rows of another markup": "<html><body><div data-id='17'><span>样例省渡口条例</span></div></body></html>",
    "JSON cut short": '{"code": 200, "rows": [{"bbbs": "ff80", "title": "样例省',
}


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("name", SITES.names())
def test_a_list_that_is_broken_leads_nowhere_and_is_not_taken_for_read(name: str, broken: str) -> None:
    site = SITES.get(name)
    seed = site.seeds[0]
    lead = of_list(site, ListPage(seed.url, BROKEN[broken], seed.body), 0, None)
    assert (lead.targets, lead.entries) == ((), 0)


@pytest.mark.parametrize("name", [name for name in SITES.names() if "document" in golden(name)])
def test_a_document_in_a_new_layout_is_seen_to_be_one(name: str) -> None:
    site = SITES.get(name)
    page = (GOLDEN / name / golden(name)["document"]["file"]).read_text("utf-8")
    redesigned = re.sub(r"(class|id)=([\"'])[^\"']*\2", r"\1=\2neu\2", page)
    assert judge(page, 200, site).laid_out
    assert not judge(redesigned, 200, site).laid_out


@pytest.mark.parametrize("name", SITES.names())
def test_a_site_file_holds_together(name: str) -> None:
    site = SITES.get(name)
    assert site.seeds
    assert site.name
    for seed in site.seeds:
        assert absolute(seed.url, seed.url) == seed.url
        assert site.owns(host_of(seed.url))

"""Crawls with a site file given as JSON; for tests of what a site file says."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from pathlib import Path

from tiaowen.commands.crawl import report
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.ledger import Ledger
from tiaowen.crawling import Scope, crawl
from tiaowen.ingest.crawl.fetch import Manners
from tiaowen.ingest.crawl.lists.markup import HtmlList
from tiaowen.ingest.crawl.site import SITES, Expectation, Site, seeds
from tiaowen.ingest.crawl.sources import Source
from tiaowen.ingest.crawl.urls import target


def main() -> None:
    corpus = Corpus.open(Path(sys.argv[1]))
    said = json.loads(sys.argv[2])
    if "like" in said:
        like = SITES.get(said["like"])
        seeds_of = tuple(replace(seed, url=said["seeds"][0]) for seed in like.seeds[:1])
        run(corpus, replace(like, hosts=(said["host"],), seeds=seeds_of, expect=Expectation()))
        return
    document = re.compile(said.get("document", r"/t\d{8}_\d+\.html$"))
    site = Site(
        "样例市",
        (said["host"],),
        seeds(*said["seeds"]),
        (HtmlList(document),),
        document,
        tuple(said.get("content", ())),
        Expectation(**said.get("expect", {})),
    )
    run(corpus, site)


def run(corpus: Corpus, site: Site) -> None:
    source = Source("example", tuple(target(seed.url, "list", body=seed.body) for seed in site.seeds), site)
    scope = Scope(mode="update" if "--update" in sys.argv else "crawl", backoff=0)
    runs = crawl(corpus, [source], scope, Manners("crawl@example.org", 0.0, 30.0))
    with Ledger.open(corpus) as ledger:
        for line in report(runs[0], ledger):
            sys.stdout.write(f"{line}\n")


main()

"""Killed at random moments and gone on with: the same documents, each once, and every WARC file sound."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.crawl.loopback import Archive, loopback, path_of
from tests.crawl.runner import ROOT, Crawled, environment

pytest.importorskip("scrapy", reason="the crawl needs the extra `crawl`")


def check_archive(crawled: Crawled) -> None:
    files = sorted(crawled.corpus.archive.iterdir())
    assert files
    check = [str(Path(sys.executable).with_name("warcio")), "check", *map(str, files)]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def killed_and_resumed(crawled: Crawled, seed: str, kills: int, longest: float) -> int:
    """Crawl, killed `kills` times at random moments, until it ends; how many kills hit a run at work."""
    moments, hits = random.Random(7), 0
    for _ in range(kills):
        process = subprocess.Popen(
            crawled.command(seed), env=environment(), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        time.sleep(moments.uniform(1.2, longest))
        hits += process.poll() is None
        process.kill()
        process.communicate()
    done = crawled.crawl(seed, timeout=1000)
    assert done.returncode == 0, done.stdout + done.stderr
    return hits


def test_a_killed_crawl_goes_on_where_it_was(tmp_path: Path) -> None:
    crawled = Crawled.empty(tmp_path)
    with loopback(Archive(60)) as site:
        killed_and_resumed(crawled, f"{site.url}/zcfg/index.html", kills=2, longest=2.5)
        urls = sorted(f"{site.url}{path_of(n)}" for n in range(60))
    assert sorted(crawled.held()) == urls
    check_archive(crawled)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_two_thousand_documents_over_ten_kills(tmp_path: Path) -> None:
    crawled = Crawled.empty(tmp_path)
    with loopback(Archive(2000)) as site:
        hits = killed_and_resumed(crawled, f"{site.url}/zcfg/index.html", kills=10, longest=2.4)
        urls = sorted(f"{site.url}{path_of(n)}" for n in range(2000))
        asked = [request.path for request in site.log if request.path.startswith("/zcfg/2023")]
    assert hits == 10
    assert sorted(crawled.held()) == urls
    assert crawled.counts == {"new": 2000, "list": 100}
    # A page that was on its way when the run was killed is asked for again, and no other.
    assert len(asked) - len(set(asked)) <= 10
    check_archive(crawled)

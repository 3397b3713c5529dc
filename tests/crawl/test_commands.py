"""What is said before anything is fetched, and what happens when the ledger breaks in the middle."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli import Cli
from tests.crawl.loopback import Archive, loopback
from tests.crawl.runner import ROOT, Crawled, environment

pytest.importorskip("scrapy", reason="the crawl needs the extra `crawl`")

from tiaowen.errors import UsageError
from tiaowen.ingest.crawl.sources import source_of


@pytest.fixture
def made(tmp_path: Path) -> Cli:
    cli = Cli(tmp_path / "corpus")
    assert cli("init", str(cli.corpus)).exit_code == 0
    return cli


def test_who_crawls_says_who_they_are(made: Cli) -> None:
    done = made("crawl", "https://example.org/")
    assert done.exit_code == 2
    assert "--contact" in done.stderr


def test_a_site_that_is_not_known_is_answered_with_those_that_are(made: Cli) -> None:
    done = made("crawl", "--contact", "crawl@example.org", "nowhere")
    assert done.exit_code == 2
    assert "beijing" in done.stderr


def test_sites_are_listed(made: Cli) -> None:
    assert "gov_cn  国务院政策文件库" in made("sources", "--sites").output
    assert "no source was crawled yet" in made("sources").output


def test_a_ministry_without_a_site_file_begins_at_its_columns() -> None:
    source = source_of("财政部")
    assert source.site is None
    assert {seed.role for seed in source.seeds} == {"page"}
    assert all(seed.host == "www.mof.gov.cn" for seed in source.seeds)
    with pytest.raises(UsageError):
        source_of("ftp://example.org/")


def test_without_the_extra_the_command_that_installs_it_is_named(made: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("tiaowen.crawling")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "tiaowen.ingest.crawl.fetch", None)
    monkeypatch.setitem(sys.modules, "scrapy", None)
    monkeypatch.delitem(sys.modules, "tiaowen.ingest.crawl.fetch")
    done = made("crawl", "--contact", "crawl@example.org", "https://example.org/")
    assert done.exit_code == 2
    assert "pip install 'tiaowen[crawl]'" in done.stderr


BREAK = """
import sys
from tiaowen.cli import main
from tiaowen.corpus.ledger import Ledger
from tiaowen.errors import CorpusError

def broken(*_, **__):
    raise CorpusError("the disk is full")

setattr(Ledger, sys.argv.pop(1), broken)
main()
"""


@pytest.mark.parametrize("method", ["take", "finish"])
def test_a_ledger_that_breaks_ends_the_crawl(tmp_path: Path, method: str) -> None:
    crawled = Crawled.empty(tmp_path)
    with loopback(Archive(5)) as site:
        words = crawled.command(f"{site.url}/zcfg/index.html")[3:]
        done = subprocess.run(
            [sys.executable, "-c", BREAK, method, *words],
            capture_output=True, text=True, timeout=280, env=environment(), cwd=ROOT, check=False,
        )  # fmt: skip
    assert done.returncode == 4, done.stderr
    assert "the disk is full" in done.stderr

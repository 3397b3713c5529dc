"""Ten gigabytes in ten megabytes, under every content coding that is asked for: refused in time, in little memory."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.bombs import gzipped, zlibbed
from tests.crawl.loopback import Archive, Reply, loopback, path_of
from tests.crawl.runner import FAST, Crawled
from tests.measured import measured

pytest.importorskip("scrapy", reason="the crawl needs the extra `crawl`")


def bombs() -> dict[str, bytes]:
    """Content coding → an answer under it that unpacks to more than is taken."""
    brotli = pytest.importorskip("brotli", reason="scrapy comes with brotli")
    zstd = pytest.importorskip("backports.zstd", reason="scrapy comes with backports.zstd")
    ten = gzipped(10)
    return {
        "gzip": ten,
        "deflate": zlibbed(10),
        "gzip, gzip": gzip.compress(ten),
        "br": brotli.compress(bytes(100_000_000), quality=1),
        "zstd": zstd.compress(bytes(100_000_000)) * 100,
    }


@pytest.mark.slow
def test_bombs_are_refused(tmp_path: Path) -> None:
    crawled = Crawled.empty(tmp_path)
    kinds = bombs()
    again = [("gzip", kinds["gzip"])] * 4  # nothing is left behind of the one before
    made = dict(enumerate([*kinds.items(), *again], start=1))
    assert len(made[1][1]) < 12_000_000
    with loopback(Archive(len(made) + 1)) as site:
        for number, (coding, body) in made.items():
            site.page(path_of(number), Reply(body, headers={"Content-Encoding": coding}))
        words = ["crawl", "--corpus", str(crawled.corpus.path), *FAST, f"{site.url}/zcfg/index.html"]
        took = measured(words, tmp_path)
    assert crawled.failures() == {path_of(number): "too-large" for number in made}, took.stderr
    assert crawled.counts["new"] == 1
    assert took.status == 3
    # Some 2 s of processor time and 200 MB, most of it for starting; a busy machine takes longer on the clock.
    assert took.cpu < 10
    assert took.peak < 350_000_000

"""Ten gigabytes in ten megabytes of gzip: refused in time, and in little memory."""

from __future__ import annotations

import gzip
import io
import resource
import time
from pathlib import Path

import pytest

from tests.crawl.loopback import Archive, Reply, loopback, path_of
from tests.crawl.runner import Crawled

pytest.importorskip("scrapy", reason="the crawl needs the extra `crawl`")


def bomb_of(gigabytes: int) -> bytes:
    """That many gigabytes of zeros as one gzip stream, made without holding them."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9) as file:
        for _ in range(gigabytes * 64):
            file.write(bytes(1 << 24))
    return packed.getvalue()


@pytest.mark.slow
def test_a_bomb_is_refused(tmp_path: Path) -> None:
    crawled = Crawled.empty(tmp_path)
    body = bomb_of(2)
    with loopback(Archive(2)) as site:
        site.page(path_of(1), Reply(body, headers={"Content-Encoding": "gzip"}))
        began = time.monotonic()
        crawled.crawl(f"{site.url}/zcfg/index.html")
    assert crawled.failures() == {path_of(1): "too-large"}
    assert time.monotonic() - began < 30
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 500 * 1024

"""Two processes read nearly twice as fast as one, by what each takes of the processors; the clock tells less."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from benchmarks.throughput import clauses, kept, measure
from tests.crawl.loopback import document
from tiaowen.corpus.snapshot import Snapshot


def pages() -> Iterator[Snapshot]:
    for number in range(120):
        body = document(number, "对逾期不报的，予以通报。" * 60).encode()
        yield Snapshot.of(body, f"https://www.example.org/{number}", "text/html", datetime.now(UTC))


@pytest.mark.slow
def test_a_second_process_is_worth_it() -> None:
    one, two = (measure("tiaowen", clauses, pages, jobs) for jobs in (1, 2))
    assert (one.pages, one.made) == (two.pages, two.made)
    # 1.9 where it was written; the benchmark states it, and a machine whose cores share their caches gives less.
    assert one.cpu / max(two.cpu / 2, two.own) > 1.4
    assert kept(pages, 2).own < one.cpu / 2, "the process that writes does not hold the others up"

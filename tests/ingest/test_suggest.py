"""Words offered for the lexicon."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tiaowen.corpus.snapshot import Snapshot
from tiaowen.ingest.extract import extract
from tiaowen.ingest.normalise import normalise
from tiaowen.ingest.suggest import foreign_words, host_of, suggestions

TEXT = (
    "第一条 县级以上人民政府应当加强领导，将其纳入国民经济和社会示範燈飾发展规划，所需经费列入预算。\n"
    "第二条 有关部门按照各自职责做好样例产业促进工作，并接受社会监示範燈飾督，及时处理投诉举报。\n"
)


def test_an_injected_word_is_foreign_and_a_known_one_is_not() -> None:
    text = TEXT + "第三条 各市应当公布Sugar daddy样例目录。\n"
    normal = normalise(extract(Snapshot.of(text.encode(), "file:a", "text/plain", datetime(2026, 1, 2, tzinfo=UTC))))
    assert foreign_words(normal) == {"示範燈飾"}


def test_a_word_on_unrelated_hosts_is_offered() -> None:
    pages = [
        ("https://www.example.org/a", frozenset({"示範燈飾", "樣例"})),
        ("https://news.example.org/b", frozenset({"樣例"})),
        ("http://sub.sample.gov.cn/c", frozenset({"示範燈飾"})),
    ]
    (found,) = suggestions(pages, 2)
    assert (found.word, found.hosts, found.pages) == ("示範燈飾", ("example.org", "sample.gov.cn"), 2)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.sample.gov.cn/x", "sample.gov.cn"),
        ("https://a.b.example.org/", "example.org"),
        ("file:///data/pages/a.html", "/data/pages"),
        ("file:a", "file:a"),
    ],
)
def test_hosts(url: str, host: str) -> None:
    assert host_of(url) == host

"""Every engine finds the same set as brute force, with the same scores, for random texts and random queries."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.index.shelves import entry, installed
from tiaowen.index.build import build
from tiaowen.index.engines import ENGINES
from tiaowen.index.modality import MODES
from tiaowen.index.query import (
    All,
    Any,
    Article,
    Between,
    Contains,
    Held,
    Modal,
    Near,
    Node,
    Not,
    Prefix,
    Query,
    Same,
    Stem,
)
from tiaowen.index.ranking import rank_terms
from tiaowen.index.schema import Shelf
from tiaowen.index.search import Index

WORDS = (
    "担保",
    "机构",
    "应当",
    "不",
    "得",
    "可以",
    "鼓励",
    "事人",
    "shall",
    "not",
    "担",
    "保机",
    "有效期",
    "40",
    "140亿元",
    "bank",
    "banks",
    "。",
    "；",
    "\n",
    " ",
    "的",
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=8).map("".join)
NEEDLES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map("".join)
SCOPES = st.sampled_from(("any", "text", "lead", "heading"))
SHELVES = (
    Shelf(work="w1", page="a", province="示例省", title="担保办法", year=2019, date="2019-05-01"),
    Shelf(work="w2", page="b", province="样例省", title="有效期规定", year=2021, date="2021-01-31"),
)
TEXTUAL = st.one_of(
    st.builds(Contains, NEEDLES, SCOPES, st.booleans()),
    st.builds(Stem, st.sampled_from(("bank", "banks", "40")), SCOPES),
    st.builds(Prefix, st.sampled_from(("b", "ban", "4", "40", "14")), SCOPES),
    st.builds(Modal, st.sampled_from(MODES)),
    st.builds(Near, st.lists(NEEDLES, min_size=2, max_size=3).map(tuple), st.integers(0, 6), SCOPES),
)


def _combined(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(parts, max_size=3).map(tuple)
    return st.one_of(st.builds(All, several), st.builds(Any, several), st.builds(Not, parts))


UNITS = st.builds(Same, st.sampled_from(("sentence", "para", "clause")), st.recursive(TEXTUAL, _combined, max_leaves=4))
FILTERS = st.one_of(
    st.builds(Held, st.just("province"), st.sampled_from((("示例",), ("样例省", "别处省"), ("",)))),
    st.builds(Held, st.just("title"), st.sampled_from((("担保",), ("无",)))),
    st.builds(Between, st.just("year"), st.sampled_from(("", "2019", "2020")), st.sampled_from(("", "2019", "2021"))),
    st.builds(Between, st.just("date"), st.just("2019-05"), st.sampled_from(("2019", "2021-01-31"))),
    st.builds(Article, st.sampled_from(("1", "2-1", "9"))),
)
NODES = st.recursive(st.one_of(TEXTUAL, UNITS, FILTERS), _combined, max_leaves=6)
ENTRIES = st.lists(
    st.tuples(TEXTS, TEXTS, TEXTS, st.sampled_from(SHELVES), st.sampled_from(("1", "2-1", ""))), max_size=12
)


@settings(max_examples=25, deadline=None, report_multiple_bugs=False)
@given(ENTRIES, st.lists(st.tuples(NODES, NEEDLES), min_size=6, max_size=6))
def test_every_engine_finds_what_brute_force_finds(rows: list, queries: list[tuple[Node, str]]) -> None:
    rows = [
        entry(n, text, shelf, article, lead_in=lead, headings=[above.replace("\n", " ")])
        for n, (text, lead, above, shelf, article) in enumerate(rows)
        for lead in [lead.replace("\n", " ")]
    ]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:  # tantivy tidies up in the background
        indexes = {}
        for engine in installed(ENGINES):
            build(rows, Path(name) / engine, "s", engine=engine)
            indexes[engine] = Index(Path(name) / engine)
        oracle = indexes.pop("memory")
        for node, ranked in queries:
            _compare(oracle, indexes, node, ranked)


def _compare(oracle: Index, indexes: dict[str, Index], node: Node, ranked: str) -> None:
    ranking = rank_terms(Query("", node, (ranked,)), oracle.analyzer)
    expected = oracle.searcher.search(node, ranking, 5)
    everything = list(oracle.searcher.select(node))
    for engine, index in indexes.items():
        assert list(index.searcher.select(node)) == everything, engine
        found = index.searcher.search(node, ranking, 5)
        assert found.total == expected.total
        assert all(abs(a - b) < 1e-4 for a, b in zip(found.scores, expected.scores, strict=True)), engine
        if len(set(expected.scores)) == len(expected.scores):
            assert found.ordinals == expected.ordinals

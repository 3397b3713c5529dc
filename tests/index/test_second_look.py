"""The second look at the best hits: what an instrument says elsewhere, and how many of the words a clause has."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.index.shelves import entry, installed, numbers
from tiaowen.index.build import build
from tiaowen.index.engines import ENGINES, Found
from tiaowen.index.ranking import RankTerm
from tiaowen.index.schema import Shelf
from tiaowen.index.search import Index, open_index
from tiaowen.index.second_look import second_look

GUARANTEES, OTHER = Shelf(work="w1", page="a"), Shelf(work="w2", page="b")
ROWS = [
    entry(1, "担保机构自设立之日起三日内报告。", OTHER),
    entry(2, "食堂每日公布菜单。", OTHER),
    entry(3, "担保机构自设立之日起五日内报告。", GUARANTEES),
    entry(4, "担保机构不得吸收存款。", GUARANTEES),
    entry(5, "担保机构应当公布费率。", GUARANTEES),
]


@pytest.fixture(scope="module", params=installed(ENGINES))
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Index:
    directory = tmp_path_factory.mktemp("index")
    build(ROWS, directory, "state", engine=request.param)
    return open_index(directory)


def _order(index: Index, query: str) -> list[str]:
    return [str(numbers([hit.clause])[0]) for hit in index.search(query, match="any").hits]


def test_the_clause_of_the_instrument_on_the_matter_comes_first(index: Index) -> None:
    order = _order(index, "担保机构设立报告")
    assert order.index("3") < order.index("1")


def test_pages_of_hits_are_one_order(index: Index) -> None:
    whole = index.search("担保机构 报告", match="any").hits
    assert (
        tuple(index.search("担保机构 报告", match="any", limit=1, offset=n).hits[0] for n in range(len(whole))) == whole
    )


def test_of_two_alike_the_one_with_more_of_the_words_comes_first(tmp_path: Path) -> None:
    rows = [entry(n, text, Shelf(work=f"w{n}")) for n, text in enumerate(("甲机构乙机构。", "甲机构担保乙。"))]
    build(rows, tmp_path, "s", engine="memory")
    table = open_index(tmp_path).table
    terms = [RankTerm("words", word, 1.0) for word in ("机构", "担保")]
    assert second_look(Found(2, (0, 1), (1.0, 1.0)), terms, table, 2).ordinals == (1, 0)


@given(st.lists(st.floats(0, 50), min_size=1, max_size=5), st.integers(0, 6))
def test_it_keeps_what_was_found_and_the_best_first(index_of_all: Index, scores: list[float], limit: int) -> None:
    scores.sort(reverse=True)
    found = Found(9, tuple(range(len(scores))), tuple(scores))
    looked = second_look(found, [RankTerm("words", "担保", 1.0)], index_of_all.table, limit)
    assert looked.total == 9
    assert len(looked.ordinals) == min(limit, len(scores))
    assert set(looked.ordinals) <= set(found.ordinals)
    assert list(looked.scores) == sorted(looked.scores, reverse=True)
    assert all(new >= scores[ordinal] for ordinal, new in zip(looked.ordinals, looked.scores, strict=True))


@pytest.fixture(scope="module")
def index_of_all(tmp_path_factory: pytest.TempPathFactory) -> Index:
    directory = tmp_path_factory.mktemp("index")
    build(ROWS, directory, "state", engine="memory")
    return open_index(directory)

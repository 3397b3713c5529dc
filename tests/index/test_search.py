"""The case table over every engine, and what a search says beside its hits."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.index.shelves import entries, entry, golden, installed, numbers
from tiaowen.errors import QuerySyntaxError, SearchError, StaleIndex, UnknownPlugin
from tiaowen.index.build import add, build
from tiaowen.index.engines import ENGINES
from tiaowen.index.query import Contains
from tiaowen.index.schema import Entry, Shelf
from tiaowen.index.search import Index, open_index

BASICS = golden("basics")


@pytest.fixture(scope="module", params=installed(ENGINES))
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Index:
    directory = tmp_path_factory.mktemp("index")
    build(entries(BASICS), directory, "state", engine=request.param)
    return open_index(directory, "state")


@pytest.mark.parametrize("case", BASICS["cases"], ids=lambda case: case["query"])
def test_a_query_finds_what_the_table_says(index: Index, case: dict) -> None:
    results = index.search(case["query"], limit=100)
    assert numbers([hit.clause for hit in results.hits]) == case["finds"], results.understood
    assert results.total == len(case["finds"])


@pytest.mark.parametrize("case", golden("errors")["cases"], ids=lambda case: case["query"])
def test_a_query_that_cannot_be_read_says_where(index: Index, case: dict) -> None:
    with pytest.raises(QuerySyntaxError, match=case["says"]) as caught:
        index.search(case["query"])
    assert caught.value.position == case["at"]


def test_filters_narrow_and_say_what_was_searched(index: Index) -> None:
    results = index.search("应当", {"province": ["樣例省"], "year": ["2018..2019"]})
    assert numbers([hit.clause for hit in results.hits]) == [5, 6]
    assert (results.searched.clauses, results.searched.instruments) == (2, 1)
    assert results.searched.provinces == ("樣例省",)


def test_a_filter_that_nothing_fulfils_gives_nothing(index: Index) -> None:
    results = index.search("应当", {"province": ["别处省"]})
    assert (results.total, results.hits, results.searched.clauses) == (0, (), 0)


def test_one_of_several_values_is_enough(index: Index) -> None:
    assert index.search("*", {"year": ["2019", "2020"]}).total == 4


def test_a_zero_counts_every_term(index: Index) -> None:
    results = index.search("有效期 存款")
    assert results.total == 0
    assert [term.clauses for term in results.terms] == [1, 1]


def test_any_word_will_do_when_asked(index: Index) -> None:
    assert index.search("有效期 存款", match="any").total == 2


def test_hits_come_in_pages(index: Index) -> None:
    whole = [hit.clause for hit in index.search("应当", limit=10).hits]
    assert [hit.clause for hit in index.search("应当", limit=2, offset=1).hits] == whole[1:3]


def test_the_clause_with_the_word_ranks_above_the_one_under_it(index: Index) -> None:
    assert numbers([index.search("集群", limit=1).hits[0].clause]) == [1]


def test_highlights_are_in_the_script_of_the_text(index: Index) -> None:
    results = index.search("担保 NOT 集群")
    text = "融資擔保公司與擔保物"
    assert [span.of(text) for span in index.highlight(text, results.node)] == ["擔保", "擔保"]


def test_ill_meant_queries_are_refused_at_once(index: Index) -> None:
    for query in ("(" * 5000, "(" * 1000 + "集", "集 " * 3000, '"' + "集" * 3000):
        with pytest.raises(QuerySyntaxError):
            index.search(query)
    assert index.search("集群 " * 400).total == 3


def test_an_index_of_another_state_is_refused(tmp_path: Path) -> None:
    build(entries(BASICS), tmp_path, "monday", engine="memory")
    with pytest.raises(StaleIndex, match="tiaowen index"):
        open_index(tmp_path, "tuesday")


def test_no_index_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(SearchError, match="tiaowen index"):
        open_index(tmp_path)
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(SearchError, match="tiaowen index"):
        open_index(tmp_path)


def test_an_unknown_engine_leaves_the_index_alone(tmp_path: Path) -> None:
    build(entries(BASICS), tmp_path, "s", engine="memory")
    with pytest.raises(UnknownPlugin):
        build([], tmp_path, "t", engine="sphinx")
    assert open_index(tmp_path, "s").search("有效期").total == 1


@pytest.mark.parametrize("engine", installed(ENGINES))
def test_adding_finds_old_and_new(tmp_path: Path, engine: str) -> None:
    rows = entries(BASICS)
    build(rows[:4], tmp_path, "s", engine=engine)
    before = open_index(tmp_path)
    assert before.search("应当").total == 3
    add(rows[4:6], tmp_path, "t")
    add(rows[6:], tmp_path, "u")
    after = open_index(tmp_path, "u")
    whole = tmp_path / "whole"
    build(rows, whole, "u", engine=engine)
    for query in ("应当", "担保", "guarantee"):
        assert after.search(query).hits == open_index(whole).search(query).hits
    assert before.search("应当").total == 3, "an open index goes on answering"


class _Killed(Exception):
    pass


def test_a_build_that_dies_leaves_the_last_good_index(tmp_path: Path) -> None:
    build(entries(BASICS), tmp_path, "s")

    def dying():
        yield entries(BASICS)[0]
        raise _Killed

    with pytest.raises(_Killed):
        add(dying(), tmp_path, "t")
    assert open_index(tmp_path, "s").search("应当").total == 5
    build(entries(BASICS)[:1], tmp_path, "t")
    assert len(list(tmp_path.glob("generation-*"))) == 1


@pytest.mark.parametrize("engine", installed(ENGINES))
def test_an_empty_corpus_is_an_index_that_finds_nothing(tmp_path: Path, engine: str) -> None:
    build([], tmp_path, "s", engine=engine)
    assert open_index(tmp_path).search("应当").total == 0
    add(entries(BASICS), tmp_path, "t")
    assert open_index(tmp_path).search("应当").total == 5


def test_a_quotation_is_a_string_in_the_clause(index: Index) -> None:
    node = index.search('"结果有效"').node
    assert node == Contains("结果有效", "text")


@pytest.mark.parametrize("case", golden("questions")["cases"], ids=lambda case: case["query"])
def test_a_lay_question_finds_the_clause_that_answers_it(index: Index, case: dict) -> None:
    results = index.search(case["query"], match="any", limit=1)
    assert numbers([results.hits[0].clause]) == [case["first"]]


def test_explaining_counts_every_term(index: Index) -> None:
    results = index.search("担保 应当 province:样例", explain=True)
    assert [(count.term, count.clauses) for count in results.terms] == [
        ("“担保”", 2),
        ("“应当”", 5),
        ("province:样例", 4),
    ]


def test_a_word_that_stands_nowhere_comes_with_its_nearest(index: Index) -> None:
    near = {query: index.search(query).terms[0].nearest for query in ('"融资但保"', '"集群产业"', "guarantor")}
    assert near == {
        '"融资但保"': ("融资担保",),
        '"集群产业"': ("产业", "集群"),
        "guarantor": ("guarantee", "guaranteed"),
    } or near['"集群产业"'] == ("集群", "产业"), near


def test_a_word_of_two_characters_comes_with_those_that_share_one(index: Index) -> None:
    assert "集群" in index.search("集裙").terms[0].nearest
    assert index.search('"鬱鬯"').terms[0].nearest == ()


def test_a_clause_that_stands_on_several_pages_is_shown_once(tmp_path: Path) -> None:
    one, other = (Shelf(work="w1", page=page, genre=genre) for page, genre in (("a", "news"), ("b", "law")))
    rows = [Entry(f"w1/art_1@{shelf.page}", "1", "集群应当", "", (), shelf) for shelf in (one, other)]
    build(rows, tmp_path, "s", engine="memory")
    results = open_index(tmp_path).search("集群")
    (hit,) = results.hits
    assert (hit.clause, hit.also, results.total) == ("w1/art_1@b", ("w1/art_1@a",), 2)


def test_of_equal_scores_what_is_in_force_comes_first(tmp_path: Path) -> None:
    states = ("已废止", "未知", "现行有效")
    rows = [entry(n, "集群应当", Shelf(work=f"w{n}", validity=state)) for n, state in enumerate(states)]
    build(rows, tmp_path, "s", engine="memory")
    hits = open_index(tmp_path).search("集群").hits
    assert [numbers([hit.clause]) for hit in hits] == [[2], [1], [0]]

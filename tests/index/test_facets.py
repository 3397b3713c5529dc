"""Counts beside what is held."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.index.shelves import entries, entry, golden
from tiaowen.corpus.divisions import missing_provinces, provinces
from tiaowen.corpus.facets import FIELDS, NATIONAL, Amount, Cell
from tiaowen.index.build import add, build
from tiaowen.index.engines import ENGINES
from tiaowen.index.facets import Row, Tally, count, facets
from tiaowen.index.schema import Shelf, plain_shelf
from tiaowen.index.search import Index, open_index

A = Shelf(work="wa", page="1", province="江苏省", year=2019, issuer="江苏省财政厅；江苏省科学技术厅", kind="通知")
B = Shelf(work="wa", page="2", province="江蘇省", year=2019, issuer="江苏省财政厅", kind="通知")  # a repost
C = Shelf(work="wc", page="3", province="山东省", year=2021, kind="办法")
D = Shelf(work="wd", page="4", kind="办法")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("index")
    rows = [
        entry(1, "奖励企业。", A),
        entry(2, "处罚企业。", A),
        entry(3, "奖励企业。", B),
        entry(4, "处罚。", C),
        entry(5, "奖励。", D),
    ]
    build(rows, folder, "state", engine="memory")
    return open_index(folder)


def test_counts_stand_beside_what_is_held(index: Index) -> None:
    report = count(index, "奖励", {}, ("province", "year"))
    assert (report.found, report.held) == (Amount(3, 2), Amount(5, 3))
    assert report.facets[0].cells == (
        Cell(("江苏省", "2019"), Amount(2, 1), Amount(3, 1)),
        Cell(("山东省", "2021"), Amount(0, 0), Amount(1, 1)),
        Cell(("", ""), Amount(1, 1), Amount(1, 1)),
    )
    assert report.facets[1].cell("江苏省") == Cell(("江苏省",), Amount(2, 1), Amount(3, 1))
    assert len(report.missing) == len(provinces()) - 2
    assert "1 of 4 instruments do not say their province" in report.notes


def test_filters_limit_what_is_held_too(index: Index) -> None:
    report = count(index, "奖励", {"province": ["山东"]}, ("kind",))
    assert (report.found, report.held) == (Amount(0, 0), Amount(1, 1))
    assert "江苏" not in report.missing, "held, though filtered out"


def test_joint_issuers_are_counted_each(index: Index) -> None:
    report = count(index, "奖励", {}, ("issuer",))
    assert report.facets[0].cell("江苏省财政厅") == Cell(("江苏省财政厅",), Amount(2, 1), Amount(3, 1))
    assert report.facets[0].cell("江苏省科学技术厅") == Cell(("江苏省科学技术厅",), Amount(1, 1), Amount(2, 1))
    assert any("several issuers" in note for note in report.notes)


def test_without_a_query_all_is_counted(index: Index) -> None:
    report = count(index, None, {}, ("province",))
    assert report.found == report.held == Amount(5, 3)
    assert all(cell.found == cell.held for cell in report.facets[0].cells)


def test_nothing_held_at_all(index: Index) -> None:
    report = count(index, "奖励", {"province": ["甘肃"]}, ("province", "year"))
    assert (report.found, report.held, report.facets[0].cells) == (Amount(0, 0), Amount(0, 0), ())


@pytest.mark.parametrize("engine", ENGINES.names())
def test_every_engine_counts_the_same(engine: str, tmp_path: Path) -> None:
    if engine == "tantivy":
        pytest.importorskip("tantivy")
    table = golden("basics")
    build(entries(table), tmp_path, "state", engine=engine)
    bys = [(name,) for name in FIELDS]
    made = open_index(tmp_path)
    found = facets(made, "担保 OR 集群", {}, bys)
    hits = made.search("担保 OR 集群", limit=100).hits
    assert all(sum(cell.found.clauses for cell in facet.cells) >= len(hits) for facet in found)
    province = Counter(made.table.shelf(n).province for n in made.searcher.select(made.search("担保 OR 集群").node))
    assert {cell.values[0]: cell.found.clauses for cell in found[0].cells if cell.found.clauses} == province


SHELVES = st.builds(
    Shelf,
    work=st.sampled_from(["w1", "w2", "w3"]),
    province=st.sampled_from(["", "江苏省", "江蘇省", "山东省"]),
    year=st.sampled_from([0, 1999, 2019]),
    kind=st.sampled_from(["", "办法", "通知"]),
)
NUMBERS = st.integers(0, 9)
ROWS = st.lists(
    st.builds(lambda s, a, b: Row(s, plain_shelf(s), a + b, b, s.work), SHELVES, NUMBERS, NUMBERS), max_size=12
)


@given(ROWS, st.permutations(["province", "year", "kind"]), st.integers(1, 3))
def test_cells_add_up_to_the_whole(rows: list[Row], names: list[str], fields: int) -> None:
    counted = Tally(tuple(rows))
    facet, total = counted.by(*names[:fields]), counted.total()
    assert sum(cell.found.clauses for cell in facet.cells) == total.found.clauses
    assert sum(cell.held.clauses for cell in facet.cells) == total.held.clauses
    assert len({cell.values for cell in facet.cells}) == len(facet.cells)
    assert all(cell.found.works <= cell.held.works <= total.held.works for cell in facet.cells)


def test_provinces_are_known_in_either_script_and_language() -> None:
    assert len(provinces()) == 34
    held = ["江蘇省", "Shaanxi Province", "广西壮族自治区", "Inner Mongolia", "吉林"]
    missing = missing_provinces(held)
    assert len(missing) == 29
    assert not {"江苏", "陕西", "广西", "内蒙古", "吉林"} & set(missing)
    assert "山西" in missing, "Shaanxi is not Shanxi"


def test_what_left_the_corpus_is_not_counted(tmp_path: Path) -> None:
    shelves = [Shelf(work=f"w{n}", page=str(n), content=f"c{n}", province="江苏省") for n in range(3)]
    build([entry(n, "奖励。", shelf) for n, shelf in enumerate(shelves)], tmp_path, "one", engine="memory")
    add([], tmp_path, "two", dropped=["c1"])
    report = count(open_index(tmp_path), "奖励", {}, ("province",))
    assert (report.found, report.held) == (Amount(2, 2), Amount(2, 2))
    assert "content" not in report.understood


def test_what_is_made_for_the_whole_country_stands_by_itself() -> None:
    shelves = [
        Shelf(work="w1", level="行政法规"),
        Shelf(work="w2", level="地方性法规"),
        Shelf(work="w3", province="甘肃省"),
    ]
    counted = Tally(tuple(Row(shelf, plain_shelf(shelf), 1, 1, shelf.work) for shelf in shelves))
    assert {cell.values[0] for cell in counted.by("province").cells} == {NATIONAL, "", "甘肃省"}

"""One work shown once: which page stands for it, what is listed beside it, and what must not hide."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.index.shelves import installed
from tiaowen.corpus.status import Status, WitnessKind
from tiaowen.index.build import add, build
from tiaowen.index.engines import ENGINES
from tiaowen.index.facets import count
from tiaowen.index.schema import Entry, Shelf, plain
from tiaowen.index.search import Index, open_index
from tiaowen.index.works import Member

WORDS = "摊主应当明码标价，使用合格的秤，不得短斤缺两。"
AMENDED = "摊主可以明码标价，使用合格的秤，不得短斤缺两。"
TYPED = "摊主应当明码标价，使用合格的枰，不得短斤缺两。"
OLD: tuple[tuple[str, Status], ...] = (
    ("0001-01-01", "尚未生效"),
    ("2010-01-01", "现行有效"),
    ("2030-01-01", "已修改"),
)
NEW: tuple[tuple[str, Status], ...] = (("0001-01-01", "尚未生效"), ("2030-01-01", "现行有效"))
UNKNOWN: tuple[tuple[str, Status], ...] = (("0001-01-01", "未知"),)


class Pages:
    """Instruments of one clause each, or several, and their places among works."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.members: list[Member] = []

    def page(
        self,
        name: str,
        *texts: str,
        work: int = 0,
        version: int = 0,
        rank: int = 0,
        kind: WitnessKind = "copy",
        statuses: tuple[tuple[str, Status], ...] = UNKNOWN,
        start: int = 1,
    ) -> Pages:
        shelf = Shelf(work=f"w{name}", page=name, content=f"c{name}")
        for number, text in enumerate(texts, start):
            entry = Entry(f"w{name}/art_{number}@{name}", str(number), plain(text), "", (), shelf)
            self.entries.append(entry)
        self.members.append(Member(f"c{name}", work, version, rank, kind, statuses))
        return self


@pytest.fixture(params=installed(ENGINES))
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def opened(pages: Pages, directory: Path, engine: str, day: str = "2035-01-01") -> Index:
    build(pages.entries, directory, "s", engine=engine, works=pages.members)
    return open_index(directory, "s", date.fromisoformat(day))


def shown(index: Index, query: str = "摊主", **more: object) -> list[tuple[str, list[str], list[str]]]:
    """The pages shown, with those listed beside each."""
    hits = index.search(query, **more).hits  # type: ignore[arg-type]
    return [(_page(hit.clause), list(map(_page, hit.also)), list(map(_page, hit.differs))) for hit in hits]


def _page(clause: str) -> str:
    return clause.partition("@")[2]


def test_the_best_witness_stands_for_all_and_the_others_are_listed_in_order(tmp_path: Path, engine: str) -> None:
    pages = Pages().page("spun", WORDS, rank=2, kind="spun").page("copy", WORDS, rank=1)
    index = opened(pages.page("official", WORDS, kind="official"), tmp_path, engine)
    assert shown(index) == [("official", ["copy", "spun"], [])]
    assert index.search("摊主").total == 3
    assert [page for page, *_ in shown(index, every_witness=True)] == ["official", "copy", "spun"]


@pytest.mark.parametrize(("day", "page"), [("2020-01-01", "old"), ("2035-01-01", "new"), ("2005-01-01", "new")])
def test_the_version_in_force_on_the_day_is_shown_else_the_newest(
    tmp_path: Path, engine: str, day: str, page: str
) -> None:
    pages = Pages().page("old", WORDS, version=0, statuses=OLD).page("new", WORDS, version=1, statuses=NEW)
    ((best, others, _),) = shown(opened(pages, tmp_path, engine, day))
    assert (best, len(others)) == (page, 1)


def test_another_versions_other_words_stay_a_hit_of_their_own(tmp_path: Path, engine: str) -> None:
    pages = Pages().page("old", WORDS, version=0, statuses=OLD).page("new", AMENDED, version=1, statuses=NEW)
    assert shown(opened(pages, tmp_path, engine)) == [("new", [], []), ("old", [], [])]


def test_nearly_the_same_words_of_the_same_version_are_listed_as_differing(tmp_path: Path, engine: str) -> None:
    pages = Pages().page("official", WORDS, kind="official").page("mistyped", TYPED, rank=1)
    assert shown(opened(pages, tmp_path, engine)) == [("official", [], ["mistyped"])]


@pytest.mark.parametrize("other", [AMENDED, WORDS.replace("不得", "得"), WORDS + "罚五元。"])
def test_another_figure_or_word_of_duty_is_a_hit_of_its_own(tmp_path: Path, engine: str, other: str) -> None:
    pages = Pages().page("official", WORDS, kind="official").page("other", other, rank=1)
    assert len(shown(opened(pages, tmp_path, engine))) == 2


def test_quite_other_words_at_the_same_address_are_a_hit_of_their_own(tmp_path: Path, engine: str) -> None:
    pages = Pages().page("official", WORDS).page("renumbered", "摊主收市后应当打扫干净。", rank=1)
    assert [page for page, *_ in shown(opened(pages, tmp_path, engine))] != ["official"]
    assert len(shown(opened(pages, tmp_path, engine))) == 2


def test_the_same_words_at_another_address_of_another_page_are_the_same_clause(tmp_path: Path, engine: str) -> None:
    pages = Pages().page("official", WORDS).page("shifted", "总则。", WORDS, rank=1)
    assert shown(opened(pages, tmp_path, engine)) == [("official", ["shifted"], [])]


def test_the_same_words_twice_on_one_page_are_two_clauses(tmp_path: Path, engine: str) -> None:
    pages = Pages().page("one", WORDS, WORDS).page("other", WORDS, WORDS, rank=1)
    assert shown(opened(pages, tmp_path, engine)) == [("one", ["other"], []), ("one", ["other"], [])]


def test_two_works_in_the_same_words_are_two_hits(tmp_path: Path, engine: str) -> None:
    pages = Pages().page("one", WORDS, work=0).page("other", WORDS, work=1)
    assert len(shown(opened(pages, tmp_path, engine))) == 2


def test_witnesses_that_score_too_low_to_be_looked_at_are_listed_all_the_same(tmp_path: Path, engine: str) -> None:
    pages = Pages()
    for number in range(60):
        pages.page(f"p{number}", "摊主摊主摊主。", work=number + 1)
    pages.page("official", "摊主" + "，示例的话" * 20, kind="official").page("copy", "摊主" + "，示例的话" * 20, rank=1)
    index = opened(pages, tmp_path, engine)
    ((best, also, _),) = [hit for hit in shown(index, limit=61) if hit[0] in ("official", "copy")]
    assert (best, also) == ("official", ["copy"])


def test_a_filter_by_validity_speaks_of_the_day(tmp_path: Path, engine: str) -> None:
    pages = Pages().page("old", WORDS, version=0, statuses=OLD).page("new", AMENDED, version=1, statuses=NEW)
    pages.page("unknown", WORDS, work=1)
    build(pages.entries, tmp_path, "s", engine=engine, works=pages.members)
    for day, status, found in (
        ("2020-01-01", "现行有效", ["old"]),
        ("2035-01-01", "现行有效", ["new"]),
        ("2035-01-01", "已修改", ["old"]),
        ("2035-01-01", "未知", ["unknown"]),
        ("2035-01-01", "已废止", []),
    ):
        index = open_index(tmp_path, "s", date.fromisoformat(day))
        assert [page for page, *_ in shown(index, filters={"validity": [status]})] == found
        assert [page for page, *_ in shown(index, f"摊主 validity:{status}")] == found
        assert sorted(page for page, *_ in shown(index, f"摊主 NOT validity:{status}")) == sorted(
            {"old", "new", "unknown"} - set(found)
        )


def test_a_status_of_the_day_of_indexing_does_not_hold_on_another(tmp_path: Path, engine: str) -> None:
    pages = Pages().page("old", WORDS, version=0, statuses=OLD).page("new", AMENDED, version=1, statuses=NEW)
    then = {"old": "已修改", "new": "现行有效"}
    indexed = [replace(e, shelf=replace(e.shelf, validity=then[e.shelf.page])) for e in pages.entries]
    build(indexed, tmp_path, "s", engine=engine, works=pages.members)
    for day, found in (("2020-01-01", ["old"]), ("2035-01-01", ["new"]), ("2005-01-01", [])):
        index = open_index(tmp_path, "s", date.fromisoformat(day))
        assert [page for page, *_ in shown(index, "摊主 validity:现行有效")] == found
        assert len(shown(index, "摊主 NOT validity:现行有效")) == 2 - len(found)


def test_counts_by_validity_and_of_works_agree(tmp_path: Path, engine: str) -> None:
    pages = Pages().page("old", WORDS, version=0, statuses=OLD).page("new", AMENDED, version=1, statuses=NEW)
    pages.page("copy", AMENDED, version=1, rank=1, statuses=NEW).page("unknown", WORDS, work=1)
    report = count(opened(pages, tmp_path, engine), "摊主", {}, ("validity",))
    cells = {cell.values[0]: (cell.found.clauses, cell.found.works) for cell in report.facets[0].cells}
    assert cells == {"现行有效": (2, 1), "已修改": (1, 1), "未知": (1, 1)}
    assert (report.found.clauses, report.found.works) == (4, 2)


def test_of_equal_scores_an_original_comes_before_a_translation_and_a_spun_page(tmp_path: Path, engine: str) -> None:
    pages = Pages()
    for work, kind in enumerate(("spun", "translation", "copy", "official")):
        pages.page(kind, WORDS, work=work, kind=kind)  # type: ignore[arg-type]
    assert [page for page, *_ in shown(opened(pages, tmp_path, engine))] == ["official", "copy", "translation", "spun"]


def test_adding_makes_the_works_anew(tmp_path: Path, engine: str) -> None:
    before = Pages().page("old", WORDS, statuses=(("0001-01-01", "现行有效"),))
    build(before.entries, tmp_path, "s", engine=engine, works=before.members)
    held = open_index(tmp_path, "s", date(2035, 1, 1))
    after = Pages().page("new", WORDS, version=1, statuses=NEW)
    members = [*after.members, Member("cold", 0, 0, 0, "copy", OLD)]
    add(after.entries, tmp_path, "t", works=members)
    assert shown(open_index(tmp_path, "t", date(2035, 1, 1))) == [("new", ["old"], [])]
    assert shown(held) == [("old", [], [])]

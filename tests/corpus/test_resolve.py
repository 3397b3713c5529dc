"""Citations as people type them, and the clauses they lead to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from makers import clause, instrument, snapshot

from tiaowen.corpus.address import write_eid
from tiaowen.corpus.held import StoredInstrument
from tiaowen.corpus.instrument import Reading
from tiaowen.corpus.intake import Intake
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.outline import Outline
from tiaowen.corpus.request import parse_request
from tiaowen.corpus.resolve import matching, resolve
from tiaowen.corpus.store import Store
from tiaowen.errors import UsageError
from tiaowen.text.spans import Span


@pytest.mark.parametrize(
    ("text", "title", "number", "place", "unread"),
    [
        ("样例促进法 第三条", "样例促进法", "", "art_3", ""),
        ("《样例促进法》第三条第二款", "样例促进法", "", "art_3__para_2", ""),
        ("样信部企业〔2030〕119号 第六条（二）", "", "样信部企业〔2030〕119号", "art_6__item_2", ""),
        ("《样例办法》（样发〔2030〕1号）第六条第（二）项", "样例办法", "样发〔2030〕1号", "art_6__item_2", ""),
        ("《样例意见》，样发〔2030〕1号，三（二）1", "样例意见", "样发〔2030〕1号", "level_3__level_2__level_1", ""),
        ("样例意见 三（二）", "样例意见", "", "level_3__level_2", ""),
        ("样例法（2013年修正）第27条", "样例法", "", "art_27", ""),
        ("样例法第三条 原文", "样例法", "", "art_3", "原文"),
        ("SME Promotion Law art. 3", "SME Promotion Law", "", "art_3", ""),
        ("Article 3(2) of the SME Promotion Law", "SME Promotion Law", "", "art_3__para_2", ""),
        ("第三条 样例促进法", "样例促进法", "", "art_3", ""),
        ("样发〔2030〕1号 第三条 原文", "", "样发〔2030〕1号", "art_3", "原文"),
        ("国务院令第7号", "", "国务院令第7号", "", ""),
        ("样例促进条例 2030 第三条", "样例促进条例", "", "art_3", ""),
        ("样例促进条例 3", "样例促进条例", "", "art_3", ""),
        ("样例促进条例 3（1）", "样例促进条例", "", "art_3__para_1", ""),
        ("样例促进条例3条2款", "样例促进条例", "", "art_3__para_2", ""),
        ("样例促进条例 第二章", "样例促进条例", "", "chap_2", ""),
        ("《样例办法》解读 第三问", "《样例办法》解读", "", "question_3", ""),
        ("样发2030年1号 第三条", "", "样发〔2030〕1号", "art_3", ""),
        ("样例法第三条、第五条", "样例法", "", "art_3", "、第五条"),
        ("Model Clusters Act s. 5(1)(a)", "Model Clusters Act", "", "sec_5__para_1__item_1", ""),
    ],
)
def test_a_citation_is_taken_apart(text: str, title: str, number: str, place: str, unread: str) -> None:
    request = parse_request(text)
    assert (request.title, request.number, write_eid(request.address), request.unread) == (title, number, place, unread)


@pytest.mark.parametrize("text", ["第三条", "", "  ", "Article 3"])
def test_without_an_instrument_it_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="no instrument is named"):
        parse_request(text)


EIDS = ["para_1", "art_1", "art_2__para_1", "art_2__para_1__item_1", "art_2__para_2", "art_2-1", "annex_1__level_1"]


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("X法第一条", ["art_1"]),
        ("X法第一条第一款", ["art_1"]),
        ("X法第一条第二款", []),
        ("X法第二条", ["art_2__para_1", "art_2__para_1__item_1", "art_2__para_2"]),
        ("X法第二条第（一）项", ["art_2__para_1__item_1"]),
        ("X法第二条第二款", ["art_2__para_2"]),
        ("X法第二条之一", ["art_2-1"]),
        ("X法第一条至第二条第一款", ["art_1", "art_2__para_1", "art_2__para_1__item_1"]),
        ("X法第九条", []),
    ],
)
def test_a_place_is_found_with_all_below_it(place: str, wanted: list[str]) -> None:
    request = parse_request(place)
    assert list(Outline(EIDS).at(request.address, request.last)) == wanted


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Intake.open(Corpus.create(tmp_path / "corpus")) as intake:
        for index, title in enumerate(
            ["中华人民共和国样例促进法", "《样例促进法》解读", "样例集市办法", "樣例集市辦法"]
        ):
            page = snapshot(f"page {index}", f"https://sample.invalid/{index}")
            made = instrument(page.digest, work=f"w000000000{index}")
            title_reading = Reading(title, (Span(0, 3),))
            made = replace(made, masthead=replace(made.masthead, title=title_reading), clauses=(clause(3, title),))
            intake.keep(page, [made])
        yield intake.store


def test_a_short_title_finds_the_law_and_not_what_is_said_about_it(store: Store) -> None:
    resolution = resolve(store, "样例促进法 第三条")
    assert [stored.clause.text for stored in resolution.clauses] == ["中华人民共和国样例促进法"]


def test_of_two_versions_the_newest_that_has_the_place_counts_and_the_other_is_named(tmp_path: Path) -> None:
    with Intake.open(Corpus.create(tmp_path / "corpus")) as intake:
        for year, numbers in ((2020, (1, 2)), (2030, (1,))):
            page = snapshot(f"page {year}", f"https://sample.invalid/{year}")
            made = instrument(page.digest)
            dates = replace(made.masthead.dates, effective=Reading(date(year, 1, 1), (Span(0, 3),)))
            made = replace(made, masthead=replace(made.masthead, dates=dates), clauses=tuple(map(clause, numbers)))
            intake.keep(page, [made])
        first, second = resolve(intake.store, "示例省条文办法第一条"), resolve(intake.store, "示例省条文办法第二条")
    assert [each.masthead.dates.effective.value.year for each in first.candidates if each.masthead.dates.effective] == [
        2030
    ]
    assert len(first.others) == 1
    assert [stored.clause.eid for stored in second.clauses] == ["art_2"]
    assert not second.others


def test_several_works_of_one_title_are_listed_and_none_is_picked(store: Store) -> None:
    resolution = resolve(store, "样例集市办法第三条")
    assert not resolution.clauses
    assert {each.work for each in resolution.candidates} == {"w0000000002", "w0000000003"}


@pytest.mark.parametrize(
    ("asked", "held", "fits"),
    [
        ("示例土地管理条例", "示例省土地管理条例", True),
        ("样例法司法解释（二）", "最高人民法院关于适用《中华人民共和国样例法》若干问题的解释（二）", True),
        ("样例法解释二", "最高人民法院关于适用《中华人民共和国样例法》若干问题的规定（二）", True),
        ("样例法司法解释（三）", "最高人民法院关于适用《中华人民共和国样例法》若干问题的解释（二）", False),
        ("样例法司法解释", "最高人民法院关于适用《中华人民共和国样例法》若干问题的解释", True),
        ("示例土地管理条例", "示例省土地管理条例实施细则", False),
    ],
)
def test_a_title_as_people_shorten_it(asked: str, held: str, fits: bool) -> None:
    made = instrument(snapshot().digest)
    stored = StoredInstrument(
        "", 1, made.work, replace(made.masthead, title=Reading(held, (Span(0, 3),))), None, 1, True
    )
    assert bool(matching(parse_request(f"{asked} 第三条"), [stored], least=14)) == fits


def test_what_is_not_held_gives_neither(store: Store) -> None:
    resolution = resolve(store, "某地供水规程第三条")
    assert not resolution.clauses
    assert not resolution.candidates
    assert not resolution.nearest


def test_of_what_is_not_held_the_nearest_title_is_named(store: Store) -> None:
    resolution = resolve(store, "样例集市管理办法第三条")
    assert not resolution.candidates
    assert resolution.nearest[0].masthead.title
    assert "集市" in resolution.nearest[0].masthead.title.value


def test_an_article_that_is_not_there_still_names_the_instrument(store: Store) -> None:
    resolution = resolve(store, "样例促进法 第九十九条")
    assert resolution.why == "no article 99 here: the articles end with 3"
    assert not resolution.clauses
    assert len(resolution.candidates) == 1

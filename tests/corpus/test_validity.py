"""Standing on a day: each answer with the sentence that proves it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from makers import clause, instrument, snapshot

from tiaowen.corpus.capture import Capture, Location
from tiaowen.corpus.held import StoredClause, StoredInstrument
from tiaowen.corpus.instrument import Dates, Masthead, Reading, Validity
from tiaowen.corpus.validity import amendments_of, endings_of, standing_at, status_word
from tiaowen.text.spans import Span

HERE = (Span(0, 9),)
RETRIEVED = datetime(2035, 1, 1, tzinfo=UTC)


def read(day: str | None) -> Reading[date] | None:
    return Reading(date.fromisoformat(day), HERE) if day else None


def held(
    work: str,
    title: str,
    number: str = "",
    *,
    written: str | None = None,
    effective: str | None = None,
    expires: str | None = None,
    said: str = "",
) -> StoredInstrument:
    page = snapshot(work)
    dates = Dates(read(written), None, read(effective), read(expires))
    masthead = Masthead(
        title=Reading(title, HERE),
        number=Reading(number, HERE) if number else None,
        dates=dates,
        validity=Validity(said, Reading(said, HERE)) if said else Validity(),
    )
    made = instrument(page.digest, work=work)
    nowhere = Location("", 0)
    capture = Capture(page.url, page.digest, page.media_type, None, RETRIEVED, nowhere, nowhere)
    return StoredInstrument(page.digest, 1, made.work, masthead, capture, 1, True)


def stored(by: StoredInstrument, text: str, lead_in: str = "") -> StoredClause:
    return StoredClause(replace(clause(9, text), lead_in=lead_in), 0, by)


OLD = held("w0000000001", "样例集市办法", "样政发〔2020〕1号", written="2020-01-01", effective="2020-02-01")
NEW = held("w0000000002", "样例集市办法", "样政发〔2030〕5号", written="2030-01-01", effective="2030-03-01")
REPEAL = "本办法自2030年3月1日起施行。《样例集市办法》（样政发〔2020〕1号）同时废止。"
ENDINGS = tuple(endings_of([stored(NEW, REPEAL)]))


@pytest.mark.parametrize(
    ("day", "status"),
    [("2020-01-15", "尚未生效"), ("2025-01-01", "现行有效"), ("2030-02-28", "现行有效"), ("2030-03-01", "已废止")],
)
def test_the_standing_changes_with_the_day(day: str, status: str) -> None:
    assert standing_at(date.fromisoformat(day), OLD, ENDINGS).status == status


def test_the_proof_is_the_sentence_and_the_clause_it_is_in() -> None:
    standing = standing_at(date(2031, 1, 1), OLD, ENDINGS)
    assert standing.proof
    assert standing.proof.value == "《样例集市办法》（样政发〔2020〕1号）同时废止。"
    assert standing.source.startswith("w0000000002/art_9@")


def test_the_new_measure_of_the_same_name_is_not_ended_by_its_own_sentence() -> None:
    assert standing_at(date(2031, 1, 1), NEW, ENDINGS).status == "现行有效"


def test_two_of_the_same_name_and_different_numbers_stay_two() -> None:
    other = replace(OLD, work="w0000000003", masthead=replace(OLD.masthead, number=Reading("样工发〔2020〕7号", HERE)))
    assert standing_at(date(2031, 1, 1), other, ENDINGS).status == "现行有效"


def test_in_force_without_a_stated_end_is_an_inference() -> None:
    proof = standing_at(date(2025, 1, 1), OLD, ()).proof
    assert proof
    assert proof.inferred


def test_a_term_ends_and_a_trial_outlives_its_own() -> None:
    plain = held("w0000000004", "样例办法", effective="2030-01-01", expires="2032-12-31")
    trial = held("w0000000005", "样例办法（试行）", effective="2030-01-01", expires="2032-12-31")
    assert standing_at(date(2032, 12, 31), plain, ()).status == "现行有效"
    assert standing_at(date(2033, 1, 1), plain, ()).status == "失效"
    assert standing_at(date(2033, 1, 1), trial, ()).status == "试行超期"


def test_without_proof_it_is_unknown_and_a_page_is_believed_only_up_to_the_day_it_was_taken() -> None:
    assert standing_at(date(2030, 1, 1), held("w0000000006", "样例办法"), ()).status == "未知"
    said = held("w0000000007", "样例办法", said="已废止")
    assert standing_at(date(2034, 1, 1), said, ()).status == "已废止"
    assert standing_at(date(2036, 1, 1), said, ()).status == "未知"


def test_a_decision_repeals_the_list_under_its_lead_in() -> None:
    decision = held("w0000000008", "示例省关于废止部分规章的决定", written="2031-01-01", effective="2031-02-01")
    item = stored(decision, "《样例集市办法》（样政发〔2020〕1号）", "决定废止下列规章：")
    assert standing_at(date(2031, 2, 1), OLD, endings_of([item])).status == "已废止"


def test_a_decision_to_amend_amends_what_its_title_names() -> None:
    decision = held("w0000000009", "关于修改《样例集市办法》的决定", written="2022-01-01", effective="2022-02-01")
    assert standing_at(date(2023, 1, 1), OLD, amendments_of([decision])).status == "已修改"


def test_a_day_named_before_a_title_must_be_the_instruments_own() -> None:
    ending = endings_of([stored(NEW, "2021年6月7日印发的《样例集市办法》同时废止。")])
    assert standing_at(date(2031, 1, 1), replace(OLD, masthead=replace(OLD.masthead, number=None)), ending).status == (
        "现行有效"
    )


def test_a_basis_is_not_what_is_ended() -> None:
    text = "根据《关于修改〈甲办法〉的决定》修正的《甲办法》和《乙办法》同时废止。依照《丙法》办理。"
    assert [ending.title for ending in endings_of([stored(NEW, text)])] == ["甲办法", "乙办法"]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("现行有效", "现行有效"),
        ("有效", "现行有效"),
        ("已废止", "已废止"),
        ("失效", "失效"),
        ("尚未生效", "尚未生效"),
        ("不详", "未知"),
    ],
)
def test_the_words_of_pages(word: str, status: str) -> None:
    assert status_word(word) == status

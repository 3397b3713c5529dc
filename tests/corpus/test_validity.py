"""What a page's own word for validity proves; all else is in tests/golden/validity."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from makers import instrument, snapshot

from tiaowen.corpus.capture import Capture, Location
from tiaowen.corpus.held import StoredInstrument
from tiaowen.corpus.instrument import Dates, Masthead, Reading, Validity
from tiaowen.corpus.validity import Standing, standing_at, status_word, timeline
from tiaowen.text.spans import Span

HERE = (Span(0, 9),)
TAKEN = datetime(2035, 1, 1, tzinfo=UTC)


def held(said: str, effective: str = "") -> StoredInstrument:
    page = snapshot(said)
    start = Reading(date.fromisoformat(effective), HERE) if effective else None
    masthead = Masthead(
        title=Reading("样例办法", HERE), dates=Dates(effective=start), validity=Validity(said, Reading(said, HERE))
    )
    nowhere = Location("", 0)
    capture = Capture(page.url, page.digest, page.media_type, None, TAKEN, nowhere, nowhere)
    return StoredInstrument(page.digest, 1, instrument(page.digest).work, masthead, capture, 1, True)


def on(day: str, page: StoredInstrument) -> Standing:
    return standing_at(date.fromisoformat(day), page, ())


def test_that_it_had_ended_when_the_page_was_taken_says_nothing_of_before() -> None:
    page = held("已废止")
    assert on("2034-12-31", page).status == "未知"
    assert on("2035-01-01", page).status == "已废止"
    assert on("2044-01-01", page).status == "已废止"


def test_that_it_was_in_force_when_the_page_was_taken_is_presumed_after() -> None:
    page = held("现行有效", effective="2030-01-01")
    assert on("2029-12-31", page).status == "尚未生效"
    before, after = on("2034-01-01", page), on("2036-01-01", page)
    assert before.status == after.status == "现行有效"
    assert before.proof
    assert not before.proof.inferred
    assert after.proof
    assert after.proof.inferred


def test_that_it_was_not_yet_in_force_says_nothing_of_after() -> None:
    page = held("尚未生效")
    assert (on("2034-01-01", page).status, on("2036-01-01", page).status) == ("尚未生效", "未知")


def test_the_timeline_says_the_same_day_by_day() -> None:
    for page in (held("已废止"), held("已废止", "2030-01-01"), held("现行有效", "2030-01-01"), held("尚未生效")):
        days = timeline(page, ())
        assert days[0][0] == date.min
        for day in ("2029-12-31", "2030-01-01", "2034-12-31", "2035-01-01", "2035-01-02", "2050-01-01"):
            asked = date.fromisoformat(day)
            assert [status for start, status in days if start <= asked][-1] == on(day, page).status


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

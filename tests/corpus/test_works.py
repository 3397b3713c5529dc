"""Works, versions and witnesses."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from makers import instrument, snapshot

from tiaowen.corpus.capture import Capture, Location
from tiaowen.corpus.held import StoredInstrument
from tiaowen.corpus.instrument import Dates, Masthead, Reading
from tiaowen.corpus.works import Witness, group_works, similarity
from tiaowen.text.spans import Span

HERE = (Span(0, 9),)
WORDS = (
    "第一条为了促进样例集群发展制定本办法第二条本办法所称集群是指在县域内聚集的中小企业群体第三条省主管部门负责认定工作"
)
OTHER = (
    "本条例规定养犬登记免疫牵引和粪便清理等事项违反规定的由公安机关处以罚款并没收犬只情节严重的吊销登记证三年内不得再养"
)


def witness(
    title: str,
    words: str,
    number: str = "",
    *,
    url: str = "https://www.sample.gov.cn/a",
    day: str = "",
    cuts: int = 0,
    language: str = "zh",
) -> Witness:
    page = snapshot(f"{title}{words}{url}{cuts}{language}")
    read = Reading(date.fromisoformat(day), HERE) if day else None
    masthead = Masthead(
        title=Reading(title, HERE) if title else None,
        number=Reading(number, HERE) if number else None,
        dates=Dates(effective=read),
        language="en" if language == "en" else "zh",
    )
    made = instrument(page.digest)
    nowhere = Location("", 0)
    capture = Capture(url, page.digest, page.media_type, None, datetime(2035, 1, 1, tzinfo=UTC), nowhere, nowhere)
    return Witness(StoredInstrument(page.digest, 1, made.work, masthead, capture, 1, True), words, cuts)


def shape(*witnesses: Witness, near_copies: bool = False) -> list[list[int]]:
    """The number of witnesses of each version of each work."""
    works = group_works(witnesses, near_copies)
    return [[1 + len(version.others) for version in work.versions] for work in works]


def test_copies_of_one_number_and_title_are_one_version() -> None:
    copies = [witness("样例办法", WORDS, "样发〔2030〕1号", url=f"https://{host}/") for host in ("a.gov.cn", "b.cn")]
    assert shape(*copies) == [[2]]


def test_two_programmes_of_one_name_and_two_numbers_stay_two() -> None:
    assert shape(witness("工作要点", WORDS, "样发〔2030〕1号"), witness("工作要点", WORDS, "样发〔2031〕2号")) == [
        [1],
        [1],
    ]


def test_one_title_over_other_words_is_another_work() -> None:
    assert shape(witness("样例办法", WORDS), witness("样例办法", OTHER)) == [[1], [1]]


def test_a_law_published_by_two_orders_is_one_work_in_two_versions_the_older_first() -> None:
    new = witness("样例法", WORDS + OTHER[:20], "主席令第15号", day="2034-07-01")
    old = witness("中华人民共和国样例法", WORDS, "主席令第8号", day="2030-01-01")
    (work,) = group_works([new, old])
    assert [version.day for version in work.versions] == [date(2030, 1, 1), date(2034, 7, 1)]


def test_the_best_witness_is_official_and_whole() -> None:
    title, number = "样例办法", "样发〔2030〕1号"
    spun = witness(title, WORDS, number, cuts=3)
    copy = witness(title, WORDS, number, url="https://repost.example/1")
    official = witness(title, WORDS, number, url="https://www.sample.gov.cn/1")
    translated = witness("Sample Measures", "Article 1 These rules", "Yang Fa [2030] No. 1", language="en")
    (work, *_) = group_works([spun, copy, translated, official])
    (version,) = work.versions
    assert version.best.capture.url == "https://www.sample.gov.cn/1"
    assert [each.capture.url for each in version.others][:1] == ["https://repost.example/1"]


def test_a_page_without_title_is_known_by_its_words() -> None:
    pytest.importorskip("rensa", reason="the extra works is not installed")
    named, nameless = witness("样例办法", WORDS * 3, "样发〔2030〕1号"), witness("", WORDS * 3 + "完")
    assert shape(named, nameless, near_copies=True) == [[2]]
    assert shape(named, replace(nameless, words=OTHER), near_copies=True) == [[1], [1]]


def test_similarity_is_one_for_the_same_words_and_none_for_others() -> None:
    assert similarity(witness("", WORDS), witness("", f"{WORDS[:9]}，\n{WORDS[9:]}")) == 1.0
    assert similarity(witness("", WORDS), witness("", OTHER)) < 0.05
    assert similarity(witness("", ""), witness("", "")) == 0.0

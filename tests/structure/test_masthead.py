"""Mastheads over golden cases: a page's text, and each value read from it; a ? marks what is inferred."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from normal_texts import plain

from tiaowen.corpus.divisions import division_at_start, division_in_english
from tiaowen.corpus.instrument import Instrument, Reading
from tiaowen.ingest.parse import parse
from tiaowen.ingest.roles import read_date, role_of

CASES = (Path(__file__).parents[1] / "golden" / "masthead" / "cases.txt").read_text(encoding="utf-8").split("=== ")[1:]
FIELDS = ("title", "number", "province", "city", "level", "kind", "genre")


def written(reading: Reading[object]) -> str:
    return f"{reading.value} ?" if reading.inferred else str(reading.value)


def lines(instrument: Instrument) -> Iterator[str]:
    masthead = instrument.masthead
    values = {name: written(r) for name in FIELDS if (r := getattr(masthead, name))}
    values["issuers"] = "、".join(written(r).replace(" ", "") for r in masthead.issuers)
    for name in ("written", "published", "effective", "expires"):
        if reading := getattr(masthead.dates, name):
            values[name] = written(reading)
    order = ("title", "number", "issuers", *FIELDS[2:], "written", "published", "effective", "expires")
    for name in order:
        if values.get(name):
            yield f"{instrument.ordinal} {name}: {values[name]}"


@pytest.mark.parametrize("case", CASES, ids=[case.partition("\n")[0] for case in CASES])
def test_the_masthead_is_as_the_case_says(case: str) -> None:
    text, _, wanted = case.partition("\n")[2].partition("---\n")
    found = [line for instrument in parse(plain(text)) for line in lines(instrument)]
    assert found == wanted.strip().split("\n")


def test_every_value_is_at_a_place_or_says_it_is_inferred() -> None:
    for case in CASES:
        text = case.partition("\n")[2].partition("---\n")[0]
        for instrument in parse(plain(text)):
            title = instrument.masthead.title
            assert title
            words = "".join(span.of(text) for span in title.spans)
            assert title.inferred or "".join(words.split()) == title.value.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "province", "city"),
    [
        ("江苏省人民政府", "江苏省", ""),
        ("江苏印发办法", "江苏省", ""),
        ("广州市民政局", "广东省", "广州市"),
        ("广西壮族自治区人大", "广西壮族自治区", ""),
        ("内蒙古自治区", "内蒙古自治区", ""),
        ("上海市城市管理条例", "上海市", ""),
        ("延边朝鲜族自治州条例", "吉林省", "延边朝鲜族自治州"),
        ("示例省人民政府", "示例省", ""),
    ],
)
def test_divisions_are_known_by_their_names(text: str, province: str, city: str) -> None:
    division = division_at_start(text)
    assert division
    assert (division.province, division.city) == (province, city)


@pytest.mark.parametrize(
    "text", ["国务院", "全省人民", "本市各区", "各省、自治区", "直辖市", "中华人民共和国", "", "财政部"]
)
def test_what_is_no_division(text: str) -> None:
    assert division_at_start(text) is None


def test_english_names_are_provinces_too() -> None:
    assert [d.province for d in division_in_english("Jiangsu and Inner Mongolia, not Shaanxis")] == [
        "江苏省",
        "内蒙古自治区",
    ]


@given(st.text(max_size=60))
def test_any_line_has_a_role_or_none(text: str) -> None:
    role_of(text)
    read_date(text)
    division_at_start(text)

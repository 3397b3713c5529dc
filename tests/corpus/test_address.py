"""Addresses: eids, and the paths written from them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiaowen.corpus.address import STEP_NAMES, Step, parse_eid, write_eid, write_path
from tiaowen.corpus.instrument import ProvisionKind
from tiaowen.errors import UsageError

STEPS = st.builds(
    Step,
    st.sampled_from(ProvisionKind),
    st.lists(st.integers(1, 999), min_size=1, max_size=2).map(lambda n: "-".join(map(str, n))),
    st.integers(1, 9),
)


@given(st.lists(STEPS, min_size=1, max_size=6).map(tuple))
def test_an_eid_reads_back_and_every_address_can_be_written(steps: tuple[Step, ...]) -> None:
    assert parse_eid(write_eid(steps)) == steps
    assert write_path(steps)
    assert write_path(steps, "en")


def test_every_kind_has_a_step_name_of_its_own() -> None:
    assert len(set(STEP_NAMES.values())) == len(STEP_NAMES) == len(ProvisionKind)


@pytest.mark.parametrize(
    ("eid", "zh", "en"),
    [
        ("art_12", "第十二条", "Article 12"),
        ("art_165-1", "第一百六十五条之一", "Article 165-1"),
        ("art_12__item_3", "第十二条第（三）项", "Article 12(3)"),
        ("art_12__para_2__item_1", "第十二条第二款第（一）项", "Article 12(2)(1)"),
        ("art_12__item_1__subitem_2", "第十二条第（一）项第2目", "Article 12(1)(2)"),
        ("level_3", "第三部分", "(3)"),
        ("level_3__level_2", "三（二）", "(3)(2)"),
        ("level_3__level_2__level_1", "三（二）1.", "(3)(2)(1)"),
        ("level_5-1__level_5-1-2", "5.1.2", "(5-1)(5-1-2)"),
        ("chap_2__sec_1", "第二章第一节", "Chapter 2, Section 1"),
    ],
)
def test_paths_are_written_as_auditors_write_them(eid: str, zh: str, en: str) -> None:
    assert (write_path(parse_eid(eid)), write_path(parse_eid(eid), "en")) == (zh, en)


def test_in_taiwan_the_paragraph_is_xiang_and_the_item_kuan() -> None:
    assert write_path(parse_eid("art_6-1__para_2__item_1__subitem_3"), "tw") == "第六條之一第二項第一款第三目"


@given(st.text())
def test_what_is_no_eid_is_refused_with_the_known_steps(text: str) -> None:
    try:
        steps = parse_eid(text)
    except UsageError as error:
        message = str(error)
    else:
        message = f"art: {write_eid(steps)}"
    assert "art" in message

"""Ids of works and clauses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiaowen.corpus.ids import ClauseId, clause_id, parse_clause_id, work_id
from tiaowen.corpus.snapshot import digest_of
from tiaowen.errors import UsageError

PAGE = digest_of(b"page")
FULL = ClauseId("w5f0c2a91d3", "art_6__item_2", "3e8d119d")


@pytest.mark.parametrize(
    "text",
    [
        "w5f0c2a91d3/art_6__item_2@3e8d119d",
        "  “w5f0c2a91d3/art_6__item_2@3e8d119d”。",
        "W5F0C2A91D3/art_6__item_2＠3e8d119d",
        "（w5f0c2a91d3／art_6__item_2@3e8d119d9e0f）",
    ],
)
def test_an_id_is_read_through_what_copying_adds(text: str) -> None:
    assert parse_clause_id(text) == FULL


def test_an_id_without_a_page_is_any_page() -> None:
    assert parse_clause_id("w5f0c2a91d3/art_6").page is None


@given(st.text())
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageError, match="w5f0c2a91d3/art_6__item_2@3e8d119d"):
        parse_clause_id(f"…{text}")


def test_a_full_id_names_the_page_by_eight_digits() -> None:
    assert str(clause_id("w0123456789", "art_1", PAGE)) == f"w0123456789/art_1@{PAGE[:8]}"


def make(title: str = "", number: str = "", issuer: str = "", written: str = "", ordinal: int = 1) -> str:
    return work_id(title=title, number=number, issuer=issuer, written=written, witness=PAGE, ordinal=ordinal)


def test_a_work_is_its_number_and_title_whatever_the_brackets() -> None:
    assert make("示例办法", "示政发〔2030〕1号") == make("示例 办法", "示政发[2030]1号", "示例省")
    assert make("示例办法", "示政发〔2030〕1号") != make("示例通知", "示政发〔2030〕1号")


def test_without_a_number_issuer_and_date_count() -> None:
    assert make("示例办法", "", "甲", "2030-01-01") != make("示例办法", "", "甲", "2031-01-01")


def test_without_a_title_it_is_the_place_on_the_page() -> None:
    assert make(number="示政发〔2030〕1号") == make() != make(ordinal=2)

"""Words of duty in their own sense; `modality:` finds by them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.index.shelves import golden
from tiaowen.index.modality import MODES, modal_words, modes_of
from tiaowen.index.schema import plain


@pytest.mark.parametrize("case", golden("modality")["cases"], ids=lambda case: case["text"])
def test_what_a_text_lays_down(case: dict) -> None:
    found = [mode for mode, _, _ in modal_words(plain(case["text"]))]
    assert (found == case["modes"]) is (case.get("expect") != "fail"), found


PIECES = st.one_of(
    st.sampled_from("不应当得可以鼓励支持禁止须。，地方事人 \n"), st.sampled_from(("shall", "not", "may", "no"))
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_words_are_in_order_and_apart(text: str) -> None:
    places = [place for _, *pair in modal_words(text) for place in pair]
    assert places == sorted(places)
    assert set(modes_of(text)) <= set(MODES)


@given(st.lists(PIECES, max_size=12).map("".join), st.lists(PIECES, max_size=12).map("".join))
def test_a_sentence_means_the_same_among_others(one: str, other: str) -> None:
    """Candidates for `same:sentence(modality:…)` come from whole clauses."""
    both = set(modes_of(f"{one}。{other}"))
    assert both == set(modes_of(f"{one}。")) | set(modes_of(other))

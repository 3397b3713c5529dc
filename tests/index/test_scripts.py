"""A query in either script finds a clause in either, however it was torn from its words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.index.shelves import entry, golden
from tiaowen.index.build import build
from tiaowen.index.schema import Shelf, plain_forms
from tiaowen.index.search import open_index


@pytest.mark.parametrize("case", golden("scripts")["cases"], ids=lambda case: f"{case['query']} in {case['in']}")
def test_a_query_in_either_script(tmp_path: Path, case: dict) -> None:
    build([entry(1, case["in"], Shelf())], tmp_path, "s", engine="memory")
    assert bool(open_index(tmp_path).search(case["query"]).total) is case["found"]


@given(st.text(st.sampled_from("著乾藉於後徵干着作看安发a１ "), max_size=12))
def test_forms_are_few_and_as_long(text: str) -> None:
    forms = plain_forms(text)
    assert 1 <= len(forms) <= 8
    assert {len(form) for form in forms} == {len(text)}

"""Properties of the text layer: fold, simplify, script, numerals and their tables."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quickly import within
from tiaowen.text.fold import fold
from tiaowen.text.numerals import CHINESE_LIMIT, ROMAN_LIMIT, chinese_numeral, read_numeral, roman_numeral
from tiaowen.text.script import hans_only, hant_only, language_of, script_of
from tiaowen.text.simplify import propose_simplified, simplify
from tiaowen.text.spans import apply_edits
from tiaowen.text.tables import read_table, traditional_to_simplified

CHINESE = st.text(
    alphabet=sorted({c for key in traditional_to_simplified().phrases for c in key} | set("县为这的。；\n"))
)
ANY = st.one_of(st.text(), CHINESE)


@given(ANY)
def test_fold_keeps_the_length_and_is_idempotent(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_fold_of_every_character_is_one_character() -> None:
    everything = "".join(map(chr, range(0x30000)))
    assert len(fold(everything)) == len(everything)
    assert fold(fold(everything)) == fold(everything)


@given(ANY)
def test_the_edits_give_the_simplified_text(text: str) -> None:
    edits = propose_simplified(text)
    changed, offsets = apply_edits(text, edits)
    assert changed == simplify(text)
    assert len(changed) == len(text)
    assert all(edit.aligned and edit.span.of(text) != edit.replacement for edit in edits)
    assert len(offsets.runs) <= 1


@given(st.text(alphabet=sorted(hans_only())))
def test_simplified_characters_are_left_alone(text: str) -> None:
    assert propose_simplified(text) == []


def test_every_row_of_the_table_is_needed_and_keeps_the_length() -> None:
    rows = read_table("t2s")
    assert len({traditional for traditional, _, _ in rows}) == len(rows)
    for traditional, simplified, reason in rows:
        assert len(traditional) == len(simplified), traditional
        assert reason, traditional
        assert simplify(f"體、{traditional}") == f"体、{simplified}", traditional


def test_the_whole_dictionary_keeps_the_length() -> None:
    conversion = traditional_to_simplified()
    assert all(len(key) == len(value) for key, value in {**conversion.characters, **conversion.phrases}.items())


def test_compatibility_ideographs_are_read_as_their_characters() -> None:
    assert simplify("\uf914業") == "乐业"


def test_no_character_is_of_one_script_alone_twice() -> None:
    assert not hans_only() & hant_only()
    assert not set("于后范制里面只台干沈乾於") & (hans_only() | hant_only())


@pytest.mark.parametrize("read", [script_of, language_of, simplify, fold, read_numeral])
@pytest.mark.parametrize("text", ["一" * 300_000, "乾" * 300_000, "沈" * 300_000, "a" * 300_000, "於於乾" * 100_000])
def test_long_hostile_text_takes_no_long_time(read: Callable[[str], object], text: str) -> None:
    assert within(5, lambda: read(text))


@given(st.integers(0, CHINESE_LIMIT - 1))
def test_chinese_numerals_round_trip(number: int) -> None:
    assert read_numeral(chinese_numeral(number)) == number
    assert read_numeral(f"第{chinese_numeral(number)}") == number


@pytest.mark.parametrize("number", range(1, ROMAN_LIMIT))
def test_roman_numerals_round_trip(number: int) -> None:
    assert read_numeral(roman_numeral(number)) == number
    assert read_numeral(roman_numeral(number).lower()) == number


@given(
    st.one_of(st.text(), st.text(alphabet="零〇一二两十百千万亿廿壹拾第0１IVX"), st.text(alphabet="first hundred and-"))
)
def test_reading_numerals_is_total(text: str) -> None:
    number = read_numeral(text)
    assert number is None or number >= 0


def test_numbers_out_of_range_are_refused() -> None:
    for write, number in ((chinese_numeral, -1), (chinese_numeral, CHINESE_LIMIT), (roman_numeral, 0)):
        with pytest.raises(ValueError, match="numeral"):
            write(number)


def test_enclosed_numbers() -> None:
    assert [read_numeral(sign) for sign in "①②⑳㉑㉟㊱㊿"] == [1, 2, 20, 21, 35, 36, 50]


@pytest.mark.data
def test_opencc_t2s_cases(shared: Path) -> None:
    text = (shared / "data/opencc/testcases/testcases.json").read_text(encoding="utf-8")
    cases = json.loads(re.sub(r",(\s*[}\]])", r"\1", text))["cases"]
    pairs = [(case["input"], case["expected"]["t2s"]) for case in cases if "t2s" in case.get("expected", {})]
    assert pairs
    assert [(given, simplify(given)) for given, expected in pairs if simplify(given) != expected] == []


@pytest.mark.data
def test_simplified_law_is_left_alone_and_both_scripts_agree(shared: Path) -> None:
    basic_law = json.loads((shared / "data/cross_script/basic-law.zh-Hant.json").read_text(encoding="utf-8"))
    text = "\n".join(row.get("text", "") for row in basic_law)
    assert script_of(text) == "Hant"
    assert script_of(simplify(text)) == "Hans"
    assert propose_simplified(simplify(text)) == []

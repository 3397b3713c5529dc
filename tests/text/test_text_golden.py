"""The text layer against tables a layman can read: tests/golden/text/*.tsv."""

from __future__ import annotations

from pathlib import Path

import pytest

from tiaowen.text.fold import fold
from tiaowen.text.numerals import read_numeral
from tiaowen.text.script import language_of, script_of
from tiaowen.text.simplify import simplify

GOLDEN = Path(__file__).parents[1] / "golden" / "text"


def rows(name: str) -> list[list[str]]:
    lines = (GOLDEN / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(("text", "simplified", "shows"), rows("simplify"))
def test_simplify(text: str, simplified: str, shows: str) -> None:
    assert simplify(text) == simplified, shows
    assert simplify(simplified) == simplified, shows


@pytest.mark.parametrize(("text", "script", "language"), rows("script"))
def test_script_and_language(text: str, script: str, language: str) -> None:
    assert (script_of(text), language_of(text)) == (script, language)


@pytest.mark.parametrize(("text", "number"), rows("numerals"))
def test_numerals(text: str, number: str) -> None:
    assert read_numeral(text) == (None if number == "-" else int(number))


@pytest.mark.parametrize(("text", "folded"), rows("fold"))
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded

"""Text in columns, wide characters counted as two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth, wcwidth

from tiaowen.text.columns import clip, columns, grid, one_line, pad, wrap

TEXTS = st.text(st.one_of(st.sampled_from("条文，。、a1 \u0301\u200b👍🏽é\x1b\t\n"), st.characters(codec="utf-8")))


@pytest.mark.parametrize(
    ("text", "width", "kept"),
    [
        ("条文检索", 8, "条文检索"),
        ("条文检索", 7, "条文检…"),
        ("条文检索", 6, "条文…"),
        ("条文", 1, "…"),
        ("条文", 0, ""),
    ],
)
def test_clip(text: str, width: int, kept: str) -> None:
    assert clip(text, width) == kept


def test_clip_at_the_end() -> None:
    assert clip("条文检索", 7, end=True) == "…文检索"


@given(TEXTS)
def test_columns_are_those_of_wcwidth(text: str) -> None:
    assert columns(text) == max(0, wcswidth(text))


def test_every_character_is_as_wide_as_wcwidth_says() -> None:
    signs = [chr(code) for code in range(0x20, 0x30000) if not 0xD800 <= code < 0xE000]
    assert [sign for sign in signs if columns(sign) != max(0, wcwidth(sign))] == []


def test_pad() -> None:
    assert pad("条", 4) == "条  "
    assert pad("条", 4, right=True) == "  条"


@given(TEXTS, st.integers(0, 40), st.booleans())
def test_nothing_is_wider_than_its_column(text: str, width: int, end: bool) -> None:
    safe = one_line(text)
    assert columns(clip(safe, width, end)) <= width
    assert columns(pad(safe, width)) == width


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5), st.integers(1, 60))
def test_a_grid_fits(rows: list[tuple[str, str]], width: int) -> None:
    safe = [tuple(map(one_line, row)) for row in rows]
    lines = list(grid(safe, [False, True], width))
    assert len(lines) == len(rows)
    assert all(columns(line.removesuffix("\n")) <= width for line in lines)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("一二三，四五", 6, ["一二", "三，四", "五"]),
        ("一二《三四》", 6, ["一二", "《三", "四》"]),
        ("the guarantee fee", 10, ["the ", "guarantee ", "fee"]),
        ("w0123456789/art_6", 10, ["w012345678", "9/art_6"]),
        ("条", 1, ["条"]),
        ("", 5, []),
    ],
)
def test_wrap(text: str, width: int, lines: list[str]) -> None:
    assert [line.of(text) for line in wrap(text, width)] == lines


@given(TEXTS, st.integers(2, 40))
def test_wrapping_loses_only_spaces_between_lines(text: str, width: int) -> None:
    safe = one_line(text)
    lines = list(wrap(safe, width))
    assert "".join(line.of(safe) for line in lines).replace(" ", "") == safe.replace(" ", "")
    assert all(columns(line.of(safe)) <= width for line in lines)

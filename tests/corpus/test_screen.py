"""What the screen shows fits it, whatever the page holds."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from tests.corpus.reports import HITS, MEASURES, REPORT, clause, found
from tiaowen.corpus.export import EXPORTERS, Layout
from tiaowen.corpus.export._quote import piece
from tiaowen.corpus.export.table import BESIDE, BOLD, NORMAL
from tiaowen.corpus.instrument import CUT_MARK
from tiaowen.corpus.results import Found
from tiaowen.text.spans import Span

URL = "https://example.org/wide"
DIRT = "集群条例，。“”[…] abc-/\u0301\u200b\u200f\u202e\x1b\x07\x85\t\n①㎡👍👨‍👩‍👧é㌔ｱ"
QUOTES = st.text(st.sampled_from(DIRT), min_size=1, max_size=300)
WIDTHS = st.integers(40, 200)


def shown(form: str, hit: Found, layout: Layout) -> list[str]:
    pieces = EXPORTERS.get(form).render(replace(REPORT, hits=(hit,), notes=()), layout)
    return "".join(map(str, pieces)).splitlines()[1:]  # sentences may break, rows may not


@settings(max_examples=60, deadline=None)
@given(QUOTES, WIDTHS, st.integers(0, 250), st.integers(1, 30))
def test_a_table_fits_the_terminal(quote: str, width: int, start: int, length: int) -> None:
    span = Span(min(start, len(quote) - 1), min(len(quote), start + length) if start < len(quote) else len(quote))
    hit = found(1, MEASURES, clause("art_6__item_2", "第六条第（二）项", quote, lead_in=quote[:50]), URL, (span,))
    lines = shown("table", hit, Layout(width))
    assert all(wcswidth(line) <= width for line in lines), [line for line in lines if wcswidth(line) > width]
    assert "".join(line[-60:].strip() for line in lines).count("w0000000001/art_6__item_2") == 1
    coloured = shown("table", hit, Layout(width, colour=True))
    assert [line.replace(BOLD, "").replace(NORMAL, "").rstrip() for line in coloured] == lines


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("集群条例，。“”[… abc-①é"), min_size=1, max_size=80), WIDTHS)
def test_a_table_loses_nothing_of_a_clause_it_has_room_for(quote: str, width: int) -> None:
    hit = found(1, MEASURES, clause("art_6__item_2", "第六条第（二）项", quote), URL)
    beside = max(BESIDE, 2 * len(hit.citation.id)) <= width
    text = "".join(line[4:] for line in shown("table", hit, Layout(width))[2:])
    assert "".join(quote.split()) in "".join(text.split()) if not beside else True
    letters = Counter("".join(text.split()))
    assert not Counter("".join(quote.split())) - letters
    title = "".join((hit.citation.title or "").split())
    assert not Counter(title) - letters


@settings(max_examples=60, deadline=None)
@given(QUOTES, st.integers(80, 200), st.lists(st.integers(0, 300), min_size=2, max_size=6), st.integers(1, 60))
def test_words_in_context_stand_below_one_another(quote: str, width: int, marks: list[int], around: int) -> None:
    marks = sorted({min(mark, len(quote)) for mark in marks})
    spans = tuple(Span(a, b) for a, b in pairwise(marks)) or (Span(0, len(quote)),)
    hit = found(1, MEASURES, clause("art_6", "第六条", quote), URL, spans)
    lines = [line for line in shown("kwic", hit, Layout(width, around=around)) if hit.citation.id in line]
    assert len(lines) == len(spans)
    assert len({wcswidth(line) for line in lines}) == 1
    assert wcswidth(lines[0]) <= width


def test_words_in_context_are_whole_where_nobody_watches() -> None:
    quote = "前" * 50 + "集群" + "后" * 50
    hit = found(1, MEASURES, clause("art_6", "第六条", quote), URL, (Span(50, 52),))
    (line,) = [line for line in shown("kwic", hit, Layout(80, around=40, fitted=False)) if "集群" in line]
    assert "…" + "前" * 40 + " 集群 " + "后" * 40 + "…" in line
    (fitted,) = [line for line in shown("kwic", hit, Layout(80, around=40)) if "集群" in line]
    assert wcswidth(fitted) <= 80


@pytest.mark.parametrize("start", range(12))
@pytest.mark.parametrize("end", range(12))
def test_no_half_mark_is_shown(start: int, end: int) -> None:
    quote = f"一二三{CUT_MARK}四五六{CUT_MARK}"
    kept = piece(quote, start, end)
    rest = kept.of(quote).replace(CUT_MARK, "")
    assert not re.search(r"[\[…\]]", rest)
    assert len(rest) == sum(char in "一二三四五六" for char in quote[start:end])


def test_words_found_are_bold_on_a_terminal_and_plain_elsewhere() -> None:
    for form in ("table", "kwic"):
        assert "\x1b[1m" in "\n".join(shown(form, HITS[0], Layout(160, colour=True, around=40)))
        assert "\x1b" not in "\n".join(shown(form, HITS[0], Layout(120)))


def test_what_a_page_says_commands_no_terminal() -> None:
    for form in ("table", "kwic"):
        assert "␛[31m" in "\n".join(shown(form, HITS[3], Layout(160, colour=True, around=40)))

"""Normal texts: nothing lost, every removal with its rule, both maps exact."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.texts import NormalText
from tiaowen.ingest.extract import extract
from tiaowen.ingest.normalise import normalise, settle
from tiaowen.text.spans import Edit, Span

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def normal(text: str, media_type: str = "text/plain") -> NormalText:
    return normalise(extract(Snapshot.of(text.encode(), "file:page", media_type, NOW)))


def assert_whole(result: NormalText) -> None:
    raw = result.source.raw
    kept = [piece for run in result.clean_map.runs for piece in run.src]
    edges = sorted([*kept, *(removal.span for removal in result.removals)])
    assert all(a.end == b.start for a, b in pairwise(edges))
    assert not raw or (edges[0].start, edges[-1].end) == (0, len(raw))
    for run in result.clean_map.runs:
        if run.aligned and "\r" not in run.src[0].of(raw):
            assert run.out.of(result.clean) == run.src[0].of(raw)


def test_traditional_text_is_matched_in_simplified_and_quoted_as_it_is() -> None:
    result = normal("<p>第一條&nbsp;為了促進樣例產業發展。</p>", "text/html")
    assert (result.script, result.language) == ("Hant", "zh")
    assert result.text == "第一条\xa0为了促进样例产业发展。"
    (place,) = result.raw_spans(Span(0, 3))
    assert place.of(result.source.raw) == "第一條"
    assert_whole(result)


def test_a_cut_is_told_from_what_lies_around_the_document() -> None:
    result = normal("首页 > 样例\n第一条 为了Sugar daddy促进样例产业发展，制定本办法。\n上一篇：无\n")
    assert result.clean.strip() == "第一条 为了促进样例产业发展，制定本办法。"
    assert [(r.rule, r.cut) for r in result.removals] == [
        ("spam.breadcrumb", False),
        ("spam.lexicon", True),
        ("spam.adjacent", False),
    ]


def test_overlapping_removals_are_settled() -> None:
    edits = [Edit(Span(a, b), "", rule, "why") for a, b, rule in [(2, 6, "late"), (0, 4, "early"), (0, 2, "short")]]
    assert [(e.span, e.rule) for e in settle(edits)] == [(Span(0, 4), "early"), (Span(4, 6), "late")]


def test_a_rule_may_only_remove() -> None:
    with pytest.raises(ValueError, match="only remove"):
        settle([Edit(Span(0, 1), "x", "rule", "why")])


PIECES = st.sampled_from(
    ["首页 > 新闻 > 正文", "第一条 为了促进样例产业发展。", "Sugar daddy", "span>", "\n", " ", "上一篇：无", "a | ",
     "&NotEqualTilde;", "六合彩资料,免费大全", "樣例", "<p>", "<td>", "</p>", "\r\n",
     "经市政府研究同意，",
     "the clusters of the model,\nand the others",
     "为了规范集市的经营活动，维护集市的秩序，保护\n",
     "requestId:688e5bcb7ca8.9", " TC:abc12", "版权所有"]
)  # fmt: skip


def test_a_page_whose_lines_were_joined_is_whole() -> None:
    wrapped = "".join(f"This Law is enacted to promote the {n}\nclusters, and the services of all {n}\n" for n in "abc")
    made = normal(wrapped * 3, "text/plain")
    assert any(finding.code == "joined-lines" for finding in made.findings)
    assert_whole(made)


@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(["plain", "html", "markdown"]))
def test_any_page_is_normalised_whole(text: str, subtype: str) -> None:
    if text:
        assert_whole(normal(text, f"text/{subtype}"))

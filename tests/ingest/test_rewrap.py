"""Broken lines are joined where a page's width says why they broke; lists of short lines never are."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiaowen.corpus.snapshot import Snapshot
from tiaowen.ingest.extract import extract
from tiaowen.ingest.normalise import normalise
from tiaowen.ingest.parse import parse
from tiaowen.ingest.rewrap import COMMA, FULL, rewrap
from tiaowen.text.spans import apply_edits

WRAPPED = """示例市集市条例
第一条 为了规范集市的经营活动，维护集市的秩序，保护经营者和
消费者的合法权益，根据有关法律、法规的规定，结合本市的实际，制
定本条例。
第二条 本条例适用于本市行政区域内集市的设立、经营、管理以及相
关的监督活动。法律、法规另有规定的，从其规定。
第三条 市场监督管理部门负责集市的管理工作，并履行下列职责：
（一）受理集市的登记申请，并在二十日内作出决定，书面告知申请
人；
（二）对集市的经营活动进行监督检查，依法查处违法行为。
公安、消防、城市管理等部门按照各自的职责，做好集市管理的相关
工作。违反规定的，依照有关法律、法规和本条例第一条、第二条以及
第三条的规定处理。
第四条 本条例自2030年1月1日起施行。
"""

ENGLISH = """Model Clusters Law
Article 1 This Law is enacted in order to promote the
clusters of the Model Province, to protect the firms in
them, and to make their services better for everybody, in
accordance with the Constitution.
Article 2 A cluster is a group of firms, parks and other
places, which share their services.
Article 3 The bureau shall review each of the clusters,
once in three years, and shall publish what it has found.
"""

LEFT_ALONE = {
    "names": "名单\n张某某\n李某某\n王某某\n赵某某\n钱某某\n孙某某\n",
    "a signature": "现将办法印发给你们，请遵照执行。\n示例市民政局\n示例市财政局\n2030年3月4日\n",
    "rows": "项目，甲\t一，\n项目，乙\t二，\n项目，丙\t三，\n",
    "a title over lines": "示例市民政局、\n示例市财政局\n关于印发《示例市养老办法》的通知\n",
    "paragraphs of one length": "".join(
        f"第{n}款的集市应当登记，登记不收取任何的费用。\n" for n in "一二三四五六七八九"
    ),
    "items that share an unfinished form": "".join(
        f"（{n}）集市的名称、地址、负责人和联系的方式\n" for n in "一二三四五六七八九"
    ),
    "addresses": "".join(f"Levels of the cluster, and their file {n}\nhttps://sample.invalid/{n}\n" for n in range(9)),
    "indented paragraphs": "".join("\u3000\u3000集市应当登记，登记的内容包括集市的名称与地址\n" for _ in range(9)),
}


def joined(text: str) -> str:
    return apply_edits(text, rewrap(text))[0]


def test_a_wrapped_statute_has_one_line_for_each_paragraph() -> None:
    lines = joined(WRAPPED).splitlines()
    assert len(lines) == 8
    assert lines[1].endswith("保护经营者和消费者的合法权益，根据有关法律、法规的规定，结合本市的实际，制定本条例。")
    assert lines[4].endswith("书面告知申请人；")
    assert lines[6].endswith("本条例第一条、第二条以及第三条的规定处理。")
    assert {edit.rule for edit in rewrap(WRAPPED)} == {FULL}


def test_between_english_words_a_blank_stays() -> None:
    assert "in order to promote the clusters of the Model Province, to protect" in joined(ENGLISH)
    assert len(joined(ENGLISH).splitlines()) == 4


def test_a_line_that_ends_with_a_comma_goes_on() -> None:
    text = "第一条 为了规范集市，\n制定本条例。\n第二条 集市应当登记，\n第三条 施行。\n"
    (edit,) = rewrap(text)
    assert (edit.rule, edit.span.start) == (COMMA, text.index("\n"))


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_what_is_left_alone(name: str) -> None:
    assert joined(LEFT_ALONE[name]) == LEFT_ALONE[name]


@given(
    st.lists(
        st.sampled_from(["第一条", "集市", "应当，", "登记。", "（一）", "a b", "\n", "\n\n", "\u3000", "：", " "])
    )
)
def test_only_blanks_are_taken_out_and_only_for_blanks(words: list[str]) -> None:
    text = "".join(words)
    for edit in rewrap(text):
        assert not edit.span.of(text).strip()
        assert edit.replacement in ("", " ")


def test_a_clause_over_broken_lines_is_one_paragraph_and_its_place_is_known() -> None:
    page = Snapshot.of(WRAPPED.encode(), "file:///wrapped.txt", "text/plain", datetime(2030, 1, 2, tzinfo=UTC))
    normal = normalise(extract(page))
    (instrument,) = parse(normal)
    first = next(clause for clause in instrument.clauses if clause.eid == "art_1")
    assert first.text.endswith("结合本市的实际，制定本条例。")
    assert "".join(span.of(WRAPPED) for span in first.spans) == first.text
    assert any(finding.code == "joined-lines" for finding in normal.findings)
    assert all(removal.span.of(WRAPPED) == "\n" for removal in normal.removals if removal.rule == FULL)

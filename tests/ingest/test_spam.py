"""Spam rules against golden cases: what is removed, by which rule, and what is left alone."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.quickly import within
from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.texts import NormalText
from tiaowen.ingest.extract import extract
from tiaowen.ingest.normalise import normalise, page_of
from tiaowen.ingest.spam import SPAM

NOW = datetime(2026, 1, 2, tzinfo=UTC)
CASES = json.loads((Path(__file__).parents[1] / "golden" / "cleaning" / "spam.json").read_text("utf-8"))
POLICY = "第一条　为了促进样例产业发展，根据有关法律、法规，结合本省实际，制定本办法，各市人民政府应当认真执行。\n" * 6


def normal(text: str) -> NormalText:
    return normalise(extract(Snapshot.of(text.encode(), "file:page", "text/plain", NOW)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_golden_cases(case: dict[str, object], request: pytest.FixtureRequest) -> None:
    if case.get("expect") == "fail":
        request.applymarker(pytest.mark.xfail(strict=True, reason="a known weakness"))
    text = str(case["text"])
    assert [[r.rule, r.span.of(text)] for r in normal(text).removals] == case["removed"]


@pytest.mark.parametrize(
    ("before", "splice", "after"),
    [
        ("第二条 县级以上人民政府应当建立协调", "她低下头，眼泪忽然掉了下来，一句话也说不出。", "机制。"),
        ("第二条 县级以上人民政府应当建立协调机制。", "他笑了笑，伸手摸了摸小猫的头，转身走了。", ""),
    ],
)
def test_a_spliced_sentence_is_cut_out_whole(before: str, splice: str, after: str) -> None:
    text = POLICY + before + splice + after
    (removal,) = normal(text).removals
    assert (removal.rule, removal.span.of(text), removal.cut) == ("spam.spliced", splice, bool(after))


def test_an_english_splice_begins_at_its_capital() -> None:
    policy = "Article 1 The competent departments shall strengthen the guidance of sample industries by law. "
    splice = "She lowered her eyes and said nothing to her mother."
    text = f"{policy * 4}The departments shall establi{splice}sh a mechanism."
    (removal,) = normal(text).removals
    assert removal.span.of(text) == splice


@pytest.mark.parametrize(
    ("before", "splice", "after"),
    [
        ("an application shall be accompanied by docu", "The puppy curled up by his feet and fell asleep.", "ments."),
        ("the permit shall be kept by the holder andThe ", "", "returned to the authority on demand."),
    ],
)
def test_a_sentence_glued_into_a_word_needs_little_evidence(before: str, splice: str, after: str) -> None:
    policy = "Article 1 The competent departments shall strengthen the guidance of sample industries by law. "
    text = f"{policy * 4}Where the law so provides, {before}{splice}{after}"
    assert [r.span.of(text) for r in normal(text).removals] == ([splice] if splice else [])


def test_the_mark_before_a_splice_stays() -> None:
    splice = "她低頭看著窗外的雨，眼淚忽然掉了下來，一句話也說不出。"
    text = f"{POLICY}第二条 有下列情形之一的，不予受理：{splice}\n（一）材料不齐全的；"
    (removal,) = normal(text).removals
    assert removal.span.of(text) == splice


def test_what_somebody_says_in_a_document_is_not_cut_from_its_quotation() -> None:
    said = "我们每天都和爷爷奶奶在一起，妈妈，你什么时候才能回家呢？"
    text = f"{POLICY}第二条 示例县通报：孩子们问：“爸爸去了样例区。{said}”有关部门应当关心其家属。"
    assert normal(text).removals == ()


def test_no_pasted_sentence_begins_with_a_particle() -> None:
    text = f"{POLICY}示例省人民政府的眼泪掉了下来，他低下头，一句话也说不出。\n"
    assert normal(text).removals == ()


def test_a_story_is_no_document_with_a_splice() -> None:
    story = "她低下头，眼泪忽然掉了下来。他笑了笑，伸手摸了摸小猫的头，转身走了。母亲站在门口，一句话也没说。\n"
    assert normal(story * 8).removals == ()


@pytest.mark.parametrize(
    "piece",
    ["首页 > ", "a | ", "六合彩,", "Sugar ", "<span style=", "&nbsp", "樣", "A", "……", "第一条", "她笑",
     "requestId:0123456789", "- ", "«",
     "本站", "版权所有", "icp", "扫", " She said", "（一）", "“", "\u3000"],
)  # fmt: skip
def test_hostile_text_costs_linear_time(piece: str) -> None:
    for text in (piece * 4_000, (piece + "\n") * 2_000, POLICY + piece * 2_000 + "。"):
        page = page_of(extract(Snapshot.of(text.encode(), "file:page", "text/plain", NOW)))
        for name, rule in SPAM.all():
            assert within(2, lambda rule=rule, page=page: list(rule.propose(page))), name

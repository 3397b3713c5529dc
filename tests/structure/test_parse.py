"""Parsing: nothing lost, nothing twice, whatever the text."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from normal_texts import plain

from tiaowen.corpus.instrument import Instrument, Provision
from tiaowen.corpus.texts import NormalText
from tiaowen.ingest.lines import BLANK
from tiaowen.ingest.parse import parse
from tiaowen.text.spans import Span

WORDS = st.sampled_from(
    [
        *("第一条 ", "第二条", "第一章 总则", "第一节", "第一编", "第3条", "第十七条之一 ", "一、", "二、", "（一）"),
        *(
            "(1)",
            "1.",
            "2、",
            "①",
            "一是",
            "二是",
            "三是",
            "：",
            "；",
            "。",
            "，",
            "\n",
            "\n\n",
            "\u3000",
            "为了",
            "\0",
        ),
        *("目录", "附件1", "？", "2030年1月1日", "示例省人民政府", "关于集群的通知", "示政发〔2030〕1号", "第", "条"),
        *("各市人民政府：", "\ud800", "Article 1: ", "ThirdArticle ", "Chapter 2 General", "(I)", "(II)", "(a)"),
        *("In order to ", "h", ";", "——"),
        *("第三条修改为：", "“第三条 ", "。”", "附：", "1.1 ", "1.2", "2 总则", "(i)", "(v)", "Section 1. ", "Purpose"),
        *(
            "【目的】",
            "省长 张某",
            "（试行）",
            "通　知",
            "中華民國 119 年 1 月 2 日",
            "本决定自公布之日起施行。",
            "第一篇",
        ),
        *("专栏1", "示例市养犬条例", "（示政发〔2030〕1号）", "特此公告。", "2 登记", "1.1 谁可以登记？"),
    ]
)
SOUP = st.one_of(st.text(), st.lists(WORDS).map("".join), st.lists(WORDS).map("\n".join))


def provisions(instrument: Instrument) -> list[Provision]:
    return [inner for outer in instrument.provisions for inner in outer.walk()]


def places(instrument: Instrument) -> list[Span]:
    spans = list(instrument.apparatus)
    for provision in provisions(instrument):
        spans += [provision.head, *([provision.own] if provision.own else [])]
    return spans


def assert_whole(normal: NormalText, instruments: tuple[Instrument, ...]) -> None:
    """Every character that is not blank is in exactly one place, and every leaf is a clause."""
    seen = [0] * len(normal.text)
    for instrument in instruments:
        for span in places(instrument):
            for offset in range(span.start, span.end):
                seen[offset] += 1
    assert all(count == 1 for count, sign in zip(seen, normal.text, strict=True) if sign.strip(BLANK))
    for instrument in instruments:
        eids = [provision.eid for provision in provisions(instrument)]
        assert len(set(eids)) == len(eids)
        clauses = {clause.eid for clause in instrument.clauses}
        assert clauses == {p.eid for p in provisions(instrument) if p.own}
        assert all(p.eid in clauses for p in provisions(instrument) if not p.children)


@given(SOUP, st.sampled_from(["zh", "en"]))
@example("第一章\n一二三四\n一二三四\n一二", "zh")  # a label, contents below it, and what could be its heading
@settings(max_examples=300)
def test_any_string_parses_and_nothing_is_lost_or_doubled(text: str, language: str) -> None:
    normal = plain(text, "en" if language == "en" else "zh")
    instruments = parse(normal)
    assert instruments
    assert_whole(normal, instruments)
    for instrument in instruments:
        for clause in instrument.clauses:
            assert "".join(span.of(text) for span in clause.spans) == clause.text == clause.match


@pytest.mark.parametrize(
    "text",
    [
        "（一）" * 20_000,
        "第" + "一" * 50_000 + "条",
        "一是" * 20_000,
        "\n".join(["1."] * 5_000),
        "〔2030〕" * 10_000,
        "(" * 50_000,
        "The " * 20_000,
        "各" * 50_000,
        "第一条 " + "：\n；" * 3_000,
        "\n".join(f"{'第一条' * 3}" for _ in range(3_000)),
    ],
    ids=str.__len__,
)
@pytest.mark.timeout(60)
def test_hostile_text_takes_no_longer_than_its_length(text: str) -> None:
    normal = plain(text)
    assert_whole(normal, parse(normal))

"""Flags against golden cases: what is doubted, where, and what is left in peace; and fakes refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.quickly import within
from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.texts import NormalText
from tiaowen.errors import IngestError
from tiaowen.ingest.extract import extract
from tiaowen.ingest.flags import FLAGS
from tiaowen.ingest.normalise import normalise, page_of

NOW = datetime(2026, 1, 2, tzinfo=UTC)
CASES = json.loads((Path(__file__).parents[1] / "golden" / "cleaning" / "flags.json").read_text("utf-8"))


def normal(text: str) -> NormalText:
    return normalise(extract(Snapshot.of(text.encode(), "file:page", "text/plain", NOW)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_golden_cases(case: dict[str, object], request: pytest.FixtureRequest) -> None:
    if case.get("expect") == "fail":
        request.applymarker(pytest.mark.xfail(strict=True, reason="a known weakness"))
    text = str(case["text"])
    result = normal(text)
    assert not result.removals
    found = [[finding.code, finding.spans[0].of(text)] for finding in result.findings if finding.spans]
    wanted = case["found"]
    assert isinstance(wanted, list)
    assert sorted(found) == sorted(wanted)


def test_a_paste_that_tore_a_sentence_is_said() -> None:
    policy = (
        "第一条　为了促进样例产业发展，根据有关法律、法规，结合本省实际，制定本办法，各市人民政府应当认真执行。\n" * 5
    )
    text = policy + "第二条 县级以上人民政府应当建立协调她低下头，眼泪忽然掉了下来，一句话也说不出。机制。"
    (finding,) = [f for f in normal(text).findings if f.code == "missing-text"]
    assert [span.of(text) for span in finding.spans] == ["第二条 县级以上人民政府应当建立协调"[-16:], "机制。"]


def test_a_lottery_site_dressed_as_a_policy_is_refused() -> None:
    text = (
        "澳门精准资料免费大全实施方案\n一、总体要求\n（一）新澳天天开奖免费资料最新发布。\n"
        "（二）六合彩今晚开奖结果免费查询，精准资料大全。\n二、保障措施\n（一）澳门彩免费图库最新，特码一肖资料今晚公布。\n"
    )
    with pytest.raises(IngestError, match="advertises gambling"):
        normal(text)


def test_a_law_on_gambling_is_law() -> None:
    text = "第一条 利用六合彩、百家乐、老虎机组织赌博的，依法处罚。\n第二条 开设赌场网站、博彩平台的，从重处罚。\n"
    assert normal(text * 5).clean == text * 5


@pytest.mark.parametrize(
    "piece", ["* ", "1", "%", "a ", "(a", "and1", "The a of ", "，", "锟斤", "ab ab ", "Aa. ", "15%"]
)
def test_hostile_text_costs_linear_time(piece: str) -> None:
    for text in (piece * 6_000, (piece + "\n") * 3_000):
        page = page_of(extract(Snapshot.of(text.encode(), "file:page", "text/plain", NOW)))
        for name, flag in FLAGS.all():
            assert within(2, lambda flag=flag, page=page: list(flag.find(page))), name

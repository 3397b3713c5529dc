"""Where references lead: those of made-up instruments that cite and amend each other, and of a law of Taiwan's form."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import Cli
from tiaowen.corpus.address import parse_eid
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.leading import lead
from tiaowen.corpus.leads import Lead, leads_of
from tiaowen.corpus.outline import Outline
from tiaowen.corpus.reference import find_references
from tiaowen.corpus.store import Store

PAGES = {
    "办法": """示例市集市办法
示政发〔2030〕1号
第一条 根据《示例省集市条例》（以下简称《条例》）第三条第二款和《样例法》第五条，制定本办法。
第二条 前款规定不适用于夜市。依照《条例》第九条处理。
第三条 集市应当登记。
登记的内容包括：
（一）名称；
（二）前项以外的标志。
前款第一项规定的内容每年更新，前两款规定的登记免费，前三款除外。
除第（二）项规定外，第一款的登记不得收费；本条第三款另有规定的，从其规定。
第四条 有下列行为之一的，违反本办法第三条第一款、第三款：
（一）不登记；
（二）违反前条末款；
（三）违反第九条或者第三条第（甲）项；
（四）有前三项行为，依照刑法第三条处罚。
第五条 违反本办法第三条至第四条，以及该条第（一）项的，依照本条例第四条处理；同条的期限为三日。
""",
    "条例": """示例省集市条例
第一章 总则
第一条 为了集市，制定本条例。
第二条 本条例适用于集市。
第二章 管理
第三条 集市分两类。
每类有标准。
第四条 依照第一章和示例市集市办法第三条第二款第（二）项处罚。
""",
    "决定": """示例省人民代表大会常务委员会关于修改《示例省集市条例》的决定
一、将第三条第二款修改为：“依照本条例第四条执行。”
二、第九条改为第十条。
""",
    "臺灣": """樣例集市法
中華民國 119 年 1 月 2 日
第 1 條
集市應登記。
前項登記，依下列規定：
一、設名稱。
二、前款以外之標誌。
第 1-1 條
違反前條第二項第一款者，處罰鍰。
違反第一條第一項，或前項規定者，亦同。
""",
}


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    folder = tmp_path_factory.mktemp("leads")
    cli = Cli(folder / "corpus")
    cli("init", str(cli.corpus))
    for name, text in PAGES.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
        assert cli("ingest", str(folder / f"{name}.txt")).exit_code == 0
    return cli


@pytest.fixture(scope="module")
def leads(held: Cli) -> dict[str, list[Lead]]:
    """The leads by the title of the instrument they stand in."""
    assert held.corpus
    found: dict[str, list[Lead]] = {}
    with Store.open(Corpus.open(held.corpus)) as store:
        for each in leads_of(store, store.clauses()):
            title = each.clause.instrument.masthead.title
            found.setdefault(title.value if title else "", []).append(each)
    return found


def said(each: Lead) -> tuple[str, str, str, str]:
    return each.clause.clause.path, each.words, each.status, each.path


def test_each_reference_of_a_measure_leads_where_it_says(leads: dict[str, list[Lead]]) -> None:
    assert [said(each) for each in leads["示例市集市办法"]] == [
        ("第一条", "第三条第二款", "elsewhere", "第三条第二款"),
        ("第一条", "第五条", "not held", ""),
        ("第二条", "前款", "nothing", ""),
        ("第二条", "第九条", "nothing", ""),
        ("第三条第二款第（二）项", "前项", "here", "第三条第二款第（一）项"),
        ("第三条第三款", "前款第一项", "here", "第三条第二款第（一）项"),
        ("第三条第三款", "前两款", "here", "第三条"),
        ("第三条第三款", "前三款", "nothing", ""),
        ("第三条第四款", "第（二）项", "here", "第三条第二款第（二）项"),
        ("第三条第四款", "第一款", "here", "第三条第一款"),
        ("第三条第四款", "本条第三款", "here", "第三条第三款"),
        ("第四条", "第三条第一款", "here", "第三条第一款"),
        ("第四条", "第三款", "here", "第三条第三款"),
        ("第四条第（二）项", "前条末款", "here", "第三条第四款"),
        ("第四条第（三）项", "第九条", "nothing", ""),
        ("第四条第（三）项", "第三条", "here", "第三条"),
        ("第四条第（四）项", "前三项", "here", "第四条"),
        ("第四条第（四）项", "第三条", "not held", ""),
        ("第五条", "第三条至第四条", "here", "第三条至第四条"),
        ("第五条", "该条第（一）项", "here", "第三条第二款第（一）项"),
        ("第五条", "第四条", "here", "第四条"),
        ("第五条", "同条", "here", "第四条"),
    ]


def test_chapters_and_other_instruments_are_found(leads: dict[str, list[Lead]]) -> None:
    assert [said(each) for each in leads["示例省集市条例"]] == [
        ("第四条", "第一章", "here", "第一条至第二条"),
        ("第四条", "第三条第二款第（二）项", "elsewhere", "第三条第二款第（二）项"),
    ]


def test_a_decision_to_amend_speaks_of_what_it_amends(leads: dict[str, list[Lead]]) -> None:
    found = leads["示例省人民代表大会常务委员会关于修改《示例省集市条例》的决定"]
    assert [(each.words, each.status, each.named, each.path) for each in found] == [
        ("第三条第二款", "elsewhere", "《示例省集市条例》", "第三条第二款"),
        ("第四条", "elsewhere", "《示例省集市条例》", "第四条"),
        ("第九条", "nothing", "《示例省集市条例》", ""),
        ("第十条", "nothing", "《示例省集市条例》", ""),
    ]


def test_in_taiwan_xiang_is_the_paragraph(leads: dict[str, list[Lead]]) -> None:
    assert [said(each) for each in leads["樣例集市法"]] == [
        ("第一條第二項", "前项", "here", "第一條第一項"),
        ("第一條第二項第二款", "前款", "here", "第一條第二項第一款"),
        ("第一條之一第一項", "前条第二项第一款", "here", "第一條第二項第一款"),
        ("第一條之一第二項", "第一条第一项", "here", "第一條第一項"),
        ("第一條之一第二項", "前项", "here", "第一條之一第一項"),
    ]


def test_why_nothing_is_there_and_what_was_not_read_are_said(leads: dict[str, list[Lead]]) -> None:
    by_words = {(each.clause.clause.path, each.words): each for each in leads["示例市集市办法"]}
    assert by_words["第二条", "前款"].why == "前款, but the article has one paragraph"
    assert (
        by_words["第三条第三款", "前三款"].why
        == "前三款, but this is paragraph 3 of 4: there are 2 paragraph(s) before it"
    )
    assert by_words["第四条第（三）项", "第九条"].why == "no article 9 here: the articles end with 5"
    assert by_words["第四条第（三）项", "第三条"].unread == "第（甲）项"
    assert by_words["第五条", "第四条"].why == "本条例, though this is 《示例市集市办法》"


EIDS = ["art_1", "art_2__para_1", "art_2__para_2", "art_2__para_2__item_1", "art_3__item_1", "annex_1__art_1"]


@pytest.mark.parametrize(
    ("place", "words", "eids"),
    [
        ("art_2__para_2", "the preceding paragraph", ["art_2__para_1"]),
        ("art_2__para_2", "this Article, paragraph 1", ["art_2__para_1"]),
        ("art_2__para_1", "paragraph 2 of this Article", ["art_2__para_2", "art_2__para_2__item_1"]),
        ("art_2__para_1", "the preceding article", ["art_1"]),
        ("art_1", "the preceding article", []),
        ("art_1", "下一条", ["art_2__para_1", "art_2__para_2", "art_2__para_2__item_1"]),
        ("art_1", "第一条第一款", ["art_1"]),
        ("annex_1__art_1", "第一条规定", ["annex_1__art_1"]),
        ("art_3__item_1", "附件1第一条", ["annex_1__art_1"]),
        ("art_3__item_1", "第一条规定", ["art_1"]),
    ],
)
def test_a_relative_reference_is_read_from_where_it_stands(place: str, words: str, eids: list[str]) -> None:
    (reference,) = find_references(words)
    assert list(lead(reference, parse_eid(place), Outline(EIDS)).eids) == eids


def test_the_command_lists_them_and_says_by_its_status_that_one_leads_nowhere(held: Cli) -> None:
    result = held("refs", "示例市集市办法")
    assert result.exit_code == 1
    assert "22 references: 15 here, 4 nothing, 2 not held, 1 elsewhere; 1 not read to the end" in result.stdout
    (first, *_) = held.json("refs", "示例省集市条例 第四条", "--format", "json")
    assert (first["words"], first["status"], first["path"]) == ("第一章", "here", "第一条至第二条")
    assert held("refs", "示例省集市条例 第一条").stdout == "0 references\n"
    doubtful = held("refs", "示例市集市办法", "--doubtful")
    assert "no article 9 here" in doubtful.stdout
    assert "前两款" not in doubtful.stdout


def test_a_draft_is_checked_beside_what_is_held(held: Cli, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(
        "示例市夜市办法\n第一条 根据《示例省集市条例》第三条，制定本办法。\n"
        "第二条 夜市应当登记；但是，早市除外。登记免费。\n第三条 违反第二条后段或者第一条但书的，依照第九条处罚。\n",
        "utf-8",
    )
    result = held("refs", str(draft))
    assert result.exit_code == 1
    assert "《示例省集市条例》第三条" in result.stdout
    assert "no 但书 there" in result.stdout
    assert "no article 9 here: the articles end with 3" in result.stdout
    assert "4 references: 2 nothing, 1 elsewhere, 1 here" in result.stdout
    assert "示例市夜市办法" not in held("stats").stdout


def test_show_takes_a_chapter_too(held: Cli) -> None:
    result = held("show", "示例省集市条例 第二章")
    assert "每类有标准" in result.stdout
    assert "本条例适用于集市" not in result.stdout


def test_a_chapter_of_a_code_in_parts_is_all_chapters_of_that_number(tmp_path: Path) -> None:
    page = tmp_path / "code.txt"
    page.write_text(
        "样例法典\n第一编 总则\n第一章 甲\n第一条 甲是。\n第二编 分则\n第一章 乙\n第二条 乙是第二编第一章的。\n",
        "utf-8",
    )
    cli = Cli(tmp_path / "corpus")
    cli("init", str(cli.corpus))
    cli("ingest", str(page))
    (found,) = cli.json("refs", "样例法典", "--format", "json")
    assert [each.partition("@")[0].partition("/")[2] for each in found["clauses"]] == ["art_2"]

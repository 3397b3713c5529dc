"""The day asked about, what has become of pages, and the versions of a work, on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import Cli
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.ledger import Ledger, Target, Visit
from tiaowen.corpus.snapshot import digest_of

OLD = """示例省集市条例
（2010年3月1日示例省第五届人民代表大会常务委员会第三次会议通过）
第一条 摊主应当明码标价，使用合格的秤。
第二条 集市应当设置公平秤，由专人看管。
第三条 本条例自2010年5月1日起施行。
"""
NEW = """示例省集市条例
（2010年3月1日示例省第五届人民代表大会常务委员会第三次会议通过 2030年5月6日第九届人民代表大会常务委员会第二次会议修订）
第一条 摊主应当明码标价，使用电子秤。
第二条 集市应当设置公平秤，由专人看管。
第三条 本条例自2030年9月1日起施行。1999年1月1日示例省人民政府发布的《示例省庙会办法》同时废止。
"""
ENDED = """示例省庙会办法
（1999年1月1日示例省人民政府令第5号公布）
第一条 庙会的摊主应当持证。
第二条 本办法自1999年2月1日起施行。
"""


@pytest.fixture
def fairs(tmp_path: Path) -> Cli:
    cli = Cli(tmp_path / "corpus")
    cli("init", str(cli.corpus))
    for name, text in (("old", OLD), ("new", NEW), ("ended", ENDED)):
        (tmp_path / f"{name}.txt").write_text(text.replace("\n", "\n\n"), "utf-8")
    assert cli("ingest", *(str(tmp_path / f"{name}.txt") for name in ("old", "new", "ended"))).exit_code == 0
    assert cli("index").exit_code == 0
    return cli


def standings(cli: Cli, *args: str) -> dict[str, str]:
    report = cli.json("search", *args, "--format", "json")
    return {hit["source"]["url"].rpartition("/")[2]: hit["standing"]["status"] for hit in report["hits"]}


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2009-01-01", {"old.txt": "尚未生效", "new.txt": "尚未生效", "ended.txt": "现行有效"}),
        ("2020-01-01", {"old.txt": "现行有效", "new.txt": "尚未生效", "ended.txt": "现行有效"}),
        ("2031-01-01", {"old.txt": "已修改", "new.txt": "现行有效", "ended.txt": "已废止"}),
    ],
)
def test_every_hit_has_its_standing_on_the_day_and_filters_agree(fairs: Cli, day: str, found: dict[str, str]) -> None:
    assert standings(fairs, "摊主", "--as-of", day) == found
    for status in set(found.values()):
        asked = standings(fairs, "摊主", "--as-of", day, "--validity", status)
        assert asked == {page: each for page, each in found.items() if each == status}
        report = fairs.json(
            "count", "摊主", "--by", "validity", "--as-of", day, "--format", "json", "--validity", status
        )
        assert report["total"]["clauses"] == len(asked)


def test_the_proof_is_given_with_the_hit(fairs: Cli) -> None:
    report = fairs.json("search", "庙会 持证", "--as-of", "2031-01-01", "--format", "json")
    (hit,) = report["hits"]
    assert report["as_of"] == hit["standing"]["as_of"] == "2031-01-01"
    assert hit["standing"]["proof"]["sentence"].endswith("《示例省庙会办法》同时废止。")
    assert fairs("show", hit["standing"]["read_in"]).exit_code == 0
    assert any("已废止" in caution for caution in hit["cautions"])
    table = fairs("search", "庙会 持证", "--as-of", "2031-01-01", "--format", "table").stdout
    assert "已废止 2031-01-01" in table
    assert "已废止" not in fairs("search", "庙会 持证", "--as-of", "2020-01-01", "--format", "table").stdout


def test_versions_with_the_same_words_are_one_hit_of_the_one_in_force(fairs: Cli) -> None:
    for day, page in (("2020-01-01", "old.txt"), ("2031-01-01", "new.txt")):
        (hit,) = fairs.json("search", "公平秤", "--as-of", day, "--format", "json")["hits"]
        assert hit["source"]["url"].endswith(page)
        assert len(hit["also"]) == 1


def test_the_versions_of_a_work_are_listed_in_order(fairs: Cli) -> None:
    (answer,) = fairs.json("standing", "示例省集市条例 第一条", "--as-of", "2020-01-01", "--format", "json")
    assert [(v["version"], v["from"], v["status"]) for v in answer["versions"]] == [
        (1, "2010-05-01", "现行有效"),
        (2, "2030-09-01", "尚未生效"),
    ]
    said = fairs("standing", "示例省集市条例 第一条", "--as-of", "2020-01-01").stdout
    assert "version 1, from 2010-05-01: 现行有效" in said


def test_a_citation_means_the_version_in_force_on_the_day(fairs: Cli) -> None:
    for day, words in (("2020-01-01", "使用合格的秤"), ("2031-01-01", "使用电子秤")):
        assert words in fairs("show", "示例省集市条例 第一条", "--as-of", day).stdout
        assert words in fairs("cite", "示例省集市条例 第一条", "--as-of", day).stdout


def test_cite_and_show_say_what_has_become_of_it(fairs: Cli) -> None:
    shown = fairs("show", "示例省庙会办法 第一条", "--as-of", "2031-01-01").stdout
    assert "standing   已废止 on 2031-01-01" in shown
    cited = fairs.json("cite", "示例省庙会办法 第一条", "--as-of", "2031-01-01", "--format", "json")
    assert cited[0]["standing"]["status"] == "已废止"
    style = fairs("cite", "示例省庙会办法 第一条", "--as-of", "2031-01-01", "--style", "faxue").stdout
    assert "《示例省庙会办法》（已废止）" in style
    assert (
        "（已废止）" not in fairs("cite", "示例省庙会办法 第一条", "--as-of", "2020-01-01", "--style", "faxue").stdout
    )


def test_a_page_that_is_gone_and_one_that_changed_say_so(fairs: Cli, tmp_path: Path) -> None:
    url = (tmp_path / "ended.txt").as_uri()
    corpus = Corpus.open(tmp_path / "corpus")
    target = Target(url, url, "www.example.org", "document")
    with corpus.writing(), Ledger.open(corpus, write=True) as ledger:
        for visit in (Visit("new", digest=digest_of(b"")), Visit("gone", 404)):
            run = ledger.begin("example", [target], "crawl", None, restart=False)
            task = ledger.take(run.id, "www.example.org")
            assert task
            ledger.finish(task, visit)
            ledger.end(run, ())
    (hit,) = fairs.json("search", "庙会 持证", "--format", "json")["hits"]
    assert any(caution.startswith("gone: ") for caution in hit["cautions"])
    assert "gone: the page answered no more" in fairs("show", hit["id"]).stdout

    (tmp_path / "ended.txt").write_text(ENDED.replace("持证", "挂牌").replace("\n", "\n\n"), "utf-8")
    fairs("ingest", str(tmp_path / "ended.txt"))
    assert "superseded: the page says something else since" in fairs("cite", hit["id"]).stdout

"""The commands end to end on the sample corpus: what a user sees."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.cli import Cli
from tiaowen.sample import PAGES

SCHEMAS = Path(__file__).resolve().parents[1] / "docs" / "schemas"


def schema(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8")))


def test_inspect_keeps_its_contract(cli: Cli) -> None:
    pages = cli.lines("inspect", str(PAGES), "--format", "jsonl")
    assert len(pages) >= 12
    for page in pages:
        schema("inspect").validate(page)
        for instrument in page["instruments"]:
            for clause in instrument["clauses"]:
                assert all(0 <= a < b <= len(page["text"]) for a, b in clause["source_spans"])


def test_what_inspect_removes_and_keeps_is_the_whole_page(cli: Cli) -> None:
    for page in cli.lines("inspect", str(PAGES), "--format", "jsonl"):
        ends = [(r["start"], r["end"]) for r in page["removed"]]
        assert ends == sorted(ends)
        assert all(a[1] <= b[0] for a, b in zip(ends, ends[1:], strict=False)), "removals overlap"


def test_search_keeps_its_contract(sample: Cli) -> None:
    report = sample.json("search", "有效期 三年", "--format", "json")
    schema("search").validate(report)
    assert report["total"] >= 3
    assert report["searched"]["clauses"] > 100
    for hit in report["hits"]:
        marked = "".join(hit["clause"]["quote"][a:b] for a, b in hit["highlights"])
        assert marked, "a hit shows why it was found"


def test_either_script_finds_the_same(sample: Cli) -> None:
    def ids(query: str) -> list[str]:
        return [hit["id"] for hit in sample.json("search", query, "--format", "json", "--limit", "50")["hits"]]

    assert ids("融资担保") == ids("融資擔保") != []


def test_a_zero_says_how_to_ask_for_a_document_number(sample: Cli) -> None:
    report = json.loads(sample("search", "示企总发〔2031〕19号", "--format", "json").stdout)
    assert report["total"] == 0
    assert any('number:"示企总发〔2031〕19号"' in note for note in report["notes"])


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "md"])
def test_every_format_shows_every_hit(sample: Cli, form: str) -> None:
    ids = [hit["id"] for hit in sample.lines("search", "企业", "--format", "jsonl")]
    shown = sample("search", "企业", "--format", form).stdout
    squeezed = "".join(shown.split())
    assert all(i in squeezed for i in ids)


def test_nothing_found_says_what_was_searched(sample: Cli) -> None:
    result = sample("search", "量子纠缠鳄梨")
    assert result.exit_code == 1
    assert "0 hits in" in result.stdout


def test_a_zero_for_a_place_of_which_nothing_is_held_says_so(sample: Cli) -> None:
    for words in (("province:江苏 企业",), ("企业", "--province", "江苏")):
        result = sample("search", *words)
        assert result.exit_code == 1
        assert "so this zero says nothing of it; provinces held: 示例省" in result.stdout


def test_show_cite_and_verify(sample: Cli) -> None:
    clause = sample.first_clause_id
    shown = sample("show", clause, "--context", "1").stdout
    (cited,) = sample.json("cite", clause, "--format", "json")
    assert cited["quote"].split("\n")[0] in shown
    assert cited["source"]["digest"] in shown
    assert sample("show", clause, "--raw").exit_code == 0
    assert sample("verify", clause).stdout.startswith("same")


def test_a_clause_is_named_as_people_cite_it(sample: Cli) -> None:
    shown = sample("show", "示例省中小企业促进条例 第三条").stdout
    assert "art_3__para_1__item_2" in shown
    cited = sample("cite", "示例省中小企业促进条例第三条第一款第（二）项", "--format", "json")
    assert [each["path"] for each in json.loads(cited.stdout)] == ["第三条第一款第（二）项"]
    assert sample("verify", "《示例省中小企业促进条例》第三条").exit_code == 0
    assert sample("show", "示例省中小企业促进条例 第九十九条").exit_code == 4
    nowhere = sample("show", "无此条例 第一条")
    assert (nowhere.exit_code, "无此条例" in nowhere.stderr) == (4, True)
    assert sample("show", "第三条").exit_code == 2


def test_of_two_pages_of_a_work_the_better_witness_is_cited(sample: Cli) -> None:
    (cited,) = sample.json("cite", "中小企业特色集群培育暂行办法 第五条", "--format", "json")
    assert cited["source"]["url"].endswith("01-national-cluster-measures.html"), "not the repost, with its cuts"


def test_standing_is_said_with_the_sentence_that_proves_it(sample: Cli) -> None:
    def status(day: str) -> str:
        return sample("standing", "中小企业特色集群培育暂行办法 第五条", "--as-of", day).stdout

    assert status("2022-09-30").startswith("尚未生效")
    assert status("2023-05-01").startswith("现行有效")
    assert status("2026-05-01").startswith("试行超期")
    assert "自2022年10月1日起施行，有效期三年" in status("2023-05-01")


def test_copies_of_a_clause_are_one_hit_and_other_wordings_are_not(tmp_path: Path, cli: Cli) -> None:
    for name, days in (("a", "三十日"), ("b", "三十日"), ("c", "六十日")):
        text = f"{name}站\n\n示例省登记办法\n第一条 申请人应当在{days}内登记。\n第二条 本办法自公布之日起施行。\n"
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    cli.corpus = tmp_path / "corpus"
    cli("init", str(cli.corpus))
    cli("ingest", *(str(tmp_path / f"{name}.txt") for name in "abc"))
    cli("index")
    quotes = [hit["clause"]["quote"] for hit in cli.lines("search", "登记", "--format", "jsonl")]
    assert sorted(quotes) == ["申请人应当在三十日内登记。", "申请人应当在六十日内登记。"]
    assert len(cli.lines("search", "登记", "--format", "jsonl", "--all-witnesses")) == 3


def test_verify_all_says_same_of_every_clause(sample: Cli) -> None:
    result = sample("verify", "--all")
    assert result.exit_code == 0, result.stdout
    assert result.stdout.strip().endswith("0 changed, 0 gone")


def test_doctor_and_stats_are_content(sample: Cli) -> None:
    assert sample("doctor").exit_code == 0
    assert sample.json("stats", "--format", "json")["pages"] == len(list(PAGES.iterdir()))


def test_the_same_bytes_again_change_nothing(tmp_path: Path, cli: Cli) -> None:
    page = tmp_path / "page.txt"
    page.write_text("示例省促进条例\n第一条 为了促进发展，制定本条例。\n第二条 本条例自公布之日起施行。\n", "utf-8")
    cli.corpus = tmp_path / "corpus"
    cli("init", str(cli.corpus))
    assert "1 added" in cli("ingest", str(page)).stdout
    before = sorted((p.name, p.stat().st_size) for p in (cli.corpus / "archive").iterdir())
    assert "1 unchanged" in cli("ingest", str(page)).stdout
    assert sorted((p.name, p.stat().st_size) for p in (cli.corpus / "archive").iterdir()) == before
    page.write_text(page.read_text("utf-8").replace("发展", "高质量发展"), "utf-8")
    assert "1 new version" in cli("ingest", str(page)).stdout


def test_a_stale_index_is_refused_with_the_command_to_run(tmp_path: Path, cli: Cli) -> None:
    cli.corpus = tmp_path / "corpus"
    cli("init", str(cli.corpus))
    (tmp_path / "a.txt").write_text("第一条 甲。\n第二条 乙。\n", "utf-8")
    (tmp_path / "b.txt").write_text("第一条 丙。\n第二条 丁。\n", "utf-8")
    cli("ingest", str(tmp_path / "a.txt"))
    missing = cli("search", "甲")
    assert (missing.exit_code, "tiaowen index" in missing.stderr) == (5, True)
    assert cli("index").exit_code == 0
    assert cli("search", "甲").exit_code == 0
    cli("ingest", str(tmp_path / "b.txt"))
    stale = cli("search", "甲")
    assert (stale.exit_code, "tiaowen index" in stale.stderr) == (5, True)


def test_bad_files_are_named_and_the_rest_goes_on(tmp_path: Path, cli: Cli) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "empty.html").write_bytes(b"")
    (folder / "image.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (folder / "huge.html").write_bytes(b"<p>" + b"x" * 50_000_000)
    (folder / "bad-utf8.txt").write_bytes("第一条 好。".encode() + b"\xff\xfe\xfa\n" + "第二条 也好。".encode())
    (folder / "deep.html").write_bytes(b"<div>" * 10_000 + "第一条 深处。".encode() + b"</div>" * 10_000)
    (folder / "good.txt").write_text("第一条 好文件。\n第二条 还在。\n", "utf-8")
    (folder / "pictures.html").write_text("<html><title>样例办法</title><img src='page1.png'></html>", "utf-8")
    (folder / "blank.txt").write_text(" \n\n", "utf-8")
    cli.corpus = tmp_path / "corpus"
    cli("init", str(cli.corpus))
    result = cli("ingest", str(folder))
    assert result.exit_code == 3
    for name in ("empty.html", "image.html", "huge.html", "pictures.html", "blank.txt"):
        assert name in result.stderr
        assert name in cli("inspect", str(folder / name)).stderr
    assert "Traceback" not in result.output
    held = cli.json("stats", "--format", "json")
    assert held["clauses"] >= 2
    assert held["pages"] == 8 - result.stderr.count("failed: ")
    assert cli("doctor").exit_code == 0


def test_files_passed_over_in_a_folder_are_said(tmp_path: Path, cli: Cli) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("photo.jpg", "style.css", "icon.jpg"):
        (folder / name).write_bytes(b"x")
    (folder / "good.txt").write_text("第一条 好文件。\n第二条 还在。\n", "utf-8")
    cli.corpus = tmp_path / "corpus"
    cli("init", str(cli.corpus))
    result = cli("ingest", str(folder))
    assert (result.exit_code, ".jpg 2, .css 1" in result.stdout) == (0, True)


def test_unknown_ids_and_corpora_are_said_plainly(tmp_path: Path, sample: Cli, cli: Cli) -> None:
    assert sample("show", "w0000000000/art_1").exit_code == 4
    assert sample("show", "w00/nonsense").exit_code == 2
    cli.corpus = tmp_path / "nowhere"
    result = cli("stats")
    assert (result.exit_code, "tiaowen init" in result.stderr) == (4, True)


def test_page_text_cannot_command_the_terminal(tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "evil.txt").write_text("第一条 \x1b[2J\x1b]0;pwned\x07文字。\n第二条 好。\n", "utf-8")
    cli.corpus = tmp_path / "corpus"
    cli("init", str(cli.corpus))
    cli("ingest", str(tmp_path / "evil.txt"))
    cli("index")
    assert cli.indexed
    for args in (("search", "文字"), ("search", "文字", "--format", "md"), ("inspect", str(tmp_path / "evil.txt"))):
        assert "\x1b" not in cli(*args).stdout

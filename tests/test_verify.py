"""`verify` proves or disproves: whatever is tampered with, it never says same of what is not."""

from __future__ import annotations

import gzip
import re
import sqlite3
from pathlib import Path

import pytest

from tests.cli import Cli

TEXT = "示例省促进条例\n第一条 为了促进产业集群发展，制定本条例。\n第二条 认定有效期三年。\n"


@pytest.fixture
def held(tmp_path: Path) -> Cli:
    """A corpus that holds one page."""
    page = tmp_path / "page.txt"
    page.write_text(TEXT, "utf-8")
    cli = Cli(tmp_path / "corpus")
    cli("init", str(cli.corpus))
    cli("ingest", str(page))
    page.unlink()  # the proof needs the archive alone
    return cli


def warc(cli: Cli) -> Path:
    assert cli.corpus
    (path,) = (cli.corpus / "archive").iterdir()
    return path


def tamper(cli: Cli, statement: str) -> None:
    assert cli.corpus
    store = sqlite3.connect(cli.corpus / "store.sqlite")
    with store:
        store.execute(statement)
    store.close()


def verdicts(cli: Cli) -> set[str]:
    result = cli("verify", "--all", "--format", "jsonl")
    said = {verdict["status"] for verdict in cli.lines("verify", "--all", "--format", "jsonl")}
    assert (result.exit_code == 0) == (said == {"same"})
    return said


def test_an_untouched_page_is_the_same_after_the_file_is_gone(held: Cli) -> None:
    assert verdicts(held) == {"same"}


def test_a_quote_changed_in_the_store_is_found(held: Cli) -> None:
    tamper(held, "UPDATE clauses SET record = replace(record, '三年', '五年')")
    assert verdicts(held) == {"same", "changed"}
    (changed,) = [v for v in held.lines("verify", "--all", "--format", "jsonl") if v["status"] == "changed"]
    assert "三年" in changed["reason"], "it says what the stored page says"


def test_a_title_changed_in_the_store_is_found(held: Cli) -> None:
    tamper(held, "UPDATE instruments SET masthead = replace(masthead, '促进条例', '管理条例')")
    assert verdicts(held) == {"changed"}


@pytest.mark.parametrize("change", ["url = 'https://example.org/forged'", "retrieved = '2001-01-01T00:00:00+00:00'"])
def test_a_source_or_time_changed_in_the_store_is_found(held: Cli, change: str) -> None:
    tamper(held, f"UPDATE captures SET {change}")
    assert verdicts(held) == {"changed"}


def test_bytes_changed_in_the_archive_are_found(held: Cli) -> None:
    path = warc(held)
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace("三年".encode(), "五年".encode())))
    assert verdicts(held) <= {"changed", "gone"}
    assert held("doctor").exit_code == 1


def test_a_lost_archive_is_gone(held: Cli) -> None:
    warc(held).unlink()
    assert verdicts(held) == {"gone"}
    assert held("doctor").exit_code == 1


def test_words_under_another_address_are_not_the_same(held: Cli) -> None:
    tamper(held, "UPDATE clauses SET eid = 'art_9', record = replace(record, 'art_2', 'art_9') WHERE eid = 'art_2'")
    assert verdicts(held) == {"same", "changed"}
    (changed,) = [v for v in held.lines("verify", "--all", "--format", "jsonl") if v["status"] == "changed"]
    assert "第二条" in changed["reason"], "it says where the words stand"


def test_a_clause_the_page_never_had_is_gone(held: Cli) -> None:
    tamper(
        held,
        "UPDATE clauses SET eid = 'art_9', "
        "record = replace(replace(record, 'art_2', 'art_9'), '三年', '五年') WHERE eid = 'art_2'",
    )
    assert verdicts(held) == {"same", "gone"}


def test_the_store_can_be_made_again_from_the_archive(held: Cli) -> None:
    assert held.corpus
    before = held.lines("verify", "--all", "--format", "jsonl")
    (held.corpus / "store.sqlite").unlink()
    assert held("rebuild").exit_code == 0
    assert held.lines("verify", "--all", "--format", "jsonl") == before


FORMS = ("json", "jsonl", "csv")


def written_report(sample: Cli, path: Path) -> Path:
    assert sample("search", "企业", "--all-witnesses", "--output", str(path)).exit_code == 0
    return path


@pytest.mark.parametrize("form", FORMS)
def test_a_report_verifies_as_it_was_written(sample: Cli, tmp_path: Path, form: str) -> None:
    report = written_report(sample, tmp_path / f"report.{form}")
    result = sample("verify", "--report", str(report))
    assert result.exit_code == 0, result.output
    count = int(result.stdout.split()[0])
    assert count == len(sample.lines("search", "企业", "--all-witnesses", "--format", "jsonl", "--limit", "500")) > 10
    assert result.stdout == f"{count} same, 0 changed, 0 gone\n"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("forgery", [("企业", "個體", "quote"), ("第三条", "第五条", "path")])
def test_a_report_that_says_something_else_is_found(
    sample: Cli, tmp_path: Path, form: str, forgery: tuple[str, str, str]
) -> None:
    was, forged, said = forgery
    report = written_report(sample, tmp_path / f"report.{form}")
    report.write_text(report.read_text("utf-8-sig").replace(was, forged), "utf-8")
    result = sample("verify", "--report", str(report))
    assert result.exit_code == 1
    assert f"{said} “" in result.stdout
    assert forged in result.stdout


def test_citations_verify_too_and_what_is_not_held_is_gone(sample: Cli, tmp_path: Path) -> None:
    report = tmp_path / "cited.jsonl"
    sample("cite", "示例省中小企业促进条例 第三条", "--format", "jsonl", "--output", str(report))
    assert sample("verify", "--report", str(report)).exit_code == 0
    report.write_text(re.sub('"id": "w[0-9a-f]{10}', '"id": "w0000000000', report.read_text("utf-8")), "utf-8")
    (verdict, *_) = sample.lines("verify", "--report", str(report), "--format", "jsonl")
    assert verdict["status"] == "gone"
    assert "line 1" in verdict["reason"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.txt", "", "is named"),
        ("a.json", "", "no JSON"),
        ("a.json", "[" * 100_000, "no JSON"),
        ("a.json", "[]", "holds no clauses"),
        ("a.json", '{"hits": 3}', "neither a report"),
        ("a.json", '[{"id": "w5f0c2a91d3/art_6"}]', "number 1"),
        ("a.json", '[{"id": 3, "quote": "x"}]', "number 1"),
        ("a.jsonl", '{"id": "w5f0c2a91d3/art_6", "quote": "x"}\n[]\n', "line 2"),
        ("a.json", '[{"id": "w5f0c2a91d3f/art_6", "quote": "x"}]', "number 1"),
        ("a.csv", "id,quote\nnothing,x\n", "row 1"),
        ("a.csv", 'id,quote\n"w5f0c2a91d3/art_6', "after line"),
        ("missing.csv", None, "cannot read"),
    ],
)
def test_what_is_no_report_is_said_with_its_place(
    sample: Cli, tmp_path: Path, name: str, text: str | None, said: str
) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, "utf-8")
    result = sample("verify", "--report", str(tmp_path / name))
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_bundle_proves_a_report_without_the_corpus_it_came_from(sample: Cli, tmp_path: Path) -> None:
    report = written_report(sample, tmp_path / "report.csv")
    made = sample("bundle", str(tmp_path / "bundle"), "--report", str(report))
    assert made.exit_code == 0, made.output
    bundle = Cli(tmp_path / "bundle")
    assert bundle("verify", "--report", str(report)).exit_code == 0
    assert bundle("doctor").exit_code == 0
    assert bundle.json("stats", "--format", "json")["pages"] < sample.json("stats", "--format", "json")["pages"]


def test_a_bundle_of_the_same_bytes_met_at_two_places(tmp_path: Path) -> None:
    for name in ("first.txt", "second.txt"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    cli = Cli(tmp_path / "corpus")
    cli("init", str(cli.corpus))
    cli("ingest", str(tmp_path / "first.txt"), str(tmp_path / "second.txt"))
    assert cli("bundle", str(tmp_path / "bundle"), "示例省促进条例 第二条").exit_code == 0
    assert verdicts(Cli(tmp_path / "bundle")) == {"same"}


def test_a_bundle_that_cannot_be_made_leaves_nothing(held: Cli, tmp_path: Path) -> None:
    name = str(held.lines("cite", "示例省促进条例 第二条", "--format", "jsonl")[0]["id"])
    warc(held).unlink()
    result = held("bundle", str(tmp_path / "bundle"), name)
    assert result.exit_code == 4
    assert "is gone" in result.stderr
    assert not (tmp_path / "bundle").exists()
    assert held("bundle", str(tmp_path / "bundle")).exit_code == 2

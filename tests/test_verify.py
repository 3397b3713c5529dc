"""`verify` proves or disproves: whatever is tampered with, it never says same of what is not."""

from __future__ import annotations

import gzip
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

"""Clause by clause: what was changed, moved, added, removed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli import Cli
from tiaowen.corpus.changes import changes, wording
from tiaowen.corpus.instrument import Instrument
from tiaowen.corpus.snapshot import Snapshot
from tiaowen.pipeline import derive

FIRST = "为了规范样例市渡口管理，制定本办法。"
SECOND = "渡口经营者应当在每年三月底前报送年度计划，并附上年度安全检查的结果。"
THIRD = "违反本办法的，由样例市交通局责令改正，可以处一千元以下罚款。"
ADDED = "样例市设立渡口管理委员会，负责协调各区的渡口事务。"
SIGNS = "一二三四五六七八九十"


def instrument(*articles: str) -> Instrument:
    rows = "".join(f"<p>第{SIGNS[n]}条　{text}</p>" for n, text in enumerate(articles))
    body = f"<html><body><h1>样例市渡口管理办法</h1>{rows}</body></html>".encode()
    page = Snapshot.of(body, "https://example.org/1.html", "text/html", datetime.now(UTC), "utf-8")
    return derive(page).instruments[0]


def summary(old: Instrument, new: Instrument) -> list[tuple[str, str, str]]:
    return [(c.kind, c.old.eid if c.old else "", c.new.eid if c.new else "") for c in changes(old, new)]


def test_a_word_that_changes_the_duty_is_a_change() -> None:
    old, new = instrument(FIRST, SECOND, THIRD), instrument(FIRST, SECOND.replace("应当", "可以"), THIRD)
    assert summary(old, new) == [
        ("same", "art_1", "art_1"),
        ("changed", "art_2", "art_2"),
        ("same", "art_3", "art_3"),
    ]


def test_an_article_put_in_moves_those_after_it() -> None:
    assert summary(instrument(FIRST, SECOND, THIRD), instrument(FIRST, ADDED, SECOND, THIRD)) == [
        ("same", "art_1", "art_1"),
        ("added", "", "art_2"),
        ("moved", "art_2", "art_3"),
        ("moved", "art_3", "art_4"),
    ]


def test_an_article_taken_out_is_removed_where_it_stood() -> None:
    assert summary(instrument(FIRST, ADDED, SECOND, THIRD), instrument(FIRST, SECOND, THIRD)) == [
        ("same", "art_1", "art_1"),
        ("removed", "art_2", ""),
        ("moved", "art_3", "art_2"),
        ("moved", "art_4", "art_3"),
    ]


def test_an_article_changed_and_renumbered_is_one_change() -> None:
    new = instrument(FIRST, ADDED, SECOND.replace("三月", "四月"), THIRD)
    assert ("changed", "art_2", "art_3") in summary(instrument(FIRST, SECOND, THIRD), new)


def test_width_and_blanks_do_not_count() -> None:
    old, new = instrument(FIRST, "不超过40亿元（含）。"), instrument(FIRST, "不超过 ４０ 亿元(含)。")
    assert {kind for kind, *_ in summary(old, new)} == {"same"}


TEXTS = st.lists(st.sampled_from([FIRST, SECOND, THIRD, ADDED, SECOND.replace("三月", "四月")]), min_size=1, max_size=8)


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS)
def test_every_clause_of_both_is_accounted_for_once(before: list[str], after: list[str]) -> None:
    old, new = instrument(*before), instrument(*after)
    found = changes(old, new)
    assert sorted(c.old.eid for c in found if c.old) == sorted(c.eid for c in old.clauses)
    assert [c.new.eid for c in found if c.new] == [c.eid for c in new.clauses]


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_wording_gives_both_back(old: str, new: str) -> None:
    pieces = list(wording(old, new))
    assert "".join(p.text for p in pieces if p.kind != "new") == old
    assert "".join(p.text for p in pieces if p.kind != "old") == new


def test_the_command_compares_captures_of_one_place(tmp_path: Path) -> None:
    cli = Cli(tmp_path / "corpus")
    page = tmp_path / "rule.html"
    assert cli("init", str(cli.corpus)).exit_code == 0
    for text in (SECOND, SECOND.replace("应当", "可以")):
        page.write_text(f"<h1>样例市渡口管理办法</h1><p>第一条　{FIRST}</p><p>第二条　{text}</p>", "utf-8")
        assert cli("ingest", str(page)).exit_code == 0
    done = cli("diff", f"{page.as_uri()}@v1", f"{page.as_uri()}@v2")
    assert done.exit_code == 1
    assert "1 same, 1 changed" in done.output
    assert "第二条" in done.output
    assert "⟦−应当⟧⟦+可以⟧" in done.output
    (same, changed) = cli.lines("diff", f"{page.as_uri()}@v1", f"{page.as_uri()}@v2", "--format", "jsonl")
    assert (same["kind"], changed["kind"], changed["new"]["eid"]) == ("same", "changed", "art_2")
    assert cli("diff", f"{page.as_uri()}@v1", f"{page.as_uri()}@v1").exit_code == 0
    assert cli("diff", f"{page.as_uri()}@v1", f"{page.as_uri()}@v9").exit_code == 4
    assert cli("diff", "nonsense", "nonsense").exit_code == 2

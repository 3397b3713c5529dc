"""Where answers go: files whole or not at all, formats by suffix, pages of hits."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli import Cli
from tests.test_commands import schema
from tiaowen.commands._output import emit, layout
from tiaowen.corpus.export import EXPORTERS

EVERY = [(name, exporter.suffix) for name, exporter in EXPORTERS.all() if exporter.suffix]


@pytest.mark.parametrize(("form", "suffix"), EVERY)
def test_a_suffix_names_its_format(sample: Cli, tmp_path: Path, form: str, suffix: str) -> None:
    named, said = tmp_path / f"named{suffix}", tmp_path / "said"
    assert sample("search", "企业", "--output", str(named)).exit_code == 0
    assert sample("search", "企业", "--output", str(said), "--format", form).exit_code == 0
    assert named.stat().st_size
    assert abs(len(named.read_bytes()) - len(said.read_bytes())) < 200  # the time differs
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([named.name, "said"])


def test_a_file_gets_every_hit(sample: Cli, tmp_path: Path) -> None:
    total = sample.json("search", "企业", "--format", "json", "--limit", "1")["total"]
    assert total > 20
    result = sample("search", "企业", "--output", str(tmp_path / "all.jsonl"))
    rows = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text("utf-8").splitlines()]
    repeated = sum(len(row["also"]) for row in rows)
    assert len(rows) + repeated == total
    assert result.stderr.startswith(f"wrote {len(rows)} of {total} hits")
    assert f"{repeated} are the same on other pages" in result.stderr


def test_hits_that_are_not_shown_are_spoken_of(sample: Cli) -> None:
    assert "2 of " in sample("search", "企业", "--format", "csv", "--limit", "2").stderr


def test_a_file_is_not_replaced_unasked(sample: Cli, tmp_path: Path) -> None:
    path = tmp_path / "hits.csv"
    path.write_text("mine")
    result = sample("search", "企业", "--output", str(path))
    assert (result.exit_code, path.read_text()) == (2, "mine")
    assert "--force" in result.stderr
    assert sample("search", "企业", "--output", str(path), "--force").exit_code == 0
    assert path.read_text("utf-8").startswith("\ufeffrank")


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    def broken() -> Iterator[str]:
        yield "half"
        raise KeyError("the source fails")

    path = tmp_path / "hits.txt"
    path.write_text("before")
    with pytest.raises(KeyError):
        emit(broken(), path, force=True)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_written_is_said(sample: Cli, tmp_path: Path) -> None:
    result = sample("search", "企业", "--output", str(tmp_path / "nowhere" / "hits.csv"))
    assert result.exit_code == 2
    assert "nowhere" in result.stderr
    assert sample("search", "企业", "--output", str(tmp_path / "hits.doc")).exit_code == 2
    result = sample("search", "企业", "--format", "xlsx")
    assert result.exit_code == 2
    assert "--output FILE.xlsx" in result.stderr


def test_nothing_found_ends_in_1_with_a_whole_file(sample: Cli, tmp_path: Path) -> None:
    path = tmp_path / "none.json"
    result = sample("search", "量子纠缠鳄梨", "--output", str(path))
    assert result.exit_code == 1
    assert json.loads(path.read_text("utf-8"))["total"] == 0
    assert "note: " in result.stderr


def test_pages_make_up_the_whole(sample: Cli) -> None:
    def ids(*args: str) -> list[str]:
        return [hit["id"] for hit in sample.lines("search", "企业", "--format", "jsonl", *args)]

    whole = ids("--limit", "12")
    assert ids("--limit", "4") + ids("--limit", "4", "--page", "2") + ids("--limit", "4", "--offset", "8") == whole
    assert sample.lines("search", "企业", "--format", "jsonl", "--page", "2")[0]["rank"] == 21
    assert sample("search", "企业", "--page", "2", "--offset", "3").exit_code == 2


def test_dates_come_newest_first(sample: Cli) -> None:
    hits = sample.json("search", "企业", "--format", "json", "--sort", "date", "--limit", "100")["hits"]
    dates = [hit["instrument"]["dates"] for hit in hits]
    days = [day["published"] or day["written"] or day["effective"] or "" for day in dates]
    assert days == sorted(days, reverse=True)


def test_cite_in_every_style_and_bibliography(sample: Cli, tmp_path: Path) -> None:
    clause = sample.first_clause_id
    written = {
        style: sample("cite", clause, "--style", style).stdout.splitlines()[0]
        for style in ("audit", "faxue", "gbt2015", "gbt2025")
    }
    assert len(set(written.values())) == 4
    assert sample.json("cite", clause, "--style", "faxue", "--format", "json")[0]["citation"] == written["faxue"]
    assert sample.json("cite", clause, "--format", "csl")[0]["id"] == clause
    assert sample("cite", clause, "--format", "bibtex", "--output", str(tmp_path / "a.bib")).exit_code == 0
    assert (tmp_path / "a.bib").read_text("utf-8").startswith("@misc{")


def test_facets_are_added_when_asked_for(sample: Cli) -> None:
    plain = sample.json("search", "企业", "--format", "json")
    asked = sample.json("search", "企业", "--format", "json", "--facets")
    assert set(asked) - set(plain) == {"facets"}
    schema("search").validate(asked)
    assert sum(row["clauses"] for row in asked["facets"]["province"]) == asked["total"]
    assert sum(row["clauses"] for row in asked["facets"]["province,year"]) == asked["total"]
    assert "kind      " in sample("search", "企业", "--facets").stdout


def test_count_and_coverage_keep_their_contract(sample: Cli) -> None:
    total = sample.json("search", "企业", "--format", "json")["total"]
    counted = sample.json("count", "企业", "--by", "kind,year", "--format", "json")
    held = sample.json("coverage", "--format", "json")
    for report in (counted, held):
        schema("count").validate(report)
    assert counted["total"]["clauses"] == sum(row["clauses"] for row in counted["counts"]) == total
    assert counted["searched"] == held["searched"] == held["total"]
    assert held["query"] is None
    assert "甘肃" in held["provinces_missing"]


def test_count_says_when_nothing_is_found_or_asked_amiss(sample: Cli) -> None:
    assert sample("count", "量子纠缠鳄梨").exit_code == 1
    assert sample("count", "企业", "--by", "weather").exit_code == 2
    assert sample("count", "企业", "--by", "year,year").exit_code == 2
    assert "nothing that is held names a province of China" in sample("coverage", "--by", "province").stdout


def test_count_to_a_file(sample: Cli, tmp_path: Path) -> None:
    assert sample("count", "企业", "--by", "kind", "--output", str(tmp_path / "a.csv")).exit_code == 0
    assert (tmp_path / "a.csv").read_bytes().decode().startswith("\ufeffkind,clauses,works,of_clauses,of_works\r\n")


def test_words_in_context(sample: Cli, tmp_path: Path) -> None:
    lines = sample("search", "企业", "--kwic", "5").stdout.splitlines()
    first = sample.first_clause_id
    assert any(" 企业 " in line and line.endswith(first) for line in lines)
    assert sample("search", "企业", "--kwic", "5", "--format", "csv").exit_code == 2
    assert sample("search", "企业", "--kwic", "5", "--output", str(tmp_path / "lines")).exit_code == 0


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_what_is_longer_than_the_screen_goes_through_a_pager(monkeypatch: pytest.MonkeyPatch) -> None:
    paged: list[str] = []
    monkeypatch.setattr("click.echo_via_pager", paged.append)
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setenv("LINES", "5")
    monkeypatch.delenv("LESS", raising=False)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    emit(["one\n", "two\n"], None, force=False)
    assert not paged
    emit(["line\n"] * 9, None, force=False)
    assert paged == ["line\n" * 9]


def test_colours_are_for_terminals_that_want_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert not layout().colour
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert layout().colour
    assert layout().fitted
    assert not layout(tmp_path / "file").colour
    assert not layout(tmp_path / "file").fitted
    monkeypatch.setenv("NO_COLOR", "1")
    assert not layout().colour

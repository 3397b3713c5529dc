"""What must hold on real texts: the seeds, government pages and statutes beside the project."""

from __future__ import annotations

import html
import json
import random
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli import Cli

pytestmark = [pytest.mark.data, pytest.mark.slow, pytest.mark.timeout(300)]

STATUTES = 200


@pytest.fixture(scope="module")
def files(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeds, the pages of government sites and 200 statutes in one folder."""
    folder = tmp_path_factory.mktemp("files")
    for path in sorted((shared / "seeds").iterdir()):
        (folder / f"seed-{path.name}").write_bytes(path.read_bytes())
    for path in sorted((shared / "data" / "pages").rglob("*.html")):
        if not path.name.endswith(".content.html"):
            (folder / f"page-{path.parent.name}-{path.name}").write_bytes(path.read_bytes())
    with tarfile.open(shared / "data" / "statutes.tar.gz") as statutes:
        members = sorted((m for m in statutes if m.isfile() and m.name.endswith(".md")), key=lambda m: m.name)
        for n, member in enumerate(random.Random(20261122).sample(members, STATUTES)):
            body = statutes.extractfile(member)
            assert body
            (folder / f"statute-{n:03}.md").write_bytes(body.read())
    return folder


@pytest.fixture(scope="module")
def corpus(files: Path, tmp_path_factory: pytest.TempPathFactory) -> Cli:
    cli = Cli(tmp_path_factory.mktemp("shared") / "corpus")
    assert cli("init", str(cli.corpus)).exit_code == 0
    result = cli("ingest", str(files))
    assert result.exit_code in (0, 3), result.output
    assert "seed-" not in result.stderr, "every seed goes in"
    assert cli("index").exit_code == 0
    return cli


def pages(cli: Cli, files: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(files.iterdir()):
        yield from cli.lines("inspect", str(path), "--format", "jsonl")


def test_the_source_pieces_give_the_clause_text(cli: Cli, files: Path) -> None:
    """Read independently of the maps: the raw pieces, entities read and white space aside, are the text."""
    clauses = 0
    for page in pages(cli, files):
        for instrument in page["instruments"]:
            for clause in instrument["clauses"]:
                pieces = "".join(page["text"][a:b] for a, b in clause["source_spans"])
                assert bare(pieces) == bare(clause["text"]), (page["source"]["path"], clause["eid"])
                clauses += 1
    assert clauses > 5000


def bare(text: str) -> str:
    return re.sub(r"\s|\xa0|\u200b|\ufeff", "", html.unescape(text))


def test_every_clause_verifies(corpus: Cli) -> None:
    result = corpus("verify", "--all")
    assert result.exit_code == 0, result.stdout[-2000:]


def found(corpus: Cli, query: str) -> list[dict[str, Any]]:
    return list(corpus.json("search", query, "--format", "json", "--limit", "200")["hits"])


def seeds_of(hits: list[dict[str, Any]]) -> set[str]:
    return {m[1] for hit in hits if (m := re.search(r"seed-(\d{3})", hit["source"]["url"]))}


def test_the_three_year_validity_is_found_in_the_measure_and_in_both_reports(corpus: Cli) -> None:
    hits = found(corpus, '"three years" AND (valid OR useful)')
    assert {"001", "004"} <= seeds_of(hits)
    quotes = [hit["clause"]["quote"] for hit in hits]
    assert any("useful life of three years" in q for q in quotes)
    assert any("valid for three years" in q for q in quotes)


@pytest.mark.parametrize("query", ["融资担保", "融資擔保"])
def test_guarantees_are_found_in_either_script(corpus: Cli, query: str) -> None:
    assert "002" in seeds_of(found(corpus, query))


def test_guarantee_institutions_are_found_in_english(corpus: Cli) -> None:
    assert "000" in seeds_of(found(corpus, '"guarantee institutions"'))


def test_no_quote_runs_on_over_a_removed_injection(corpus: Cli, shared: Path) -> None:
    quotes = {name: [] for name in ("000", "001", "002", "003", "004")}
    for hit in found(corpus, "cluster OR clusters OR enterprises OR 集群 OR 企业"):
        for seed in seeds_of([hit]):
            quotes[seed].append(hit["clause"]["quote"])
    for path in sorted((shared / "gold" / "seeds").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        raw = (shared / "seeds" / gold["seed"]).read_text("utf-8")
        for noise in gold["noise"]:
            if noise["type"] in ("spam_keyword", "spam_sentence", "html_residue"):
                run_on = raw[noise["start"] - 6 : noise["start"]] + raw[noise["end"] : noise["end"] + 6]
                assert not any(run_on in quote for quote in quotes[gold["seed"][:3]]), run_on

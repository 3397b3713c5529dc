"""`tiaowen verify`: whether the stored pages say what the clauses quote."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from tiaowen.commands._named import named_clauses
from tiaowen.commands._options import corpus_option, format_option
from tiaowen.commands._progress import progress
from tiaowen.corpus.archive import Archive
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.reported import read_report
from tiaowen.corpus.store import Store
from tiaowen.errors import UsageError
from tiaowen.text.visible import visible
from tiaowen.verifying import Verdict, verify, verify_report

NOT_THE_SAME = 1


@click.command("verify")
@corpus_option
@click.argument("names", nargs=-1, metavar="CLAUSE_ID|CITATION…")
@click.option("--all", "every", is_flag=True, help="Verify every clause of the corpus.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Verify a file that search or cite wrote (json, jsonl, csv): every id, quote, title, number and digest in it.",
)
@format_option("text", "jsonl", default="text")
def plugin(corpus_path: Path, names: tuple[str, ...], every: bool, report: Path | None, form: str) -> None:
    """Derive each quote anew from the stored bytes, offline, and say: same, changed or gone.

    The exit status is 1 unless all are the same.
    """
    if bool(names) + every + bool(report) != 1:
        raise UsageError("name the clauses to verify, or say --all, or --report FILE")
    corpus = Corpus.open(corpus_path)
    archive = Archive(corpus.archive)
    counts: Counter[str] = Counter()
    with Store.open(corpus) as store:
        for verdict in progress(_verdicts(store, archive, names, every, report), "verifying"):
            counts[verdict.status] += 1
            if form == "jsonl":
                click.echo(json.dumps(asdict(verdict), ensure_ascii=False))
            elif names or verdict.status != "same":
                click.echo(visible(f"{verdict.status}  {verdict.id}  {verdict.reason}".rstrip()))
    if form == "text" and not names:
        click.echo(", ".join(f"{counts[status]} {status}" for status in ("same", "changed", "gone")))
    if counts["changed"] or counts["gone"]:
        sys.exit(NOT_THE_SAME)


def _verdicts(
    store: Store, archive: Archive, names: tuple[str, ...], every: bool, report: Path | None
) -> Iterator[Verdict]:
    if report:
        return verify_report(read_report(report), store, archive)
    if every:
        return verify(store.clauses(superseded=True), archive)
    return verify((stored for name in names for stored in named_clauses(store, name)), archive)

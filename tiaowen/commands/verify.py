"""`tiaowen verify`: whether the stored pages say what the clauses quote."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click

from tiaowen.commands._named import named_clauses
from tiaowen.commands._options import corpus_option, format_option
from tiaowen.commands._progress import progress
from tiaowen.corpus.archive import Archive
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.store import Store
from tiaowen.errors import UsageError
from tiaowen.pipeline import verify

NOT_THE_SAME = 1


@click.command("verify")
@corpus_option
@click.argument("names", nargs=-1, metavar="CLAUSE_ID|CITATION…")
@click.option("--all", "every", is_flag=True, help="Verify every clause of the corpus.")
@format_option("text", "jsonl", default="text")
def plugin(corpus_path: Path, names: tuple[str, ...], every: bool, form: str) -> None:
    """Derive each quote anew from the stored bytes, offline, and say: same, changed or gone.

    The exit status is 1 unless all are the same.
    """
    if bool(names) == every:
        raise UsageError("name the clauses to verify, or say --all")
    corpus = Corpus.open(corpus_path)
    archive = Archive(corpus.archive)
    counts: Counter[str] = Counter()
    with Store.open(corpus) as store:
        clauses = (
            store.clauses(superseded=True)
            if every
            else (stored for name in names for stored in named_clauses(store, name))
        )
        for verdict in progress(verify(clauses, archive), "verifying"):
            counts[verdict.status] += 1
            if form == "jsonl":
                click.echo(json.dumps(asdict(verdict), ensure_ascii=False))
            elif not every or verdict.status != "same":
                click.echo(f"{verdict.status}  {verdict.id}  {verdict.reason}".rstrip())
    if form == "text" and every:
        click.echo(", ".join(f"{counts[status]} {status}" for status in ("same", "changed", "gone")))
    if counts["changed"] or counts["gone"]:
        sys.exit(NOT_THE_SAME)

"""`tiaowen ingest`: take files into the corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from tiaowen.commands._options import corpus_option
from tiaowen.commands._progress import progress
from tiaowen.corpus.intake import Intake
from tiaowen.corpus.layout import Corpus
from tiaowen.errors import IngestError
from tiaowen.pipeline import Outcome, files_under, ingest_file


@click.command("ingest")
@corpus_option
@click.argument("paths", nargs=-1, required=True, metavar="FILE|FOLDER…", type=click.Path(path_type=Path))
def plugin(corpus_path: Path, paths: tuple[Path, ...]) -> None:
    """Take FILEs (html, txt, md) and all such files of FOLDERs into the corpus.

    Each file is taken in whole or not at all. Files that fail are listed with the reason and the rest goes on; the
    exit status is then 3. The same bytes twice change nothing; changed bytes of the same place add a version.
    """
    corpus = Corpus.open(corpus_path)
    files = list(files_under(paths))
    counts: Counter[str] = Counter()
    failed: list[Outcome] = []
    doubts: Counter[str] = Counter()
    clauses = 0
    with Intake.open(corpus) as intake:
        for path in progress(files, "ingesting"):
            outcome = ingest_file(path, intake)
            counts[outcome.status] += 1
            clauses += sum(len(i.clauses) for i in outcome.instruments)
            doubts.update(finding.code for finding in outcome.findings if finding.severity != "info")
            if outcome.status == "failed":
                failed.append(outcome)
    for line in _summary(len(files), counts, clauses, doubts):
        click.echo(line)
    if failed:
        for outcome in failed:
            click.echo(f"failed: {outcome.message}", err=True)
        raise IngestError(f"{len(failed)} of {len(files)} files were not taken in; the reasons stand above")


def _summary(files: int, counts: Counter[str], clauses: int, doubts: Counter[str]) -> Iterator[str]:
    yield f"{files} files: " + ", ".join(
        f"{counts[status]} {status}" for status in ("added", "new version", "unchanged", "failed")
    )
    yield f"{clauses} clauses taken in"
    if doubts:
        said = ", ".join(f"{code} {n}" for code, n in doubts.most_common())
        yield f"doubts, kept and said (see `tiaowen inspect FILE`): {said}"
    if counts["added"] + counts["new version"]:
        yield "next: tiaowen index"

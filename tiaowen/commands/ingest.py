"""`tiaowen ingest`: take files into the corpus."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from tiaowen.commands._options import corpus_option
from tiaowen.commands._progress import progress
from tiaowen.corpus.intake import Intake
from tiaowen.corpus.layout import Corpus
from tiaowen.errors import IngestError
from tiaowen.pipeline import Outcome, files_under, ingest, pages_in, passed_over


@click.command("ingest")
@corpus_option
@click.argument("paths", nargs=-1, required=True, metavar="FILE|FOLDER…", type=click.Path(path_type=Path))
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(0, 256), help="Processes; 0: one a core.")
def plugin(corpus_path: Path, paths: tuple[Path, ...], jobs: int) -> None:
    """Take FILEs and all files of FOLDERs that can be read into the corpus.

    Read are html, txt, md, docx, pdf, ofd, doc and wps (by LibreOffice), and pages inside warc, wet, wacz, zip and gz
    files. Each page is taken in whole or not at all. Those that fail are listed with the reason and the rest goes on;
    the exit status is then 3. The same bytes twice change nothing; changed bytes of the same place add a version.
    """
    corpus = Corpus.open(corpus_path)
    files = list(files_under(paths))
    counts: Counter[str] = Counter()
    failed: list[Outcome] = []
    doubts: Counter[str] = Counter()
    clauses = 0
    with Intake.open(corpus) as intake:
        pages = (page for path in progress(files, "ingesting") for page in pages_in(path))
        for outcome in ingest(pages, intake, jobs or os.cpu_count() or 1):
            counts[outcome.status] += 1
            clauses += sum(len(i.clauses) for i in outcome.instruments)
            doubts.update(finding.code for finding in outcome.findings if finding.severity != "info")
            if outcome.status == "failed":
                failed.append(outcome)
    for line in _summary(counts, clauses, doubts, passed_over(paths)):
        click.echo(line)
    if failed:
        for outcome in failed:
            click.echo(f"failed: {outcome.message}", err=True)
        raise IngestError(f"{len(failed)} of {counts.total()} pages were not taken in; the reasons stand above")


def _summary(counts: Counter[str], clauses: int, doubts: Counter[str], over: Counter[str]) -> Iterator[str]:
    yield f"{counts.total()} pages: " + ", ".join(
        f"{counts[status]} {status}" for status in ("added", "new version", "unchanged", "failed")
    )
    yield f"{clauses} clauses taken in"
    if doubts:
        yield f"doubts, kept and said (see `tiaowen inspect FILE`): {_listed(doubts)}"
    if over:
        yield f"passed over in folders, as nothing here reads them: {_listed(over)}"
    if counts["added"] + counts["new version"]:
        yield "next: tiaowen index"


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {n}" for name, n in counts.most_common())

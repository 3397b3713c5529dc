"""`tiaowen bundle`: the pages of some clauses as a small corpus of their own, to go with a report."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import click

from tiaowen.commands._named import named_clauses
from tiaowen.commands._options import corpus_option
from tiaowen.corpus.archive import Archive, ArchiveWriter
from tiaowen.corpus.capture import Capture
from tiaowen.corpus.intake import rebuilt_store
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.reported import read_report
from tiaowen.corpus.store import Store
from tiaowen.errors import CorpusError, UsageError
from tiaowen.pipeline import restore_all


@click.command("bundle")
@corpus_option
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.argument("names", nargs=-1, metavar="CLAUSE_ID|CITATION…")
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also the pages of all clauses in this file, which search or cite wrote (json, jsonl, csv).",
)
def plugin(corpus_path: Path, folder: Path, names: tuple[str, ...], report: Path | None) -> None:
    """Make FOLDER a corpus with just the stored pages of some clauses, their records copied byte for byte.

    Whoever gets it with a report can verify the report against the pages, on another machine and offline:
    `tiaowen verify --corpus FOLDER --report FILE`.
    """
    if not names and not report:
        raise UsageError("name the clauses whose pages are wanted, or say --report FILE")
    source = Corpus.open(corpus_path)
    with Store.open(source) as store:
        clauses = [stored for name in names for stored in named_clauses(store, name)]
        clauses += [store.clause(each.id) for each in (read_report(report) if report else ())]
        captures = dict.fromkeys(stored.instrument.capture for stored in clauses)
    bundle = Corpus.create(folder)
    try:
        _fill(bundle, Archive(source.archive), captures)
    except BaseException:  # nothing half-made is left to be taken for proof
        shutil.rmtree(bundle.path)
        raise
    pages = len({capture.digest for capture in captures})
    click.echo(f"{pages} pages of {len(clauses)} clauses are in {folder}")
    click.echo(f"verify there: tiaowen verify --corpus {folder} " + (f"--report {report}" if report else "--all"))


def _fill(bundle: Corpus, archive: Archive, captures: Iterable[Capture]) -> None:
    """Copy the records of the captures, those that hold the bytes first, and read them by today's rules."""
    places = dict.fromkeys(place for capture in captures for place in (capture.body, capture.record))
    with bundle.writing(), ArchiveWriter(bundle.archive) as writer:
        for place in places:
            writer.copy(archive.record(place))
    with rebuilt_store(bundle) as store:
        for refused in restore_all(Archive(bundle.archive), store):
            if refused is not None:
                raise CorpusError(f"{refused}; run `tiaowen doctor` on the corpus it comes from")

"""`tiaowen rebuild`: make the store again from the snapshots."""

from __future__ import annotations

from pathlib import Path

import click

from tiaowen.commands._options import corpus_option
from tiaowen.commands._progress import progress
from tiaowen.corpus.archive import Archive
from tiaowen.corpus.intake import rebuilt_store
from tiaowen.corpus.layout import Corpus
from tiaowen.errors import IngestError
from tiaowen.pipeline import restore_all


@click.command("rebuild")
@corpus_option
def plugin(corpus_path: Path) -> None:
    """Read every snapshot anew, by today's rules, into a new store that then takes the old one's place."""
    corpus = Corpus.open(corpus_path)
    archive = Archive(corpus.archive)
    kept = failed = 0
    with rebuilt_store(corpus) as store:
        for refused in progress(restore_all(archive, store), "reading snapshots"):
            if refused is None:
                kept += 1
            else:
                click.echo(f"failed: {refused}", err=True)
                failed += 1
    click.echo(f"{kept} captures read anew, {failed} failed\nnext: tiaowen index")
    if failed:
        raise IngestError(f"{failed} records could not be read; the reasons stand above")

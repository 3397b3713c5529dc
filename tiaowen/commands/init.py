"""`tiaowen init`: make an empty corpus."""

from __future__ import annotations

from pathlib import Path

import click

from tiaowen.corpus.layout import Corpus


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def plugin(folder: Path) -> None:
    """Make an empty corpus in FOLDER."""
    corpus = Corpus.create(folder)
    click.echo(f"made the corpus {corpus.path}")
    click.echo(f"next: tiaowen ingest --corpus {folder} FILE… (or set TIAOWEN_CORPUS={folder})")

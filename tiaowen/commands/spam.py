"""`tiaowen spam suggest`: words for the lexicon of injected advertising."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from tiaowen.commands._options import corpus_option
from tiaowen.commands._progress import progress
from tiaowen.corpus.archive import Archive
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.members import Damage
from tiaowen.errors import CorpusError, IngestError
from tiaowen.ingest.suggest import foreign_words, suggestions
from tiaowen.pipeline import derive
from tiaowen.text.visible import visible


@click.group("spam")
def plugin() -> None:
    """What the rules against spam learn from a corpus."""


@plugin.command("suggest")
@corpus_option
@click.option("--hosts", default=2, show_default=True, type=click.IntRange(1), help="On how many hosts a word must be.")
def suggest(corpus_path: Path, hosts: int) -> None:
    """List words that break into the pages of several unrelated hosts, as lines for the lexicon."""
    found = suggestions(_pages(Archive(Corpus.open(corpus_path).archive)), hosts)
    for suggestion in found:
        places = ", ".join(suggestion.hosts[:5])
        click.echo(visible(f"{suggestion.word}\t{len(suggestion.hosts)} hosts, {suggestion.pages} pages\t{places}"))
    if not found:
        click.echo(f"no word is foreign on {hosts} hosts or more", err=True)


def _pages(archive: Archive) -> Iterator[tuple[str, frozenset[str]]]:
    for capture in progress(archive.scan(), "reading snapshots"):
        if isinstance(capture, Damage):
            continue
        try:
            snapshot = archive.snapshot(capture)
            yield snapshot.url, foreign_words(derive(snapshot).normal)
        except (IngestError, CorpusError) as error:
            click.echo(f"passed over: {error}", err=True)

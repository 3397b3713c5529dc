"""`tiaowen stats`: what is held."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from tiaowen.commands._options import corpus_option, format_option
from tiaowen.corpus.held import Counts
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.store import Store
from tiaowen.text.visible import visible


@click.command("stats")
@corpus_option
@format_option("text", "json", default="text")
def plugin(corpus_path: Path, form: str) -> None:
    """Say what is held: pages, instruments, clauses, and instruments by province, level, kind, genre and year."""
    with Store.open(Corpus.open(corpus_path)) as store:
        counts = store.counts()
    if form == "json":
        click.echo(json.dumps(asdict(counts), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(visible(line) for line in _lines(counts)))


def _lines(counts: Counts) -> Iterator[str]:
    yield (
        f"{counts.pages} pages in {counts.captures} captures of {counts.urls} places; "
        f"{counts.instruments} instruments, {counts.clauses} clauses"
    )
    for noun, table in (
        ("province", counts.by_province),
        ("level", counts.by_level),
        ("kind", counts.by_kind),
        ("genre", counts.by_genre),
        ("year", counts.by_year),
    ):
        said = ", ".join(f"{name or '(not said)'} {n}" for name, n in sorted(table.items(), key=lambda row: -row[1]))
        yield f"  by {noun:9} {said}"

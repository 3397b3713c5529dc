"""`tiaowen search`: the clauses that answer a query, with their provenance."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from tiaowen.commands._options import corpus_option, format_option
from tiaowen.corpus.export import EXPORTERS
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.store import Store
from tiaowen.index.search import open_index
from tiaowen.index.stored import search

NOTHING_FOUND = 1
FILTERS = ("province", "city", "level", "kind", "genre", "validity", "year", "lang")


def filter_options(command: click.Command) -> click.Command:
    """An option for every field that filters; each may be given several times, meaning one of them."""
    for name in FILTERS:
        option = click.Option([f"--{name}"], multiple=True, help=f"Only of this {name}; may be repeated.")
        command.params.append(option)
    return command


@filter_options
@click.command("search")
@corpus_option
@click.argument("query")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 100_000), help="Hits shown.")
@click.option("--any", "any_word", is_flag=True, help="Any of the words instead of all.")
@format_option(*EXPORTERS.names(), default="table")
def plugin(corpus_path: Path, query: str, limit: int, any_word: bool, form: str, **filters: tuple[str, ...]) -> None:
    """Search clauses: words, "phrases", AND OR NOT, in either script; quote the whole QUERY for the shell.

    The exit status is 1 when nothing is found; then it is said what was searched and which words stand nowhere.
    """
    corpus = Corpus.open(corpus_path)
    with Store.open(corpus) as store:
        index = open_index(corpus.index, store.state())
        report = search(index, store, query, filters, limit=limit, match="any" if any_word else "all")
    for piece in EXPORTERS.get(form).render(report, shutil.get_terminal_size((110, 24)).columns):
        click.echo(piece, nl=False)
    if not report.total:
        sys.exit(NOTHING_FOUND)

"""`tiaowen search`: the clauses that answer a query, with their provenance."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from tiaowen.commands._doubtful import doubtful
from tiaowen.commands._options import as_of_option, corpus_option, filter_options, gone_from
from tiaowen.commands._output import check_output, emit, form_for, layout, output_options
from tiaowen.corpus.export import EXPORTERS
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.results import SearchReport
from tiaowen.corpus.store import Store
from tiaowen.errors import UsageError
from tiaowen.index.search import open_index
from tiaowen.index.sorting import SORTS, Sort
from tiaowen.index.stored import search

NOTHING_FOUND = 1
ON_SCREEN = 20
MOST = 100_000
_SHORT_SHOWN = 5  # sources
FACETS = (("province",), ("year",), ("level",), ("issuer",), ("kind",), ("province", "year"))


@filter_options
@click.command("search")
@corpus_option
@click.argument("query")
@click.option(
    "--limit", type=click.IntRange(1, MOST), help=f"Hits shown: {ON_SCREEN}, or all ({MOST:,} at most) with --output."
)
@click.option("--page", type=click.IntRange(1), help="Which page of --limit hits; the first is 1.")
@click.option("--offset", type=click.IntRange(0), help="Hits to skip.")
@click.option("--sort", type=click.Choice(SORTS), default="score", show_default=True, help="What comes first.")
@click.option("--facets", "faceted", is_flag=True, help="Also count all hits: table and json show it.")
@click.option("--any", "any_word", is_flag=True, help="Any of the words instead of all.")
@click.option("--explain", is_flag=True, help="Say in how many clauses each term of the query stands.")
@click.option("--all-witnesses", "every_witness", is_flag=True, help="Each page that gives a clause, not one for all.")
@click.option(
    "--kwic",
    type=click.IntRange(1, 200),
    metavar="N",
    help="A line a word found, with N characters on either side; fewer where the screen is narrow.",
)
@click.option("--format", "form", type=click.Choice(EXPORTERS.names()), help="How to print; table if not said.")
@as_of_option
@output_options
def plugin(
    *,
    corpus_path: Path,
    query: str,
    limit: int | None,
    page: int | None,
    offset: int | None,
    sort: Sort,
    faceted: bool,
    any_word: bool,
    explain: bool,
    every_witness: bool,
    kwic: int | None,
    day: date,
    form: str | None,
    output: Path | None,
    force: bool,
    **filters: tuple[str, ...],
) -> None:
    """Search clauses: words, "phrases", AND OR NOT, in either script; quote the whole QUERY for the shell.

    Fields: title, issuer, number, province, year:2018..2023, article, modality:must|may|encourage|forbid, and others.
    Words in one sentence: same:sentence(a b); close together: "a b"~5.

    The exit status is 1 when nothing is found; then it is said what was searched and which words stand nowhere.
    """
    if kwic and form not in (None, "kwic"):
        raise UsageError(f"--kwic is a format of its own; it cannot be {form} too")
    exporter = form_for(EXPORTERS, "kwic" if kwic else form, output, "table")
    check_output(output, force)
    shown = limit or (ON_SCREEN if output is None else MOST)
    first = _first(page, offset, shown)
    corpus = Corpus.open(corpus_path)
    with Store.open(corpus) as store:
        index = open_index(corpus.index, store.state(), day)
        match = "any" if any_word else "all"
        report = search(
            index,
            store,
            query,
            filters,
            limit=shown,
            offset=first,
            match=match,
            sort=sort,
            explain=explain,
            every_witness=every_witness,
            gone=gone_from(corpus),
        )
        if faceted:
            from tiaowen.index.facets import facets  # noqa: PLC0415  (loads NumPy)

            report = replace(report, facets=facets(index, query, filters, FACETS, match=match))
    emit(exporter.render(report, layout(output, kwic)), output, force)
    _tell(report, output, said=exporter.suffix in (".txt", ".kwic"))
    if not report.total:
        _tell_of_sources(corpus)
        sys.exit(NOTHING_FOUND)


def _tell_of_sources(corpus: Corpus) -> None:
    """Beside a zero: the sources of which less is held than there is, a few of them by name."""
    short = list(doubtful(corpus))
    for line in short[:_SHORT_SHOWN]:
        click.echo(f"note: {line}", err=True)
    if short:
        click.echo(f"note: {len(short)} sources are short or failed: a zero may be theirs; tiaowen coverage", err=True)


def _first(page: int | None, offset: int | None, limit: int) -> int:
    if page is not None and offset is not None:
        raise UsageError("--page and --offset say the same; give one of them")
    return (page - 1) * limit if page is not None else offset or 0


def _tell(report: SearchReport, output: Path | None, said: bool) -> None:
    """On standard error, what a format for machines does not say: that hits are missing, or that there are none."""
    shown, repeated = len(report.hits), sum(len(found.also) + len(found.differs) for found in report.hits)
    if output is not None and str(output) != "-":
        again = f"; {repeated} are the same on other pages" if repeated else ""
        click.echo(f"wrote {shown} of {report.total} hits to {output}{again}", err=True)
    elif shown + repeated < report.total and not said:
        click.echo(f"{shown} of {report.total} hits; --limit shows more, --page others", err=True)
    if not report.total and (output is not None or not said):
        for note in report.notes:
            click.echo(f"note: {note}", err=True)

"""`tiaowen count`: how many clauses answer a query, by province, year and the like."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from tiaowen.commands._options import as_of_option, corpus_option, fields_option, filter_options
from tiaowen.commands._output import check_output, emit, form_for, layout, output_options
from tiaowen.corpus.counts import COUNT_FORMS
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.store import Store
from tiaowen.index.facets import count
from tiaowen.index.search import open_index

NOTHING_FOUND = 1


@filter_options
@click.command("count")
@corpus_option
@click.argument("query")
@fields_option("province,year")
@click.option("--any", "any_word", is_flag=True, help="Any of the words instead of all.")
@click.option("--format", "form", type=click.Choice(COUNT_FORMS.names()), help="How to print; table if not said.")
@as_of_option
@output_options
def plugin(
    *,
    corpus_path: Path,
    query: str,
    by: tuple[str, ...],
    any_word: bool,
    form: str | None,
    day: date,
    output: Path | None,
    force: bool,
    **filters: tuple[str, ...],
) -> None:
    """Count the clauses that answer QUERY, and their works, beside what is held, so that a zero can be read.

    `--output chart.png` or chart.svg draws them. The exit status is 1 when nothing is found.
    """
    chosen = form_for(COUNT_FORMS, form, output, "table")
    check_output(output, force)
    corpus = Corpus.open(corpus_path)
    with Store.open(corpus) as store:
        index = open_index(corpus.index, store.state(), day)
        report = count(index, query, filters, by, match="any" if any_word else "all")
    emit(chosen.render(report, layout(output)), output, force)
    if not report.found.clauses:
        sys.exit(NOTHING_FOUND)

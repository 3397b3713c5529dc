"""`tiaowen coverage`: what a search can find at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from tiaowen.commands._doubtful import doubtful
from tiaowen.commands._options import as_of_option, corpus_option, fields_option, filter_options
from tiaowen.commands._output import check_output, emit, form_for, layout, output_options
from tiaowen.corpus.counts import COUNT_FORMS
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.store import Store
from tiaowen.index.facets import count
from tiaowen.index.search import open_index


@filter_options
@click.command("coverage")
@corpus_option
@fields_option("province,kind,year")
@click.option("--format", "form", type=click.Choice(COUNT_FORMS.names()), help="How to print; table if not said.")
@as_of_option
@output_options
def plugin(
    *,
    corpus_path: Path,
    by: tuple[str, ...],
    form: str | None,
    day: date,
    output: Path | None,
    force: bool,
    **filters: tuple[str, ...],
) -> None:
    """Say what is held by province, kind and year, and of which provinces nothing is: what a zero can mean.

    Sources whose crawl failed or gave less than expected are named on standard error.
    """
    chosen = form_for(COUNT_FORMS, form, output, "table")
    check_output(output, force)
    corpus = Corpus.open(corpus_path)
    with Store.open(corpus) as store:
        index = open_index(corpus.index, store.state(), day)
        report = count(index, None, filters, by)
    emit(chosen.render(report, layout(output)), output, force)
    for line in doubtful(corpus):
        click.echo(line, err=True)

"""`tiaowen coverage`: what a search can find at all."""

from __future__ import annotations

from pathlib import Path

import click

from tiaowen.commands._options import corpus_option, fields_option, filter_options
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
@output_options
def plugin(
    *,
    corpus_path: Path,
    by: tuple[str, ...],
    form: str | None,
    output: Path | None,
    force: bool,
    **filters: tuple[str, ...],
) -> None:
    """Say what is held by province, kind and year, and of which provinces nothing is: what a zero can mean."""
    chosen = form_for(COUNT_FORMS, form, output, "table")
    check_output(output, force)
    corpus = Corpus.open(corpus_path)
    with Store.open(corpus) as store:
        index = open_index(corpus.index, store.state())
        report = count(index, None, filters, by)
    emit(chosen.render(report, layout(output)), output, force)

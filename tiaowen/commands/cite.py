"""`tiaowen cite`: a clause as a citation with its provenance."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from tiaowen.commands._options import corpus_option, format_option
from tiaowen.commands._output import emit, output_options
from tiaowen.corpus.citation import Citation, cite
from tiaowen.corpus.export import EXPORTERS
from tiaowen.corpus.ids import parse_clause_id
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.store import Store
from tiaowen.corpus.styles import STYLES, Style
from tiaowen.text.visible import visible

BIBLIOGRAPHIES = tuple(name for name, exporter in EXPORTERS.all() if exporter.references)


@click.command("cite")
@corpus_option
@click.argument("ids", nargs=-1, required=True, metavar="CLAUSE_ID…")
@click.option(
    "--style",
    type=click.Choice(STYLES.names()),
    default="audit",
    show_default=True,
    help="How to write it: " + "; ".join(f"{name} = {style.rule}" for name, style in STYLES.all()) + ".",
)
@format_option("text", "json", "jsonl", *BIBLIOGRAPHIES, default="text")
@output_options
def plugin(*, corpus_path: Path, ids: tuple[str, ...], style: str, form: str, output: Path | None, force: bool) -> None:
    """Cite clauses: full title, number, article path, quote, source, digest and time of retrieval."""
    with Store.open(Corpus.open(corpus_path)) as store:
        citations = [cite(store.clause(parse_clause_id(i))) for i in ids]
    emit(_pieces(citations, STYLES.get(style), form), output, force)


def _pieces(citations: list[Citation], style: Style, form: str) -> Iterator[str]:
    if form == "text":
        yield from ("\n".join(visible(line) for line in written(c, style)) + "\n" for c in citations)
    elif form in ("json", "jsonl"):
        for citation in citations:
            value = {**citation.as_json(), "citation": style.write(citation)}
            yield json.dumps(value, ensure_ascii=False, indent=2 if form == "json" else None) + "\n"
    elif references := EXPORTERS.get(form).references:
        yield from references(citations)


def written(citation: Citation, style: Style) -> Iterator[str]:
    """The citation and its provenance, for people."""
    yield style.write(citation)
    yield ""
    yield from provenance(citation)


def provenance(citation: Citation) -> Iterator[str]:
    """Where a quote comes from, a line each."""
    yield f"  id         {citation.id}"
    if citation.issuers:
        yield f"  issuer     {'、'.join(citation.issuers)}"
    yield f"  source     {citation.url}"
    yield f"  retrieved  {citation.retrieved:%Y-%m-%d %H:%M:%S} UTC"
    yield f"  sha256     {citation.digest}"
    yield f"  characters {', '.join(f'{s.start}–{s.end}' for s in citation.spans)} of the decoded page"
    for caution in citation.cautions:
        yield f"  caution    {caution}"

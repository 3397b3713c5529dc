"""`tiaowen cite`: a clause as a citation with its provenance."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from tiaowen.commands._named import named_clauses
from tiaowen.commands._options import corpus_option, format_option
from tiaowen.commands._output import emit, output_options
from tiaowen.corpus.citation import Citation, cite
from tiaowen.corpus.export import EXPORTERS
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.store import Store
from tiaowen.corpus.styles import STYLES, Style
from tiaowen.text.visible import visible

BIBLIOGRAPHIES = tuple(name for name, exporter in EXPORTERS.all() if exporter.references)


@click.command("cite")
@corpus_option
@click.argument("names", nargs=-1, required=True, metavar="CLAUSE_ID|CITATION…")
@click.option(
    "--style",
    type=click.Choice(STYLES.names()),
    default="audit",
    show_default=True,
    help="How to write it: " + "; ".join(f"{name} = {style.rule}" for name, style in STYLES.all()) + ".",
)
@format_option("text", "json", "jsonl", *BIBLIOGRAPHIES, default="text")
@output_options
def plugin(
    *, corpus_path: Path, names: tuple[str, ...], style: str, form: str, output: Path | None, force: bool
) -> None:
    """Cite clauses: full title, number, article path, quote, source, digest and time of retrieval.

    A clause is named by its id or as people cite it: "示例省促进条例 第三条", "示政发〔2030〕1号 三（二）".
    """
    with Store.open(Corpus.open(corpus_path)) as store:
        citations = [cite(stored) for name in names for stored in named_clauses(store, name)]
    emit(_pieces(citations, STYLES.get(style), form), output, force)


def _pieces(citations: list[Citation], style: Style, form: str) -> Iterator[str]:
    if form == "text":
        yield from ("\n".join(visible(line) for line in written(c, style)) + "\n" for c in citations)
    elif form == "json":
        yield json.dumps([_value(citation, style) for citation in citations], ensure_ascii=False, indent=2) + "\n"
    elif form == "jsonl":
        yield from (json.dumps(_value(citation, style), ensure_ascii=False) + "\n" for citation in citations)
    elif references := EXPORTERS.get(form).references:
        yield from references(citations)


def _value(citation: Citation, style: Style) -> dict[str, Any]:
    return {**citation.as_json(), "citation": style.write(citation)}


def written(citation: Citation, style: Style) -> Iterator[str]:
    """The citation and its provenance, for people."""
    yield style.write(citation)
    yield ""
    yield from provenance([citation])


def provenance(citations: Sequence[Citation]) -> Iterator[str]:
    """Where quotes of one page come from, a line each."""
    first = citations[0]
    if first.issuers:
        yield f"  issuer     {'、'.join(first.issuers)}"
    yield f"  source     {first.url}"
    yield f"  retrieved  {first.retrieved:%Y-%m-%d %H:%M:%S} UTC"
    yield f"  sha256     {first.digest}"
    for citation in citations:
        yield f"  id         {citation.id}"
        yield f"  characters {', '.join(f'{s.start}–{s.end}' for s in citation.spans)} of the decoded page"
    for caution in dict.fromkeys(caution for citation in citations for caution in citation.cautions):
        yield f"  caution    {caution}"

"""`tiaowen cite`: a clause as a citation with its provenance."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from tiaowen.commands._named import named_clauses
from tiaowen.commands._options import as_of_option, corpus_option, format_option, gone_from
from tiaowen.commands._output import emit, output_options
from tiaowen.corpus.citing import Cited, Citing, standing_json
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
@as_of_option
@format_option("text", "json", "jsonl", *BIBLIOGRAPHIES, default="text")
@output_options
def plugin(
    *, corpus_path: Path, names: tuple[str, ...], day: date, style: str, form: str, output: Path | None, force: bool
) -> None:
    """Cite clauses: full title, number, article path, quote, source, digest and time of retrieval.

    A clause is named by its id or as people cite it: "示例省促进条例 第三条", "示政发〔2030〕1号 三（二）".
    """
    corpus = Corpus.open(corpus_path)
    with Store.open(corpus) as store:
        citing = Citing(store, day, gone_from(corpus))
        cited = [citing.cite(stored) for name in names for stored in named_clauses(store, name, day)]
    emit(_pieces(cited, STYLES.get(style), form), output, force)


def _pieces(cited: list[Cited], style: Style, form: str) -> Iterator[str]:
    if form == "text":
        yield from ("\n".join(visible(line) for line in written(each, style)) + "\n" for each in cited)
    elif form == "json":
        yield json.dumps([_value(each, style) for each in cited], ensure_ascii=False, indent=2) + "\n"
    elif form == "jsonl":
        yield from (json.dumps(_value(each, style), ensure_ascii=False) + "\n" for each in cited)
    elif references := EXPORTERS.get(form).references:
        yield from references([each.citation for each in cited])


def _value(cited: Cited, style: Style) -> dict[str, Any]:
    standing = standing_json(cited.standing, cited.citation.url)
    return {**cited.citation.as_json(), "citation": style.write(cited.citation), "standing": standing}


def written(cited: Cited, style: Style) -> Iterator[str]:
    """The citation and its provenance, for people."""
    yield style.write(cited.citation)
    yield ""
    yield from provenance([cited])


def provenance(cited: Sequence[Cited]) -> Iterator[str]:
    """Where quotes of one page come from, and how their instrument stands, a line each."""
    citations = [each.citation for each in cited]
    first, standing = citations[0], cited[0].standing
    proof = standing.proof
    why = "no proof is held" if proof is None else proof.basis if proof.inferred else f"“{proof.value}”"
    yield f"  standing   {standing.status} on {standing.day}: {why}"
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

"""`tiaowen cite`: a clause as a citation with its provenance."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from tiaowen.commands._options import corpus_option, format_option
from tiaowen.corpus.citation import Citation, cite
from tiaowen.corpus.ids import parse_clause_id
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.store import Store
from tiaowen.text.visible import visible


@click.command("cite")
@corpus_option
@click.argument("ids", nargs=-1, required=True, metavar="CLAUSE_ID…")
@format_option("text", "json", "jsonl", default="text")
def plugin(corpus_path: Path, ids: tuple[str, ...], form: str) -> None:
    """Cite clauses: full title, number, article path, quote, source, digest and time of retrieval."""
    with Store.open(Corpus.open(corpus_path)) as store:
        citations = [cite(store.clause(parse_clause_id(i))) for i in ids]
    for citation in citations:
        if form == "text":
            click.echo("\n".join(visible(line) for line in written(citation)))
        else:
            click.echo(json.dumps(citation.as_json(), ensure_ascii=False, indent=2 if form == "json" else None))


def written(citation: Citation) -> Iterator[str]:
    """The citation and its provenance, for people."""
    yield citation.written()
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

"""`tiaowen show`: a clause in its article, or the stored page it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import click

from tiaowen.commands._options import corpus_option
from tiaowen.commands.cite import provenance
from tiaowen.corpus.archive import Archive
from tiaowen.corpus.citation import cite
from tiaowen.corpus.held import StoredClause
from tiaowen.corpus.ids import parse_clause_id
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.store import Store
from tiaowen.corpus.texts import NormalText, SourceText
from tiaowen.pipeline import derive
from tiaowen.text.spans import Span
from tiaowen.text.visible import visible

AROUND = 20
"""Code points of the page shown on either side of a raw piece."""


@click.command("show")
@corpus_option
@click.argument("clause_id", metavar="CLAUSE_ID")
@click.option("--context", default=0, show_default=True, type=click.IntRange(0, 50), help="Clauses before and after.")
@click.option("--raw", is_flag=True, help="The piece of the stored page, what was cut marked with its rule.")
def plugin(corpus_path: Path, clause_id: str, context: int, raw: bool) -> None:
    """Show a clause with its headings and lead-in, and where it comes from."""
    corpus = Corpus.open(corpus_path)
    with Store.open(corpus) as store:
        stored = store.clause(parse_clause_id(clause_id))
        neighbours = store.neighbours(stored, context)
    citation = cite(stored)
    click.echo(visible(_title(stored)))
    if raw:
        normal = derive(Archive(corpus.archive).snapshot(stored.instrument.capture)).normal
        click.echo("".join(_raw(normal, stored.clause.spans)))
        click.echo("".join(f"\n  on {place}" for place in _places(normal.source, stored.clause.spans)), nl=False)
    else:
        click.echo("\n".join(_in_context(stored, neighbours)))
    click.echo("\n".join(visible(line) for line in ("", *provenance(citation))))


def _title(stored: StoredClause) -> str:
    masthead = stored.instrument.masthead
    title = masthead.title.value if masthead.title else "(untitled)"
    number = f"  {masthead.number.value}" if masthead.number else ""
    return "\n".join((f"{title}{number}", *(f"  {heading}" for heading in stored.clause.headings)))


def _in_context(stored: StoredClause, neighbours: tuple[StoredClause, ...]) -> Iterator[str]:
    for each in neighbours:
        here = each.position == stored.position
        if here and each.clause.lead_in:
            yield visible(f"  〔{each.clause.lead_in}〕")
        text = visible(f"{each.clause.label} {each.clause.quote}".strip())
        mark = click.style("▶ ", bold=True) if here and len(neighbours) > 1 else "  "
        yield mark + (click.style(text, bold=True) if here and len(neighbours) > 1 else text)


def _places(source: SourceText, spans: tuple[Span, ...]) -> Iterator[str]:
    """Where the spans stand in a file that is no text: pages with the box around the lines, or paragraphs."""
    places = (place for span in spans for place in source.places_of(span))
    for (unit, number), group in groupby(places, key=lambda place: (place.unit, place.number)):
        boxes = [place.box for place in group if place.box]
        if boxes:
            left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
            right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
            yield f"{unit} {number}: {left:.0f}–{right:.0f} pt from the left, {top:.0f}–{bottom:.0f} pt from the top"
        else:
            yield f"{unit} {number}"


def _raw(normal: NormalText, spans: tuple[Span, ...]) -> Iterator[str]:
    """The raw text from a little before the first span to a little after the last, its cuts struck through."""
    raw = normal.source.raw
    start, end = max(0, spans[0].start - AROUND), min(len(raw), spans[-1].end + AROUND)
    position = start
    yield "…" if start else ""
    for removal in normal.removals:
        if removal.cut and start <= removal.span.start and removal.span.end <= end:
            yield visible(raw[position : removal.span.start])
            yield click.style(f"⟦{visible(removal.span.of(raw))}⟧", fg="red", strikethrough=True)
            yield click.style(f"({removal.rule})", fg="red", dim=True)
            position = removal.span.end
    yield visible(raw[position:end])
    yield "…" if end < len(raw) else ""

"""`tiaowen show`: a clause in its article, or the stored page it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

import click

from tiaowen.commands._named import named_clauses
from tiaowen.commands._options import as_of_option, corpus_option, gone_from
from tiaowen.commands.cite import provenance
from tiaowen.corpus.archive import Archive
from tiaowen.corpus.citing import Citing
from tiaowen.corpus.held import StoredClause
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
@click.argument("name", metavar="CLAUSE_ID|CITATION")
@click.option("--context", default=0, show_default=True, type=click.IntRange(0, 50), help="Clauses before and after.")
@click.option("--raw", is_flag=True, help="The piece of the stored page, what was cut marked with its rule.")
@as_of_option
def plugin(corpus_path: Path, name: str, context: int, raw: bool, day: date) -> None:
    """Show a clause, or all of an article, with its headings and lead-in, and where it comes from.

    It is named by its id or as people cite it: "示例省促进条例 第三条", "示政发〔2030〕1号 三（二）".
    """
    corpus = Corpus.open(corpus_path)
    with Store.open(corpus) as store:
        shown = named_clauses(store, name, day)
        citing = Citing(store, day, gone_from(corpus))
        cited = [citing.cite(stored) for stored in shown]
        before = store.neighbours(shown[0], context)
        after = store.neighbours(shown[-1], context)
    click.echo(visible(_title(shown[0])))
    if raw:
        click.echo("".join(_page(corpus, shown)))
    else:
        around = {each.position: each for each in (*before, *shown, *after)}
        click.echo("\n".join(_in_context(shown, [around[position] for position in sorted(around)])))
    click.echo("\n".join(visible(line) for line in ("", *provenance(cited))))


def _title(stored: StoredClause) -> str:
    masthead = stored.instrument.masthead
    title = masthead.title.value if masthead.title else "(untitled)"
    number = f"  {masthead.number.value}" if masthead.number else ""
    return "\n".join((f"{title}{number}", *(f"  {heading}" for heading in stored.clause.headings)))


def _in_context(shown: Sequence[StoredClause], around: Sequence[StoredClause]) -> Iterator[str]:
    """The clauses shown among their neighbours, marked where there are any."""
    positions = {each.position for each in shown}
    seen = {"", *(each.clause.quote for each in around)}
    for each in around:
        here = each.position in positions
        if here and each.clause.lead_in not in seen:
            seen.add(each.clause.lead_in)
            yield visible(f"  〔{each.clause.lead_in}〕")
        text = visible(f"{each.clause.label} {each.clause.quote}".strip())
        mark = click.style("▶ ", bold=True) if here and len(around) > len(shown) else "  "
        yield mark + (click.style(text, bold=True) if here and len(around) > len(shown) else text)


def _page(corpus: Corpus, shown: Sequence[StoredClause]) -> Iterator[str]:
    """The piece of the stored page with the clauses, derived anew, and the places it stands at in its file."""
    normal = derive(Archive(corpus.archive).snapshot(shown[0].instrument.capture)).normal
    spans = tuple(span for each in shown for span in each.clause.spans)
    yield from _raw(normal, spans)
    yield from (f"\n  on {place}" for place in _places(normal.source, spans))


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

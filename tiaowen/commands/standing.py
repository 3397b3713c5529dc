"""`tiaowen standing`: whether an instrument was in force on a day, with the sentence that proves it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from tiaowen.commands._named import named_clauses
from tiaowen.commands._options import corpus_option, format_option
from tiaowen.corpus.held import StoredInstrument
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.store import Store
from tiaowen.corpus.validity import Standing, amendments_of, endings_of, standing_at
from tiaowen.text.visible import visible


@click.command("standing")
@corpus_option
@click.argument("names", nargs=-1, required=True, metavar="CLAUSE_ID|CITATION…")
@click.option("--as-of", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day asked about; today if none is given.")
@format_option("text", "json", default="text")
def plugin(corpus_path: Path, names: tuple[str, ...], day: datetime | None, form: str) -> None:
    """Say whether instruments are in force on a day: 尚未生效, 现行有效, 已修改, 已废止, 失效, 试行超期.

    Each with the sentence that proves it, out of the instrument itself or of another one held here. Without proof it is
    未知: what ends an instrument may not be held.
    """
    with Store.open(Corpus.open(corpus_path)) as store:
        instruments = dict.fromkeys(stored.instrument for name in names for stored in named_clauses(store, name))
        endings = (*endings_of(store.clauses()), *amendments_of(store.instruments()))
        asked = day.date() if day else date.today()
        found = ((each, standing_at(asked, each, endings)) for each in instruments)
        standings = [(each, _with_sentence(store, each, standing)) for each, standing in found]
    if form == "json":
        click.echo(json.dumps([_value(*pair) for pair in standings], ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(visible(line) for pair in standings for line in _lines(*pair)))


def _with_sentence(store: Store, instrument: StoredInstrument, standing: Standing) -> Standing:
    """The standing with the words of its own clause as proof, where it rests on a date read there."""
    proof = standing.proof
    if proof is None or standing.source:
        return standing
    clauses = store.instrument(instrument.witness, instrument.ordinal).clauses
    said = next((c for c in clauses if any(a.overlaps(b) for a in c.spans for b in proof.spans)), None)
    return replace(standing, proof=replace(proof, value=said.quote)) if said else standing


def _name(instrument: StoredInstrument) -> str:
    masthead = instrument.masthead
    return " ".join(reading.value for reading in (masthead.title, masthead.number) if reading) or "(untitled)"


def _lines(instrument: StoredInstrument, standing: Standing) -> Iterator[str]:
    yield f"{standing.status} on {standing.day}  {_name(instrument)}"
    if standing.proof is None:
        yield "  proof   none is held"
        return
    yield f"  proof   “{standing.proof.value}”"
    if standing.proof.inferred:
        yield f"  basis   inferred: {standing.proof.basis}"
    yield f"  read in {standing.source or instrument.capture.url}"


def _value(instrument: StoredInstrument, standing: Standing) -> dict[str, Any]:
    proof = standing.proof
    return {
        "instrument": _name(instrument),
        "work": instrument.work,
        "status": standing.status,
        "as_of": standing.day.isoformat(),
        "proof": proof
        and {
            "sentence": proof.value,
            "spans": [[span.start, span.end] for span in proof.spans],
            "inferred": proof.inferred,
            "basis": proof.basis,
        },
        "read_in": standing.source or instrument.capture.url,
    }

"""`tiaowen standing`: whether an instrument was in force on a day, with its proof, and the versions of its work."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from tiaowen.commands._named import named_clauses
from tiaowen.commands._options import as_of_option, corpus_option, format_option, gone_from
from tiaowen.corpus.citing import Citing, standing_json
from tiaowen.corpus.held import StoredInstrument
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.store import Store
from tiaowen.corpus.validity import Standing
from tiaowen.corpus.works import Witness, WorkGroup, group_works
from tiaowen.text.visible import visible

SHOWN = 12
"""Witnesses of a version that are listed for people."""


@dataclass(frozen=True)
class _Line:
    """A page that gives the work: its place among the versions, and its standing on the day."""

    version: int
    witness: Witness
    standing: Standing


@dataclass(frozen=True)
class _Answer:
    instrument: StoredInstrument
    standing: Standing
    work: tuple[_Line, ...]


@click.command("standing")
@corpus_option
@click.argument("names", nargs=-1, required=True, metavar="CLAUSE_ID|CITATION…")
@as_of_option
@format_option("text", "json", default="text")
def plugin(corpus_path: Path, names: tuple[str, ...], day: date, form: str) -> None:
    """Say whether instruments are in force on a day: 尚未生效, 现行有效, 已修改, 已废止, 失效, 试行超期.

    Each with the sentence that proves it, out of the instrument itself or of another one held here. Without proof it is
    未知: what ends an instrument may not be held. The versions of the work are listed, the oldest first, each with the
    pages that give it, the best first.
    """
    corpus = Corpus.open(corpus_path)
    with Store.open(corpus) as store:
        instruments = dict.fromkeys(stored.instrument for name in names for stored in named_clauses(store, name, day))
        citing = Citing(store, day, gone_from(corpus))
        works = group_works([Witness(*held) for held in store.wordings()])
        answers = [_answer(each, citing, works) for each in instruments]
    if form == "json":
        click.echo(json.dumps([_value(answer) for answer in answers], ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(visible(line) for answer in answers for line in _lines(answer)))


def _answer(instrument: StoredInstrument, citing: Citing, works: Sequence[WorkGroup]) -> _Answer:
    own = next(
        (work for work in works if any(instrument == w.instrument for v in work.versions for w in v.witnesses)), None
    )
    held = [(n, w) for n, v in enumerate(own.versions, 1) for w in v.witnesses] if own else []
    lines = tuple(_Line(version, witness, citing.standing(witness.instrument)) for version, witness in held)
    return _Answer(instrument, citing.standing(instrument), lines)


def _name(instrument: StoredInstrument) -> str:
    masthead = instrument.masthead
    return " ".join(reading.value for reading in (masthead.title, masthead.number) if reading) or "(untitled)"


def _lines(answer: _Answer) -> Iterator[str]:
    instrument, standing = answer.instrument, answer.standing
    yield f"{standing.status} on {standing.day}  {_name(instrument)}"
    if standing.proof is None:
        yield "  proof   none is held"
    else:
        yield f"  proof   “{standing.proof.value}”"
        if standing.proof.inferred:
            yield f"  basis   inferred: {standing.proof.basis}"
        yield f"  read in {standing.source or instrument.capture.url}"
    if len(answer.work) > 1:
        yield from _versions(answer)


def _versions(answer: _Answer) -> Iterator[str]:
    shown = 0
    last = 0
    for line in answer.work:
        if line.version != last:
            last, shown = line.version, 0
            day = line.witness.day
            yield f"  version {last}{f', from {day}' if day else ''}: {line.standing.status}"
        shown += 1
        if shown <= SHOWN:
            here = "▶" if line.witness.instrument == answer.instrument else " "
            yield f"  {here} {line.witness.kind:11} {line.witness.instrument.capture.url}"
        elif shown == SHOWN + 1:
            total = sum(each.version == last for each in answer.work)
            yield f"    and {total - SHOWN} more: --format json lists all"


def _value(answer: _Answer) -> dict[str, Any]:
    instrument = answer.instrument
    return {
        "instrument": _name(instrument),
        "work": instrument.work,
        **standing_json(answer.standing, instrument.capture.url),
        "versions": [
            {
                "version": line.version,
                "from": line.witness.day.isoformat() if line.witness.day else None,
                "witness": line.witness.kind,
                "title": _name(line.witness.instrument),
                "work": line.witness.instrument.work,
                "url": line.witness.instrument.capture.url,
                "digest": line.witness.instrument.witness,
                "status": line.standing.status,
            }
            for line in answer.work
        ],
    }

"""The clauses a user names: by id, or by a citation as people write it."""

from __future__ import annotations

from datetime import date

import click

from tiaowen.corpus.held import StoredClause, StoredInstrument
from tiaowen.corpus.ids import is_clause_id, parse_clause_id
from tiaowen.corpus.resolve import resolve
from tiaowen.corpus.store import Store
from tiaowen.errors import NotFound, UsageError
from tiaowen.text.visible import visible

SHOWN = 8
"""Candidates listed of an ambiguous citation."""


def named_clauses(store: Store, text: str, day: date | None = None) -> tuple[StoredClause, ...]:
    """The clauses that `text` names: one for an id, all of the article for a citation as 样例促进法 第三条.

    Of several versions it is the newest one in force by the `day`, if one is given.

    Raises UsageError where several instruments fit, with the candidates, NotFound where none does. What follows the
    place and was not understood is said on standard error.
    """
    if is_clause_id(text):
        return (store.clause(parse_clause_id(text)),)
    resolution = resolve(store, text, day)
    if resolution.request.unread:
        click.echo(f"not understood after the place, and left out: {visible(resolution.request.unread)}", err=True)
    if resolution.clauses:
        return resolution.clauses
    if len(resolution.candidates) > 1:
        listed = "\n".join(_candidate(each) for each in resolution.candidates[:SHOWN])
        raise UsageError(f"“{text}” may name {len(resolution.candidates)} instruments; say which:\n{listed}")
    if resolution.candidates:
        why = f" ({resolution.why})" if resolution.why else ""
        raise NotFound(f"no such place{why} in:\n{_candidate(resolution.candidates[0])}")
    nearest = "".join(f"\n{_candidate(each)}" for each in resolution.nearest)
    hint = f"; the nearest held:{nearest}" if nearest else "; `tiaowen search` finds clauses by their words"
    raise NotFound(f"no instrument held is named so: “{text}”{hint}")


def _candidate(instrument: StoredInstrument) -> str:
    masthead = instrument.masthead
    title = masthead.title.value if masthead.title else "(untitled)"
    said = [masthead.number.value if masthead.number else "", masthead.day.value.isoformat() if masthead.day else ""]
    return visible(f"  {title}  {' '.join(filter(None, said))}  {instrument.capture.url}")

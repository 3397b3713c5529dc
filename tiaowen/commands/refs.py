"""`tiaowen refs`: where every reference in a clause, an article or an instrument leads."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from tiaowen.commands._named import named_clauses
from tiaowen.commands._options import corpus_option, format_option
from tiaowen.corpus.drafts import Drafts
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.leads import Lead, leads_of
from tiaowen.corpus.store import Store
from tiaowen.pipeline import derive, read_file
from tiaowen.text.columns import columns, one_line

_DOUBTFUL = ("nothing", "unclear")


@click.command("refs")
@corpus_option
@click.argument("name", metavar="CLAUSE_ID|CITATION|FILE")
@click.option("--doubtful", is_flag=True, help="Only what leads to nothing, is unclear or was not read to its end.")
@format_option("table", "json", default="table")
@click.pass_context
def plugin(context: click.Context, corpus_path: Path, name: str, doubtful: bool, form: str) -> None:
    """Say where each 前款, 本条第二款, 本办法第三条, 《…》第五条 leads; without a place, those of the whole instrument.

    It leads here, elsewhere (into another instrument that is held), to one that is not held, or to nothing: a 前款 in a
    first paragraph, an article beyond the last. A FILE is a draft, checked beside what is held. The exit status is 1
    where one leads to nothing.
    """
    with Store.open(Corpus.open(corpus_path)) as store:
        draft = Path(name)
        leads = _of_draft(draft, store) if draft.is_file() else list(leads_of(store, named_clauses(store, name)))
    shown = [lead for lead in leads if not doubtful or lead.status in _DOUBTFUL or lead.unread]
    if form == "json":
        click.echo(json.dumps([_value(lead) for lead in shown], ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join((*_lines(shown), _summary(leads))).lstrip("\n"))
    context.exit(int(any(lead.status == "nothing" for lead in leads)))


def _of_draft(path: Path, store: Store) -> list[Lead]:
    """The leads of a file that is not held."""
    snapshot = read_file(path)
    drafts = Drafts(beside=store)
    drafts.add(snapshot.url, derive(snapshot).instruments)
    return list(leads_of(drafts, drafts.clauses()))


def _lines(leads: Sequence[Lead]) -> Iterator[str]:
    width = max((columns(one_line(lead.words)) for lead in leads), default=0)
    for where, group in groupby(leads, key=lambda lead: lead.clause.clause.path or lead.clause.clause.eid):
        yield one_line(where)
        for lead in group:
            words = one_line(lead.words)
            yield f"  {words}{' ' * (width - columns(words))}  → {one_line(_outcome(lead))}"


def _outcome(lead: Lead) -> str:
    said = lead.status if lead.status not in ("here", "elsewhere") else ""
    place = f"{_title(lead) if lead.status == 'elsewhere' else ''}{lead.path}"
    more = f" +{len(lead.clauses) - 1}" if len(lead.clauses) > 1 else ""
    found = f"{place}  {lead.clauses[0]}{more}" if lead.clauses else ""
    why = f"({lead.why})" if lead.why and lead.clauses else lead.why
    unread = f"; not understood after it: “{lead.unread}”" if lead.unread else ""
    head = f"{said}: {why}" if said else f"{found}  {why}".rstrip()
    return head + unread


def _title(lead: Lead) -> str:
    title = lead.instrument.masthead.title if lead.instrument else None
    return f"《{title.value}》" if title else lead.named


def _summary(leads: Sequence[Lead]) -> str:
    counts = Counter(lead.status for lead in leads)
    said = ", ".join(f"{number} {status}" for status, number in counts.most_common())
    unread = sum(bool(lead.unread) for lead in leads)
    return f"\n{len(leads)} references{': ' * bool(said)}{said}" + (f"; {unread} not read to the end" if unread else "")


def _value(lead: Lead) -> dict[str, Any]:
    span = lead.reference.span
    return {
        "clause": str(lead.clause.id),
        "clause_path": lead.clause.clause.path,
        "words": lead.words,
        "span": [span.start, span.end],
        "status": lead.status,
        "instrument": _title(lead) if lead.instrument else lead.named,
        "path": lead.path,
        "part": lead.reference.part,
        "clauses": [str(each) for each in lead.clauses],
        "why": lead.why,
        "unread": lead.unread,
    }

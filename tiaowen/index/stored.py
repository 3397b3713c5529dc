"""The index and the store joined: entries from stored clauses, and hits back to clauses with their provenance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain, count
from types import MappingProxyType

from tiaowen.corpus.citing import Citing
from tiaowen.corpus.held import StoredClause, StoredInstrument
from tiaowen.corpus.ids import parse_clause_id
from tiaowen.corpus.instrument import CUT_MARK, Clause
from tiaowen.corpus.results import Found, Searched, SearchReport
from tiaowen.corpus.store import Store
from tiaowen.index.highlight import highlight_plain
from tiaowen.index.schema import Entry, Shelf, entry_of, shelf_of
from tiaowen.index.search import Hit, Index, Results
from tiaowen.index.sorting import Sort
from tiaowen.text.fold import fold
from tiaowen.text.spans import Span


def stored_entries(
    store: Store, contents: Sequence[str] | None = None, statuses: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Entry]:
    """The entries of all clauses of current pages, those of one instrument together.

    With `contents`, only of the instruments of which these were read (`StoredInstrument.content`). `statuses` are
    theirs as of today, by content.
    """

    @lru_cache(maxsize=64)
    def shelf(instrument: StoredInstrument) -> Shelf:
        plain = shelf_of(instrument)
        return replace(plain, validity=statuses.get(instrument.content, plain.validity))

    chosen = None if contents is None else chain.from_iterable(map(store.clauses_with, contents))
    for stored in store.clauses() if chosen is None else chosen:
        yield entry_of(stored.clause, str(stored.id), shelf(stored.instrument))


def search(
    index: Index,
    store: Store,
    text: str,
    filters: Mapping[str, Sequence[str]],
    *,
    limit: int = 20,
    offset: int = 0,
    match: str = "all",
    sort: Sort = "score",
    explain: bool = False,
    every_witness: bool = False,
    gone: Mapping[str, datetime] = MappingProxyType({}),
) -> SearchReport:
    """The report on a query: the best `limit` hits from `offset` on with their provenance, and what was searched.

    Their standing is that on the day of the index; `gone` says since when which URLs answer no more. With `explain` its
    notes count the clauses that each term stands in; with `every_witness` a clause that stands in the same words on
    several pages is given for each.
    """
    results = index.search(
        text,
        filters,
        limit=limit,
        offset=offset,
        match=match,
        sort=sort,
        explain=explain,
        every_witness=every_witness,
    )
    clauses = store.clauses_named([parse_clause_id(hit.clause) for hit in results.hits])
    citing = Citing(store, index.day, gone)
    citing.prepare(stored.instrument for stored in clauses)
    return SearchReport(
        query=text,
        understood=results.understood,
        filters={name: "|".join(values) for name, values in filters.items() if values},
        engine=results.engine,
        index=index.manifest.state,
        at=datetime.now(UTC),
        took_ms=results.seconds * 1000,
        searched=Searched(results.searched.clauses, results.searched.instruments, results.searched.provinces),
        total=results.total,
        hits=tuple(_found(index, citing, results, found) for found in zip(count(offset + 1), results.hits, clauses)),
        notes=tuple(_notes(results, index, filters)),
        sort=sort,
        as_of=index.day,
    )


def _found(index: Index, citing: Citing, results: Results, numbered: tuple[int, Hit, StoredClause]) -> Found:
    rank, hit, stored = numbered
    spans = highlight_plain(fold(stored.clause.match), results.node, index.analyzer)
    cited = citing.cite(stored)
    return Found(
        rank,
        hit.score,
        stored.clause,
        stored.instrument,
        cited.citation,
        tuple(_in_quote(stored.clause, span) for span in spans),
        cited.standing,
        hit.also,
        hit.differs,
    )


def _in_quote(clause: Clause, span: Span) -> Span:
    """A span of the clause's text as one of its quote; one that runs over a cut takes the mark in."""
    before = sum(cut <= span.start for cut in clause.cuts)
    within = sum(span.start < cut < span.end for cut in clause.cuts)
    start = span.start + before * len(CUT_MARK)
    return Span(start, start + len(span) + within * len(CUT_MARK))


def _is_number(text: str) -> bool:
    from tiaowen.corpus.docnumber import read_number  # noqa: PLC0415 - seldom asked

    return read_number(text) is not None


def _notes(results: Results, index: Index, filters: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What a reader has to know: words left out, and of a zero, which words stand nowhere and what is not held."""
    if results.query.left_out:
        yield f"left out of the query, as too common to tell clauses apart: {' '.join(results.query.left_out)}"
    repeated = sum(bool(hit.also or hit.differs) for hit in results.hits)
    if repeated:
        yield f"{repeated} of the clauses shown stand on other pages too; each is shown once, the total counts all"
    differing = sum(bool(hit.differs) for hit in results.hits)
    if differing:
        yield f"of {differing} some pages give nearly the same words; `--all-witnesses` shows them"
    if not results.searched.clauses:
        asked = ", ".join(f"{name} {'|'.join(values)}" for name, values in filters.items() if values)
        if not index.manifest.clauses:
            yield "no clause is held yet, so this zero says nothing: take pages in with `tiaowen ingest`"
        else:
            yield f"nothing is held of {asked}, so this zero says nothing of it; {_provinces(index)}"
        return
    if not results.total and _is_number(results.query.text):
        yield f'to find what bears a document number, ask number:"{results.query.text.strip()}"'
    for term in results.terms:
        if not term.clauses and term.field:
            held = f"; {_provinces(index)}" if term.field == "province" else ""
            yield f"nothing held among what was searched is {term.term}, so this zero says nothing of it{held}"
        elif not term.clauses:
            near = f"; near it stand {'、'.join(term.nearest)}" if term.nearest else ""
            yield f"{term.term} stands in no clause that was searched{near}"
        else:
            yield f"{term.term} stands in {term.clauses} clauses that were searched"


def _provinces(index: Index) -> str:
    return f"provinces held: {'、'.join(index.manifest.provinces) or 'none that names its province'}"

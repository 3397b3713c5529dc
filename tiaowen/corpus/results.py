"""What a search gives back, resolved against the store: hits with their provenance, and what was looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tiaowen.corpus.citation import Citation
from tiaowen.corpus.citing import standing_json
from tiaowen.corpus.facets import Facet, facet_json
from tiaowen.corpus.held import StoredInstrument
from tiaowen.corpus.inspection import masthead_json
from tiaowen.corpus.instrument import Clause
from tiaowen.corpus.validity import Standing
from tiaowen.text.spans import Span


@dataclass(frozen=True)
class Searched:
    """What a search looked at: without it a zero cannot be read."""

    clauses: int
    instruments: int
    provinces: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """One hit. `highlights` are spans of `clause.quote`, `standing` is that of its instrument on the day asked about.

    `also` are the ids of the clause on other pages and in other versions of the work, `differs` those of other pages of
    its version that give it in nearly the same words.
    """

    rank: int
    score: float
    clause: Clause
    instrument: StoredInstrument
    citation: Citation
    highlights: tuple[Span, ...]
    standing: Standing
    also: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()


@dataclass(frozen=True)
class SearchReport:
    """A search and its hits. `understood` is the query as it was read, `took_ms` the time in milliseconds.

    `total` counts all hits, of which `hits` may be a few, in the order of `sort`. `notes` are sentences for people:
    what was not found, what is not held. `facets` are counts of all hits, where asked for. `as_of` is the day whose
    validity is spoken of.
    """

    query: str
    understood: str
    filters: dict[str, str]
    engine: str
    index: str
    at: datetime
    took_ms: float
    searched: Searched
    total: int
    hits: tuple[Found, ...]
    notes: tuple[str, ...] = ()
    sort: str = "score"
    facets: tuple[Facet, ...] = ()
    as_of: date | None = None


def report_json(report: SearchReport) -> dict[str, Any]:
    """The report as plain JSON values (docs/schemas/search.schema.json); keys are added, never changed."""
    facets = {",".join(facet.by): facet_json(facet) for facet in report.facets}
    return {
        "query": {"text": report.query, "understood": report.understood, "filters": report.filters},
        "engine": report.engine,
        "index": report.index,
        "time": {"at": report.at.isoformat(timespec="seconds"), "took_ms": round(report.took_ms, 1)},
        "searched": {
            "clauses": report.searched.clauses,
            "instruments": report.searched.instruments,
            "provinces": list(report.searched.provinces),
        },
        "total": report.total,
        "sort": report.sort,
        **({"as_of": report.as_of.isoformat()} if report.as_of else {}),
        "notes": list(report.notes),
        **({"facets": facets} if facets else {}),
        "hits": [found_json(found) for found in report.hits],
    }


def found_json(found: Found) -> dict[str, Any]:
    """One hit as plain JSON values."""
    clause, citation = found.clause, found.citation
    return {
        "rank": found.rank,
        "score": round(found.score, 4),
        "id": citation.id,
        "clause": {
            "eid": clause.eid,
            "label": clause.label,
            "kind": clause.kind.value,
            "heading": clause.heading,
            "headings": list(clause.headings),
            "lead_in": clause.lead_in,
            "quote": clause.quote,
        },
        "path": clause.path,
        "instrument": {"work": found.instrument.work, **masthead_json(found.instrument.masthead)},
        "source": {
            "url": citation.url,
            "digest": citation.digest,
            "retrieved": citation.retrieved.isoformat(timespec="seconds"),
            "spans": [[s.start, s.end] for s in clause.spans],
        },
        "highlights": [[s.start, s.end] for s in found.highlights],
        "standing": standing_json(found.standing, citation.url),
        "also": list(found.also),
        "differs": list(found.differs),
        "cautions": list(citation.cautions),
        "citation": citation.written(),
    }

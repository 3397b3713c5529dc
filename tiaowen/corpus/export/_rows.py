"""The columns of spreadsheets: one row a hit."""

from __future__ import annotations

from tiaowen.corpus.results import Found

COLUMNS = (
    "rank", "score", "id", "province", "title", "number", "issuers", "written", "path", "quote", "lead_in",
    "citation", "url", "digest", "retrieved", "spans", "city", "level", "kind", "genre", "validity", "published",
    "cautions", "also", "as_of", "proof", "differs",
)  # fmt: skip


def row(found: Found) -> tuple[str, ...]:
    """The values of a hit under COLUMNS."""
    masthead, citation = found.instrument.masthead, found.citation
    written = masthead.dates.written
    return (
        str(found.rank),
        f"{found.score:.4f}",
        citation.id,
        masthead.province.value if masthead.province else "",
        citation.title or "",
        citation.number or "",
        "、".join(citation.issuers),
        written.value.isoformat() if written else "",
        citation.path,
        citation.quote,
        found.clause.lead_in,
        citation.written(),
        citation.url,
        citation.digest,
        citation.retrieved.isoformat(timespec="seconds"),
        " ".join(f"{s.start}-{s.end}" for s in citation.spans),
        masthead.city.value if masthead.city else "",
        citation.level,
        citation.kind,
        citation.genre,
        citation.validity,
        masthead.dates.published.value.isoformat() if masthead.dates.published else "",
        "; ".join(citation.cautions),
        " ".join(found.also),
        found.standing.day.isoformat(),
        found.standing.proof.value if found.standing.proof else "",
        " ".join(found.differs),
    )

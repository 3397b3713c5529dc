"""CSV (RFC 4180) with a byte order mark, which spreadsheets need to read Chinese."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from tiaowen.corpus.export import Exporter
from tiaowen.corpus.results import Found, SearchReport

COLUMNS = (
    "rank", "score", "id", "province", "title", "number", "issuers", "written", "path", "quote", "lead_in",
    "citation", "url", "digest", "retrieved", "spans",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(report: SearchReport, width: int) -> Iterator[str]:
    """A header and one row a hit."""
    yield "\ufeff" + _line(COLUMNS)
    for found in report.hits:
        yield _line(_harmless(value) for value in _row(found))


def _row(found: Found) -> tuple[str, ...]:
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
    )


def _harmless(value: str) -> str:
    """A cell a spreadsheet will not run as a formula: page text is not to be trusted (CWE-1236)."""
    return "'" + value if value.startswith(FORMULA) else value


def _line(values: Iterator[str] | tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(values)
    return out.getvalue()


plugin = Exporter(render)

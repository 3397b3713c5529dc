"""RIS (2011), read by EndNote and Zotero: statutes as STAT, other rules as LEGAL, the rest as ELEC."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tiaowen.corpus.citation import Citation
from tiaowen.corpus.export import bibliography
from tiaowen.corpus.export.csl import item
from tiaowen.text.visible import visible

_TYPES = {"legislation": "STAT", "regulation": "LEGAL"}


def references(citations: Iterable[Citation]) -> Iterator[str]:
    """One record a citation; lines end as the format asks, in carriage return and line feed."""
    for citation in citations:
        lines = (f"{tag}  - {_line(value)}\r\n" for tag, value in _fields(citation) if value)
        yield "".join((*lines, "ER  - \r\n"))


def _fields(citation: Citation) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES.get(item(citation)["type"], "ELEC")
    yield "ID", citation.id
    yield "TI", citation.title or "[untitled]"
    for issuer in citation.issuers:
        yield "AU", issuer
    yield "M1", citation.number or ""
    yield "SE", citation.path
    if citation.day:
        yield "PY", str(citation.day.year)
        yield "DA", f"{citation.day:%Y/%m/%d}"
    if citation.online:
        yield "UR", citation.url
    yield "Y2", f"{citation.retrieved:%Y/%m/%d}"
    yield "LA", "zh" if citation.chinese else "en"
    yield "AB", citation.quote
    for note in citation.notes:
        yield "N1", note


def _line(value: str) -> str:
    """`value` on one line: a page's words must not begin a tag of their own."""
    return " ".join(visible(value).split())


plugin = bibliography(references, ".ris")

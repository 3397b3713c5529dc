"""CSL-JSON 1.0.2, read by citeproc, Zotero and Pandoc: items of type legislation or regulation."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from tiaowen.corpus.citation import Citation
from tiaowen.corpus.export import bibliography

_STATUTES = ("宪法", "法律", "行政法规", "监察法规", "司法解释", "地方性法规", "自治条例", "经济特区法规")
_WITNESSES = {"news": "article-newspaper", "commentary": "webpage", "essay": "document", "draft": "bill"}


def references(citations: Iterable[Citation]) -> Iterator[str]:
    """One array of items, an item a line."""
    separator = "[\n"
    for citation in citations:
        yield separator + json.dumps(item(citation), ensure_ascii=False)
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def item(citation: Citation) -> dict[str, Any]:
    """The citation as a CSL item; what is not known is left out."""
    values: dict[str, Any] = {
        "id": citation.id,
        "type": _type(citation),
        "title": citation.title or "[untitled]",
        "author": [{"literal": issuer} for issuer in citation.issuers],
        "authority": "、".join(citation.issuers),
        "number": citation.number,
        "section": citation.path,
        "genre": citation.kind,
        "status": "" if citation.validity == "未知" else citation.validity,
        "issued": _date(citation.day),
        "accessed": _date(citation.retrieved.date()),
        "URL": citation.url if citation.online else "",
        "language": "zh" if citation.chinese else "en",
        "abstract": citation.quote,
        "note": "; ".join(citation.notes),
    }
    return {name: value for name, value in values.items() if value}


def _type(citation: Citation) -> str:
    if citation.genre in _WITNESSES:
        return _WITNESSES[citation.genre]
    statute = citation.level in _STATUTES or (not citation.level and citation.kind in ("法", "条例"))
    return "legislation" if statute else "regulation"


def _date(day: date | None) -> dict[str, Any] | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None


plugin = bibliography(references, ".csl.json")

"""What both editions of GB/T 7714 share. Neither has a place for the article: it is appended."""

from __future__ import annotations

from tiaowen.corpus.citation import Citation

_NAMED = 3


def entry(citation: Citation, mark: str) -> str:
    """Issuers. Title: number[mark]. (day)[day of access]. URL. Path."""
    chinese = citation.chinese
    issuers = ", ".join(citation.issuers[:_NAMED])
    if len(citation.issuers) > _NAMED:
        issuers += ", 等" if chinese else ", et al"
    title = citation.title or ("[题名不详]" if chinese else "[title unknown]")
    number = f": {citation.number}" if citation.number else ""
    head = f"{issuers}. {title}{number}[{mark}]." if issuers else f"{title}{number}[{mark}]."
    return " ".join(part for part in (head, _found(citation), f"{citation.path}." if citation.path else "") if part)


def _found(citation: Citation) -> str:
    day = citation.day.isoformat() if citation.day else ""
    if not citation.online:
        return f"{day}." if day else ""
    return f"{f'({day})' if day else ''}[{citation.retrieved:%Y-%m-%d}]. {citation.url}."

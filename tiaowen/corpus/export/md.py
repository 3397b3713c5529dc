"""Markdown: one block a hit, to be pasted into a report."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from tiaowen.corpus.export import Exporter, Layout
from tiaowen.corpus.results import Found, SearchReport
from tiaowen.text.visible import visible

MARKUP = re.compile(r"([\\`*_\[\]|#~])")


def render(report: SearchReport, layout: Layout) -> Iterator[str]:
    """A heading with the query, then for each hit the quotation, the citation and the provenance."""
    yield f"# {_text(report.query)}\n\n"
    yield f"{report.total} of {report.searched.clauses} clauses · {report.engine} · {report.at:%Y-%m-%d}\n\n"
    yield from (f"*{_text(note)}*\n\n" for note in report.notes)
    for found in report.hits:
        yield _block(found)


def _block(found: Found) -> str:
    citation = found.citation
    title = citation.title or "(untitled)"
    number = f" ({citation.number})" if citation.number else ""
    quote = "\n".join(f"> {_text(line)}" for line in citation.quote.splitlines())
    cautions = "".join(f"- {_text(caution)}\n" for caution in citation.cautions)
    return (
        f"## {found.rank}. {_text(title)}{_text(number)} {_text(citation.path)}\n\n{quote}\n\n"
        f"- id: `{citation.id}`\n- source: <{html.escape(visible(citation.url))}>\n"
        f"- sha256: `{citation.digest}`, retrieved {citation.retrieved:%Y-%m-%d %H:%M} UTC\n{cautions}\n"
    )


def _text(value: str) -> str:
    """Page text that stays text: neither Markdown nor HTML."""
    return MARKUP.sub(r"\\\1", html.escape(visible(value), quote=False)).replace("\n", " ")


plugin = Exporter(render, ".md")

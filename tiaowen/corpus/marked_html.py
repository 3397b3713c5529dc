"""A marked page as one self-contained HTML page: nothing in it is loaded, runs or comes from the page unescaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from tiaowen.corpus.instrument import Instrument
from tiaowen.corpus.marked import Piece
from tiaowen.text.visible import visible

_STYLE = """
body { max-width: 56rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.7 system-ui, sans-serif; color: #222 }
h1 { font-size: 1.3rem } h2 { font-size: 1.1rem; margin-top: 2rem }
code, td.eid { font: .85rem ui-monospace, monospace }
pre { white-space: pre-wrap; font: inherit; border: 1px solid #ccc; padding: 1rem }
del { color: #a33; background: #fbecec } del small { color: #777; text-decoration: none; display: inline-block }
mark { background: #fff2b3 } mark small { color: #775 }
td, th { text-align: left; vertical-align: top; padding: .1rem .6rem }
"""


def render(title: str, digest: str, pieces: Iterable[Piece], instruments: Sequence[Instrument]) -> Iterator[str]:
    """The page of the file `title` in pieces of HTML."""
    kept = [piece for piece in pieces if piece.text]
    yield '<!doctype html>\n<html lang="en"><meta charset="utf-8">\n'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    yield f"<title>{_safe(title)}</title>\n<style>{_STYLE}</style>\n<h1>{_safe(title)}</h1>\n"
    yield f"<p>sha256 <code>{_safe(digest)}</code></p>\n<h2>What was removed, and by which rule</h2>\n"
    yield from _rules(kept)
    yield "<h2>The page</h2>\n<pre>"
    yield from map(_piece, kept)
    yield "</pre>\n"
    for instrument in instruments:
        yield from _instrument(instrument)
    yield "</html>\n"


def _rules(pieces: Sequence[Piece]) -> Iterator[str]:
    counts: Counter[tuple[str, str]] = Counter()
    for piece in pieces:
        if piece.removal and piece.text.strip():
            counts[piece.removal.rule, piece.removal.reason] += len(piece.text)
    yield "<table><tr><th>rule<th>characters<th>why\n"
    for (rule, reason), characters in counts.most_common():
        yield f"<tr><td><code>{_safe(rule)}</code><td>{characters}<td>{_safe(reason)}\n"
    yield "</table>\n"


def _piece(piece: Piece) -> str:
    text = _safe(piece.text)
    if piece.removal and piece.text.strip():
        return f'<del title="{_safe(piece.removal.reason)}">{text}<small> {_safe(piece.removal.rule)} </small></del>'
    if piece.findings and piece.text.strip():
        codes = ", ".join(dict.fromkeys(finding.code for finding in piece.findings))
        said = " · ".join(dict.fromkeys(finding.message for finding in piece.findings))
        return f'<mark title="{_safe(said)}">{text}<small> {_safe(codes)} </small></mark>'
    return text


def _instrument(instrument: Instrument) -> Iterator[str]:
    head = instrument.masthead
    title = head.title.value if head.title else "(untitled)"
    number = f" {head.number.value}" if head.number else ""
    yield f"<h2>{instrument.ordinal}. {_safe(title + number)}</h2>\n"
    yield from (
        f"<p>{_safe(f.severity)} <code>{_safe(f.code)}</code>: {_safe(f.message)}\n" for f in instrument.findings
    )
    yield "<table>\n"
    for clause in instrument.clauses:
        yield f'<tr><td class="eid">{_safe(clause.eid)}<td>{_safe(clause.path)}<td>{_safe(clause.quote)}\n'
    yield "</table>\n"


def _safe(text: str) -> str:
    return escape(visible(text))

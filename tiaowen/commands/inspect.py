"""`tiaowen inspect`: the whole pipeline on files, without a corpus."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from tiaowen.commands._options import format_option
from tiaowen.corpus.inspection import inspection
from tiaowen.corpus.instrument import Instrument
from tiaowen.corpus.marked import Piece, marked
from tiaowen.corpus.marked_html import render
from tiaowen.errors import IngestError, UsageError
from tiaowen.ingest.unpack import Refusal
from tiaowen.pipeline import Derived, derive, files_under, pages_in
from tiaowen.text.visible import visible


@click.command("inspect")
@click.argument("paths", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@format_option("text", "json", "jsonl", default="text")
@click.option("--explain", is_flag=True, help="The page with what was removed struck through, the rule beside it.")
@click.option(
    "--html",
    "html_path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The same of one FILE as an HTML page.",
)
def plugin(paths: tuple[Path, ...], form: str, explain: bool, html_path: Path | None) -> None:
    """Show what becomes of FILEs: what is removed and why, the masthead, the clauses, the doubts.

    With `--format jsonl` one JSON object a file (docs/schemas/inspect.schema.json); all its offsets are code points
    into its `text`.
    """
    files = list(files_under(paths))
    if html_path and len(files) != 1:
        raise UsageError(f"--html writes the page of one file; {len(files)} are named")
    failed = 0
    for name, derived in (found for path in files for found in _pages(path)):
        if isinstance(derived, Refusal):
            click.echo(f"failed: {derived}", err=True)
            failed += 1
        elif html_path:
            _write_html(html_path, name, derived)
        elif explain:
            click.echo("".join(_explained(derived)))
        elif form == "text":
            click.echo("\n".join(visible(line) for line in _overview(name, derived)))
        else:
            value = inspection(name, derived.normal, derived.instruments)
            click.echo(json.dumps(value, ensure_ascii=False, indent=2 if form == "json" else None))
    if failed:
        raise IngestError(f"{failed} of the files could not be read; the reasons stand above")


def _pages(path: Path) -> Iterator[tuple[str, Derived | Refusal]]:
    """The pages in a file, read, each with its name: the path, or the URL of a page inside an archive."""
    for page in pages_in(path):
        if isinstance(page, Refusal):
            yield page.name, page
            continue
        name = str(path) if page.url == path.absolute().as_uri() else page.url
        try:
            yield name, derive(page)
        except IngestError as error:
            yield name, Refusal(name, str(error))


def _write_html(target: Path, name: str, derived: Derived) -> None:
    pieces = _pieces(derived)
    page = "".join(render(name.rpartition("/")[2], derived.normal.source.digest, pieces, derived.instruments))
    try:
        target.write_text(page, "utf-8")
    except OSError as error:
        raise UsageError(f"cannot write {target}: {error.strerror}") from error
    click.echo(f"wrote {target}")


def _pieces(derived: Derived) -> Iterator[Piece]:
    return marked(derived.normal.source, derived.normal.removals, derived.all_findings)


def _explained(derived: Derived) -> Iterator[str]:
    """The flattened page, what was removed in red and struck through with its rule, what is doubted in yellow."""
    for piece in _pieces(derived):
        text = visible(piece.text)
        if not text.strip():
            yield text
        elif piece.removal:
            yield click.style(text, fg="red", strikethrough=True) + click.style(f" ⟵ {piece.removal.rule} ", dim=True)
        elif piece.findings:
            codes = ", ".join(dict.fromkeys(finding.code for finding in piece.findings))
            yield click.style(text, fg="yellow") + click.style(f" ⟵ {codes} ", dim=True)
        else:
            yield text


def _overview(name: str, derived: Derived) -> Iterator[str]:
    normal = derived.normal
    source = normal.source
    yield f"{name}  {source.media_type}, {source.charset}, {normal.script}, {normal.language}"
    yield f"sha256 {source.digest}"
    for removal in normal.removals:
        if removal.cut or (removal.span.of(source.raw).strip() and not removal.rule.startswith("html.")):
            shown = " ".join(removal.span.of(source.raw).split())
            yield f"  removed {removal.span.start}–{removal.span.end} by {removal.rule}: {shown[:60]}"
    for finding in (*source.findings, *normal.findings):
        yield f"  {finding.severity} {finding.code}: {finding.message}"
    for instrument in derived.instruments:
        yield from _instrument(instrument)


def _instrument(instrument: Instrument) -> Iterator[str]:
    head = instrument.masthead
    title = head.title.value if head.title else "(untitled)"
    yield f"\n{instrument.ordinal}. {title}  {head.number.value if head.number else ''}".rstrip()
    for finding in instrument.findings:
        yield f"  {finding.severity} {finding.code}: {finding.message}"
    for clause in instrument.clauses:
        yield f"  {clause.eid:32} {clause.label} {' '.join(clause.quote.split())[:70]}"

"""`tiaowen inspect`: the whole pipeline on files, without a corpus."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from tiaowen.commands._options import format_option
from tiaowen.corpus.inspection import inspection
from tiaowen.corpus.instrument import Instrument
from tiaowen.errors import IngestError
from tiaowen.pipeline import Derived, derive, files_under, read_file
from tiaowen.text.visible import visible


@click.command("inspect")
@click.argument("paths", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@format_option("text", "json", "jsonl", default="text")
def plugin(paths: tuple[Path, ...], form: str) -> None:
    """Show what becomes of FILEs: what is removed and why, the masthead, the clauses, the doubts.

    With `--format jsonl` one JSON object a file (docs/schemas/inspect.schema.json); all its offsets are code points
    into its `text`.
    """
    failed = 0
    for path in files_under(paths):
        try:
            derived = derive(read_file(path))
        except IngestError as error:
            click.echo(f"failed: {error}", err=True)
            failed += 1
            continue
        if form == "text":
            click.echo("\n".join(visible(line) for line in _overview(path, derived)))
        else:
            value = inspection(str(path), derived.normal, derived.instruments)
            click.echo(json.dumps(value, ensure_ascii=False, indent=2 if form == "json" else None))
    if failed:
        raise IngestError(f"{failed} files could not be read; the reasons stand above")


def _overview(path: Path, derived: Derived) -> Iterator[str]:
    normal = derived.normal
    source = normal.source
    yield f"{path}  {source.media_type}, {source.charset}, {normal.script}, {normal.language}"
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

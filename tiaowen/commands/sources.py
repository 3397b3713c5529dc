"""`tiaowen sources`: which sources were crawled, and how that went."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from tiaowen.commands._options import corpus_option, format_option
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.ledger import Ledger
from tiaowen.corpus.ledger_records import Run, SourceStatus
from tiaowen.errors import MissingExtra, NotFound
from tiaowen.text.visible import visible


@click.command("sources")
@corpus_option
@click.argument("name", required=False, metavar="[SOURCE]")
@click.option("--sites", is_flag=True, help="List the site files instead, with where they begin.")
@format_option("text", "jsonl", default="text")
def plugin(corpus_path: Path, name: str | None, sites: bool, form: str) -> None:
    """The ledger: each source with its runs, what was new, changed, gone or failed, and what is held.

    With a SOURCE, every run of it and every page that failed in the last.
    """
    if sites:
        click.echo("\n".join(_sites()))
        return
    with Ledger.open(Corpus.open(corpus_path)) as ledger:
        found = [status for status in ledger.sources() if name in (None, status.name)]
        if name and not found:
            raise NotFound(f"no source “{name}” was crawled; `tiaowen sources` lists those that were")
        if not found:
            click.echo("no source was crawled yet; begin with: tiaowen crawl URL|SITE")
        for status in found:
            lines = [_json(status)] if form == "jsonl" else list(_text(status, ledger, detailed=name is not None))
            for line in lines:
                click.echo(line if form == "jsonl" else visible(line))


def _text(status: SourceStatus, ledger: Ledger, detailed: bool) -> Iterator[str]:
    expected = f" of at least {status.expected} expected" if status.expected else ""
    success = _day(status.last_success) if status.last_success else "never"
    yield f"{status.name}  {status.held} held{expected}, {status.gone} gone; last success {success}"
    for run in status.runs if detailed else status.runs[-1:]:
        yield f"  {_day(run.started)} {run.mode}, {_state(run)}: {_counts(run)}"
        for alarm in run.alarms:
            yield f"    ALARM {alarm.code}: {alarm.message}"
    if detailed and status.runs:
        for outcome in ("failed", "gone", "kept"):
            for url, visit in ledger.visits(status.runs[-1], outcome):
                yield f"    {outcome} {visit.code}: {url}  {visit.message}"


def _json(status: SourceStatus) -> str:
    last = status.last_success
    value: dict[str, Any] = {**asdict(status), "last_success": last}
    return json.dumps(value, ensure_ascii=False, default=datetime.isoformat)


def _counts(run: Run) -> str:
    return ", ".join(f"{count} {outcome}" for outcome, count in sorted(run.counts.items())) or "nothing yet"


def _state(run: Run) -> str:
    return "sound" if run.sound else "with failures" if run.finished else "unfinished"


def _day(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M UTC")


def _sites() -> Iterator[str]:
    try:
        from tiaowen.ingest.crawl.site import SITES  # noqa: PLC0415  (an optional package)

        for name, site in SITES.all():
            yield f"{name}  {site.name}  {', '.join(site.hosts)}"
    except ModuleNotFoundError as error:
        raise MissingExtra(error.name or "scrapy", "crawl") from error

"""`tiaowen crawl`: fetch pages of public bodies into the corpus."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import click

from tiaowen.commands._advice import advice
from tiaowen.commands._options import corpus_option
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.ledger import Ledger
from tiaowen.corpus.ledger_records import Run
from tiaowen.errors import IngestError, MissingExtra, UsageError
from tiaowen.text.visible import visible

_PACKAGES = {"scrapy", "parsel", "protego", "twisted", "w3lib", "lxml"}
_SHOWN = 20
"""Failures that are listed; `tiaowen sources NAME` lists all."""


@click.command("crawl")
@corpus_option
@click.argument("words", nargs=-1, required=True, metavar="URL|SITE…")
@click.option("--contact", envvar="TIAOWEN_CONTACT", show_envvar=True, help="How a site's people reach you: mail, URL.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Leave out what a list says is older.")
@click.option("--max-pages", type=click.IntRange(min=1), help="Stop after so many answers a source; go on next time.")
@click.option("--update", is_flag=True, help="Visit again what is held: changes become versions, losses are marked.")
@click.option("--restart", is_flag=True, help="Begin anew instead of going on with an unfinished run.")
@click.option("--delay", type=click.FloatRange(min=0), default=2.0, show_default=True, help="Seconds between requests.")
@click.option("--any-certificate", is_flag=True, help="Take pages also from a host whose certificate does not hold.")
@click.option("--timeout", type=click.FloatRange(min=1), default=60.0, show_default=True, help="Seconds for an answer.")
@click.option("--backoff", type=click.FloatRange(min=0), default=10.0, show_default=True, help="Seconds to a retry.")
def plugin(
    *,
    corpus_path: Path,
    words: tuple[str, ...],
    contact: str | None,
    since: datetime | None,
    max_pages: int | None,
    update: bool,
    restart: bool,
    delay: float,
    any_certificate: bool,
    timeout: float,
    backoff: float,
) -> None:
    """Fetch documents from SITEs (see `tiaowen sources --sites`), or from the list or page at a URL.

    robots.txt is kept, one request at a time goes to a host. Every answer is archived, errors and challenge pages as
    evidence only. A run that is stopped goes on with the same command. The exit status is 3 when anything failed or the
    source is not understood: too few pages, empty lists, a login or a challenge in place of a page.
    """
    if not contact:
        raise UsageError("say how the sites can reach you: --contact MAIL-OR-URL, or set TIAOWEN_CONTACT")
    try:
        from tiaowen.crawling import Scope, crawl  # noqa: PLC0415  (an optional package)
        from tiaowen.ingest.crawl.fetch import Manners  # noqa: PLC0415
        from tiaowen.ingest.crawl.sources import source_of  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name in _PACKAGES:
            raise MissingExtra(error.name or "scrapy", "crawl") from error
        raise
    corpus = Corpus.open(corpus_path)
    first: date | None = since.date() if since else None
    scope = Scope(first, max_pages, "update" if update else "crawl", restart, backoff)
    manners = Manners(contact, delay, timeout, any_certificate)
    runs = crawl(corpus, [source_of(word) for word in words], scope, manners)
    with Ledger.open(corpus) as ledger:
        for run in runs:
            for line in report(run, ledger):
                click.echo(visible(line))
    _end(runs, max_pages is not None)


def report(run: Run, ledger: Ledger, shown: int = _SHOWN) -> Iterator[str]:
    """What happened in a run, for people; `shown` failures at most."""
    state = "done" if run.finished else "unfinished: the same command goes on with it"
    yield f"{run.source}: {state}"
    said = ", ".join(
        f"{run.counts.get(o, 0)} {o}" for o in ("new", "changed", "same", "known", "gone", "kept", "failed")
    )
    yield f"  {run.documents} documents held: {said}"
    for alarm in run.alarms:
        yield f"  ALARM {alarm.code}: {alarm.message}"
    for number, (url, visit) in enumerate(ledger.visits(run, "failed")):
        if number == shown:
            yield f"  … and {run.counts.get('failed', 0) - shown} more; see: tiaowen sources {run.source}"
            break
        yield f"  failed {visit.code}: {url}  {visit.message}"
    for line in advice([*(alarm.code for alarm in run.alarms), *ledger.codes(run, "failed")]):
        yield f"  {line}"
    for url, visit in ledger.visits(run, "gone"):
        yield f"  gone ({visit.code}): {url}; what was held is kept"


def _end(runs: tuple[Run, ...], limited: bool) -> None:
    alarms = sum(len(run.alarms) for run in runs)
    failed = sum(run.counts.get("failed", 0) for run in runs)
    if alarms or failed:
        raise IngestError(f"{failed} pages failed, {alarms} alarms; the reasons stand above")
    if not limited and any(run.finished is None for run in runs):
        raise IngestError("the crawl was stopped before its end; the same command goes on with it")
    click.echo("next: tiaowen index")

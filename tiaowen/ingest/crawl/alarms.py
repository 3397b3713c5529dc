"""Alarms: what about a whole run says that its source is not understood, though no single page failed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tiaowen.corpus.ledger_records import Alarm, Run
from tiaowen.ingest.crawl.site import Expectation, Site

FEWER = 0.1
"""A run that finds less than this share of what the one before found is an alarm."""

_WORTH_COMPARING = 10  # documents; a handful may come and go
_FEW = 3  # pages that may lack something before it is a change of layout
_SHARE_LAID_OUT = 0.1
_SHARE_TITLED = 0.5
_ASKED_TO_PROVE = ("challenge-page", "login-page")


def alarms(
    run: Run,
    previous: Run | None,
    *,
    failed: Mapping[str, int],
    doubts: Mapping[str, int],
    site: Site | None,
    whole: bool,
) -> Iterator[Alarm]:
    """The alarms of a run that came to its end.

    `failed` and `doubts` count codes of failed and of new documents; `whole` says that all of the source was to be
    visited (no limit, no first day).
    """
    for code in _ASKED_TO_PROVE:
        if failed.get(code):
            yield Alarm(code, f"a {code.replace('-', ' ')} came {failed[code]} times in place of what was asked for")
    if failed.get("empty-list"):
        yield Alarm(
            "empty-list", f"lists that name nothing: {failed['empty-list']}; the site's lists are not understood"
        )
    if not run.documents and whole:
        yield Alarm("nothing-found", "not one document was found; this says nothing about what the source publishes")
    yield from _of_doubts(run, doubts)
    if whole:
        yield from _of_number(run, previous, site.expect if site else Expectation())


def _of_doubts(run: Run, doubts: Mapping[str, int]) -> Iterator[Alarm]:
    read = sum(run.counts.get(outcome, 0) for outcome in ("new", "changed"))
    for code, share, message in (
        ("layout-changed", _SHARE_LAID_OUT, "have none of the elements the site's text stands in: it was redesigned"),
        ("no-title", _SHARE_TITLED, "show no title"),
        ("no-number", _SHARE_TITLED, "show no document number, which this site's pages have"),
    ):
        lacking = doubts.get(code, 0)
        if lacking >= _FEW and lacking > share * read:
            yield Alarm(code, f"{lacking} of {read} new pages {message}")


def _of_number(run: Run, previous: Run | None, expect: Expectation) -> Iterator[Alarm]:
    if previous and previous.documents >= _WORTH_COMPARING and run.documents < FEWER * previous.documents:
        yield Alarm("far-fewer", f"{run.documents} documents, where the run before found {previous.documents}")
    if 0 < run.documents < expect.least:
        yield Alarm("fewer-than-expected", f"{run.documents} documents, where at least {expect.least} are expected")
    if run.documents > expect.most:
        yield Alarm("more-than-expected", f"{run.documents} documents, where at most {expect.most} are expected")

"""One source on its way through a crawl: what it may visit, what becomes of its tasks, where its answers rest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from tiaowen.corpus.capture import Capture
from tiaowen.corpus.intake import Intake
from tiaowen.corpus.ledger import Ledger
from tiaowen.corpus.ledger_records import Mode, Place, Run, Target, Task, Visit
from tiaowen.corpus.snapshot import Digest, Snapshot
from tiaowen.corpus.warc import Exchange, charset_of
from tiaowen.ingest.crawl.fetch import Answer
from tiaowen.ingest.crawl.judge import Judgement
from tiaowen.ingest.crawl.sources import Source
from tiaowen.ingest.crawl.urls import host_of, shape_of

DEPTH = 6
"""How deep the general spider follows, counted in lists of lists."""

BARREN = 20
"""Pages of one shape that led nowhere, after which the general spider takes the shape for a trap (as a calendar)."""

HOST_FAILURES = 10
"""Failures of a host in a row after which it is left alone."""

_VANISHED = ("http-404", "http-410", "soft-404")


@dataclass(frozen=True)
class Scope:
    """How much of the sources to visit: documents not older than `since`, at most `most` pages, held ones again.

    `backoff` is the seconds before a second attempt.
    """

    since: date | None = None
    most: int | None = None
    mode: Mode = "crawl"
    restart: bool = False
    backoff: float = 10.0


@dataclass
class Course:
    """A source with its run, over the ledger and the intake that all sources of a crawl share."""

    source: Source
    run: Run
    ledger: Ledger
    intake: Intake
    scope: Scope
    hosts: dict[str, None]
    fetched: int = 0
    limited: bool = False
    barren: Counter[str] = field(default_factory=Counter)
    bodies: set[Digest] = field(default_factory=set)
    failures: Counter[str] = field(default_factory=Counter)

    def place(self, task: Task) -> Place | None:
        """What is held of the task's place, if anything."""
        return self.ledger.place(self.source.name, task.target.key)

    def within(self, url: str) -> bool:
        """Whether the URL belongs to the source."""
        site, host = self.source.site, host_of(url)
        if site is not None:
            return site.owns(host)
        bare = host.removeprefix("www.")
        return any(seed.host.removeprefix("www.") == bare for seed in self.source.seeds)

    def trapped(self, target: Target) -> bool:
        """Whether the target is of a shape that led nowhere time and again."""
        return target.role == "page" and self.barren[shape_of(target.url)] >= BARREN

    def finish(self, task: Task, visit: Visit, found: tuple[Target, ...] = ()) -> None:
        """The task is done; of what it found, documents that are held are left alone unless they are visited again."""
        found = tuple(t for t in found if t.depth <= DEPTH or self.source.site is not None)
        known: list[Target] = []
        if self.scope.mode == "crawl":
            known = [t for t in found if t.role != "list" and self._held(t)]
        left = set(known)
        self.ledger.finish(task, visit, [t for t in found if t not in left], known)
        self.hosts |= dict.fromkeys(t.host for t in found)

    def fail(self, task: Task, visit: Visit) -> None:
        """The task failed; a host that fails over and over is left alone for this run."""
        self.ledger.finish(task, visit)
        host = task.target.host
        self.failures[host] = 0 if visit.code in (*_VANISHED, "unreadable") else self.failures[host] + 1
        if self.failures[host] >= HOST_FAILURES:
            message = f"left alone after {HOST_FAILURES} failures in a row, the last: {visit.code}"
            self.ledger.give_up(task.run, host, failed(0, "given-up", message))

    def refuse(self, task: Task, status: int, judged: Judgement, digest: Digest | None) -> None:
        """The answer is none: the place is gone if something of it is held and it says so, else the task failed."""
        if judged.code in _VANISHED and self.place(task) is not None:
            self.ledger.finish(task, Visit("gone", status, judged.code, judged.message, digest))
        else:
            self.fail(task, failed(status, judged.code, judged.message, digest))

    def _held(self, found: Target) -> bool:
        place = self.ledger.place(self.source.name, found.key)
        return place is not None and place.gone is None


def failed(status: int, code: str, message: str, digest: Digest | None = None) -> Visit:
    """The visit of a task that failed."""
    return Visit("failed", status, code, message, digest)


def at_rest(intake: Intake, answer: Answer, media_type: str, evidence: str) -> tuple[Snapshot, Capture]:
    """The answer's bytes in the archive; `evidence` says in a word why no document is read from them, "" for one."""
    hint = charset_of(answer.header("content-type"))
    snapshot = Snapshot.of(answer.body, answer.url, media_type, datetime.now(UTC), hint)
    held = None if evidence else next(iter(intake.store.captures_of(snapshot.digest)), None)
    exchange = Exchange(answer.status_line, answer.headers, evidence)
    return snapshot, intake.archive.add(snapshot, held.capture if held else None, exchange)

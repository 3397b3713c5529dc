"""What the ledger speaks of: places to visit, visits and what became of them, runs and sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tiaowen.corpus.snapshot import Digest

Role = Literal["list", "document", "attachment", "page"]
"""What a place is visited for; a `page` is judged when it is seen: the general spider does not know before."""

Outcome = Literal["new", "changed", "same", "known", "gone", "failed", "list", "redirect", "kept", "passed"]
"""What became of a visit.

`known`: held already and not fetched again. `kept`: archived, and nothing reads its media type. `passed`: looked at
and neither document nor list.
"""

DOCUMENTS: tuple[Outcome, ...] = ("new", "changed", "same", "known")
"""Outcomes of documents that are held after the visit."""

Mode = Literal["crawl", "update"]


@dataclass(frozen=True)
class Target:
    """A place to visit: `url` in the form to be fetched, `key` the form by which it is recognised.

    `body` is what is sent with a POST, "" for a GET; `parent` the document an attachment belongs to.
    """

    url: str
    key: str
    host: str
    role: Role
    depth: int = 0
    body: str = ""
    parent: str = ""
    title: str = ""
    hops: int = 0


@dataclass(frozen=True)
class Task:
    """A target taken from the queue of a run. `attempts` counts this one."""

    id: int
    run: int
    target: Target
    attempts: int


@dataclass(frozen=True)
class Place:
    """What the ledger knows of a place that gave a document once; `gone` is when it was first missed, or None."""

    url: str
    key: str
    role: Role
    digest: Digest
    etag: str
    last_modified: str
    title: str
    parent: str
    gone: str | None


@dataclass(frozen=True)
class Visit:
    """How a task ended. `code` is a stable kebab-case word for why, `message` a sentence for people."""

    outcome: Outcome
    status: int = 0
    code: str = ""
    message: str = ""
    digest: Digest | None = None
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True)
class Alarm:
    """Something about a source that is not understood: an error of the run."""

    code: str
    message: str


@dataclass(frozen=True)
class Run:
    """One crawl of one source; `finished` is None while it can be gone on with."""

    id: int
    source: str
    started: datetime
    finished: datetime | None
    mode: Mode
    counts: dict[Outcome, int]
    alarms: tuple[Alarm, ...]
    resumed: bool = False

    @property
    def documents(self) -> int:
        """Documents of the source that are held after the run."""
        return sum(self.counts.get(outcome, 0) for outcome in DOCUMENTS)

    @property
    def sound(self) -> bool:
        """Whether the run came to its end and nothing failed."""
        return self.finished is not None and not self.alarms and not self.counts.get("failed")


@dataclass(frozen=True)
class SourceStatus:
    """What `tiaowen sources` says of a source: its runs, what is held, and what was expected at least."""

    name: str
    runs: tuple[Run, ...]
    held: int
    gone: int
    expected: int | None

    @property
    def last_success(self) -> datetime | None:
        """When the last run ended with nothing failed."""
        return next((run.finished for run in reversed(self.runs) if run.sound), None)

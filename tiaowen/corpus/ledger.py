"""The ledger: which sources were visited, when, with what outcome, and what is still to be fetched.

A SQLite file beside the store, since it cannot be made again from the snapshots: they do not say what was expected,
what failed or what has gone. Each page fetched is one transaction: a run killed at any moment goes on where it was.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.ledger_records import Alarm, Mode, Outcome, Place, Run, SourceStatus, Target, Task, Visit
from tiaowen.corpus.ledger_schema import connect
from tiaowen.corpus.snapshot import Digest, as_digest
from tiaowen.errors import CorpusError


class Ledger:
    """The open ledger of a corpus; for writing, hold `Corpus.writing()` around it."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    @classmethod
    def open(cls, corpus: Corpus, write: bool = False) -> Ledger:
        """The ledger of `corpus`; where there is none, one is made to `write`, and who reads gets an empty one.

        Raises CorpusError when it is damaged.
        """
        return cls(connect(corpus.ledger, write))

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._db.close()

    def begin(self, source: str, seeds: Iterable[Target], mode: Mode, expected: int | None, restart: bool) -> Run:
        """The run of `source` to work on: the unfinished one, unless `restart`, else a new one with its seeds.

        With the mode `update` every place that ever gave a document is queued too.
        """
        with self._transaction():
            self._db.execute(
                "INSERT INTO sources (name, expected) VALUES (?, ?) "
                "ON CONFLICT (name) DO UPDATE SET expected = excluded.expected",
                (source, expected),
            )
            if restart:
                self._db.execute(
                    "UPDATE runs SET finished = ?, whole = 0 WHERE source = ? AND finished IS NULL", (_now(), source)
                )
            unfinished = self._one("SELECT id FROM runs WHERE source = ? AND finished IS NULL", source)
            if unfinished:
                self._db.execute("UPDATE queue SET state = 'queued' WHERE run = ? AND state = 'taken'", unfinished)
                return self._run(unfinished[0], resumed=True)
            run = self._db.execute(
                "INSERT INTO runs (source, started, mode) VALUES (?, ?, ?)", (source, _now(), mode)
            ).lastrowid
            assert run is not None
            self._enqueue(run, seeds)
            if mode == "update":
                self._enqueue(run, (self._again(place) for place in list(self.places(source))))
        return self._run(run)

    def hosts(self, run: int) -> tuple[str, ...]:
        """Hosts with something left to fetch."""
        return tuple(
            host for (host,) in self._rows("SELECT DISTINCT host FROM queue WHERE run = ? AND state = 'queued'", run)
        )

    def take(self, run: int, host: str, ready: bool = True) -> Task | None:
        """The next task for `host`: lists first, so that what is there is known early; None when there is none.

        With `ready` only what need not wait any more.
        """
        row = self._one(
            "SELECT id, url, key, host, role, depth, body, parent, title, hops, attempts FROM queue "
            "WHERE run = ? AND host = ? AND state = 'queued' AND not_before <= ? ORDER BY role <> 'list', id LIMIT 1",
            run,
            host,
            _now() if ready else "~",
        )
        if row is None:
            return None
        with self._transaction():
            self._db.execute("UPDATE queue SET state = 'taken', attempts = attempts + 1 WHERE id = ?", (row[0],))
        return Task(row[0], run, Target(*row[1:10]), row[10] + 1)

    def pending(self, run: int) -> bool:
        """Whether any task is not done."""
        return self._one("SELECT 1 FROM queue WHERE run = ? AND state IN ('queued', 'taken') LIMIT 1", run) is not None

    def put_back(self, task: Task, not_before: datetime, counted: bool = True, url: str = "") -> None:
        """Have the task tried again, not before that time, at another `url` if one is given.

        An attempt that is not `counted` was none.
        """
        with self._transaction():
            self._db.execute(
                "UPDATE queue SET state = 'queued', not_before = ?, attempts = ?, url = ?, hops = hops + ? "
                "WHERE id = ?",
                (not_before.isoformat(), task.attempts - (not counted), url or task.target.url, bool(url), task.id),
            )

    def give_up(self, run: int, host: str, visit: Visit) -> None:
        """All that is left for `host` ends like this."""
        while task := self.take(run, host, ready=False):
            self.finish(task, visit)

    def unseen(self, run: int, targets: Iterable[Target]) -> tuple[Target, ...]:
        """Those of the targets that were never queued in this run."""
        query = "SELECT 1 FROM queue WHERE run = ? AND key = ?"
        return tuple(target for target in targets if self._one(query, run, target.key) is None)

    def finish(self, task: Task, visit: Visit, found: Iterable[Target] = (), known: Iterable[Target] = ()) -> None:
        """The task is done: note the visit, and queue what was `found`; `known` are places held that are left alone."""
        with self._transaction():
            self._note(task.run, task.target, visit)
            self._db.execute("UPDATE queue SET state = 'done' WHERE id = ?", (task.id,))
            self._enqueue(task.run, found)
            for target in known:
                if self._enqueue(task.run, (target,), state="done"):
                    self._note(task.run, target, Visit("known"))

    def end(self, run: Run, alarms: Iterable[Alarm]) -> Run:
        """The run is over: its queue is emptied, its alarms are kept."""
        with self._transaction():
            self._db.execute("UPDATE runs SET finished = ?, whole = 1 WHERE id = ?", (_now(), run.id))
            self._db.executemany(
                "INSERT INTO alarms (run, code, message) VALUES (?, ?, ?)",
                [(run.id, alarm.code, alarm.message) for alarm in alarms],
            )
            self._db.execute("DELETE FROM queue WHERE run = ?", (run.id,))
        return self._run(run.id)

    def run(self, run: Run) -> Run:
        """The run as it stands now."""
        return self._run(run.id, run.resumed)

    def previous(self, run: Run) -> Run | None:
        """The last whole run of the same source before this one that gave no alarm, if any."""
        row = self._one(
            "SELECT id FROM runs WHERE source = ? AND id < ? AND whole "
            "AND NOT EXISTS (SELECT 1 FROM alarms WHERE run = runs.id) ORDER BY id DESC LIMIT 1",
            run.source,
            run.id,
        )
        return self._run(row[0]) if row else None

    def place(self, source: str, key: str) -> Place | None:
        """The place of `source` recognised by `key`, if it ever gave a document."""
        return next(iter(list(self._places("WHERE source = ? AND key = ?", source, key))), None)

    def places(self, source: str) -> Iterator[Place]:
        """Every place of `source` that ever gave a document."""
        return self._places("WHERE source = ? ORDER BY id", source)

    def attachments(self, url: str) -> tuple[Place, ...]:
        """What was fetched as attachments of the document at `url`."""
        return tuple(self._places("WHERE parent = ? ORDER BY id", url))

    def gone(self) -> dict[str, datetime]:
        """Since when which URLs answer no more; those that another source still finds are left out."""
        query = (
            "SELECT url, min(gone) FROM places p WHERE gone IS NOT NULL "
            "AND NOT EXISTS (SELECT 1 FROM places h WHERE h.url = p.url AND h.gone IS NULL) GROUP BY url"
        )
        rows = self._rows(query)
        return {url: datetime.fromisoformat(day) for url, day in rows}

    def codes(self, run: Run, outcome: Outcome) -> dict[str, int]:
        """How many visits of the run with that outcome have which code."""
        query = "SELECT code, count(*) FROM visits WHERE run = ? AND outcome = ? GROUP BY code"
        return dict(self._rows(query, run.id, outcome))

    def names(self, url: str, digest: Digest) -> bool:
        """Whether some visit of `url` gave these bytes, whatever became of them."""
        return self._one("SELECT 1 FROM visits WHERE url = ? AND digest = ? LIMIT 1", url, digest) is not None

    def visits(self, run: Run, outcome: Outcome) -> Iterator[tuple[str, Visit]]:
        """URL and visit of every place of the run with that outcome."""
        for url, status, code, message in self._rows(
            "SELECT url, status, code, message FROM visits WHERE run = ? AND outcome = ? ORDER BY id", run.id, outcome
        ):
            yield url, Visit(outcome, status, code, message)

    def sources(self) -> tuple[SourceStatus, ...]:
        """The state of every source, by name."""
        return tuple(self._status(*row) for row in list(self._rows("SELECT name, expected FROM sources ORDER BY name")))

    def _status(self, name: str, expected: int | None) -> SourceStatus:
        runs = tuple(self._run(row[0]) for row in list(self._rows("SELECT id FROM runs WHERE source = ?", name)))
        held = Counter(place.gone is None for place in self.places(name))
        return SourceStatus(name, runs, held[True], held[False], expected)

    def _again(self, place: Place) -> Target:
        host = place.key.partition("://")[2].partition("/")[0]
        return Target(place.url, place.key, host, place.role, parent=place.parent, title=place.title)

    def _enqueue(self, run: int, targets: Iterable[Target], state: str = "queued") -> int:
        added = 0
        for t in targets:
            values = (run, t.url, t.key, t.host, t.role, t.depth, t.body, t.parent, t.title, t.hops, state)
            added += self._db.execute(
                "INSERT OR IGNORE INTO queue (run, url, key, host, role, depth, body, parent, title, hops, state) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            ).rowcount
        return added

    def _note(self, run: int, target: Target, visit: Visit) -> None:
        self._db.execute(
            "INSERT INTO visits (run, url, role, at, status, outcome, code, message, digest) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                run,
                target.url,
                target.role,
                _now(),
                visit.status,
                visit.outcome,
                visit.code,
                visit.message,
                visit.digest,
            ),
        )
        (source,) = self._one("SELECT source FROM runs WHERE id = ?", run) or ("",)
        if visit.outcome in ("new", "changed", "same", "kept"):
            self._hold(source, target, visit)
        elif visit.outcome == "gone":
            self._db.execute(
                "UPDATE places SET gone = coalesce(gone, ?) WHERE source = ? AND key = ?", (_now(), source, target.key)
            )

    def _hold(self, source: str, target: Target, visit: Visit) -> None:
        role = "document" if target.role == "page" else target.role
        said = (visit.digest, visit.etag, visit.last_modified)
        values = (source, target.url, target.key, role, target.parent, target.title, *said)
        self._db.execute(
            "INSERT INTO places (source, url, key, role, parent, title, digest, etag, last_modified) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, key) DO UPDATE SET gone = NULL, "
            "digest = excluded.digest, etag = excluded.etag, last_modified = excluded.last_modified, "
            "parent = CASE excluded.parent WHEN '' THEN parent ELSE excluded.parent END",
            values,
        )

    def _run(self, run: int, resumed: bool = False) -> Run:
        row = self._one("SELECT source, started, finished, mode FROM runs WHERE id = ?", run)
        if row is None:
            raise CorpusError("the ledger lacks a run it refers to; restore it from a backup")
        counts = dict(self._rows("SELECT outcome, count(*) FROM visits WHERE run = ? GROUP BY outcome", run))
        alarms = tuple(Alarm(*each) for each in self._rows("SELECT code, message FROM alarms WHERE run = ?", run))
        finished = datetime.fromisoformat(row[2]) if row[2] else None
        return Run(run, row[0], datetime.fromisoformat(row[1]), finished, row[3], counts, alarms, resumed)

    def _places(self, condition: str, *values: object) -> Iterator[Place]:
        columns = "url, key, role, digest, etag, last_modified, title, parent, gone"
        for row in self._rows(f"SELECT {columns} FROM places {condition}", *values):  # noqa: S608  (conditions are ours)
            yield Place(row[0], row[1], row[2], as_digest(row[3]), *row[4:])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            with self._db:
                yield
        except sqlite3.Error as error:
            raise CorpusError(f"cannot write to the ledger: {error}; the crawl can be gone on with") from error

    def _one(self, query: str, *values: object) -> tuple[Any, ...] | None:
        return next(iter(list(self._rows(query, *values))), None)

    def _rows(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._db.execute(query, values)
        except sqlite3.DatabaseError as error:
            raise CorpusError(f"cannot read the ledger: {error}; restore it from a backup") from error


def _now() -> str:
    return datetime.now(UTC).isoformat()

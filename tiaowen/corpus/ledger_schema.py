"""The tables of the ledger and how its file is opened."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tiaowen.errors import CorpusError

LEDGER_VERSION = 1
"""Kept in `PRAGMA user_version`."""

_APPLICATION = 0x6C656467  # "ledg"
_BUSY_SECONDS = 10.0

SCHEMA = """
CREATE TABLE sources (name TEXT PRIMARY KEY, expected INTEGER);
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL REFERENCES sources, mode TEXT NOT NULL,
    started TEXT NOT NULL, finished TEXT,
    whole INTEGER NOT NULL DEFAULT 0                  -- it came to its end
);
CREATE INDEX runs_by_source ON runs (source);
CREATE TABLE queue (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs,
    url TEXT NOT NULL, key TEXT NOT NULL, host TEXT NOT NULL, role TEXT NOT NULL, depth INTEGER NOT NULL,
    body TEXT NOT NULL, parent TEXT NOT NULL, title TEXT NOT NULL, hops INTEGER NOT NULL,
    state TEXT NOT NULL,                              -- queued, taken, done
    attempts INTEGER NOT NULL DEFAULT 0, not_before TEXT NOT NULL DEFAULT '',
    UNIQUE (run, key)
);
CREATE INDEX queue_by_host ON queue (run, host, state);
CREATE INDEX queue_by_state ON queue (run, state);
CREATE TABLE visits (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs,
    url TEXT NOT NULL, role TEXT NOT NULL, at TEXT NOT NULL, status INTEGER NOT NULL,
    outcome TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, digest TEXT
);
CREATE INDEX visits_by_run ON visits (run, outcome);
CREATE INDEX visits_by_url ON visits (url, digest);
CREATE TABLE alarms (run INTEGER NOT NULL REFERENCES runs, code TEXT NOT NULL, message TEXT NOT NULL);
CREATE TABLE places (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL REFERENCES sources,
    url TEXT NOT NULL, key TEXT NOT NULL, role TEXT NOT NULL, parent TEXT NOT NULL, title TEXT NOT NULL,
    digest TEXT NOT NULL, etag TEXT NOT NULL, last_modified TEXT NOT NULL,
    gone TEXT,                                        -- when it was first missed
    UNIQUE (source, key)
);
CREATE INDEX places_by_parent ON places (parent);
"""


def connect(path: Path, write: bool) -> sqlite3.Connection:
    """The open ledger at `path`, made first where there is none; a reader of none gets an empty one in memory.

    Raises CorpusError when it is damaged or of another version.
    """
    if not write and not path.exists():
        return _filled(sqlite3.connect(":memory:", isolation_level=None))
    try:
        db = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
        if write and not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            db.execute("PRAGMA journal_mode = WAL")
            _filled(db)
        _prepare(db, path, write)
    except sqlite3.Error as error:
        raise CorpusError(f"{path} is not a readable ledger: {error}; restore it from a backup") from error
    return db


def _filled(db: sqlite3.Connection) -> sqlite3.Connection:
    db.executescript(
        f"BEGIN IMMEDIATE;{SCHEMA}PRAGMA application_id = {_APPLICATION};PRAGMA user_version = {LEDGER_VERSION};COMMIT;"
    )
    return db


def _prepare(db: sqlite3.Connection, path: Path, write: bool) -> None:
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if application != _APPLICATION or version != LEDGER_VERSION:
        db.close()
        raise CorpusError(
            f"{path} is no ledger of version {LEDGER_VERSION} (it says {version}); use the tiaowen that wrote it"
        )
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA trusted_schema = OFF")
    # A page lost to a power cut is fetched again, so a sync for each is not needed; the archive has its own.
    db.execute("PRAGMA synchronous = NORMAL" if write else "PRAGMA query_only = ON")

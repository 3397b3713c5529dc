"""The tables of the store and how its file is opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tiaowen.errors import CorpusError, NotFound

SCHEMA_VERSION = 3
"""Kept in `PRAGMA user_version`; another one is refused, since the store can always be made again."""

_APPLICATION = 0x7469616F  # "tiao": tells our file from any other SQLite file
_BUSY_SECONDS = 10.0

SCHEMA = """
CREATE TABLE state (content TEXT NOT NULL);
INSERT INTO state VALUES ('0000000000000000000000000000000000000000000000000000000000000000');

CREATE TABLE pages (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    file TEXT NOT NULL, offset INTEGER NOT NULL,      -- where its bytes are
    findings TEXT NOT NULL
);
CREATE TABLE captures (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL, version INTEGER NOT NULL, is_current INTEGER NOT NULL,
    page INTEGER NOT NULL REFERENCES pages,
    media_type TEXT NOT NULL, charset_hint TEXT, retrieved TEXT NOT NULL,
    file TEXT NOT NULL, offset INTEGER NOT NULL,      -- where its own record is
    UNIQUE (url, version), UNIQUE (file, offset)
);
CREATE INDEX captures_by_page ON captures (page, is_current);
CREATE TABLE instruments (
    id INTEGER PRIMARY KEY,
    page INTEGER NOT NULL REFERENCES pages, ordinal INTEGER NOT NULL,
    work TEXT NOT NULL,
    content TEXT NOT NULL,                            -- digest of all that was read
    province TEXT NOT NULL, level TEXT NOT NULL, kind TEXT NOT NULL, genre TEXT NOT NULL, year TEXT NOT NULL,
    masthead TEXT NOT NULL, provisions TEXT NOT NULL, findings TEXT NOT NULL, wording TEXT NOT NULL,
    UNIQUE (page, ordinal)
);
CREATE TABLE endings (                                -- what an instrument says of others
    id INTEGER PRIMARY KEY,
    instrument INTEGER NOT NULL REFERENCES instruments,
    title TEXT NOT NULL, number TEXT NOT NULL,        -- of the other, as they are compared
    record TEXT NOT NULL
);
CREATE INDEX endings_by_title ON endings (title);
CREATE INDEX endings_by_number ON endings (number);
CREATE INDEX endings_by_instrument ON endings (instrument);
CREATE INDEX instruments_by_work ON instruments (work);
CREATE INDEX instruments_by_content ON instruments (content);
CREATE TABLE clauses (
    id INTEGER PRIMARY KEY,
    instrument INTEGER NOT NULL REFERENCES instruments, position INTEGER NOT NULL,
    eid TEXT NOT NULL, record TEXT NOT NULL,
    UNIQUE (instrument, position)
);
CREATE INDEX clauses_by_eid ON clauses (instrument, eid);

CREATE VIEW versions AS
    SELECT c.id, c.page, c.version, c.is_current, c.url, p.digest, c.media_type, c.charset_hint, c.retrieved,
           c.file, c.offset, p.file AS body_file, p.offset AS body_offset
    FROM captures c JOIN pages p ON p.id = c.page;
CREATE VIEW held_instruments AS
    SELECT i.*, p.digest,
           EXISTS (SELECT 1 FROM captures c WHERE c.page = p.id AND c.is_current) AS is_current
    FROM instruments i JOIN pages p ON p.id = i.page;
CREATE VIEW held_clauses AS
    SELECT c.id, c.position, c.eid, c.record, c.instrument, i.work, i.ordinal, i.digest, i.is_current
    FROM clauses c JOIN held_instruments i ON i.id = c.instrument;
"""


def create(path: Path) -> None:
    """Make an empty store at `path`, where nothing may be. Raises CorpusError when it cannot be made."""
    if path.exists():
        raise CorpusError(f"{path} exists already")
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.executescript(
                f"BEGIN IMMEDIATE;{SCHEMA}"
                f"PRAGMA application_id = {_APPLICATION};PRAGMA user_version = {SCHEMA_VERSION};COMMIT;"
            )
    except sqlite3.Error as error:
        raise CorpusError(f"cannot make a store at {path}: {error}") from error


def connect(path: Path, write: bool) -> sqlite3.Connection:
    """The open store file at `path`.

    Raises NotFound when it is gone (an empty one in its place would pass for an empty corpus), CorpusError when it is
    damaged or of another schema version.
    """
    if not path.exists():
        raise NotFound(f"the store {path} is gone; `tiaowen rebuild` makes it again from the snapshots")
    try:
        db = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
        with _closed_on_error(db):
            _prepare(db, path, write)
    except sqlite3.Error as error:
        raise CorpusError(
            f"{path} is not a readable store: {error}; `tiaowen rebuild` makes it again from the snapshots"
        ) from error
    return db


@contextmanager
def _closed_on_error(db: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, CorpusError):
        db.close()
        raise


def _prepare(db: sqlite3.Connection, path: Path, write: bool) -> None:
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA trusted_schema = OFF")
    db.execute("PRAGMA synchronous = FULL" if write else "PRAGMA query_only = ON")
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if application != _APPLICATION:
        raise CorpusError(f"{path} is not a store of tiaowen")
    if version != SCHEMA_VERSION:
        raise CorpusError(
            f"{path} has schema version {version}, this tiaowen needs {SCHEMA_VERSION}; "
            "`tiaowen rebuild` makes the store again from the snapshots"
        )

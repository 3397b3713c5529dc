"""The store: captures, instruments, clauses and findings in one SQLite file, made from the snapshots.

One writer, many readers (WAL). One page is one transaction. A URL has versions v1, v2, …: the pages captured there,
one after another; the newest is current. Instruments belong to a page, whichever URLs gave it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

from tiaowen.corpus.capture import Capture, Location
from tiaowen.corpus.columns import columns_of
from tiaowen.corpus.findings import Finding
from tiaowen.corpus.held import Addition, Counts, StoredClause, StoredEnding, StoredInstrument, Version, named_keys
from tiaowen.corpus.ids import PAGE_DIGITS, ClauseId
from tiaowen.corpus.instrument import Clause, Ending, Instrument, Masthead, Provision
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.records import dump, load
from tiaowen.corpus.schema import connect
from tiaowen.corpus.snapshot import Digest, as_digest
from tiaowen.corpus.wording import Wording
from tiaowen.errors import CorpusError, NotFound, UsageError
from tiaowen.text.spans import Span

_CANDIDATES = 8
_CLAUSE = "SELECT instrument, position, record FROM held_clauses "
_RECORDS = "SELECT record FROM held_clauses WHERE digest = ? AND ordinal = ? ORDER BY position"
_VERSION = (
    "SELECT version, is_current, url, digest, media_type, charset_hint, retrieved, file, offset, body_file, "
    "body_offset FROM versions "
)


class Store:
    """The open store of a corpus. Use as a context manager; for writing, hold `Corpus.writing()` around it."""

    def __init__(self, path: Path, write: bool = False) -> None:
        self.path = path
        self._db = connect(path, write)
        self._instrument = lru_cache(maxsize=1024)(self._read_instrument)

    @classmethod
    def open(cls, corpus: Corpus, write: bool = False) -> Store:
        """The store of `corpus`. Raises CorpusError when it is damaged or of another schema version."""
        return cls(corpus.store, write)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def add(self, capture: Capture, instruments: Sequence[Instrument], findings: Sequence[Finding] = ()) -> Addition:
        """Keep a capture with the instruments its page gives and the page's own findings, all or nothing.

        The bytes of the URL's current version change nothing. Instruments of a page held already stay as they are.
        """
        with self._transaction():
            if self.holds(capture.url, capture.digest):
                return "same"
            current = self.current(capture.url)
            page = self._one("SELECT id FROM pages WHERE digest = ?", capture.digest)
            self._add_capture(
                capture,
                version=current.number + 1 if current else 1,
                page=page[0] if page else self._add_page(capture, instruments, findings),
            )
        self._instrument.cache_clear()
        return "version" if current else "new"

    def _add_capture(self, capture: Capture, version: int, page: int) -> None:
        retrieved = capture.retrieved.isoformat()
        self._db.execute("UPDATE captures SET is_current = 0 WHERE url = ? AND is_current", (capture.url,))
        self._db.execute(
            "INSERT INTO captures (url, version, is_current, page, media_type, charset_hint, retrieved, file, offset) "
            "VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?)",
            (capture.url, version, page, capture.media_type, capture.charset_hint, retrieved, *_place(capture.record)),
        )
        self._move_state(capture.url, str(version), capture.digest, retrieved)

    def _add_page(self, capture: Capture, instruments: Sequence[Instrument], findings: Sequence[Finding]) -> int:
        said = dump(tuple(findings))
        page = self._insert(
            "INSERT INTO pages (digest, file, offset, findings) VALUES (?, ?, ?, ?)",
            (capture.digest, *_place(capture.body), said),
        )
        self._move_state(capture.digest, said)
        for instrument in instruments:
            self._add_instrument(page, instrument)
        return page

    def _add_instrument(self, page: int, instrument: Instrument) -> None:
        masthead, provisions = dump(instrument.masthead), dump(instrument.provisions)
        findings, clauses = dump(instrument.findings), [dump(clause) for clause in instrument.clauses]
        wording, endings = dump(instrument.wording), [dump(ending) for ending in instrument.endings]
        place = (instrument.witness, str(instrument.ordinal), instrument.work)
        content = self._move_state(*place, masthead, provisions, findings, wording, *endings, *clauses)
        row = self._insert(
            "INSERT INTO instruments (page, ordinal, work, content, province, level, kind, genre, year, masthead, "
            "provisions, findings, wording) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (page, *place[1:], content, *columns_of(instrument.masthead), masthead, provisions, findings, wording),
        )
        self._db.executemany(
            "INSERT INTO endings (instrument, title, number, record) VALUES (?, ?, ?, ?)",
            [(row, *named_keys(e), record) for e, record in zip(instrument.endings, endings, strict=True)],
        )
        self._db.executemany(
            "INSERT INTO clauses (instrument, position, eid, record) VALUES (?, ?, ?, ?)",
            [(row, n, clause.eid, clauses[n]) for n, clause in enumerate(instrument.clauses)],
        )

    def _move_state(self, *facts: str) -> str:
        """Add the hash of some facts, which it gives, to the state: a sum, so that order does not matter."""
        digest = hashlib.sha256("\0".join(facts).encode("utf-8", "surrogatepass")).digest()
        total = (int(self.state(), 16) + int.from_bytes(digest, "big")) % (1 << 256)
        self._db.execute("UPDATE state SET content = ?", (f"{total:064x}",))
        return digest.hex()

    def _insert(self, statement: str, values: tuple[object, ...]) -> int:
        row = self._db.execute(statement, values).lastrowid
        assert row is not None
        return row

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is added within the block is one transaction: all of it or nothing."""
        with self._transaction():
            yield

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self._db.in_transaction:
            yield
            return
        try:
            self._db.execute("BEGIN IMMEDIATE")
            with self._db:
                yield
        except sqlite3.Error as error:
            raise CorpusError(f"cannot write to {self.path}: {error}; nothing of this was stored") from error

    def state(self) -> str:
        """What is held, as 64 hexadecimal digits that change when, and only when, captures or instruments do."""
        row = self._one("SELECT content FROM state")
        if row is None:
            raise CorpusError(f"{self.path} has lost its state; run `tiaowen rebuild`")
        return str(row[0])

    def holds(self, url: str, digest: Digest) -> bool:
        """Whether the current version of `url` has these bytes, so that there is nothing to do."""
        current = self.current(url)
        return current is not None and current.capture.digest == digest

    def current(self, url: str) -> Version | None:
        """The current version of `url`, or None."""
        return next(iter(list(self._versions("WHERE url = ? AND is_current", url))), None)

    def versions(self, url: str) -> tuple[Version, ...]:
        """All captures of `url`, oldest first."""
        return tuple(self._versions("WHERE url = ? ORDER BY version", url))

    def captures(self) -> Iterator[Version]:
        """All captures, in the order they were added."""
        return self._versions("ORDER BY id")

    def captures_of(self, digest: Digest) -> tuple[Version, ...]:
        """All captures of the page `digest`, the one it was read from first."""
        return tuple(self._versions("WHERE digest = ? ORDER BY id", digest))

    def findings(self, digest: Digest) -> tuple[Finding, ...]:
        """The findings about the page `digest` itself, apart from those of its instruments. Raises NotFound."""
        row = self._one("SELECT findings FROM pages WHERE digest = ?", digest)
        if row is None:
            raise NotFound(f"no page with digest {digest} is held")
        return load(row[0], tuple[Finding, ...])

    def instruments(self, superseded: bool = False) -> Iterator[StoredInstrument]:
        """All instruments of current pages, with `superseded` the others too, in the order of storing."""
        for row in self._rows("SELECT id FROM held_instruments WHERE ? OR is_current ORDER BY id", superseded):
            yield self._instrument(row[0])

    def instruments_of(self, digest: Digest) -> tuple[StoredInstrument, ...]:
        """The instruments of the page `digest`."""
        rows = self._rows("SELECT id FROM held_instruments WHERE digest = ? ORDER BY ordinal", digest)
        return tuple(self._instrument(row[0]) for row in rows)

    def instrument(self, digest: Digest, ordinal: int) -> Instrument:
        """The whole instrument `ordinal` of the page `digest`, as it was added. Raises NotFound."""
        row = self._one(
            "SELECT id, work, masthead, provisions, findings, wording FROM held_instruments "
            "WHERE digest = ? AND ordinal = ?",
            digest,
            ordinal,
        )
        if row is None:
            raise NotFound(f"page {digest[:8]} holds no instrument {ordinal}")
        clauses = self._rows("SELECT record FROM clauses WHERE instrument = ? ORDER BY position", row[0])
        endings = self._rows("SELECT record FROM endings WHERE instrument = ? ORDER BY id", row[0])
        return Instrument(
            digest,
            ordinal,
            row[1],
            load(row[2], Masthead),
            load(row[3], tuple[Provision, ...]),
            tuple(load(record, Clause) for (record,) in clauses),
            load(row[4], tuple[Finding, ...]),
            endings=tuple(load(record, Ending) for (record,) in endings),
            wording=load(row[5], Wording),
        )

    def wordings(self) -> Iterator[tuple[StoredInstrument, Wording]]:
        """What the words of every instrument of the current pages are recognised by, in the order of storing."""
        for row_id, wording in self._rows("SELECT id, wording FROM held_instruments WHERE is_current ORDER BY id"):
            yield self._instrument(row_id), load(wording, Wording)

    def wording(self, instrument: StoredInstrument) -> Wording:
        """The same of one instrument."""
        query = "SELECT wording FROM held_instruments WHERE digest = ? AND ordinal = ?"
        return load(self._only(query, instrument.witness, instrument.ordinal)[0], Wording)

    def endings(self) -> Iterator[StoredEnding]:
        """What the instruments of current pages say of others, in the order of storing."""
        return self._endings("")

    def endings_naming(self, titles: Collection[str], numbers: Collection[str]) -> tuple[StoredEnding, ...]:
        """Those of the endings that name one of the `titles` or of the `numbers`, all in the form compared."""
        marks, others = (", ".join("?" * len(names)) for names in (titles, numbers))
        return tuple(self._endings(f"AND (e.title IN ({marks}) OR e.number IN ({others})) ", *titles, *numbers))

    def _endings(self, condition: str, *values: object) -> Iterator[StoredEnding]:
        query = "SELECT e.instrument, e.record FROM endings e JOIN held_instruments i ON i.id = e.instrument "
        query += f"WHERE i.is_current {condition}ORDER BY e.id"
        for instrument, record in self._rows(query, *values):
            yield StoredEnding(load(record, Ending), self._instrument(instrument))

    def clause(self, clause_id: ClauseId) -> StoredClause:
        """The clause an id names, with or without its page; without one, a current page comes before others.

        Raises UsageError, with the candidates, when it names several, NotFound when it names none that is held.
        """
        rows = self._rows(
            _CLAUSE + "WHERE work = ? AND eid = ? AND digest GLOB ? ORDER BY id",
            clause_id.work,
            clause_id.eid,
            f"{clause_id.page or ''}*",
        )
        found = [self._clause(row) for row in rows]
        found = [clause for clause in found if clause.instrument.current] or found
        if not found:
            raise NotFound(self._what_is_missing(clause_id))
        if len(found) > 1:
            names = "\n".join(f"  {c.id}  {c.instrument.capture.url}" for c in found[:_CANDIDATES])
            raise UsageError(f"{clause_id} names {len(found)} clauses; say which:\n{names}")
        return found[0]

    def clauses_named(self, ids: Sequence[ClauseId]) -> tuple[StoredClause, ...]:
        """The clauses that full ids name, in order: a page of hits in a few short look-ups. Raises as `clause` does."""
        works = sorted({clause_id.work for clause_id in ids})
        instruments: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for row, work, digest in self._rows(
            "SELECT i.id, i.work, p.digest FROM instruments i JOIN pages p ON p.id = i.page "
            "WHERE i.work IN (SELECT value FROM json_each(?))",
            json.dumps(works),
        ):
            instruments[work, digest[:PAGE_DIGITS]].append(row)
        return tuple(self._clause_in(instruments[i.work, i.page or ""], i) for i in ids)

    def clauses(self, superseded: bool = False) -> Iterator[StoredClause]:
        """All clauses of current pages, with `superseded` of the others too, streamed in the order of storing."""
        return map(self._clause, self._rows(_CLAUSE + "WHERE ? OR is_current ORDER BY id", superseded))

    def contents(self) -> tuple[str, ...]:
        """The digests of what was read of each instrument of the current pages, in the order of storing."""
        rows = self._rows("SELECT content FROM held_instruments WHERE is_current ORDER BY id")
        return tuple(str(content) for (content,) in rows)

    def clauses_with(self, content: str) -> Iterator[StoredClause]:
        """The clauses of the instrument of which `content` was read."""
        condition = "WHERE instrument = (SELECT id FROM instruments WHERE content = ?) ORDER BY position"
        return map(self._clause, self._rows(_CLAUSE + condition, content))

    def clause_over(self, instrument: StoredInstrument, spans: Sequence[Span]) -> Clause | None:
        """The last clause of `instrument` that one of the `spans` of its page touches; read from the end on.

        Dates and terms stand in the last clauses, so that few are read, and none where the spans are in the masthead.
        """
        for (record,) in self._rows(_RECORDS + " LIMIT 1", instrument.witness, instrument.ordinal):
            if max(span.end for span in spans) <= load(record, Clause).spans[0].start:
                return None
        for (record,) in self._rows(_RECORDS + " DESC", instrument.witness, instrument.ordinal):
            clause = load(record, Clause)
            if any(own.overlaps(span) for own in clause.spans for span in spans):
                return clause
            if clause.spans[-1].end <= min(span.start for span in spans):
                return None
        return None

    def neighbours(self, stored: StoredClause, count: int) -> tuple[StoredClause, ...]:
        """Up to `count` clauses before and after in the instrument, the clause itself among them, in order."""
        rows = self._rows(
            _CLAUSE + "WHERE digest = ? AND ordinal = ? AND position BETWEEN ? AND ? ORDER BY position",
            stored.instrument.witness,
            stored.instrument.ordinal,
            stored.position - count,
            stored.position + count,
        )
        return tuple(self._clause(row) for row in rows)

    def counts(self) -> Counts:
        """How much is held, and of what."""
        (captures, urls), (pages,), (clauses,) = (
            self._only("SELECT count(*), count(DISTINCT url) FROM captures"),
            self._only("SELECT count(*) FROM pages"),
            self._only("SELECT count(*) FROM held_clauses WHERE is_current"),
        )
        rows = list(self._rows("SELECT province, level, kind, genre, year FROM held_instruments WHERE is_current"))
        tables = [dict(Counter(column)) for column in zip(*rows, strict=True)] or [{}, {}, {}, {}, {}]
        return Counts(captures, urls, pages, len(rows), clauses, *tables)

    def check(self) -> tuple[str, ...]:
        """What SQLite's own check of the file finds; nothing when it is sound."""
        said = [str(row[0]) for row in self._rows("PRAGMA integrity_check(20)")]
        said += [f"a row of {row[0]} refers to nothing" for row in self._rows("PRAGMA foreign_key_check")]
        return tuple(line for line in said if line != "ok")

    def _clause_in(self, instruments: list[int], clause_id: ClauseId) -> StoredClause:
        found = [
            row
            for instrument in instruments
            for row in self._rows(
                "SELECT instrument, position, record FROM clauses WHERE instrument = ? AND eid = ?",
                instrument,
                clause_id.eid,
            )
        ]
        return self._clause(found[0]) if len(found) == 1 else self.clause(clause_id)

    def _what_is_missing(self, clause_id: ClauseId) -> str:
        rows = self._rows(
            "SELECT eid FROM held_clauses WHERE work = ? ORDER BY id LIMIT ?", clause_id.work, _CANDIDATES
        )
        eids = [str(eid) for (eid,) in rows]
        if not eids:
            return f"no clause {clause_id}: the work {clause_id.work} is not held"
        return f"no clause {clause_id}; of the work are held: {', '.join(eids)} …"

    def _clause(self, row: tuple[Any, ...]) -> StoredClause:
        instrument, position, record = row
        return StoredClause(load(record, Clause), position, self._instrument(instrument))

    def _read_instrument(self, row_id: int) -> StoredInstrument:
        row = self._only(
            "SELECT digest, ordinal, work, masthead, is_current, content FROM held_instruments WHERE id = ?", row_id
        )
        digest = as_digest(row[0])
        first = next(iter(list(self._versions("WHERE digest = ? ORDER BY id LIMIT 1", digest))), None)
        if first is None:
            raise CorpusError(f"{self.path}: no capture gives page {digest[:8]}; run `tiaowen doctor`")
        return StoredInstrument(
            digest, row[1], row[2], load(row[3], Masthead), first.capture, first.number, bool(row[4]), row[5]
        )

    def _versions(self, condition: str, *values: object) -> Iterator[Version]:
        for number, current, url, digest, media_type, hint, retrieved, *places in self._rows(
            _VERSION + condition, *values
        ):
            record, body = Location(places[0], places[1]), Location(places[2], places[3])
            moment = datetime.fromisoformat(retrieved)
            capture = Capture(url, as_digest(digest), media_type, hint, moment, record, body)
            yield Version(number, bool(current), capture)

    def _only(self, query: str, *values: object) -> tuple[Any, ...]:
        row = self._one(query, *values)
        if row is None:
            raise CorpusError(f"{self.path} lacks a row it refers to; run `tiaowen doctor`")
        return row

    def _one(self, query: str, *values: object) -> tuple[Any, ...] | None:
        return next(iter(list(self._rows(query, *values))), None)

    def _rows(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        try:
            for row in self._db.execute(query, values):  # noqa: UP028  # `yield from` would close the cursor too late
                yield row
        except sqlite3.DatabaseError as error:
            raise CorpusError(
                f"cannot read {self.path}: {error}; run `tiaowen doctor`; `tiaowen rebuild` makes the store again from "
                "the snapshots"
            ) from error


def _place(location: Location) -> tuple[str, int]:
    return location.file, location.offset

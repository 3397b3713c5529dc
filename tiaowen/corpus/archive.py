"""The archive: snapshots in WARC files (ISO 28500), by SHA-256, written first and never changed.

Each writing run opens a file of its own, `tiaowen-<UTC time>-<serial>.warc.gz`, which bears `.open` at its end until it
is whole. One record is one gzip member, on disk before `add` returns. A killed run leaves at most one torn record at
the end of its open file; the next run seals the file before the tear. What a record holds: warc.py.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from tiaowen.corpus.capture import Capture, Location
from tiaowen.corpus.layout import sync_folder
from tiaowen.corpus.members import Damage, Member, last_whole, member_at, members
from tiaowen.corpus.snapshot import Digest, Snapshot, digest_of
from tiaowen.corpus.warc import LARGEST_BODY, Exchange, captured, check_said, encode, encode_info
from tiaowen.errors import CorpusError, DigestMismatch, NotFound

ROTATE_AT = 1024 * 1024 * 1024
"""Bytes after which a run goes on in another file."""

_NAME = re.compile(r"tiaowen-\d{8}T\d{6}Z-(\d{6})\.warc\.gz(\.open)?")
_OPEN = ".open"
_HEADERS_ROOM = 1024 * 1024


class Archive:
    """Reading the WARC files in `folder`. Safe beside a writer."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def files(self) -> tuple[Path, ...]:
        """The WARC files in the order they were written, the one still open at its place."""
        named = ((match, path) for path in self.folder.iterdir() if (match := _NAME.fullmatch(path.name)))
        return tuple(path for _, path in sorted(named, key=lambda pair: (pair[0][1], pair[1].name)))

    def snapshot(self, capture: Capture) -> Snapshot:
        """The captured snapshot, read back and checked: its bytes, and what its record says of them.

        Raises NotFound when there is no record at that place, DigestMismatch when it holds other bytes or names
        another URL or time.
        """
        record = self._member(capture.record)
        check_said(record, capture)
        body = record.body if capture.body == capture.record else self._member(capture.body).body
        if digest_of(body) != capture.digest:
            raise DigestMismatch(
                f"the bytes at {capture.body} are not those of digest {capture.digest}; restore the file from a backup"
            )
        return Snapshot(capture.url, capture.media_type, capture.charset_hint, capture.retrieved, body, capture.digest)

    def record(self, location: Location) -> bytes:
        """The gzip member at `location`, byte for byte. Raises as `snapshot` does."""
        member = self._member(location)
        with self._open(location) as file:
            file.seek(location.offset)
            return file.read(member.length)

    def _member(self, location: Location) -> Member:
        with self._open(location) as file:
            member = member_at(file, location, LARGEST_BODY + _HEADERS_ROOM)
        if isinstance(member, Damage):
            raise DigestMismatch(f"{location} cannot be read: {member.reason}; restore the file from a backup")
        return member

    def scan(self) -> Iterator[Capture | Damage]:
        """Every snapshot of a document in the order written, with what is damaged between them.

        Memory grows by digest only. What is kept as evidence only is passed over.
        """
        bodies: dict[Digest, Location] = {}
        for path in self.files():
            with path.open("rb") as file:
                for member in members(file, _final(path).name, LARGEST_BODY + _HEADERS_ROOM):
                    found = member if isinstance(member, Damage) else captured(member, bodies)
                    if found is not None:
                        yield found

    def _open(self, location: Location) -> io.BufferedReader:
        if not _NAME.fullmatch(location.file):
            raise NotFound(f"not the name of an archive file: {location.file!r}")
        path = self.folder / location.file
        for candidate in (path, path.with_name(path.name + _OPEN), path):
            try:
                return candidate.open("rb")
            except FileNotFoundError:
                continue
        raise NotFound(f"the archive file {path} is gone; restore it from a backup")


class ArchiveWriter:
    """Adds snapshots to the archive in `folder`. Only one may be at work: hold `Corpus.writing()` around it."""

    def __init__(self, folder: Path, rotate_at: int = ROTATE_AT) -> None:
        self.folder = folder
        self._rotate_at = rotate_at
        self._file: io.FileIO | None = None
        self._path = folder
        self._waiting = False
        self._seal_leftovers()

    def __enter__(self) -> ArchiveWriter:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def add(self, snapshot: Snapshot, held: Capture | None = None, exchange: Exchange | None = None) -> Capture:
        """Write the snapshot to disk and return where it stands; `held` is a capture of the same bytes, if any.

        Raises IngestError for a snapshot that cannot be archived, CorpusError when the disk refuses it.
        """
        location = self._append(encode(snapshot, held, exchange))
        return Capture(
            snapshot.url,
            snapshot.digest,
            snapshot.media_type,
            snapshot.charset_hint,
            snapshot.retrieved,
            record=location,
            body=held.body if held else location,
        )

    def copy(self, record: bytes) -> None:
        """Write a record of another archive as it stands there (`Archive.record`)."""
        self._append(record)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Records added within the block are on disk when it ends, not each at once."""
        self._waiting = True
        try:
            yield
        finally:
            self._waiting = False
            self._sync()

    def close(self) -> None:
        """Seal the file of this run."""
        if self._file is not None:
            self._sync()
            self._file.close()
            self._file = None
            self._path.rename(_final(self._path))
            sync_folder(self.folder)

    def _append(self, data: bytes) -> Location:
        if self._file is not None and self._file.tell() + len(data) > self._rotate_at:
            self.close()
        file = self._file or self._open_next()
        offset = file.tell()
        try:
            _write_all(file, data)
        except OSError as error:
            file.truncate(offset)
            file.seek(offset)
            raise CorpusError(f"cannot write to {self._path}: {error.strerror}; nothing was stored") from error
        if not self._waiting:
            self._sync()
        return Location(_final(self._path).name, offset)

    def _sync(self) -> None:
        if self._file is None:
            return
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            raise CorpusError(f"cannot write to {self._path}: {error.strerror}; run `tiaowen doctor`") from error

    def _open_next(self) -> io.FileIO:
        serials = [int(match[1]) for path in self.folder.iterdir() if (match := _NAME.fullmatch(path.name))]
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        name = f"tiaowen-{stamp}-{max(serials, default=0) + 1:06d}.warc.gz"
        self._path = self.folder / (name + _OPEN)
        try:
            self._file = io.FileIO(self._path, "x")
            _write_all(self._file, encode_info(name))
            self._sync()
            sync_folder(self.folder)
        except OSError as error:
            raise CorpusError(f"cannot write to {self._path}: {error.strerror}") from error
        return self._file

    def _seal_leftovers(self) -> None:
        """Close the files of killed runs, each before its torn record."""
        for path in self.folder.glob(f"tiaowen-*{_OPEN}"):
            with path.open("r+b") as file:
                end = last_whole(file, path.name, LARGEST_BODY + _HEADERS_ROOM)
                file.truncate(end)
                os.fsync(file.fileno())
            if end:
                path.rename(_final(path))
            else:
                path.unlink()
        sync_folder(self.folder)


def _write_all(file: io.FileIO, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]


def _final(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(_OPEN))

"""The archive: snapshots in WARC files (ISO 28500), by SHA-256, written first and never changed.

Each writing run opens a file of its own, `tiaowen-<UTC time>-<serial>.warc.gz`, which bears `.open` at its end until it
is whole. One record is one gzip member, on disk before `add` returns. A killed run leaves at most one torn record at
the end of its open file; the next run seals the file before the tear. Records:

    resource    a file of this machine (file: URI), its bytes as they were
    response    an answer fetched over HTTP, with its headers, the content coding already undone
    revisit     bytes the archive holds already, met again at another URL or time; names the digest only

An answer that is no document (a list, an error, a challenge page) is kept as evidence of what the server said; its
field WARC-Tiaowen-Evidence says what it is, and no document is read from it.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from tiaowen.corpus.capture import Capture, Location
from tiaowen.corpus.layout import sync_folder
from tiaowen.corpus.members import Damage, Member, last_whole, member_at, members
from tiaowen.corpus.snapshot import Digest, Snapshot, as_digest, digest_of
from tiaowen.errors import CorpusError, DigestMismatch, IngestError, NotFound

LARGEST_BODY = 64 * 1024 * 1024
"""Bytes of the largest snapshot that is taken."""

ROTATE_AT = 1024 * 1024 * 1024
"""Bytes after which a run goes on in another file."""

_NAME = re.compile(r"tiaowen-\d{8}T\d{6}Z-(\d{6})\.warc\.gz(\.open)?")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]+")
_OPEN = ".open"
_EVIDENCE = "WARC-Tiaowen-Evidence"
_HEADERS_ROOM = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Exchange:
    """The HTTP answer around a fetched page: `status` as "200 OK", `headers` in their order.

    `evidence` says in a word why no document is read from it ("list", "challenge-page", …); "" for a document.
    """

    status: str
    headers: tuple[tuple[str, str], ...]
    evidence: str = ""

    @property
    def content_type(self) -> str:
        """The value of its first Content-Type header, or ""."""
        return next((value for name, value in self.headers if name.lower() == "content-type"), "")


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
        _check_said(record, capture)
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
                    found = member if isinstance(member, Damage) else _captured(member, bodies)
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
        _check(snapshot, held, exchange)
        data = _encoded(_record_of(snapshot, held, exchange))
        location = self._append(data)
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
            _write_all(self._file, _encoded(_warcinfo(name)))
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


class _Writer(WARCWriter):  # type: ignore[misc]  # warcio has no types
    """warcio's writer with SHA-256 for block digests."""

    @staticmethod
    def _create_digester() -> object:
        return Digester("sha256")


def _check(snapshot: Snapshot, held: Capture | None, exchange: Exchange | None) -> None:
    if not _URI.fullmatch(snapshot.url):
        raise IngestError(f"not a URI: {snapshot.url!r:.200}; file names become file: URIs, others are percent-encoded")
    if len(snapshot.body) > LARGEST_BODY:
        raise IngestError(f"{snapshot.url}: {len(snapshot.body):,} bytes; the largest that is kept is {LARGEST_BODY:,}")
    if digest_of(snapshot.body) != snapshot.digest:
        raise DigestMismatch(f"{snapshot.url}: the snapshot's digest is not that of its bytes")
    if held is not None and held.digest != snapshot.digest:
        raise ValueError("`held` is a capture of other bytes")
    declared = exchange.content_type if exchange else _content_type(snapshot)
    if charset_of(declared) != snapshot.charset_hint:
        raise ValueError(f"charset hint {snapshot.charset_hint!r} is not what {declared!r} declares")


def _record_of(snapshot: Snapshot, held: Capture | None, exchange: Exchange | None) -> ArcWarcRecord:
    builder = _Writer(io.BytesIO(), warc_version="1.1")
    fields = {
        "WARC-Date": _iso(snapshot.retrieved),
        "WARC-Identified-Payload-Type": snapshot.media_type,
        "Content-Type": _content_type(snapshot),
    }
    if exchange is not None:
        fields["Content-Type"] = "application/http; msgtype=response"
        if exchange.evidence:
            fields[_EVIDENCE] = exchange.evidence
    http = _http_headers(exchange, snapshot) if exchange else None
    payload_digest = f"sha256:{snapshot.digest}"
    if held is not None:
        return builder.create_revisit_record(
            snapshot.url,
            payload_digest,
            refers_to_uri=held.url,
            refers_to_date=_iso(held.retrieved),
            http_headers=http,
            warc_headers_dict=fields,
        )
    fields["WARC-Payload-Digest"] = payload_digest
    return builder.create_warc_record(
        snapshot.url,
        "response" if exchange else "resource",
        payload=io.BytesIO(snapshot.body),
        length=len(snapshot.body),
        http_headers=http,
        warc_headers_dict=fields,
    )


def _http_headers(exchange: Exchange, snapshot: Snapshot) -> StatusAndHeaders:
    """The answer's headers, those about a coding that is undone renamed, so that the record reads as what it holds."""
    undone = {"content-encoding", "transfer-encoding", "content-length"}
    headers = [
        (f"X-Original-{name}" if name.lower() in undone else name, value.replace("\r", " ").replace("\n", " "))
        for name, value in exchange.headers
    ]
    headers.append(("Content-Length", str(len(snapshot.body))))
    return StatusAndHeaders(exchange.status, headers, protocol="HTTP/1.1")


def _warcinfo(name: str) -> ArcWarcRecord:
    facts = {"software": "tiaowen", "format": "WARC File Format 1.1"}
    return _Writer(io.BytesIO(), warc_version="1.1").create_warcinfo_record(name, facts)


def _encoded(record: ArcWarcRecord) -> bytes:
    buffer = io.BytesIO()
    _Writer(buffer, gzip=True, warc_version="1.1").write_record(record)
    return buffer.getvalue()


def _write_all(file: io.FileIO, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]


def _captured(member: Member, bodies: dict[Digest, Location]) -> Capture | Damage | None:
    """The capture a record stands for; None for a record that is none, as warcinfo; remembers where bodies are."""
    if member.kind not in ("resource", "response", "revisit"):
        return None
    try:
        capture = _read_fields(member)
    except (KeyError, ValueError, TypeError) as error:
        return Damage(member.location, member.length, f"its header fields cannot be read: {error}", torn=False)
    if member.kind != "revisit" and digest_of(member.body) != capture.digest:
        return Damage(member.location, member.length, "its bytes are not those of its digest", torn=False)
    if _EVIDENCE in member.fields:
        return None
    if member.kind != "revisit":
        bodies.setdefault(capture.digest, member.location)
        return capture
    return _with_body(capture, bodies.get(capture.digest), member.length)


def _check_said(record: Member, capture: Capture) -> None:
    """Raise DigestMismatch unless the record says of the snapshot what the capture does."""
    try:
        said = _read_fields(record)
    except (KeyError, ValueError, TypeError) as error:
        raise DigestMismatch(f"the record at {record.location} cannot be read: {error}") from error
    if replace(said, body=capture.body) != capture:
        raise DigestMismatch(
            f"the record at {record.location} is of {said.url}, {_iso(said.retrieved)}, sha256 {said.digest}; "
            f"the store says {capture.url}, {_iso(capture.retrieved)}, {capture.digest}: run `tiaowen rebuild`"
        )


def _with_body(revisit: Capture, body: Location | None, length: int) -> Capture | Damage:
    if body is None:
        return Damage(revisit.record, length, "it names bytes that the archive does not hold", torn=False)
    return replace(revisit, body=body)


def _read_fields(member: Member) -> Capture:
    fields = member.fields
    algorithm, _, value = fields.get("WARC-Payload-Digest", "").partition(":")
    if algorithm != "sha256":
        raise ValueError("no SHA-256 payload digest")
    content_type = fields.get("HTTP-Content-Type") or fields.get("Content-Type", "")
    return Capture(
        fields["WARC-Target-URI"],
        as_digest(value),
        fields.get("WARC-Identified-Payload-Type") or content_type.partition(";")[0].strip(),
        charset_of(content_type),
        datetime.fromisoformat(fields["WARC-Date"]),
        record=member.location,
        body=member.location,
    )


_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([A-Za-z0-9._:-]+)", re.IGNORECASE)


def charset_of(content_type: str) -> str | None:
    """The charset parameter of a Content-Type value, or None."""
    match = _CHARSET.search(content_type)
    return match[1] if match else None


def _content_type(snapshot: Snapshot) -> str:
    hint = snapshot.charset_hint
    return f"{snapshot.media_type}; charset={hint}" if hint else snapshot.media_type


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _final(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(_OPEN))

"""A snapshot as a WARC record (ISO 28500), there and back.

    resource    a file of this machine (file: URI), its bytes as they were
    response    an answer fetched over HTTP, with its headers, the content coding already undone
    revisit     bytes the archive holds already, met again at another URL or time; names the digest only

An answer that is no document (a list, an error, a challenge page) is kept as evidence of what the server said; its
field WARC-Tiaowen-Evidence says what it is, and no document is read from it.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from tiaowen.corpus.capture import Capture, Location
from tiaowen.corpus.members import Damage, Member
from tiaowen.corpus.snapshot import Digest, Snapshot, as_digest, digest_of
from tiaowen.errors import DigestMismatch, IngestError

LARGEST_BODY = 64 * 1024 * 1024
"""Bytes of the largest snapshot that is taken."""

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]+")
_EVIDENCE = "WARC-Tiaowen-Evidence"


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


class _Writer(WARCWriter):  # type: ignore[misc]  # warcio has no types
    """warcio's writer with SHA-256 for block digests."""

    @staticmethod
    def _create_digester() -> object:
        return Digester("sha256")


def encode(snapshot: Snapshot, held: Capture | None = None, exchange: Exchange | None = None) -> bytes:
    """The gzip member of the record for a snapshot; of a revisit where `held` is a capture of the same bytes.

    Raises IngestError for a snapshot that cannot be archived.
    """
    _check(snapshot, held, exchange)
    return _encoded(_record_of(snapshot, held, exchange))


def encode_info(name: str) -> bytes:
    """The gzip member of the record that begins the file `name`."""
    facts = {"software": "tiaowen", "format": "WARC File Format 1.1"}
    return _encoded(_Writer(io.BytesIO(), warc_version="1.1").create_warcinfo_record(name, facts))


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


def _encoded(record: ArcWarcRecord) -> bytes:
    buffer = io.BytesIO()
    _Writer(buffer, gzip=True, warc_version="1.1").write_record(record)
    return buffer.getvalue()


def captured(member: Member, bodies: dict[Digest, Location]) -> Capture | Damage | None:
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


def check_said(record: Member, capture: Capture) -> None:
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

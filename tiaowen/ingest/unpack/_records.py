"""WARC records of other people's files, one at a time and within limits.

warcio's loader reads a record; what bounds it stands here, since its reader takes a header line of any length.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.warc import charset_of
from tiaowen.errors import IngestError
from tiaowen.ingest.limits import MAX_PAGE_BYTES
from tiaowen.ingest.media import media_type_of
from tiaowen.ingest.unpack import Refusal

_LONGEST_LINE = 64 * 1024
_MOST_LINES = 300
_LARGEST = MAX_PAGE_BYTES + 1024 * 1024
_CHUNK = 1024 * 1024
_KINDS = ("response", "resource", "conversion")


@dataclass(frozen=True)
class Record:
    """A record as warcio reads it, with the payload's bytes."""

    url: str
    loaded: Any

    def snapshot(self) -> Snapshot | None:
        """The page it holds; None for a redirect or an error. Raises IngestError for a page that cannot be taken."""
        http = self.loaded.http_headers
        if http and http.get_statuscode() != "200":
            return None
        declared = (http or self.loaded.rec_headers).get_header("Content-Type") or ""
        body = _payload(self.loaded)
        media_type = media_type_of(self.url, body)
        if media_type == "text/plain" and "html" in declared:
            media_type = "text/html"
        return Snapshot.of(body, self.url, media_type, self._retrieved(), charset_of(declared))

    def _retrieved(self) -> datetime:
        text = self.loaded.rec_headers.get_header("WARC-Date") or ""
        try:
            moment = datetime.fromisoformat(text)
        except ValueError as error:
            raise IngestError(f"{self.url}: its record has no date that can be read: {text!r:.40}") from error
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Stream(Protocol):
    """An open file read from its beginning to its end."""

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; fewer only at the end."""
        ...

    def readline(self, size: int, /) -> bytes:
        """A line, or its first `size` bytes."""
        ...


def records(stream: Stream, name: str) -> Iterator[Record | Refusal]:
    """The records that may hold pages of an open WARC file, uncompressed; `name` is for messages."""
    while head := _head(stream, name):
        if isinstance(head, Refusal):
            yield head
            return
        length, url = _field(head, b"content-length"), _field(head, b"warc-target-uri").strip("<>")
        if not length.isdigit():
            yield Refusal(name, f"{name}: a record without length; what follows cannot be found")
            return
        if _field(head, b"warc-type") not in _KINDS:
            _skip(stream, int(length))
            continue
        if int(length) > _LARGEST:
            _skip(stream, int(length))
            yield Refusal(url or name, f"{url or name}: a record of {int(length):,} bytes is over the limit for a page")
            continue
        block = stream.read(int(length))
        if len(block) < int(length):
            yield Refusal(url or name, f"{name} ends within the record of {url or 'an unnamed page'}")
            return
        yield _loaded(head + block, url or name)


def _head(stream: Stream, name: str) -> bytes | Refusal | None:
    """The next header block with its blank line; None at the end."""
    lines: list[bytes] = []
    for _ in range(_MOST_LINES):
        line = stream.readline(_LONGEST_LINE)
        if not line and not lines:
            return None
        if not lines and not line.strip():
            continue  # between records
        if not lines and not line.startswith(b"WARC/"):
            return Refusal(name, f"{name} is no WARC file, or damaged: a record begins with {line[:40]!r}")
        lines.append(line)
        if not line.strip():
            return b"".join(lines)
    return Refusal(name, f"{name}: a record with over {_MOST_LINES} header lines; the rest is not read")


def _field(head: bytes, name: bytes) -> str:
    for line in head.splitlines():
        key, colon, value = line.partition(b":")
        if colon and key.strip().lower() == name:
            return value.strip().decode("utf-8", "replace")
    return ""


def _skip(stream: Stream, length: int) -> None:
    while length > 0 and (read := len(stream.read(min(length, _CHUNK)))):
        length -= read


def _loaded(data: bytes, url: str) -> Record | Refusal:
    try:
        return Record(url, ArcWarcRecordLoader().parse_record_stream(io.BytesIO(data), known_format="warc"))
    except (
        ArchiveLoadFailed,
        StatusAndHeadersParserException,
        EOFError,
        ValueError,
        AttributeError,
        TypeError,
    ) as error:
        return Refusal(url, f"{url}: its record cannot be read: {error}")


def _payload(loaded: Any) -> bytes:
    """The page's bytes, chunks joined and content coding undone."""
    body: bytes = loaded.raw_stream.read()
    http = loaded.http_headers
    if http is None:
        return body
    if (http.get_header("Transfer-Encoding") or "").lower() == "chunked":
        body = ChunkedDataReader(io.BytesIO(body)).read()
    coding = (http.get_header("Content-Encoding") or "").strip().lower()
    if coding in ("", "identity"):
        return body
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise IngestError(f"its content coding {coding!r:.20} is not read here")
    return inflated(body)


def inflated(body: bytes) -> bytes:
    """`body` without its gzip or deflate coding, or as it is if it has none (crawlers undo it and keep the header).

    Raises IngestError when it inflates over the limit for a page.
    """
    for wbits in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):
        inflate = zlib.decompressobj(wbits)
        try:
            data = inflate.decompress(body, MAX_PAGE_BYTES + 1)
        except zlib.error:
            continue
        if len(data) > MAX_PAGE_BYTES:
            raise IngestError(f"the page inflates to more than {MAX_PAGE_BYTES:,} bytes")
        return data
    return body

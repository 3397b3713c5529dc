"""The gzip members of a WARC file, read strictly: what is torn or damaged is said, and the rest is still found.

warcio's own reader takes a torn member for a short one and prints what zlib said; an archive that promises every
byte has to know the difference. Here one member is one record, as `archive` writes them.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

from tiaowen.corpus.capture import Location

_CHUNK = 64 * 1024
_MAGIC = b"\x1f\x8b\x08"


@dataclass(frozen=True, slots=True)
class Member:
    """One record: its WARC `kind`, header `fields` and payload; `length` is that of the gzip member in bytes.

    `HTTP-Content-Type` among the fields is the Content-Type of an HTTP answer inside the record.
    """

    location: Location
    length: int
    kind: str
    fields: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of `length` bytes that is no whole record; `torn` when the file just ends in it, as after a kill."""

    location: Location
    length: int
    reason: str
    torn: bool


def members(file: BinaryIO, name: str, limit: int) -> Iterator[Member | Damage]:
    """All records of an open WARC file called `name`, in order; `limit` bounds one record's bytes when inflated."""
    offset = file.seek(0)
    size = file.seek(0, io.SEEK_END)
    while offset < size:
        found = member_at(file, Location(name, offset), limit)
        if isinstance(found, Damage) and not found.torn:
            found = Damage(found.location, _next_member(file, offset + 1, size) - offset, found.reason, torn=False)
        yield found
        offset += found.length


def member_at(file: BinaryIO, location: Location, limit: int) -> Member | Damage:
    """The record at `location` of the open file."""
    file.seek(location.offset)
    inflated = bytearray()
    inflate = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    read = 0
    try:
        while not inflate.eof:
            chunk = inflate.unconsumed_tail or file.read(_CHUNK)
            if not chunk:
                return Damage(location, read, f"the file ends {read} bytes into a record", torn=True)
            read += 0 if inflate.unconsumed_tail else len(chunk)
            inflated += inflate.decompress(chunk, _CHUNK * 16)
            if len(inflated) > limit:
                return Damage(location, read, f"a record of more than {limit:,} bytes", torn=False)
    except zlib.error as error:
        return Damage(location, read, f"no whole record stands there ({error})", torn=False)
    return _parsed(location, read - len(inflate.unused_data), bytes(inflated))


def last_whole(file: BinaryIO, name: str, limit: int) -> int:
    """The length in bytes of the file without a torn record at its end."""
    end = 0
    for member in members(file, name, limit):
        if not (isinstance(member, Damage) and member.torn):
            end = member.location.offset + member.length
    return end


def _parsed(location: Location, length: int, data: bytes) -> Member | Damage:
    try:
        record = ArcWarcRecordLoader().parse_record_stream(io.BytesIO(data), known_format="warc")
        fields = dict(record.rec_headers.headers)
        if record.http_headers:
            fields["HTTP-Content-Type"] = record.http_headers.get_header("Content-Type") or ""
        body = record.raw_stream.read()
    except (
        ArchiveLoadFailed,
        StatusAndHeadersParserException,
        EOFError,
        ValueError,
        TypeError,
        AttributeError,
    ) as error:
        return Damage(location, length, f"no WARC record stands there ({error})", torn=False)
    return Member(location, length, record.rec_type or "", fields, body)


def _next_member(file: BinaryIO, start: int, size: int) -> int:
    """The offset of the next gzip member that begins a WARC record, from `start` on; `size` when there is none."""
    position = start
    while position < size:
        file.seek(position)
        block = file.read(_CHUNK + len(_MAGIC))
        hit = block.find(_MAGIC)
        while hit != -1:
            if _begins_record(block[hit:] if len(block) - hit > 1024 else _more(file, position + hit)):
                return position + hit
            hit = block.find(_MAGIC, hit + 1)
        position += _CHUNK
    return size


def _more(file: BinaryIO, offset: int) -> bytes:
    file.seek(offset)
    return file.read(_CHUNK)


def _begins_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(data, 64).startswith(b"WARC/1.")
    except zlib.error:
        return False

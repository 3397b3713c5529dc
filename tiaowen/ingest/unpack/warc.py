"""WARC files of a crawl, WET files of extracted text, and WACZ packages, streamed record by record."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO

from tiaowen.corpus.snapshot import Snapshot
from tiaowen.errors import IngestError
from tiaowen.ingest.packages import UNREADABLE, check_expansion
from tiaowen.ingest.unpack import Holder, Refusal
from tiaowen.ingest.unpack._inflate import Inflated
from tiaowen.ingest.unpack._records import Record, records

_PACKED = b"PK\x03\x04"
_GZIPPED = b"\x1f\x8b"


class Warc:
    """Responses with status 200, resources and conversions; requests, metadata and redirects are passed over."""

    suffixes: tuple[str, ...] = (".warc", ".warc.gz", ".wet", ".wet.gz", ".wacz")

    def unpack(self, file: BinaryIO, holder: Holder) -> Iterator[Snapshot | Refusal]:
        """Every page with the URL, time and media type that its record gives."""
        head = file.read(4)
        file.seek(0)
        if head == _PACKED:
            yield from _packed(file, holder)
        else:
            yield from _pages(file, head, holder)


def _packed(file: BinaryIO, holder: Holder) -> Iterator[Snapshot | Refusal]:
    """The pages of a WACZ package: a ZIP file with WARC files under archive/."""
    try:
        with zipfile.ZipFile(file) as package:
            check_expansion(package, file, holder.url)
            names = [name for name in package.namelist() if name.startswith("archive/") and not name.endswith("/")]
            if not names:
                yield Refusal(holder.url, f"{holder.url} is a ZIP file without WARC files under archive/")
            for name in names:
                with package.open(name) as stream, package.open(name) as peek:
                    yield from _pages(stream, peek.read(4), holder)
    except IngestError as error:
        yield Refusal(holder.url, str(error))
    except UNREADABLE as error:
        yield Refusal(holder.url, f"{holder.url} is not a readable WACZ package: {error}")


def _pages(file: IO[bytes], head: bytes, holder: Holder) -> Iterator[Snapshot | Refusal]:
    stream = Inflated(file, holder.url) if head.startswith(_GZIPPED) else file
    try:
        for record in records(stream, holder.url):
            page = record if isinstance(record, Refusal) else _page(record)
            if page is not None:
                yield page
    except IngestError as error:
        yield Refusal(holder.url, str(error))
    except (OSError, EOFError, zlib.error) as error:
        yield Refusal(holder.url, f"{holder.url} cannot be read further: {error}; what came before it was taken")


def _page(record: Record) -> Snapshot | Refusal | None:
    try:
        return record.snapshot()
    except IngestError as error:
        return Refusal(record.url, str(error) if record.url in str(error) else f"{record.url}: {error}")


plugin = Warc()

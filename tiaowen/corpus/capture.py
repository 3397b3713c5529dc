"""Where a snapshot is at rest; apart from the archive, so that a search loads nothing that reads WARC files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tiaowen.corpus.snapshot import Digest


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """Where a record stands: the name of the WARC file and the offset of its gzip member in bytes."""

    file: str
    offset: int

    def __str__(self) -> str:
        return f"{self.file} at byte {self.offset}"


@dataclass(frozen=True, slots=True)
class Capture:
    """A snapshot at rest: `record` is where its own record stands, `body` where its bytes do.

    The two differ only for a revisit.
    """

    url: str
    digest: Digest
    media_type: str
    charset_hint: str | None
    retrieved: datetime
    record: Location
    body: Location

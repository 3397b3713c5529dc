"""Unpackers: files that hold pages, one file a format; each page becomes a snapshot of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol, runtime_checkable

from tiaowen.corpus.snapshot import Snapshot
from tiaowen.plugins import Family


@dataclass(frozen=True)
class Refusal:
    """A file, or a member of one, that was not taken, and why."""

    name: str
    message: str

    def __str__(self) -> str:
        return self.message if self.name in self.message else f"{self.name}: {self.message}"


@dataclass(frozen=True)
class Holder:
    """The file that holds pages: its URL, and when it was read (for members that do not say when they were)."""

    url: str
    retrieved: datetime


@runtime_checkable
class Unpacker(Protocol):
    """Reads one format of files that hold pages. `suffixes` are lower-case, with the dot, and may be double."""

    suffixes: tuple[str, ...]

    def unpack(self, file: BinaryIO, holder: Holder) -> Iterator[Snapshot | Refusal]:
        """Every page in the file, streamed; a member that cannot be taken is a refusal and the rest goes on."""
        ...


UNPACKERS: Family[Unpacker] = Family(__name__, Unpacker, "unpacker")  # type: ignore[type-abstract]


def unpacker_of(name: str) -> Unpacker | None:
    """The unpacker for a file of that name, by the longest suffix that fits; None for a file that is a page itself."""
    lower = name.lower()
    fitting = [
        (len(suffix), unpacker)
        for _, unpacker in UNPACKERS.all()
        for suffix in unpacker.suffixes
        if lower.endswith(suffix)
    ]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def suffixes() -> frozenset[str]:
    """All suffixes that some unpacker reads."""
    return frozenset(suffix for _, unpacker in UNPACKERS.all() for suffix in unpacker.suffixes)

"""The files of an index of ours for Whoosh, as they are read: without Whoosh, which would load an HTTP client first.

A term table is Whoosh's ordered hash file (whoosh.filedb.filetables), keys in order, with JSON in place of a pickle.
"""

from __future__ import annotations

import json
import mmap
import struct
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import md5
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

CONTENTS = "contents.json"
TERMS, POSTINGS = ".trm", ".pst"
"""Suffixes of a segment's term table and posting lists, those of Whoosh's codec."""
SEGMENT = 1 << 15
"""The most entries in a segment."""

TERM_INFO = struct.Struct("!BfIBBfIIqi")
"""Whoosh's W3TermInfo for a list that is not inlined."""
_FIELD = struct.Struct("!H")
_LENGTHS = struct.Struct("!ii")
_SLOT = struct.Struct("!Iq")
_BUCKET = struct.Struct("!qi")
_INT = struct.Struct("!i")
_BUCKETS = 256

List = tuple[NDArray[np.uint16], NDArray[np.uint8]]
"""A posting list: ids, ascending, and frequencies."""


@dataclass(frozen=True)
class SegmentRow:
    """A line of the table of contents: the files' name, how many entries, how many terms a field has in all."""

    name: str
    entries: int
    lengths: dict[str, int]


def read_contents(directory: Path) -> list[SegmentRow]:
    """The segments in `directory`, in order; none if there is no table of contents.

    Raises ValueError, KeyError or TypeError when it is damaged.
    """
    path = directory / CONTENTS
    if not path.exists():
        return []
    rows = json.loads(path.read_text("utf-8"))
    return [SegmentRow(_file_name(row["name"]), int(row["entries"]), dict(row["lengths"])) for row in rows]


def write_contents(directory: Path, segments: Sequence[SegmentRow]) -> None:
    """Write the table of contents, in place of one that may be a link other generations share."""
    path = directory / CONTENTS
    path.unlink(missing_ok=True)
    path.write_text(json.dumps([asdict(segment) for segment in segments]), "utf-8")


def _file_name(name: str) -> str:
    if not name.replace("_", "").isalnum():
        raise ValueError(f"not the name of a segment: {name!r}")
    return name


def term_key(field: int, term: str) -> bytes:
    """The key of a term in Whoosh's table."""
    return _FIELD.pack(field) + term.encode("utf-8", "replace")


def read_term_info(value: bytes) -> tuple[int, int]:
    """Where a term's list starts and how long it is."""
    info = TERM_INFO.unpack(value)
    return info[8], info[2]


def read_postings(mapped: bytes, offset: int, length: int) -> List:
    """Ids and frequencies of the `length` postings at `offset`."""
    ids = np.frombuffer(mapped, dtype="<u2", count=length, offset=offset)
    return ids, np.frombuffer(mapped, dtype=np.uint8, count=length, offset=offset + 2 * length)


class Terms:
    """The term table at `path`. Raises ValueError or struct.error when it is damaged."""

    def __init__(self, path: Path) -> None:
        self._bytes = mapped(path)
        if self._bytes[:5] != b"HSH3\0":
            raise ValueError(f"{path.name} is no term table")
        end = len(self._bytes) - _INT.size
        extras = end - self._number(_INT, end)
        self._directory = extras - _BUCKETS * _BUCKET.size
        self._end = _BUCKET.unpack_from(self._bytes, self._directory)[0]
        length, at = _varint(self._bytes, extras)
        told = json.loads(self._bytes[at : at + length])
        self.fields: dict[str, int] = told["fieldmap"]
        self._count: int = told["indexlen"]
        self._positions = struct.Struct("!" + told["indextype"])
        self._index = at + length

    def get(self, key: bytes) -> bytes | None:
        """What is kept under `key`, if anything."""
        wanted = int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:], "big")
        table, slots = _BUCKET.unpack_from(self._bytes, self._directory + wanted % _BUCKETS * _BUCKET.size)
        for step in range(slots):
            slot = ((wanted >> 8) + step) % slots
            found, position = _SLOT.unpack_from(self._bytes, table + slot * _SLOT.size)
            if not position:
                return None
            if found == wanted:
                held, value, _ = self._item(position)
                if held == key:
                    return value
        return None

    def from_key(self, key: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Keys from `key` on, in order, with what is kept under them."""
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            if self._item(self._position(middle))[0] < key:
                low = middle + 1
            else:
                high = middle
        position = self._position(low) if low < self._count else self._end
        while position < self._end:
            held, value, position = self._item(position)
            yield held, value

    def _position(self, number: int) -> int:
        return self._number(self._positions, self._index + number * self._positions.size)

    def _item(self, position: int) -> tuple[bytes, bytes, int]:
        """Key, value, and where the next one stands."""
        key, value = _LENGTHS.unpack_from(self._bytes, position)
        if key < 0 or value < 0:
            raise ValueError("a term table whose keys have no end")
        start = position + _LENGTHS.size
        end = start + key + value
        return self._bytes[start : start + key], self._bytes[start + key : end], end

    def _number(self, form: struct.Struct, position: int) -> int:
        return int(form.unpack_from(self._bytes, position)[0])


def mapped(path: Path) -> Any:
    """The bytes of a file, mapped into memory; the file itself is closed."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if path.stat().st_size else b""


def _varint(held: bytes, at: int) -> tuple[int, int]:
    """The number at `at`, seven bits a byte, the lowest first, and where it ends."""
    number = shift = 0
    while True:
        byte = held[at]
        number |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return number, at

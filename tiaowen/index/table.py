"""The entries of an index at rest: ids, texts and instruments' fields, by ordinal, whatever the engine.

A table is a row of parts, each a folder written once and never changed; adding entries adds a part. In a part,
`entries.bin` holds id, text and context of each entry one after the other in UTF-8, `entries.idx` where each starts
(64-bit little-endian). `shelves.jsonl` holds the fields of each instrument, a line each, `shelves.idx` the ordinal of
its first entry and where its line ends.
"""

from __future__ import annotations

import json
import mmap
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cached_property, lru_cache
from itertools import accumulate
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tiaowen.index.matching import Texts
from tiaowen.index.schema import SHELF_FIELDS, Entry, Shelf, article_of, plain_shelf


def write_part(directory: Path, entries: Iterable[Entry]) -> int:
    """Write `entries` as a part in the new folder `directory`; the number written."""
    directory.mkdir(parents=True)
    starts, rows = array("Q", [0]), array("Q")
    position = count = end = 0
    shelf: Shelf | None = None
    with (
        (directory / "entries.bin").open("wb") as texts,
        (directory / "shelves.jsonl").open("wb") as shelves,
    ):
        for entry in entries:
            if entry.shelf != shelf:
                shelf = entry.shelf
                end += shelves.write(json.dumps(_row(shelf), ensure_ascii=False).encode("utf-8", "replace") + b"\n")
                rows.extend((count, end))
            for text in (entry.id, entry.text, entry.context):
                position += texts.write(text.encode("utf-8", "replace"))
                starts.append(position)
            count += 1
    for name, numbers in (("entries.idx", starts), ("shelves.idx", rows)):
        if sys.byteorder == "big":
            numbers.byteswap()
        (directory / name).write_bytes(numbers.tobytes())
    return count


class Part:
    """One folder of a table, mapped into memory."""

    def __init__(self, directory: Path, statuses: Mapping[str, str] = MappingProxyType({})) -> None:
        self.directory = directory
        self._statuses = statuses
        self._starts = memoryview(_mapped(directory / "entries.idx")).cast("Q")
        self._bytes = _mapped(directory / "entries.bin")
        self._shelves = _mapped(directory / "shelves.jsonl")
        rows = memoryview(_mapped(directory / "shelves.idx")).cast("Q").tolist()
        self.firsts, self._ends = rows[::2], [0, *rows[1::2]]
        self.count = len(self._starts) // 3

    def has(self, ordinal: int, sought: bytes, *, context: bool) -> bool:
        """Whether the UTF-8 `sought` stands in the text of an entry, or with `context` in that."""
        at = 3 * ordinal + 1
        start, end, last = self._starts[at], self._starts[at + 1], self._starts[at + 2]
        find = self._bytes.find
        return find(sought, start, end) >= 0 or (context and find(sought, end, last) >= 0)

    def field(self, ordinal: int, which: int) -> str:
        """Id (0), text (1) or context (2) of an entry."""
        at = 3 * ordinal + which
        return str(self._bytes[self._starts[at] : self._starts[at + 1]], "utf-8")

    def shelf(self, number: int) -> tuple[Shelf, Shelf]:
        """The fields of instrument `number` as read, and the same plain."""
        return _shelf(json.loads(self._shelves[self._ends[number] : self._ends[number + 1]]), self._statuses)


class Table(Sequence[Entry]):
    """All entries, by ordinal from 0.

    `statuses` are those of the instruments on some day, by their `content`, and take the place of the pages' words.
    """

    def __init__(self, parts: Iterable[Path], statuses: Mapping[str, str] = MappingProxyType({})) -> None:
        self.statuses = statuses
        self.parts = [Part(directory, statuses) for directory in parts]
        self._firsts = [0]
        for part in self.parts:
            self._firsts.append(self._firsts[-1] + part.count)
        self._both_forms = lru_cache(maxsize=1024)(self._read_shelf)

    def __len__(self) -> int:
        return self._firsts[-1]

    def __getitem__(self, ordinal: int) -> Entry:  # type: ignore[override]
        if not 0 <= ordinal < len(self):
            raise IndexError(ordinal)
        text, context = self.text(ordinal), self._field(ordinal, 2)
        lead_in, *headings = context.split("\n")
        name = self.id(ordinal)
        return Entry(name, _article(name), text, lead_in, tuple(headings), self.shelf(ordinal))

    def id(self, ordinal: int) -> str:
        """The clause id of an entry."""
        return self._field(ordinal, 0)

    def text(self, ordinal: int) -> str:
        """The clause's own words, plain."""
        return self._field(ordinal, 1)

    def texts(self, ordinal: int) -> Texts:
        """Everything of an entry that words are sought in."""
        return Texts(self.text(ordinal), self._field(ordinal, 2))

    def article(self, ordinal: int) -> str:
        """The number of the article an entry stands in, or ""."""
        return _article(self.id(ordinal))

    def shelf(self, ordinal: int) -> Shelf:
        """The fields of the instrument an entry stands in."""
        return self._both_forms(bisect_right(self.bounds, ordinal) - 1)[0]

    def plain_shelf(self, ordinal: int) -> Shelf:
        """The same as filters compare it."""
        return self._both_forms(bisect_right(self.bounds, ordinal) - 1)[1]

    def having(self, needle: str, ordinals: Iterable[int], *, context: bool) -> list[int]:
        """Those of the entries `ordinals` that have `needle` in their own words, or with `context` in what is around.

        Looked up in the bytes where they lie, since every candidate of a query has to be.
        """
        sought = needle.encode("utf-8")
        found = []
        for ordinal in ordinals:
            at = bisect_right(self._firsts, ordinal) - 1
            if self.parts[at].has(ordinal - self._firsts[at], sought, context=context):
                found.append(ordinal)
        return found

    @cached_property
    def shelves(self) -> tuple[Shelf, ...]:
        """The fields of every instrument, in order."""
        return tuple(shelf for shelf, _ in self._all_shelves)

    @cached_property
    def plain_shelves(self) -> tuple[Shelf, ...]:
        """The same as filters compare them."""
        return tuple(shelf for _, shelf in self._all_shelves)

    @cached_property
    def indexed_validity(self) -> list[str]:
        """The validity that every instrument was indexed with, plain, whatever its status on the day."""
        parts = (Part(part.directory) for part in self.parts)
        return [part.shelf(number)[1].validity for part in parts for number in range(len(part.firsts))]

    @cached_property
    def bounds(self) -> list[int]:
        """The ordinal of each instrument's first entry, in order."""
        return [base + at for base, part in zip(self._firsts, self.parts, strict=False) for at in part.firsts]

    def stretches(self, wanted: Iterable[bool]) -> Iterator[tuple[int, int]]:
        """The ranges of ordinals of the instruments for which `wanted` is true, neighbours joined."""
        ends = [*self.bounds, len(self)][1:]
        start = end = -1
        for low, high, take in zip(self.bounds, ends, wanted, strict=True):
            if not take:
                continue
            if low != end:
                if start >= 0:
                    yield start, end
                start = low
            end = high
        if start >= 0:
            yield start, end

    @cached_property
    def _all_shelves(self) -> list[tuple[Shelf, Shelf]]:
        return [part.shelf(number) for part in self.parts for number in range(len(part.firsts))]

    def _read_shelf(self, number: int) -> tuple[Shelf, Shelf]:
        """The shelf of instrument `number`: that alone is read, until all are wanted."""
        if "_all_shelves" in self.__dict__:
            return self._all_shelves[number]
        at = bisect_right(self._instruments, number) - 1
        return self.parts[at].shelf(number - self._instruments[at])

    @cached_property
    def _instruments(self) -> list[int]:
        """The number of each part's first instrument."""
        return [0, *accumulate(len(part.firsts) for part in self.parts)][:-1]

    def _field(self, ordinal: int, which: int) -> str:
        at = bisect_right(self._firsts, ordinal) - 1
        return self.parts[at].field(ordinal - self._firsts[at], which)


def _article(clause_id: str) -> str:
    return article_of(clause_id.partition("/")[2].partition("@")[0])


def _row(shelf: Shelf) -> dict[str, object]:
    """A line of `shelves.jsonl`: the fields, and of the plain fields those that differ."""
    fields, compared = asdict(shelf), asdict(plain_shelf(shelf))
    return {**fields, "plain": {n: v for n, v in compared.items() if v != fields[n]}}


def _shelf(row: dict[str, Any], statuses: Mapping[str, str]) -> tuple[Shelf, Shelf]:
    status = statuses.get(row["content"])
    if status is not None:
        row["validity"] = status
        row["plain"].pop("validity", None)
    fields = {name: row[name] for name in SHELF_FIELDS if name in row}
    shelf = Shelf(**fields)
    return shelf, Shelf(**fields | row["plain"]) if row["plain"] else shelf


def _mapped(path: Path) -> mmap.mmap | bytes:
    """The file's bytes, mapped; an empty file cannot be mapped."""
    with path.open("rb") as file:
        if not path.stat().st_size:
            return b""
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

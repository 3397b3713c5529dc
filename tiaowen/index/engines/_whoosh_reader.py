"""Reads the segments that _whoosh_codec writes: whole posting lists, as arrays over all entries."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tiaowen.index.engines._whoosh_files import (
    POSTINGS,
    SEGMENT,
    TERMS,
    List,
    SegmentRow,
    Terms,
    mapped,
    read_contents,
    read_postings,
    read_term_info,
    term_key,
)
from tiaowen.index.ranking import Field

Mask = NDArray[np.bool_]
"""For every entry, whether it is in the set."""


class Segment:
    """One segment, its first entry having the ordinal `base`."""

    def __init__(self, folder: Path, contents: SegmentRow, base: int) -> None:
        self.base = base
        self.count = contents.entries
        self._folder = folder
        self._name = contents.name
        self._totals = contents.lengths

    def postings(self, field: Field, term: str) -> List | None:
        """The list of `term`; None if no entry has it."""
        value = self._terms.get(self._key(field, term))
        return None if value is None else self._read(value)

    def prefix(self, field: Field, prefix: str) -> Iterator[List]:
        """The lists of every term that begins with `prefix`."""
        key = self._key(field, prefix)
        for found, value in self._terms.from_key(key):
            if not found.startswith(key):
                return
            yield self._read(value)

    def lengths(self, field: Field) -> NDArray[np.uint8]:
        """The length codes of all entries."""
        return np.fromfile(self._path(f".{field}.len"), dtype=np.uint8)

    def total(self, field: Field) -> int:
        """The length of all entries together."""
        return self._totals.get(field, 0)

    def _path(self, ext: str) -> Path:
        return self._folder / f"{self._name}{ext}"

    def _key(self, field: Field, term: str) -> bytes:
        return term_key(self._terms.fields[field], term)

    def _read(self, value: bytes) -> List:
        offset, length = read_term_info(value)
        return read_postings(self._lists, offset, length)

    @cached_property
    def _terms(self) -> Terms:
        return Terms(self._path(TERMS))

    @cached_property
    def _lists(self) -> Any:
        return mapped(self._path(POSTINGS))


class Postings:
    """All segments of the index in `directory`."""

    def __init__(self, directory: Path) -> None:
        self.segments: list[Segment] = []
        self.count = 0
        for contents in read_contents(directory):
            self.segments.append(Segment(directory, contents, self.count))
            self.count += self.segments[-1].count
        self._lengths: dict[Field, tuple[NDArray[np.uint8], float]] = {}

    def frequency(self, field: Field, term: str) -> int:
        """How many entries have `term`."""
        return sum(len(ids) for _, ids, _ in self.lists(field, term))

    def lists(self, field: Field, term: str) -> list[tuple[int, NDArray[np.uint16], NDArray[np.uint8]]]:
        """First ordinal, ids and frequencies of `term` in each segment that has it."""
        found = ((segment.base, segment.postings(field, term)) for segment in self.segments)
        return [(base, *lists) for base, lists in found if lists is not None]

    def having(self, field: Field, term: str) -> Mask:
        """The entries that have `term`."""
        mask = np.zeros(self.count, bool)
        for base, ids, _ in self.lists(field, term):
            mask[base : base + SEGMENT][ids] = True
        return mask

    def having_prefix(self, field: Field, prefix: str) -> Mask:
        """The entries that have a term beginning with `prefix`."""
        mask = np.zeros(self.count, bool)
        for segment in self.segments:
            part = mask[segment.base : segment.base + segment.count]
            for ids, _ in segment.prefix(field, prefix):
                part[ids] = True
        return mask

    def lengths(self, field: Field) -> tuple[NDArray[np.uint8], float]:
        """The length codes of all entries and the mean length."""
        if field not in self._lengths:
            codes = np.concatenate([np.empty(0, np.uint8), *(s.lengths(field) for s in self.segments)])
            mean = sum(s.total(field) for s in self.segments) / max(self.count, 1)
            self._lengths[field] = (codes, mean)
        return self._lengths[field]

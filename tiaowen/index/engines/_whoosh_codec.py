"""Our codec for Whoosh: segments and term tables are Whoosh's, posting lists are plain arrays.

A posting list is all ids of a term, two bytes each, then all frequencies, one byte each (255 means 255 or more). So a
segment can hold 65,536 entries, is inverted by sorting, and a list is read by pointing at it. It holds half as many,
for memory. Where Whoosh would write a pickle we write JSON, the table of contents included: an index is read from a
disk, and reading it must not be able to run anything.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import formats
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter
from whoosh.fields import FieldType
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from tiaowen.index.engines._whoosh_files import TERM_INFO, SegmentRow, term_key
from tiaowen.index.ranking import FIELDS, Document, length_code

INDEX = "tiaowen"
_LARGEST = 255


class PreCut(FieldType):  # type: ignore[misc]
    """A field whose terms come cut; ids and frequencies are all that is kept."""

    def __init__(self) -> None:
        self.format = formats.Frequency()
        self.analyzer = None
        self.scorable = True
        self.stored = self.unique = False
        self.vector = self.spelling = self.column_type = None
        self.multitoken_query = "and"


class PlainFile(StructFile):  # type: ignore[misc]
    """A file of Whoosh's with JSON in place of pickles."""

    def write_pickle(self, obj: Any, protocol: int = -1) -> None:
        """Write `obj` as JSON."""
        self.write_string(json.dumps(obj).encode())


class PlainStorage(FileStorage):  # type: ignore[misc]
    """A folder of such files."""

    def create_file(self, name: str, excl: bool = False, mode: str = "wb", **kwargs: Any) -> PlainFile:
        """A new file."""
        return PlainFile(Path(self.folder, name).open(mode), name=name, **kwargs)


def write_segment(directory: Path, batch: Sequence[Inverter]) -> SegmentRow:
    """Write the inverted fields as one segment in `directory`."""
    codec, storage = W3Codec(), PlainStorage(str(directory))
    segment = codec.new_segment(storage, INDEX)
    writer = codec.field_writer(storage, segment)
    for name, inverter in zip(FIELDS, batch, strict=True):
        writer.start_field(name, PreCut())
        _write_field(writer, inverter)
        writer.finish_field()
        with segment.create_file(storage, f".{name}.len") as lengths:
            lengths.write(bytes(inverter.lengths))
    writer.close()
    totals = {str(name): inverter.total for name, inverter in zip(FIELDS, batch, strict=True)}
    return SegmentRow(segment.segment_id(), len(batch[0].lengths), totals)


class Inverter:
    """Turns one field's documents into posting lists."""

    def __init__(self) -> None:
        self.lengths = bytearray()
        self._exact = array("I")
        self._codes: defaultdict[str, int] = defaultdict(count().__next__)
        self._occurrences = array("I")

    @property
    def total(self) -> int:
        """The number of terms taken."""
        return len(self._occurrences)

    def add(self, terms: Sequence[str]) -> None:
        """Take the terms of the next document."""
        self._occurrences.extend(map(self._codes.__getitem__, terms))
        self._exact.append(len(terms))
        self.lengths.append(length_code(len(terms)))

    def postings(self) -> tuple[list[str], NDArray[np.int64], NDArray[np.uint16], NDArray[np.uint8]]:
        """Terms by their code, where each one's list starts, and all ids and frequencies in the order of the codes."""
        occurrences = np.array(self._occurrences, np.uint64)
        occurrences <<= np.uint64(16)
        occurrences |= np.repeat(np.arange(len(self._exact), dtype=np.uint64), np.array(self._exact))
        occurrences.sort()
        first = np.ones(len(occurrences), bool)
        np.not_equal(occurrences[1:], occurrences[:-1], out=first[1:])
        places = np.flatnonzero(first)
        counts = np.diff(places, append=len(occurrences)).clip(max=_LARGEST).astype(np.uint8)
        kept = occurrences[places]
        del occurrences, first, places
        starts = np.searchsorted(kept >> np.uint64(16), np.arange(len(self._codes) + 1))
        return list(self._codes), starts, (kept & np.uint64(0xFFFF)).astype("<u2"), counts


def invert(documents: Iterable[Document]) -> list[Inverter]:
    """The fields of `documents`, inverted."""
    fields = [Inverter() for _ in FIELDS]
    for document in documents:
        for name, inverter in zip(FIELDS, fields, strict=True):
            inverter.add(document.terms(name))
    return fields


def _write_field(writer: W3FieldWriter, inverter: Inverter) -> None:
    terms, starts, ids, counts = inverter.postings()
    keys = [term_key(writer._fieldid, term) for term in terms]
    for code in sorted(range(len(keys)), key=keys.__getitem__):
        low, high = int(starts[code]), int(starts[code + 1])
        offset = writer._postfile.tell()
        writer._postfile.write(ids[low:high].tobytes() + counts[low:high].tobytes())
        info = TERM_INFO.pack(
            0, 0.0, high - low, 0, 0, 0.0, int(ids[low]), int(ids[high - 1]), offset, 3 * (high - low)
        )
        writer._tindex.add(keys[code], info)

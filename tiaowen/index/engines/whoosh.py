"""Whoosh, the default: nothing to compile, and fast, since whole posting lists are read at once (_whoosh_codec)."""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from tiaowen.errors import SearchError
from tiaowen.index.analyzer import Analyzer
from tiaowen.index.engines import Found, Progress
from tiaowen.index.filters import Filters
from tiaowen.index.query import Node
from tiaowen.index.ranking import RankTerm

if TYPE_CHECKING:
    from tiaowen.index.engines._whoosh_files import SegmentRow
    from tiaowen.index.stretches import Fresh, Stretch


class Whoosh:
    """Writes segments of at most 32,768 entries; adding entries adds a segment."""

    def version(self) -> str:
        """Whoosh's release and that of our codec."""
        import whoosh  # noqa: PLC0415

        return f"whoosh {whoosh.versionstring()}, codec 4"

    def write(self, directory: Path, fresh: Fresh, progress: Progress) -> None:
        """As the protocol says."""
        from tiaowen.index.engines import _whoosh_files as files  # noqa: PLC0415

        segments = _leading(files.read_contents(directory), fresh.first)
        for stretch, segment in fresh.cut(partial(_segment, directory), files.SEGMENT):
            segments.append(segment)
            progress(stretch.last - fresh.first)
        files.write_contents(directory, segments)
        _clean(directory, {files.CONTENTS.partition(".")[0], *(segment.name for segment in segments)})

    def open(self, directory: Path, filters: Filters, analyzer: Analyzer) -> WhooshSearcher:
        """A searcher over the segments in `directory`."""
        return WhooshSearcher(directory, filters, analyzer)


def _clean(directory: Path, live: Collection[str]) -> None:
    """Remove the files of segments before."""
    for path in directory.iterdir():
        if path.name.partition(".")[0] not in live:
            path.unlink()


def _leading(segments: list[SegmentRow], count: int) -> list[SegmentRow]:
    """The segments that hold the first `count` entries."""
    before = [0, *accumulate(segment.entries for segment in segments)]
    if count not in before:
        raise SearchError(f"no segment of the index ends at entry {count}: run `tiaowen index --rebuild`")
    return segments[: before.index(count)]


class WhooshSearcher:
    """Sets of entries are masks; what pairs of characters cannot decide is looked up in the text."""

    def __init__(self, directory: Path, filters: Filters, analyzer: Analyzer) -> None:
        from tiaowen.index.engines._whoosh_match import Matcher  # noqa: PLC0415
        from tiaowen.index.engines._whoosh_reader import Postings  # noqa: PLC0415

        with _readable(directory):
            self._postings = Postings(directory)
        self._directory = directory
        self._matcher = Matcher(self._postings, filters, analyzer)

    def select(self, node: Node) -> Sequence[int]:
        """As the protocol says."""
        with _readable(self._directory):
            found: list[int] = self._matcher.mask(node).nonzero()[0].tolist()
        return found

    def search(self, node: Node, ranking: Sequence[RankTerm], limit: int) -> Found:
        """As the protocol says."""
        from tiaowen.index.engines._whoosh_match import best, scores  # noqa: PLC0415

        with _readable(self._directory):
            mask = self._matcher.mask(node)
            return best(mask, scores(self._postings, ranking), limit)


@contextmanager
def _readable(directory: Path) -> Iterator[None]:
    """Turn what damaged files lead to into an error that says what to do."""
    try:
        yield
    except (OSError, ValueError, KeyError, IndexError, TypeError, struct.error) as error:
        raise SearchError(f"the index in {directory} is damaged ({error}): run `tiaowen index --rebuild`") from error


def _segment(directory: Path, stretch: Stretch) -> SegmentRow:
    from tiaowen.index.engines._whoosh_codec import invert, write_segment  # noqa: PLC0415

    return write_segment(directory, invert(stretch.documents()))


plugin = Whoosh()

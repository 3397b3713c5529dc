"""Whoosh, the default: nothing to compile, and fast, since whole posting lists are read at once (_whoosh_codec)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from tiaowen.errors import SearchError
from tiaowen.index.analyzer import Analyzer
from tiaowen.index.engines import Found, Progress
from tiaowen.index.filters import Filters
from tiaowen.index.query import Node
from tiaowen.index.ranking import Document, RankTerm, documents
from tiaowen.index.table import Table

if TYPE_CHECKING:
    from whoosh.codec.whoosh3 import W3Segment
    from whoosh.fields import Schema
    from whoosh.filedb.filestore import FileStorage
    from whoosh.index import TOC

_STEP = 1000


class Whoosh:
    """Writes segments of at most 32,768 entries; adding entries adds a segment."""

    def version(self) -> str:
        """Whoosh's release and that of our codec."""
        import whoosh  # noqa: PLC0415

        return f"whoosh {whoosh.versionstring()}, codec 2"

    def write(self, directory: Path, table: Table, first: int, analyzer: Analyzer, progress: Progress) -> None:
        """As the protocol says."""
        from whoosh.filedb.filestore import FileStorage  # noqa: PLC0415

        from tiaowen.index.engines import _whoosh_codec as codec  # noqa: PLC0415

        storage = FileStorage(str(directory))
        toc = _contents(storage, codec.schema())
        toc.segments = _leading(toc.segments, first)
        stream = _counted(documents(table, first, analyzer), progress)
        for head in stream:
            inverted = codec.invert(chain([head], islice(stream, codec.SEGMENT - 1)))
            toc.segments.append(codec.write_segment(storage, inverted))
        toc.generation += 1
        toc.write(storage, codec.INDEX)
        _clean(directory, toc)

    def open(self, directory: Path, filters: Filters, analyzer: Analyzer) -> WhooshSearcher:
        """A searcher over the segments in `directory`."""
        return WhooshSearcher(directory, filters, analyzer)


def _contents(storage: FileStorage, schema: Schema) -> TOC:
    """The table of contents there is, or an empty one."""
    from whoosh.index import TOC, EmptyIndexError  # noqa: PLC0415

    try:
        return TOC.read(storage, "tiaowen", schema=schema)
    except EmptyIndexError:
        return TOC(schema, [], 0)


def _clean(directory: Path, toc: TOC) -> None:
    """Remove the files of segments and tables of contents before."""
    live = {f"_tiaowen_{toc.generation}", *(segment.segment_id() for segment in toc.segments)}
    for path in directory.iterdir():
        if path.name.partition(".")[0] not in live:
            path.unlink()


def _leading(segments: list[W3Segment], count: int) -> list[W3Segment]:
    """The segments that hold the first `count` entries."""
    before = [0, *accumulate(segment.doc_count_all() for segment in segments)]
    if count not in before:
        raise SearchError(f"no segment of the index ends at entry {count}: run `tiaowen index --rebuild`")
    return segments[: before.index(count)]


class WhooshSearcher:
    """Sets of entries are masks; what pairs of characters cannot decide is looked up in the text."""

    def __init__(self, directory: Path, filters: Filters, analyzer: Analyzer) -> None:
        from tiaowen.index.engines._whoosh_match import Matcher  # noqa: PLC0415
        from tiaowen.index.engines._whoosh_reader import Postings  # noqa: PLC0415

        self._postings = Postings(directory)
        self._matcher = Matcher(self._postings, filters, analyzer)

    def select(self, node: Node) -> Sequence[int]:
        """As the protocol says."""
        found: list[int] = self._matcher.mask(node).nonzero()[0].tolist()
        return found

    def search(self, node: Node, ranking: Sequence[RankTerm], limit: int) -> Found:
        """As the protocol says."""
        from tiaowen.index.engines._whoosh_match import best, scores  # noqa: PLC0415

        mask = self._matcher.mask(node)
        return best(mask, scores(self._postings, ranking), limit)


def _counted(stream: Iterator[Document], progress: Progress) -> Iterator[Document]:
    for number, document in enumerate(stream, 1):
        if not number % _STEP:
            progress(number)
        yield document


plugin = Whoosh()

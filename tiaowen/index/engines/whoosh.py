"""Whoosh, the default: nothing to compile, and fast, since whole posting lists are read at once (_whoosh_codec)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from tiaowen.index.analyzer import Analyzer
from tiaowen.index.engines import Found, Progress
from tiaowen.index.filters import Filters
from tiaowen.index.query import Node
from tiaowen.index.ranking import Document, RankTerm, documents
from tiaowen.index.table import Table

if TYPE_CHECKING:
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
        stream = _counted(documents(table, first, analyzer), progress)
        for head in stream:
            inverted = codec.invert(chain([head], islice(stream, codec.SEGMENT - 1)))
            toc.segments.append(codec.write_segment(storage, inverted))
        toc.generation += 1
        toc.write(storage, codec.INDEX)

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

"""Extractors: one file a media type; a snapshot becomes a source text of lines with its map back to the raw text."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.texts import SourceText
from tiaowen.errors import IngestError
from tiaowen.ingest.limits import MAX_CHARACTERS, MAX_LINES
from tiaowen.plugins import Family


@runtime_checkable
class Extractor(Protocol):
    """Reads one media type. `media_types` names it, aliases after it; `suffixes` are lower-case, with the dot."""

    media_types: tuple[str, ...]
    suffixes: tuple[str, ...]

    def extract(self, snapshot: Snapshot) -> SourceText:
        """The snapshot's text as lines; raises IngestError if it cannot be read."""
        ...


EXTRACTORS: Family[Extractor] = Family(__name__, Extractor, "extractor")  # type: ignore[type-abstract]


def extract(snapshot: Snapshot) -> SourceText:
    """The source text of `snapshot`, by the extractor of its media type.

    Raises IngestError where there is none, and for a page it refuses or that has too many lines or characters.
    """
    for _, extractor in EXTRACTORS.all():
        if snapshot.media_type in extractor.media_types:
            try:
                return _bounded(extractor.extract(snapshot))
            except IngestError as error:
                named = str(error) if snapshot.url in str(error) else f"{snapshot.url}: {error}"
                raise IngestError(named) from error
    known = ", ".join(sorted(m for _, extractor in EXTRACTORS.all() for m in extractor.media_types))
    raise IngestError(f"{snapshot.url}: no extractor reads {snapshot.media_type}; known: {known}")


def _bounded(source: SourceText) -> SourceText:
    if len(source.lines) > MAX_LINES:
        raise IngestError(f"it has {len(source.lines):,} lines, over {MAX_LINES:,}: split it")
    if len(source.text) > MAX_CHARACTERS:
        raise IngestError(f"it has {len(source.text):,} characters, over {MAX_CHARACTERS:,}: split it")
    return source

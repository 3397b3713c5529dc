"""Records of the shared data sets, and pages read as the program reads them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.texts import NormalText
from tiaowen.errors import IngestError
from tiaowen.ingest.extract import extract
from tiaowen.ingest.normalise import normalise

NOW = datetime(2026, 1, 1, tzinfo=UTC)

Record = dict[str, Any]


def normal_of(body: bytes, name: str, media_type: str) -> NormalText:
    """A page through extraction and cleaning."""
    return normalise(extract(Snapshot.of(body, f"file:///{name}", media_type, NOW)))


def document(html: str) -> str:
    """The clean text of a page; "" where it is refused."""
    try:
        return normal_of(html.encode("utf-8", "replace"), "page", "text/html").clean
    except IngestError:
        return ""


def records(path: Path, step: int = 1) -> Iterator[Record]:
    """Every N-th record of a JSON Lines file, gzipped or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % step == 0:
                yield json.loads(line)

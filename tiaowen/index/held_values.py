"""The values of a field that an index holds, read without opening the engine: for completion in shells."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from tiaowen.corpus.status import STATUSES
from tiaowen.index.manifest import read_manifest
from tiaowen.index.schema import ISSUER_SEPARATOR


def held_values(directory: Path, name: str) -> tuple[str, ...]:
    """The values of `name` in the index in `directory`, the commonest first.

    Raises SearchError where there is no index that can be read, OSError or ValueError where its files are damaged.
    """
    manifest = read_manifest(directory)
    if name == "province":
        return manifest.provinces
    if name == "validity":
        return STATUSES
    counts: Counter[str] = Counter()
    for part in manifest.parts:
        with (directory / manifest.generation / part / "shelves.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row.get("content") not in manifest.dropped:
                    counts.update(value for value in str(row.get(name) or "").split(ISSUER_SEPARATOR[0]) if value)
    return tuple(value for value, _ in counts.most_common())

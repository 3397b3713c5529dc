"""Reports read back: what a file written by `search` or `cite` says of each clause, so that it can be verified."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tiaowen.corpus.citation import Citation
from tiaowen.corpus.export.csv import as_written
from tiaowen.corpus.ids import ClauseId, parse_clause_id
from tiaowen.errors import UsageError

LARGEST = 256 * 1024 * 1024
"""Bytes of the largest report that is read."""

_ASSERTED: Mapping[str, Callable[[Citation], str]] = {
    "quote": lambda citation: citation.quote,
    "path": lambda citation: citation.path,
    "title": lambda citation: citation.title or "",
    "number": lambda citation: citation.number or "",
    "digest": lambda citation: citation.digest,
    "url": lambda citation: citation.url,
    "retrieved": lambda citation: citation.retrieved.isoformat(timespec="seconds"),
    "spans": lambda citation: " ".join(f"{span.start}-{span.end}" for span in citation.spans),
}


@dataclass(frozen=True)
class Reported:
    """What a report asserts of the clause `id`: field name → value. `place` is the row or number in the report."""

    place: str
    id: ClauseId
    asserted: Mapping[str, str]

    def differences(self, citation: Citation) -> Iterator[tuple[str, str, str]]:
        """Field, value in the report and value in the citation, wherever the two are not the same."""
        for name, value in self.asserted.items():
            now = _ASSERTED[name](citation)
            if value != now:
                yield name, value, now


def read_report(path: Path) -> tuple[Reported, ...]:
    """The clauses of a report in JSON, JSON lines or CSV, as `search` and `cite` write them, in its order.

    Raises UsageError, with the place, for a file that is none.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise UsageError(f"{path}: a report that can be verified is named {', '.join(sorted(_READERS))}")
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(f"{path} is larger than {LARGEST:,} bytes; verify it in pieces")
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {path}: {error}") from error
    found = tuple(reader(text, path))
    if not found:
        raise UsageError(f"{path} holds no clauses; is it a report of `tiaowen search` or `tiaowen cite`?")
    return found


def _of_json(text: str, path: Path) -> Iterator[Reported]:
    value = _parsed(text, str(path))
    records = value.get("hits", [value]) if isinstance(value, dict) else value
    if not isinstance(records, list):
        raise UsageError(f"{path}: neither a report nor a list of citations")
    yield from (_of_record(record, f"{path}, number {n}") for n, record in enumerate(records, start=1))


def _of_lines(text: str, path: Path) -> Iterator[Reported]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            place = f"{path}, line {number}"
            yield _of_record(_parsed(line, place), place)


def _of_csv(text: str, path: Path) -> Iterator[Reported]:
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        for number, row in enumerate(rows, start=1):
            cells = {name: as_written(cell) for name, cell in row.items() if name and isinstance(cell, str)}
            yield _reported(cells, f"{path}, row {number}")
    except csv.Error as error:
        raise UsageError(f"{path}, after line {rows.line_num}: {error}") from error


_READERS = {".json": _of_json, ".jsonl": _of_lines, ".csv": _of_csv}


def _parsed(text: str, place: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{place}: this is no JSON ({error})") from error


def _of_record(record: object, place: str) -> Reported:
    """A hit of `search` or a citation of `cite`: the same facts, some of them a level deeper in a hit."""
    if not isinstance(record, dict):
        raise UsageError(f"{place}: neither a hit nor a citation")
    inner = [part for name in ("clause", "instrument", "source") if isinstance(part := record.get(name), dict)]
    merged = {name: value for part in (*inner, record) for name, value in part.items()}
    cells = {name: merged[name] or "" for name in ("id", *_ASSERTED) if name in merged}
    if isinstance(cells.get("spans"), list):
        cells["spans"] = " ".join("-".join(map(str, span)) for span in cells["spans"] if isinstance(span, list))
    if not all(isinstance(value, str) for value in cells.values()):
        raise UsageError(f"{place}: a field that should be text is not")
    return _reported(cells, place)


def _reported(cells: Mapping[str, str], place: str) -> Reported:
    try:
        clause = parse_clause_id(cells.get("id", ""))
    except UsageError as error:
        raise UsageError(f"{place}: {error}") from error
    if "quote" not in cells:
        raise UsageError(f"{place}: it quotes nothing; is this a report of `tiaowen search` or `tiaowen cite`?")
    return Reported(place, clause, {name: cells[name] for name in _ASSERTED if name in cells})

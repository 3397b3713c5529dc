"""What an index knows of works: which instruments are one, the order of their versions, the standing of each by day.

It is one small file of a generation, made anew with each.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from tiaowen.corpus.status import Status, WitnessKind
from tiaowen.index.schema import Shelf

NAME = "works.json"


@dataclass(frozen=True)
class Member:
    """The place of an instrument, named by its `content`, among those of its work.

    `work` counts works, `version` the versions of the work from 0, the oldest, `rank` its witnesses from 0, the best.
    `statuses` are the days, in ISO 8601, from which on it has a status.
    """

    content: str
    work: int
    version: int
    rank: int
    kind: WitnessKind
    statuses: tuple[tuple[str, Status], ...]

    def status(self, day: date) -> Status:
        """Its status on `day`."""
        at = bisect_right([start for start, _ in self.statuses], day.isoformat()) - 1
        return self.statuses[at][1]


class Works:
    """The members of the works of an index, by content. What is not known there is a work of its own."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._members = {member.content: member for member in members}

    def member(self, content: str) -> Member | None:
        """The instrument with that content."""
        return self._members.get(content)

    def work(self, shelf: Shelf) -> str | int:
        """What names the work of an instrument: its number here, else its id."""
        member = self.member(shelf.content)
        return shelf.work if member is None else member.work

    def statuses(self, day: date) -> Mapping[str, Status]:
        """The status of every instrument on `day`, by content."""
        return {content: member.status(day) for content, member in self._members.items()}

    def others(self, works: Iterable[int]) -> tuple[str, ...]:
        """The contents of the instruments of those of the `works` that have several."""
        groups = (self._groups[work] for work in works)
        return tuple(content for group in groups if len(group) > 1 for content in group)

    @cached_property
    def _groups(self) -> dict[int, list[str]]:
        groups: dict[int, list[str]] = defaultdict(list)
        for content, member in self._members.items():
            groups[member.work].append(content)
        return groups


def write_works(generation: Path, members: Iterable[Member]) -> None:
    """Write the file of a generation, in place of one that is linked there."""
    path = generation / NAME
    path.unlink(missing_ok=True)
    rows = [[m.content, m.work, m.version, m.rank, m.kind, m.statuses] for m in members]
    path.write_text(json.dumps(rows, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def read_works(generation: Path) -> Works:
    """The works of a generation. Raises OSError or ValueError where the file is gone or damaged."""
    rows = json.loads((generation / NAME).read_text(encoding="utf-8"))
    return Works(Member(*row[:5], tuple(map(tuple, row[5]))) for row in rows)  # type: ignore[call-arg]

"""Counts by place, year and the like: of what was found, beside what is held, so that a zero can be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

FIELDS = ("province", "city", "year", "issuer", "level", "kind", "genre", "validity", "lang", "script", "title")
"""What can be counted by."""

NOT_SAID = "(not said)"
"""Shown for "", which stands for what the texts do not say."""


NATIONAL = "全国"
"""Stands as the province of what is made for the whole country, as its level says (立法法 第十条 and following)."""

NATIONAL_LEVELS = frozenset(
    {
        *("宪法", "法律", "行政法规", "监察法规", "司法解释", "部门规章"),
        *("规范性文件（国务院）", "规范性文件（部门）"),
    }
)


@dataclass(frozen=True)
class Amount:
    """A number of clauses, and of the works they stand in."""

    clauses: int
    works: int


@dataclass(frozen=True)
class Cell:
    """How much was found of what is held under `values`, one for each field counted by."""

    values: tuple[str, ...]
    found: Amount
    held: Amount


@dataclass(frozen=True)
class Facet:
    """The counts by some fields: a cell for every combination of values of which anything is held.

    Years ascend; other values stand with the greatest number first. What is not said comes last. An instrument with
    several issuers is counted under each, so that cells may add up to more than there is.
    """

    by: tuple[str, ...]
    cells: tuple[Cell, ...]

    def cell(self, *values: str) -> Cell | None:
        """The cell of these values; None where nothing is held."""
        return next((cell for cell in self.cells if cell.values == values), None)


@dataclass(frozen=True)
class CountReport:
    """A count. `query` is None when all that is held was counted.

    `facets` are the counts by all fields of `by`, by those of the rows (all but the last) and by the last one.
    `missing` are the provinces of China of which nothing is held. `notes` are sentences for people. `as_of` is the day
    whose validity is spoken of.
    """

    query: str | None
    understood: str
    filters: dict[str, str]
    by: tuple[str, ...]
    engine: str
    index: str
    at: datetime
    found: Amount
    held: Amount
    facets: tuple[Facet, Facet, Facet]
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    as_of: date | None = None


def facet_json(facet: Facet) -> list[dict[str, Any]]:
    """A facet as plain JSON values; "" where the texts do not say."""
    return [
        {
            **dict(zip(facet.by, cell.values, strict=True)),
            "clauses": cell.found.clauses,
            "works": cell.found.works,
            "of_clauses": cell.held.clauses,
            "of_works": cell.held.works,
        }
        for cell in facet.cells
    ]


def count_json(report: CountReport) -> dict[str, Any]:
    """The report as plain JSON values (docs/schemas/count.schema.json)."""
    return {
        "query": report.query and {"text": report.query, "understood": report.understood},
        "filters": report.filters,
        "by": list(report.by),
        "engine": report.engine,
        "index": report.index,
        "at": report.at.isoformat(timespec="seconds"),
        **({"as_of": report.as_of.isoformat()} if report.as_of else {}),
        "total": {"clauses": report.found.clauses, "works": report.found.works},
        "searched": {"clauses": report.held.clauses, "works": report.held.works},
        "counts": facet_json(report.facets[0]),
        "provinces_missing": list(report.missing),
        "notes": list(report.notes),
    }

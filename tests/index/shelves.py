"""Made-up entries for the tests of the index."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from tiaowen.errors import MissingExtra
from tiaowen.index.schema import Entry, Shelf, plain

GOLDEN = Path(__file__).parents[1] / "golden" / "search"


def golden(name: str) -> dict[str, Any]:
    """A case file."""
    return json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))


def shelves(table: dict[str, Any]) -> dict[str, Shelf]:
    return {
        name: Shelf(work=f"w{name}", page=name * 3, content=f"c{name}", **row)
        for name, row in table["instruments"].items()
    }


def entries(table: dict[str, Any]) -> list[Entry]:
    known = shelves(table)
    return [entry(row["n"], row["text"], known[row["in"]], **_rest(row)) for row in table["entries"]]


def entry(
    number: int, text: str, shelf: Shelf, article: str = "", *, lead_in: str = "", headings: list[str] | None = None
) -> Entry:
    above = tuple(plain(h) for h in headings or ())
    return Entry(f"{shelf.work}/art_{article}__n_{number}@00000000", article, plain(text), plain(lead_in), above, shelf)


def installed(family: Any) -> list[str]:
    """The plug-ins of `family` whose packages are here."""
    names = []
    for name, plugin in family.all():
        with suppress(MissingExtra):
            plugin.version()
            names.append(name)
    return names


def numbers(clause_ids: list[str]) -> list[int]:
    """The numbers of the entries with these ids, ascending."""
    return sorted(int(name.rpartition("__n_")[2].partition("@")[0]) for name in clause_ids)


def _rest(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("article", "lead_in", "headings") if name in row}

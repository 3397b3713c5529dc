"""Tables of words and patterns kept as data beside the code that uses them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def read_table(path: str, columns: int) -> tuple[tuple[str, ...], ...]:
    """The rows of a tab-separated table below this package; lines that begin with # are comments.

    Raises ValueError for a row of another width: a missing tab must not make one pattern out of two.
    """
    rows = []
    for number, line in enumerate(files("tiaowen.ingest").joinpath(path).read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = tuple(line.split("\t"))
        if len(cells) != columns:
            raise ValueError(f"{path}, line {number}: {len(cells)} columns, not {columns}")
        rows.append(cells)
    return tuple(rows)

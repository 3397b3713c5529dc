"""The provinces of China: which of them a corpus holds nothing of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tiaowen.text.fold import fold
from tiaowen.text.simplify import simplify


@dataclass(frozen=True)
class Province:
    """A division at province level. `names` are the beginnings by which it is known, folded, in both languages."""

    code: str
    name: str
    names: tuple[str, ...]


@cache
def provinces() -> tuple[Province, ...]:
    """All 34, in the order of their codes (GB/T 2260)."""
    text = files("tiaowen.corpus").joinpath("data", "provinces.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return tuple(Province(code, names[0], tuple(map(fold, names))) for code, *names in rows)


def missing_provinces(held: Iterable[str]) -> tuple[str, ...]:
    """The short names of the provinces that none of `held` names (江苏, 江蘇省, Jiangsu Province)."""
    forms = [fold(simplify(name)) for name in held]
    return tuple(p.name for p in provinces() if not any(form.startswith(p.names) for form in forms))

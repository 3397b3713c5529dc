"""Tables as data: tab-separated files, and the dictionaries that ship with the opencc package.

A table is UTF-8 text, one row a line, cells parted by tabs; lines that begin with `#` are comments.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Conversion:
    """A dictionary from one script to the other.

    `characters` and `phrases` give the chosen form, of the same number of characters as the key. `outputs` are all
    characters that stand in any form the dictionary allows, the chosen one or another.
    """

    characters: dict[str, str]
    phrases: dict[str, str]
    outputs: frozenset[str]


def read_table(name: str) -> list[tuple[str, ...]]:
    """The rows of `text/data/<name>.tsv` below its head line."""
    text = files("tiaowen.text").joinpath("data", f"{name}.tsv").read_text(encoding="utf-8")
    return list(_rows(text))[1:]


@cache
def traditional_to_simplified() -> Conversion:
    """OpenCC's t2s as the opencc package ships it, corrected by `data/t2s.tsv`."""
    entries = {**_opencc("TSCharacters"), **_opencc("TSPhrases")}
    entries |= {traditional: (simplified,) for traditional, simplified, _ in read_table("t2s")}
    return _conversion(entries)


@cache
def simplified_to_traditional() -> Conversion:
    """The characters of OpenCC's s2t with Taiwan's and Hong Kong's variants among the outputs; no phrases."""
    plain = _conversion(_opencc("STCharacters"))
    regional = {**_opencc("TWVariants"), **_opencc("HKVariants")}
    return Conversion(plain.characters, {}, plain.outputs | _conversion(regional).outputs)


def _opencc(name: str) -> dict[str, tuple[str, ...]]:
    text = files("opencc").joinpath("dictionary", f"{name}.txt").read_text(encoding="utf-8")
    return {key: tuple(values.split()) for key, values in _rows(text)}


def _rows(text: str) -> Iterator[tuple[str, ...]]:
    return (tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#"))


def _conversion(entries: dict[str, tuple[str, ...]]) -> Conversion:
    chosen = {key: values[0] for key, values in entries.items()}
    return Conversion(
        characters={key: value for key, value in chosen.items() if len(key) == 1},
        phrases={key: value for key, value in chosen.items() if len(key) > 1},
        outputs=frozenset(c for values in entries.values() for value in values for c in value),
    )

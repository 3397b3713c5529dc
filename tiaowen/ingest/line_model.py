"""How likely a line belongs to the document of its page: boosted trees over the numbers of `line_features`.

The trees are a table made by tools/make_line_model.py from pages whose documents people marked; no text is in it.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

LEAVES = 16
"""The most leaves a tree may have: one bit of an integer each."""

_ALL = (1 << LEAVES) - 1


@dataclass(frozen=True)
class LineModel:
    """A `base` and trees whose values add to it, in log-odds; all lines pass all trees at once.

    Leaves are numbered from the left. A fork whose `bounds` a line's feature exceeds rules out the leaves to its left,
    which are not in its `masks`; of the leaves that no fork rules out the leftmost is the line's (QuickScorer,
    Lucchese and others 2015). `features`, `bounds` and `masks` have a row for every fork and a column for every tree.
    """

    width: int
    base: float
    features: NDArray[np.intp]
    bounds: Numbers
    masks: NDArray[np.uint16]
    values: Numbers

    def probabilities(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """Of lines with these numbers; ValueError if they are not as many a line as the model was made for."""
        if not rows:
            return []
        numbers = np.array(rows, dtype=np.float64).T
        if len(numbers) != self.width:
            raise ValueError(f"the line model wants {self.width} numbers, not {len(numbers)}: make it anew")
        left = np.full((self.features.shape[1], len(rows)), _ALL, dtype=np.uint16)
        for features, bounds, masks in zip(self.features, self.bounds, self.masks, strict=True):
            left &= np.where(numbers[features] <= bounds[:, None], np.uint16(_ALL), masks[:, None])
        leaves = _lowest_bits()[left]
        totals = self.base + self.values[leaves, np.arange(self.values.shape[1])[:, None]].sum(axis=0)
        found: list[float] = (1 / (1 + np.exp(-totals))).tolist()
        return found


@cache
def line_model() -> LineModel:
    """The model, read on first use."""
    packed = files("tiaowen.ingest").joinpath("data/line_model.json.gz").read_bytes()
    return model_of(json.loads(gzip.decompress(packed)))


def model_of(table: dict[str, Any]) -> LineModel:
    """The model that a table of tools/make_line_model.py holds."""
    trees = [_Tree(nodes) for nodes in table["trees"]]
    forks = max(len(tree.forks) for tree in trees)
    never = (0, np.inf, _ALL)
    padded = [[*tree.forks, *[never] * (forks - len(tree.forks))] for tree in trees]
    by_fork = list(zip(*padded, strict=True))
    return LineModel(
        width=table["features"],
        base=table["base"],
        features=np.array([[fork[0] for fork in row] for row in by_fork], dtype=np.intp),
        bounds=np.array([[fork[1] for fork in row] for row in by_fork]),
        masks=np.array([[fork[2] for fork in row] for row in by_fork], dtype=np.uint16),
        values=np.array([tree.leaves + [0.0] * (LEAVES - len(tree.leaves)) for tree in trees]).T,
    )


class _Tree:
    """A tree read from its list of nodes: a fork names the places of its branches, a leaf has its value alone."""

    def __init__(self, nodes: list[list[float]]) -> None:
        self._nodes = nodes
        self.forks: list[tuple[int, float, int]] = []
        self.leaves: list[float] = []
        self._read(0)

    def _read(self, place: int) -> None:
        node = self._nodes[place]
        if len(node) == 1:
            self.leaves.append(node[0])
            return
        feature, bound, left, right = node
        first = len(self.leaves)
        self._read(int(left))
        ruled_out = (1 << len(self.leaves)) - (1 << first)
        self.forks.append((int(feature), bound, _ALL & ~ruled_out))
        self._read(int(right))


@cache
def _lowest_bits() -> NDArray[np.intp]:
    """The place of the lowest bit of every number that the leaves' bits can make."""
    numbers = np.arange(_ALL + 1)
    places: NDArray[np.intp] = np.log2(np.maximum(1, numbers & -numbers)).astype(np.intp)
    return places

"""How likely a line belongs to the document of its page: boosted trees over the numbers of `line_features`.

The trees are a table made by tools/make_line_model.py from pages whose documents people marked; no text is in it.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Leaf = tuple[float]
Fork = tuple[int, float, int, int]
"""The number of a feature, the largest value that goes left, and the places of the two branches in the tree."""


@dataclass(frozen=True)
class LineModel:
    """A `base` and trees whose leaves add to it, in log-odds."""

    features: int
    base: float
    trees: tuple[tuple[Leaf | Fork, ...], ...]

    def probability(self, row: Sequence[float]) -> float:
        """Of a line with these numbers; ValueError if there are not as many as the model was made for."""
        if len(row) != self.features:
            raise ValueError(f"the line model wants {self.features} numbers, not {len(row)}: make it anew")
        total = self.base
        for tree in self.trees:
            node = tree[0]
            while len(node) > 1:
                feature, bound, left, right = node
                node = tree[left if row[feature] <= bound else right]
            total += node[0]
        return 1 / (1 + math.exp(-total))


@cache
def line_model() -> LineModel:
    """The model, read on first use."""
    packed = files("tiaowen.ingest").joinpath("data/line_model.json.gz").read_bytes()
    table = json.loads(gzip.decompress(packed))
    trees = tuple(tuple(tuple(node) for node in tree) for tree in table["trees"])
    return LineModel(table["features"], table["base"], trees)

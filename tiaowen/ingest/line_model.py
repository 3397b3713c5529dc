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
from typing import Any

_LOOKS = 30
_CERTAIN = 4.5

Node = tuple[int, float, "Node | float", "Node | float"]
"""The number of a feature, the largest value that goes left, and what stands left and right: a fork, or a value."""


@dataclass(frozen=True)
class LineModel:
    """A `base` and trees whose values add to it, in log-odds."""

    features: int
    base: float
    trees: tuple[Node, ...]

    def probability(self, row: Sequence[float]) -> float:
        """Of a line with these numbers; ValueError if there are not as many as the model was made for."""
        if len(row) != self.features:
            raise ValueError(f"the line model wants {self.features} numbers, not {len(row)}: make it anew")
        total = self.base
        for number, tree in enumerate(self.trees):
            if number % _LOOKS == 0 and not -_CERTAIN < total < _CERTAIN:
                break  # what is left of the trees would not turn this
            node: Node | float = tree
            while node.__class__ is tuple:
                feature, bound, left, right = node
                node = left if row[feature] <= bound else right
            total += node  # type: ignore[operator]
        return 1 / (1 + math.exp(-total))


@cache
def line_model() -> LineModel:
    """The model, read on first use."""
    packed = files("tiaowen.ingest").joinpath("data/line_model.json.gz").read_bytes()
    table = json.loads(gzip.decompress(packed))
    return LineModel(table["features"], table["base"], tuple(_tree(nodes, 0) for nodes in table["trees"]))


def _tree(nodes: list[list[float]], place: int) -> Any:
    """A tree from its list of nodes: a fork names the places of its branches, a leaf has its value alone."""
    node = nodes[place]
    if len(node) == 1:
        return node[0]
    feature, bound, left, right = node
    return int(feature), bound, _tree(nodes, int(left)), _tree(nodes, int(right))

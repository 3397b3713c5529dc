"""The line model: what a page tells of itself, and trees that all lines pass at once."""

from __future__ import annotations

import math
import random
from datetime import UTC, datetime
from typing import Any

import pytest

from tiaowen.corpus.snapshot import Snapshot
from tiaowen.ingest.extract import extract
from tiaowen.ingest.line_model import model_of
from tiaowen.ingest.told import Told, shares_of, told_by

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def tree(depth: int, random_: random.Random) -> list[list[float]]:
    """A tree of random forks as the tool writes it."""
    nodes: list[list[float]] = []

    def grow(depth: int) -> int:
        place = len(nodes)
        nodes.append([random_.uniform(-1, 1)])
        if depth and random_.random() < 0.9:
            feature, bound = random_.randrange(3), random_.choice([-0.5, 0.0, 0.5])
            nodes[place] = [feature, bound, grow(depth - 1), grow(depth - 1)]
        return place

    grow(depth)
    return nodes


def walked(nodes: list[list[float]], row: list[float]) -> float:
    node = nodes[0]
    while len(node) > 1:
        feature, bound, left, right = node
        node = nodes[int(left if row[int(feature)] <= bound else right)]
    return node[0]


def test_all_trees_at_once_say_what_walking_them_says() -> None:
    random_ = random.Random(7)
    trees = [tree(4, random_) for _ in range(30)]
    table: dict[str, Any] = {"features": 3, "base": -0.25, "trees": trees}
    rows = [[random_.choice([-1.0, -0.5, 0.0, 0.5, 1.0]) for _ in range(3)] for _ in range(200)]
    found = model_of(table).probabilities(rows)
    for row, probability in zip(rows, found, strict=True):
        total = -0.25 + sum(walked(nodes, row) for nodes in trees)
        assert probability == pytest.approx(1 / (1 + math.exp(-total)))


def test_a_model_made_for_other_features_is_refused() -> None:
    model = model_of({"features": 3, "base": 0.0, "trees": [[[1.0]]]})
    assert model.probabilities([]) == []
    with pytest.raises(ValueError, match="wants 3 numbers, not 2: make it anew"):
        model.probabilities([[0.0, 0.0]])


def test_what_a_page_tells_is_read_from_its_head_and_its_data() -> None:
    html = (
        '<title>样例产业促进办法_示例网</title><meta name="description" content="示例省为了促进样例产业，制定办法">'
        '<script type="application/ld+json">{"@type": "Article", "articleBody": "第一条 为了\\u4fc3进样例产业。"}'
        "</script><p>第一条 为了促进样例产业。</p>"
    )
    told = told_by(extract(Snapshot.of(html.encode(), "https://example.org/a", "text/html", NOW)))
    assert told == Told("样例产业促进办法_示例网", "示例省为了促进样例产业，制定办法", "第一条 为了促进样例产业。")
    assert told.holds("第一条 为了促进样例产业。") == 1
    assert told.holds("相关链接：样例产业的另一件事情如何如何") == 0
    assert Told().holds("第一条") == -1
    assert told_by(extract(Snapshot.of(b'<script>"articleBody": "\\u12"</script>', "u", "text/html", NOW))).body == ""


def test_a_piece_that_stands_in_many_lines_tells_little_of_each() -> None:
    source = extract(Snapshot.of("样例甲\n样例乙\n样例丙\n办法丁".encode(), "file:a", "text/plain", NOW))
    assert shares_of(("样例", "办法", "没有"), source.text, source.lines) == pytest.approx([1 / 9, 1 / 9, 1 / 9, 1 / 3])

"""Several processes make the index that one makes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.index.shelves import entry, installed
from tiaowen.errors import SearchError
from tiaowen.index.analyzer import SEGMENTERS, Analyzer
from tiaowen.index.build import build
from tiaowen.index.engines import ENGINES, _whoosh_files
from tiaowen.index.schema import Shelf
from tiaowen.index.search import open_index
from tiaowen.index.stretches import Fresh, Stretch
from tiaowen.index.table import Table, write_part

ROWS = [
    entry(n, f"第{n}次条款应当公布，示例机构{'可以' * (n % 3)}担保{n % 7}亿元。", Shelf(work=f"w{n // 10}"), str(n % 9))
    for n in range(5000)
]
QUERIES = ("条款", '"示例机构可以"', "7亿元", "第1234次", "modality:may 担保", "article:3", '"公布 担保"~9')


@pytest.mark.parametrize("engine", [name for name in installed(ENGINES) if name != "memory"])
def test_the_index_is_the_same(tmp_path: Path, engine: str) -> None:
    one, two = (build(ROWS, tmp_path / str(jobs), "s", engine=engine, jobs=jobs) for jobs in (1, 2))
    assert (one.clauses, one.parts) == (two.clauses, two.parts)
    first, second = (open_index(tmp_path / str(jobs)) for jobs in (1, 2))
    for query in QUERIES:
        assert first.search(query).hits == second.search(query).hits
        node = first.search(query).node
        assert list(first.searcher.select(node)) == list(second.searcher.select(node))


def test_the_files_of_whoosh_are_the_same_to_the_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """But for the names of segments, which are drawn."""
    monkeypatch.setattr(_whoosh_files, "SEGMENT", 1500)
    held = []
    for jobs in (1, 2):
        build(ROWS, tmp_path / str(jobs), "s", engine="whoosh", jobs=jobs)
        (engine,) = (tmp_path / str(jobs)).glob("generation-*/engine")
        names = [segment.name for segment in _whoosh_files.read_contents(engine)]
        held.append(
            {
                (names.index(path.name.partition(".")[0]), path.name.partition(".")[2]): path.read_bytes()
                for path in engine.iterdir()
                if path.name != _whoosh_files.CONTENTS
            }
        )
    assert len(held[0]) > 20
    assert held[0] == held[1]


def _die(stretch: Stretch) -> int:
    os._exit(3)


def test_a_process_that_dies_is_said(tmp_path: Path) -> None:
    write_part(tmp_path / "part", ROWS[:10])
    fresh = Fresh(Table([tmp_path / "part"]), 0, Analyzer(SEGMENTERS.get("jieba")), jobs=2)
    with pytest.raises(SearchError, match="--jobs 1"):
        list(fresh.cut(_die, 5))

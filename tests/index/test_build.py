"""Building, adding, bringing up to date; kills, readers, and the files that are left."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.index.shelves import entries, entry, golden, installed, numbers
from tiaowen.errors import SearchError
from tiaowen.index.build import add, build, update
from tiaowen.index.engines import ENGINES
from tiaowen.index.generations import writing
from tiaowen.index.schema import Shelf
from tiaowen.index.search import Index, open_index

BASICS = entries(golden("basics"))
CONTENTS = ["cmeasure", "crules", "cenglish"]


def _with(*contents: str):
    return [e for e in BASICS if e.shelf.content in contents]


def _found(index: Index, query: str) -> list[int]:
    return numbers([hit.clause for hit in index.search(query, limit=100).hits])


@pytest.mark.parametrize("engine", installed(ENGINES))
def test_an_update_adds_what_is_new_and_drops_what_is_gone(tmp_path: Path, engine: str) -> None:
    build([*_with("cmeasure", "crules"), *_more(20)], tmp_path, "s", engine=engine)
    asked = []

    def entries_of(contents):
        asked.extend(contents)
        return _with(*contents)

    made = update(["cmeasure", "cenglish", "cmore"], entries_of, tmp_path, "t")
    assert made is not None
    assert asked == ["cenglish"]
    index = open_index(tmp_path, "t")
    assert _found(index, "应当") == [2, 3, 4]
    assert _found(index, "institution") == [7, 8]
    assert _found(index, "NOT 应当 NOT 条款") == [1, 7, 8]
    assert index.search("应当", {"province": ["样例"]}).searched.clauses == 2
    assert (index.manifest.clauses, index.search("*").searched.instruments) == (26, 3)
    assert update(["cmeasure", "cenglish", "cmore", "crules"], entries_of, tmp_path, "u") is not None
    assert asked == ["cenglish"], "what came back is there"
    assert _found(open_index(tmp_path, "u"), "存款") == [5]


def test_an_update_asks_for_a_build_when_it_must(tmp_path: Path) -> None:
    assert update(CONTENTS, lambda contents: [], tmp_path, "s") is None
    build(BASICS, tmp_path, "s", engine="memory")
    assert update(["crules"], lambda contents: [], tmp_path, "t") is None, "most has gone"
    assert update([*CONTENTS, ""], lambda contents: [], tmp_path, "t") is None, "contents are not known"
    manifest = tmp_path / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"engine_version": "memory', '"engine_version": "old'))
    assert update(CONTENTS, lambda contents: [], tmp_path, "t") is None


@pytest.mark.parametrize("engine", installed(ENGINES))
def test_many_additions_leave_few_parts(tmp_path: Path, engine: str) -> None:
    build(_more(30), tmp_path, "s", engine=engine)
    for number in range(12):
        add([entry(100 + number, f"第{number}次条款", Shelf(work=f"w{number}"))], tmp_path, str(number))
    index = open_index(tmp_path)
    assert len(index.manifest.parts) <= 5
    assert index.search("条款").total == 42
    whole = tmp_path / "whole"
    build(list(index.table), whole, "s", engine=engine)
    for query in ("条款", "次条款", "第3次"):
        assert index.search(query).hits == open_index(whole).search(query).hits


def test_readers_keep_their_generation(tmp_path: Path) -> None:
    build(BASICS, tmp_path, "s")
    reader = open_index(tmp_path)
    for state in "tuv":
        build(BASICS[:1], tmp_path, state)
    assert reader.search("应当").total == 5, "opened only now"
    del reader
    build(BASICS, tmp_path, "w")
    assert len(list(tmp_path.glob("generation-*"))) == 1


def test_two_cannot_write_at_once(tmp_path: Path) -> None:
    with writing(tmp_path), pytest.raises(SearchError, match="another process"):
        build([], tmp_path, "s")


def _more(count: int):
    shelf = Shelf(work="wmore", content="cmore")
    return [entry(1000 + n, f"第{n}号条款", shelf) for n in range(count)]


@pytest.mark.parametrize("engine", installed(ENGINES))
def test_what_was_opened_before_an_addition_answers_as_it_was(tmp_path: Path, engine: str) -> None:
    first, second = (entry(n, "集群应当", Shelf(work=f"w{n}", content=f"c{n}")) for n in (1, 2))
    build([first], tmp_path, "s", engine=engine)
    held = open_index(tmp_path)
    add([second], tmp_path, "t")
    assert numbers([hit.clause for hit in held.search("集群").hits]) == [1]  # its engine is opened only now
    assert numbers([hit.clause for hit in open_index(tmp_path).search("集群").hits]) == [1, 2]

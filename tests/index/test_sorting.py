"""Orders of hits that do not depend on the engine."""

from __future__ import annotations

from pathlib import Path

from tests.index.shelves import entry
from tiaowen.index.build import build
from tiaowen.index.schema import Shelf
from tiaowen.index.search import open_index
from tiaowen.index.sorting import SORTS, authority

SHELVES = [
    Shelf(work="w1", page="1", genre="news", date="2024-01-01"),
    Shelf(work="w2", page="2", genre="law", level="规范性文件", date="2023-05-01"),
    Shelf(work="w3", page="3", genre="law", level="法律", date="2010-05-01"),
    Shelf(work="w4", page="4", genre="law", level="法律", date="2021-05-01"),
    Shelf(work="w5", page="5", genre="law", level="法律"),
    Shelf(work="w6", page="6"),
]


def test_date_and_authority(tmp_path: Path) -> None:
    entries = [entry(n, "集群应当认定。" * n, shelf) for n, shelf in enumerate(SHELVES, start=1)]
    build(entries, tmp_path, "state", engine="memory")
    index = open_index(tmp_path)

    def works(sort: str, **more: int) -> list[str]:
        return [hit.clause[:2] for hit in index.search("集群", sort=sort, **more).hits]  # type: ignore[arg-type]

    assert works("date") == ["w1", "w2", "w4", "w3", *[w for w in works("score") if w in ("w5", "w6")]]
    assert works("authority") == ["w4", "w3", "w5", "w2", "w6", "w1"]
    for sort in SORTS:
        whole = works(sort)
        assert whole == works(sort, limit=4) + works(sort, limit=4, offset=4)
        assert set(whole) == {shelf.work for shelf in SHELVES}


def test_what_is_not_known_never_outranks_what_is() -> None:
    assert authority(SHELVES[2]) < authority(SHELVES[1]) < authority(SHELVES[5]) < authority(SHELVES[0])

"""Term tables read by us are those Whoosh reads."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from whoosh.filedb.filetables import OrderedHashReader

from tests.index.shelves import entries, golden
from tiaowen.index.build import build
from tiaowen.index.engines._whoosh_codec import PlainStorage
from tiaowen.index.engines._whoosh_files import TERMS, Terms


class _Reader(OrderedHashReader):
    """Whoosh's, without the JSON that stands where it has a pickle."""

    def _read_extras(self) -> None:
        pass


def test_every_term_is_found_and_no_other(tmp_path: Path) -> None:
    build(entries(golden("basics")), tmp_path, "s", engine="whoosh")
    (path,) = tmp_path.rglob(f"*{TERMS}")
    ours = Terms(path)
    with closing(_Reader(PlainStorage(str(path.parent)).open_file(path.name), path.stat().st_size)) as reader:
        whooshs = dict(reader)
    assert len(whooshs) > 300
    assert dict(ours.from_key(b"")) == whooshs
    assert list(ours.from_key(b"")) == sorted(whooshs.items())
    for key, value in whooshs.items():
        assert ours.get(key) == value
        assert ours.get(key + b"x") == whooshs.get(key + b"x")
        assert next(ours.from_key(key)) == (key, value)
    assert list(ours.from_key(b"\xff" * 9)) == []

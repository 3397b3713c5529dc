"""Index files are read as what they are: data from a disk, which may be damaged or not ours."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from tests.cli import Cli


@pytest.fixture
def indexed(tmp_path: Path) -> Cli:
    (tmp_path / "page.txt").write_text("示例省办法\n第一条 融资担保。\n第二条 有效期三年。\n", "utf-8")
    cli = Cli(tmp_path / "corpus")
    for args in (("init", str(cli.corpus)), ("ingest", str(tmp_path / "page.txt")), ("index",)):
        assert cli(*args).exit_code == 0
    return cli


def test_nothing_in_an_index_is_unpickled(indexed: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("an index was unpickled")

    for name in ("load", "loads", "Unpickler"):
        monkeypatch.setattr(pickle, name, refuse)
    assert indexed("search", "担保").exit_code == 0


def test_a_damaged_index_is_said_to_be_so(indexed: Cli) -> None:
    assert indexed.corpus
    files = [p for p in (indexed.corpus / "index").rglob("*") if p.is_file() and "lock" not in p.name]
    assert len(files) > 5
    for path in files:
        whole = path.read_bytes()
        for broken in {b"", whole[: len(whole) // 2], whole + b"x"} - {whole}:
            path.write_bytes(broken)
            result = indexed("search", "担保")
            assert (result.exit_code, "tiaowen index" in result.stderr) == (5, True), f"{path.name}: {result.output}"
        path.unlink()
        assert indexed("search", "担保").exit_code == 5, path.name
        path.write_bytes(whole)
    assert indexed("search", "担保").exit_code == 0

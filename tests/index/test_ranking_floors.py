"""The figures of benchmarks/ranking.py may rise and never quietly fall."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from benchmarks.ranking import measures


@pytest.mark.data
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_questions_find_what_answers_them(shared: Path, tmp_path: Path) -> None:
    with tarfile.open(shared / "data" / "statutes.tar.gz") as statutes:
        statutes.extractall(tmp_path, filter="data")
    found = {ranked.name: ranked for ranked in measures(shared, tmp_path / "statutes", tmp_path / "work")}
    assert {name: ranked.below for name, ranked in found.items()} == {"statutes": [], "notices": []}

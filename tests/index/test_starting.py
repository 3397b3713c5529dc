"""A search loads what it needs and nothing besides."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli import Cli
from tests.index.shelves import installed
from tiaowen.index.engines import ENGINES

# What costs a tenth of a search or more to load, and no Chinese query with hits needs.
NOT_NEEDED = (
    "concurrent.futures",
    "http.client",
    "jieba",
    "multiprocessing",
    "rich",
    "snowballstemmer",
    "spacy",
    "tiaowen.corpus.ledger",
    "tiaowen.ingest",
    "warcio",
    "wcwidth",
    "whoosh.compat",
    "xlsxwriter",
)
_RUN = """
import sys
from tiaowen.cli import main
try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
print(*sorted(sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize("engine", [name for name in installed(ENGINES) if name != "memory"])
def test_a_search_loads_no_more_than_it_needs(engine: str, sample: Cli, tmp_path: Path) -> None:
    assert sample.corpus
    copy = Cli(tmp_path / "corpus")
    shutil.copytree(sample.corpus, tmp_path / "corpus")
    assert copy("index", "--engine", engine).exit_code == 0
    call = [sys.executable, "-c", _RUN, "search", "有效期 三年", "--corpus", str(copy.corpus)]
    ended = subprocess.run(call, check=True, capture_output=True, text=True)
    assert "有效期" in ended.stdout
    loaded = set(ended.stderr.split())
    unneeded = {*NOT_NEEDED, *(() if engine == "whoosh" else ("numpy",))}
    assert sorted(loaded & unneeded) == []

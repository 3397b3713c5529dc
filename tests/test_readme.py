"""The README's commands work as they stand there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli import Cli
from tiaowen.sample import PAGES

ROOT = Path(__file__).resolve().parents[1]


def commands(readme: str) -> list[list[str]]:
    """The `tiaowen …` lines of the block under "By hand", without comments."""
    text = (ROOT / readme).read_text("utf-8")
    block = re.search(r"```\npip install \.\n(.*?)```", text, re.DOTALL)
    assert block, f"{readme} has no block of commands"
    return [shlex.split(line, comments=True) for line in block[1].splitlines() if line.startswith("tiaowen ")]


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_every_command_of_the_readme_runs(
    readme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    page = next(PAGES.glob("*.html"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TIAOWEN_CORPUS", str(tmp_path / "mycorpus"))
    (tmp_path / "page.html").write_bytes(page.read_bytes())
    (tmp_path / "folder").mkdir()
    for path in PAGES.iterdir():
        (tmp_path / "folder" / path.name).write_bytes(path.read_bytes())
    ran = 0
    for _, *words in commands(readme):
        clause = cli.first_clause_id if cli.indexed else ""
        stand_in = {"江苏": "示例省", "CLAUSE_ID": clause, "条款编号": clause, "FILE": "page.html", "文件": "page.html"}
        args = [stand_in.get(word, word) for word in words]
        assert cli(*args).exit_code in ((0, 1) if words[0] in ("search", "count") else (0,)), args
        ran += 1
    assert ran >= 10

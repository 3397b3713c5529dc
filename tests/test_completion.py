"""What a shell is told when it asks how a word goes on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete

from tests.cli import Cli
from tiaowen.cli import root
from tiaowen.commands import COMMANDS
from tiaowen.corpus.facets import NATIONAL


def complete(*words: str) -> list[str]:
    shell = ShellComplete(root, {}, "tiaowen", "_TIAOWEN_COMPLETE")
    return [item.value for item in shell.get_completions(list(words[:-1]), words[-1])]


def test_commands_and_options() -> None:
    assert complete("co") == [name for name in COMMANDS.names() if name.startswith("co")]
    assert set(complete("")) == set(COMMANDS.names())
    assert "--style" in complete("cite", "--st")
    assert "xlsx" in complete("search", "企业", "--format", "")


def test_what_the_corpus_holds(sample: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    held = {}
    for name in ("province", "kind", "issuer"):
        rows = sample.json("count", "企业", "--by", name, "--format", "json")["counts"]
        held[name] = [row[name] for row in rows if row[name] not in ("", NATIONAL)]
    monkeypatch.delenv("TIAOWEN_CORPUS", raising=False)
    for name, values in held.items():
        asked = complete("search", "企业", "--corpus", str(sample.corpus), f"--{name}", "")
        assert set(asked) == set(values) != set()
    monkeypatch.setenv("TIAOWEN_CORPUS", str(sample.corpus))
    issuer = held["issuer"][0]
    assert issuer in complete("count", "企业", "--issuer", issuer[:2])
    assert issuer in complete("search", "企业", "--issuer", issuer[-2:]), "a part will do where nothing begins so"
    assert complete("search", "企业", "--issuer", "無此機關") == []


def test_where_there_is_no_corpus_nothing_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TIAOWEN_CORPUS", str(tmp_path / "none"))
    assert complete("search", "企业", "--province", "") == []


def test_a_damaged_index_is_none(sample: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    cli = Cli(tmp_path / "corpus")
    cli("init", str(cli.corpus))
    monkeypatch.setenv("TIAOWEN_CORPUS", str(cli.corpus))
    assert complete("search", "企业", "--kind", "") == []
    (tmp_path / "corpus" / "index").mkdir(exist_ok=True)
    (tmp_path / "corpus" / "index" / "manifest.json").write_text("{")
    assert complete("search", "企业", "--kind", "") == []


def test_fields_of_a_count() -> None:
    assert complete("count", "企业", "--by", "province,y") == ["province,year"]
    assert "province,province" not in complete("count", "企业", "--by", "province,p")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_each_shell(cli: Cli, shell: str) -> None:
    assert "_TIAOWEN_COMPLETE" in cli("completion", shell).stdout


def test_the_program_answers_a_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_TIAOWEN_COMPLETE", "zsh_complete")
    monkeypatch.setenv("COMP_WORDS", "tiaowen cov")
    monkeypatch.setenv("COMP_CWORD", "1")
    answer = subprocess.run([sys.executable, "-m", "tiaowen"], capture_output=True, text=True, check=False)
    assert "coverage" in answer.stdout
    assert answer.stderr == ""
    assert isinstance(root, click.Group)

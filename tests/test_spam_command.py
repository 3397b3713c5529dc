"""`tiaowen spam suggest` on a corpus of its own."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from tiaowen.cli import root

TEXT = (
    "第一条 县级以上人民政府应当加强领导，将其纳入国民经济和社会示範燈飾发展规划，所需经费列入预算。\n"
    "第二条 有关部门按照各自职责做好样例产业促进工作，并接受社会监示範燈飾督，及时处理投诉举报。\n"
)


def test_it_lists_words_of_several_hosts(tmp_path: Path) -> None:
    corpus = str(tmp_path / "corpus")
    pages = []
    for number in (1, 2):
        page = tmp_path / f"site{number}" / "rule.txt"
        page.parent.mkdir()
        page.write_text(f"样例{number}市产业促进办法\n{TEXT}", "utf-8")
        pages.append(str(page))
    run = CliRunner()
    assert run.invoke(root, ["init", corpus]).exit_code == 0
    assert run.invoke(root, ["ingest", "--corpus", corpus, *pages]).exit_code == 0
    result = run.invoke(root, ["spam", "suggest", "--corpus", corpus])
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].startswith("示範燈飾\t2 hosts, 2 pages\t")
    assert "no word" in run.invoke(root, ["spam", "suggest", "--corpus", corpus, "--hosts", "3"]).stderr

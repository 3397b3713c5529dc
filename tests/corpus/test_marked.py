"""A page explained: nothing of it lost, removals and doubts where they are."""

from __future__ import annotations

from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.cli import Cli
from tiaowen.corpus.findings import Finding
from tiaowen.corpus.marked import marked
from tiaowen.corpus.snapshot import Snapshot
from tiaowen.pipeline import derive, read_file
from tiaowen.sample import PAGES
from tiaowen.text.spans import Span

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PAGE = """requestId:688e5bcb7ca826.95000870.
示例省促进办法
第一条 为了促进发展，制定span>本办法。
第二条 自发布之日起施行。
"""


def test_the_pieces_are_the_page_and_say_what_became_of_them() -> None:
    normal = derive(Snapshot.of(PAGE.encode(), "file:///page.txt", "text/plain", NOW)).normal
    doubt = Finding("test-doubt", "warning", "parse", "for the test", (Span(50, 52),))
    pieces = list(marked(normal.source, normal.removals, [doubt]))
    assert "".join(piece.text for piece in pieces) == PAGE
    assert [piece.text for piece in pieces if piece.removal] == ["requestId:688e5bcb7ca826.95000870.", "span>"]
    assert "".join(piece.text for piece in pieces if piece.findings) == PAGE[50:52]


@pytest.mark.parametrize("page", sorted(PAGES.iterdir()), ids=lambda path: path.name)
def test_the_html_page_shows_all_of_it_and_runs_nothing(page: Path, tmp_path: Path, cli: Cli) -> None:
    target = tmp_path / "out.html"
    assert cli("inspect", str(page), "--html", str(target)).exit_code == 0
    seen = _Seen()
    seen.feed(target.read_text("utf-8"))
    assert seen.tags <= {"html", "meta", "title", "style", "h1", "h2", "p", "code", "table", "tr", "td", "th"} | {
        "pre", "del", "small", "mark",
    }  # fmt: skip
    derived = derive(read_file(page))
    pieces = marked(derived.normal.source, derived.normal.removals, derived.all_findings)
    kept = "".join(piece.text for piece in pieces if not piece.removal)
    assert "".join(kept.split()) == "".join(derived.normal.clean.split())


def test_a_page_cannot_put_markup_into_its_explanation(tmp_path: Path, cli: Cli) -> None:
    page, target = tmp_path / "evil.txt", tmp_path / "out.html"
    page.write_text("第一条 <script>alert(1)</script><img src=x onerror=alert(1)>文字。\n第二条 好。\n", "utf-8")
    cli("inspect", str(page), "--html", str(target))
    assert "<script" not in target.read_text("utf-8")
    assert "<img" not in target.read_text("utf-8")


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

"""Extraction: lines with their elements, and a map that leads every character back."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quickly import within
from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.texts import SourceText
from tiaowen.errors import IngestError
from tiaowen.ingest.extract import extract

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def source_of(text: str, media_type: str = "text/html") -> SourceText:
    return extract(Snapshot.of(text.encode(), "file:page", media_type, NOW))


def lines_of(text: str, media_type: str = "text/html") -> list[str]:
    source = source_of(text, media_type)
    return [line.span.of(source.text) for line in source.lines]


def assert_whole(source: SourceText) -> None:
    """Kept and removed pieces partition the raw text; every aligned character is the raw one; lines cover the text."""
    kept = [piece for run in source.map.runs for piece in run.src]
    edges = sorted([*kept, *(removal.span for removal in source.removals)])
    assert all(a.end == b.start for a, b in pairwise(edges))
    assert not source.raw or (edges[0].start, edges[-1].end) == (0, len(source.raw))
    for run in source.map.runs:
        if run.aligned and "\r" not in run.src[0].of(source.raw):
            assert run.out.of(source.text) == run.src[0].of(source.raw)
    assert "\n".join(line.span.of(source.text) for line in source.lines) == source.text


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>第一条 为了\n  促进<b>样例</b>发展。</p><p>第二条</p>", ["第一条 为了促进样例发展。", "第二条"]),
        ("<div>one\ntwo<br>three&nbsp;&amp; four</div>", ["one two", "three\xa0& four"]),
        ("<p>\u3000\u3000（一）主体；&emsp;</p><p>&nbsp;</p><p>（二）地域。", ["（一）主体；", "（二）地域。"]),
        (
            "<table><tr><td><p>序号</p><td>指标<tr><td>1<td>产值<br>（亿元）</table>后",
            ["序号\t指标", "1\t产值 （亿元）", "后"],
        ),
        ("<table><tr><td><table><tr><td>甲<td>乙</table><td>丙</table>", ["甲\t乙", "丙"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        ("<script>if (a<b) '<p>'</script>正文<style>p{}</style><!-- 注 --><p style='display: none'>暗</p>", ["正文"]),
        ("<pre>甲\n  乙\n\n丙</pre>", ["甲", "  乙", "丙"]),
        ("企業<ruby>業<rt>yè</rt></ruby>", ["企業業"]),
        ("5 < 6 且 a<b 则 x</p>y<a href='cut", ["5 < 6 且 a<b 则 x", "y"]),
        ("<a title='>'>连</a>接<o:p></o:p>到", ["连接到"]),
        ("&#8220;甲&#x201d;&#147;&notareal;&copy2020&", ["“甲”“¬areal;©2020&"]),
    ],
)
def test_pages_become_lines(html: str, lines: list[str]) -> None:
    assert lines_of(html)[: len(lines)] == lines
    assert_whole(source_of(html))


def test_a_line_knows_its_elements_and_links() -> None:
    source = source_of('<div id="zoom" class="a b"><h2>标题</h2><a href="#">链接</a>文</div>')
    assert [(line.element, line.linked) for line in source.lines] == [("div#zoom.a.b/h2", 0), ("div#zoom.a.b", 2)]


def test_title_and_meta_are_fields() -> None:
    page = '<title>样例 &amp;\n办法</title><meta name="ContentSource" content="示例网">正文'
    source = source_of(page)
    assert [(f.name, f.value) for f in source.fields] == [("title", "样例 & 办法"), ("contentsource", "示例网")]
    assert source.text == "正文"


def test_plain_text_stays_as_it_is() -> None:
    assert lines_of("甲\r\n\r\n <b>乙\r丙", "text/plain") == ["甲", "", " <b>乙", "丙"]


def test_markdown_headings_lose_their_signs() -> None:
    source = source_of("# 样例法 #\n<!-- INFO -->\n## 第一章\n#井号 不是", "text/markdown")
    assert [(line.element, line.span.of(source.text)) for line in source.lines] == [
        ("h1", "样例法"),
        ("", ""),
        ("h2", "第一章"),
        ("", "#井号 不是"),
    ]
    assert_whole(source)


def test_an_unknown_media_type_is_refused() -> None:
    with pytest.raises(IngestError, match=r"no extractor reads image/png; known: .*text/html"):
        source_of("x", "image/png")


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<td>",
        "<tr>",
        "<table>",
        "</table>",
        "<br>",
        "<a",
        "href=x>",
        "</a>",
        "<b>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<pre>",
        "</pre>",
        "&amp;",
        "&nbsp;",
        "&#",
        "<",
        ">",
        '"',
        "'",
        "=",
        "第一条",
        "样例",
        "a",
        "\n",
        "\r\n",
        "\u3000",
        "<title>",
        "</title>",
        "<div",
        "style='display:none'>",
        "</div>",
        "<li>",
        "<o:p/>",
        "</",
        "<!",
        "]]>",
        "\x00",
        "\u200b",
    ]
)


@given(
    st.lists(st.one_of(PIECES, st.just(" ")), max_size=40).map("".join), st.sampled_from(["html", "markdown", "plain"])
)
def test_any_page_is_flattened_whole(text: str, subtype: str) -> None:
    if text:
        assert_whole(source_of(text, f"text/{subtype}"))


@pytest.mark.parametrize(
    "piece",
    ["<div>", "<b>", "<table><tr><td>", "<!--", "<a", "<a b='", '<a b="<c d=\'', "</", "<script>", "<title>", "&", "&#",
     "<p><i>", "</b>", "<select>", "<td>", "<x a=", " \t", "<![CDATA["],
)  # fmt: skip
def test_hostile_pages_are_read_in_linear_time(piece: str) -> None:
    assert within(3, lambda: source_of(piece * 20_000))
    assert within(3, lambda: source_of("<b>" + "<table>" * 600 + "<i>" * 600 + piece * 5_000 + "</b>" * 2_000))


def test_a_page_of_too_many_lines_or_tags_is_refused() -> None:
    with pytest.raises(IngestError, match="lines, over"):
        source_of("一\n" * 50_001, "text/plain")
    with pytest.raises(IngestError, match="tags: split it"):
        source_of("<p>" * 300_001, "text/html")

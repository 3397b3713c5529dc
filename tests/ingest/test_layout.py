"""Which lines of a page are its document: known layouts, weighed lines, and pages that hold none."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup

from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.texts import NormalText
from tiaowen.errors import IngestError
from tiaowen.ingest.extract import extract
from tiaowen.ingest.layout import LAYOUTS, _Elements, find_layout
from tiaowen.ingest.normalise import normalise

NOW = datetime(2026, 1, 2, tzinfo=UTC)
MENU = "".join(f'<li><a href="/{i}">示例栏目{i}</a></li>' for i in range(30))
ARTICLES = "".join(
    f"<p>第{number}条　县级以上人民政府应当加强对样例产业促进工作的领导，建立协调机制，所需经费列入本级预算。</p>"
    for number in "一二三四五六"
)
TABLE = "<table><tr><td><p>序号</p></td><td><p>指标</p></td></tr><tr><td>1</td><td>产值（亿元）</td></tr></table>"


def normal(html: str) -> NormalText:
    return normalise(extract(Snapshot.of(html.encode(), "https://example.org/a", "text/html", NOW)))


def element_for(selector: str) -> str:
    """An element that the last part of a selector finds, inside one for the part before it."""
    html = ""
    for part in reversed(selector.split()):
        name = re.match(r"\w*", part)
        attributes = [f'id="{word}"' for word in re.findall(r"#([\w-]+)", part)]
        attributes += [f'class="x {word}"' for word in re.findall(r"\.([\w-]+)", part)]
        attributes += [f'{key}="{value}"' for key, value in re.findall(r"\[(\w+)\^?=[\"']?([\w-]+)", part)]
        tag = (name[0] if name else "") or "div"
        html = f"<{tag} {' '.join(attributes)}>{html or '样例产业'}</{tag}>"
    return html


def test_selectors_find_what_they_find_when_tried_on_every_element() -> None:
    layouts = [layout for _, layout in LAYOUTS.all()]
    selectors = {selector for layout in layouts for selector in (*layout.body, *layout.title)}
    html = f"<main>{''.join(map(element_for, sorted(selectors)))}<div><p class='y'>无关</p></div></main>"
    soup, elements = BeautifulSoup(html, "html.parser"), _Elements(html, layouts)
    for selector in selectors:
        wanted = [tag.sourcepos for tag in soup.select(selector)]
        assert wanted, selector
        assert [tag.sourcepos for tag in elements.found_by(selector)] == wanted, selector


@pytest.mark.parametrize("name", LAYOUTS.names())
def test_every_layout_finds_its_own_body_and_title(name: str) -> None:
    layout = LAYOUTS.get(name)
    selector = layout.body[0]
    attribute = {"#": "id", ".": "class"}.get(selector[0], "itemprop")
    mark = selector.strip("#.").replace("[itemprop=", "").replace("[id^=", "").rstrip("]")
    attribute = "id" if selector.startswith("[id") else attribute
    html = f'<ul>{MENU}</ul><h1>样例产业促进办法</h1><div {attribute}="{mark}">{ARTICLES}{TABLE}</div><p>版权所有</p>'
    html = f"<!-- gov.cn -->{html}"
    result = normal(html)
    found = find_layout(html, result.source.lines)
    assert found is not None
    lines = result.clean.strip().split("\n")
    assert lines[-1] == "1\t产值（亿元）"
    assert lines[0] == ("样例产业促进办法" if layout.title else lines[0])
    assert "示例栏目" not in result.clean
    assert {r.rule for r in result.removals if not r.rule.startswith("html.")} == {f"layout.{found.layout}"}


def test_an_unknown_page_is_told_from_its_menus_line_by_line() -> None:
    head = f"<title>样例产业促进办法</title><div class=nav><ul>{MENU}</ul></div>"
    html = f"{head}<div><h1>样例产业促进办法</h1>{ARTICLES}</div>"
    result = normal(html + '<div class=footer><a href="/">关于我们</a> <a href="/c">联系我们</a> 版权所有</div>')
    assert "第六条" in result.clean
    assert "示例栏目" not in result.clean
    assert "版权" not in result.clean


def test_a_part_of_the_document_is_not_taken_for_the_whole() -> None:
    short = "<p>示例省样例产业促进办法，共六条，自发布之日起施行，请各单位遵照执行，不得有误，特此通知。</p>"
    html = f'<div id="zoom">{short}</div>{ARTICLES * 3}'
    assert "第六条" in normal(html).clean


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<title>安全验证</title><p>请完成下方验证后继续访问", "challenge"),
        ("<title>Just a moment...</title><p>Checking your browser before accessing example.org", "challenge"),
        ("<title>404 Not Found</title><h1>404</h1><p>您访问的页面不存在或已被删除", "error message"),
        (f"<title>政策文件</title><ul>{MENU}</ul>", "index of 30 links"),
        ("<title>系统维护中</title><p>尊敬的用户：网站正在升级维护，暂时无法访问，敬请谅解！", "maintenance message"),
        ("<title>提示</title><p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。", "challenge"),
        (f"<title>样例政策库</title><ul>{MENU[:400]}</ul><p>您尚未登录，请登录后查看全文。", "log-in page"),
        (f"<title>规范性文件</title><ul>{MENU[:400]}</ul><p>没有找到符合条件的记录", "empty list"),
        ("<title></title><p>正在跳转，请稍候……如果没有自动跳转，请点击这里", "redirect"),
        (f"<title>搜索</title><p>搜索“样例”，共找到相关结果12条</p><ul>{MENU[:500]}</ul>", "index"),
    ],
)
def test_pages_without_a_document_are_refused(html: str, message: str) -> None:
    with pytest.raises(IngestError, match=message):
        normal(html)


def test_a_law_may_speak_of_verification() -> None:
    html = "<p>第一条 办理时应当进行安全检查和身份验证，请完成下方验证后办理，文件不存在的不予受理。</p>"
    assert "身份验证" in normal(html).clean


@pytest.mark.parametrize(
    ("heading", "lines"),
    [
        (
            "关于示例市门户网站系统维护的公告",
            ["网站正在升级维护，暂时无法访问，敬请谅解。", "示例市人民政府", "2026年1月2日"],
        ),
        ("关于开展样例实名验证工作的通知", ["办理前请完成人脸身份验证，未通过验证的不予受理。", "示例市样例局"]),
        ("关于规范样例网站错误页面的通知", ["部分网站提示“您访问的页面不存在”，请立即整改。", "示例市样例局"]),
        ("示例市人民政府令第12号", ["《示例市样例办法》自即日起废止。", "市长 甲某", "2026年1月2日"]),
        ("附件：样例产品目录", [f"样例零部件{n}" for n in range(1, 40)]),
        ("示例市样例专家名单", ["甲某 乙某 丙某 丁某", "戊某 己某 庚某"]),
        ("关于印发样例规划的通知", ["示政发〔2026〕3号", '<a href="p.pdf">样例规划.pdf</a>']),
        ("公告", ["示例河大桥自2026年6月1日起封闭施工，请绕行。特此公告。", "示例市交通运输局"]),
    ],
)
def test_a_short_official_document_is_kept_whole(heading: str, lines: list[str]) -> None:
    text = "".join(f"<p>{line}</p>" for line in lines)
    page = f"<title>{heading}</title><ul>{MENU}</ul><div><h1>{heading}</h1>{text}</div><p>备案号：示ICP备12345678号</p>"
    clean = normal(page).clean
    assert [re.sub("<.*?>", "", line) in clean for line in (heading, *lines)] == [True] * (len(lines) + 1)
    assert "示例栏目" not in clean
    assert "备案号" not in clean


def test_a_page_of_a_few_words_is_kept_and_said() -> None:
    result = normal("<p>样例")
    assert (result.clean, [f.code for f in result.findings]) == ("样例", ["no-main-content"])

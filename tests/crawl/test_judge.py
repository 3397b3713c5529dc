"""What an answer is: page by page, also where one looks like another."""

from __future__ import annotations

import pytest

pytest.importorskip("parsel", reason="the crawl needs the extra `crawl`")

from tests.crawl.loopback import document, row
from tiaowen.ingest.crawl.judge import judge

BODY = "<html><head><title>{}</title></head><body>{}</body></html>"
LAW = "第一条　网站应当对用户进行安全验证，用户输入的验证码不符的，提示页面不存在或者登录失败。" * 20

CASES = {
    "a script that proves a browser": (
        "<html><script>$_ts=window['$_ts'];</script><body></body></html>",
        "challenge-page",
    ),
    "a puzzle": (BODY.format("安全验证", "<p>请完成下列验证后继续访问</p>"), "challenge-page"),
    "a log-in form": (BODY.format("", "用户名<input><input type='password'><button>登录</button>"), "login-page"),
    "not found, with status 200": (BODY.format("提示", "<p>很抱歉，您访问的页面不存在！</p>"), "soft-404"),
    "taken down": (BODY.format("样例市", "<div>该信息已删除</div>" + "<a href='/'>首页</a>" * 30), "soft-404"),
    "nothing but a script": (
        "<html><body><div id='app'></div><script src='/app.js'></script></body></html>",
        "empty-page",
    ),
    "a law about such pages": (BODY.format("样例省网站管理办法", f"<h1>样例省网站管理办法</h1><p>{LAW}</p>"), ""),
    "a short rule": (document(1), ""),
}


@pytest.mark.parametrize("name", CASES)
def test_a_page_is_named_for_what_it_is(name: str) -> None:
    text, code = CASES[name]
    judged = judge(text, 200)
    assert (judged.kind, judged.code) == ("refused" if code else "document", code)


def test_a_list_is_no_document() -> None:
    rows = "".join(row(n) for n in range(40))
    assert judge(BODY.format("政策法规", f"<ul>{rows}</ul>"), 200).kind == "list"


@pytest.mark.parametrize(("status", "code"), [(404, "http-404"), (503, "http-503"), (412, "challenge-page")])
def test_a_status_speaks_for_itself(status: int, code: str) -> None:
    assert judge(document(1), status).code == code


def test_a_forbidden_page_that_asks_for_proof_is_a_challenge() -> None:
    assert judge(BODY.format("", "Just a moment..."), 403).code == "challenge-page"


@pytest.mark.parametrize("hostile", ["<div>" * 50_000, "<a href='x'>" * 20_000, "\0" * 10_000, "登录" * 200_000])
def test_hostile_markup_costs_little(hostile: str) -> None:
    assert judge(hostile, 200).kind in ("document", "list", "refused")

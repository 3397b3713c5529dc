"""The general spider among the habits of real sites: charsets, attachments, visit ids, endless calendars."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.cli import Cli
from tests.crawl.loopback import Archive, Loopback, Reply, as_json, document, loopback, path_of
from tests.crawl.runner import FAST, Crawled
from tests.ingest.wording import docx, paragraph, zipped
from tiaowen.corpus.ledger import Ledger
from tiaowen.corpus.store import Store

pytest.importorskip("scrapy", reason="the crawl needs the extra `crawl`")

GBK = "/wj/202301/t20230105_900.html"
NOTICE = "/文件/t20230106_901.html"
FILES = (
    "<p>附件：<a href='/files/list.txt'>目录.txt</a> <a href='/files/all.zip'>全部.zip</a> "
    "<a href='/files/none.pdf'>附表.pdf</a> <a href='/p.jpg'>图</a></p>"
)


def calendar(path: str, _: dict[str, str]) -> Reply | None:
    """Every month leads to the next, for ever."""
    match = re.fullmatch(r"/zcfg/rili\?year=(\d+)&month=(\d+)", path)
    if not match:
        return None
    year, month = int(match[1]), int(match[2])
    after = f"/zcfg/rili?year={year + month // 12}&month={month % 12 + 1}"
    return Reply(f"<html><body><h1>{year}年{month}月</h1><a href='{after}'>查看下一个月的工作日历</a></body></html>")


@pytest.fixture
def wild() -> Iterator[Loopback]:
    with loopback(calendar, Archive(3)) as site:
        port = site.port
        rows = "".join(
            f"<li><a href='{href}'>{title}</a></li>"
            for href, title in (
                (f"{path_of(0)};jsessionid=AB12CD", "样例市第0号仓库核对办法"),
                (f"{path_of(0)}?PHPSESSID=99", "样例市第0号仓库核对办法"),
                (f"http://127.0.0.1:{port}{path_of(0)}#top", "样例市第0号仓库核对办法"),
                (GBK, "样例市第900号仓库核对办法"),
                ("/old/t20230106_901.html", "样例市第901号仓库核对办法"),
                ("http://example.org/elsewhere/notice_1.html", "样例省别处的一份通知"),
                ("/zcfg/rili?year=2023&month=1", "样例市政务公开工作日历"),
                ("javascript:void(0)", "样例市政策文件更多内容"),
            )
        )
        site.page("/zcfg/index.html", f"<html><head><title>政策</title></head><body><ul>{rows}</ul></body></html>")
        gbk = document(900).replace("charset='utf-8'", "charset='gb2312'").encode("gbk")
        site.page(GBK, Reply(gbk, type="text/html; charset=utf-8"))
        # Servers send the bytes of a path as they are, unquoted.
        moved = {"Location": NOTICE.encode().decode("latin-1")}
        site.page("/old/t20230106_901.html", Reply(status=302, headers=moved))
        site.page(quote(NOTICE), document(901, attachment=FILES))
        listing = "样例市仓库目录\n第一条　样例市仓库目录由样例市仓储局公布。\n第二条　目录每年更新一次。\n"
        members = {
            "范本.txt": "第一条　样例市仓库合同范本。\n第二条　范本自公布之日起使用。\n",
            "图.png": b"\x89PNG\r\n\x1a\n",
        }
        site.page("/files/all.zip", Reply(zipped(members), type="application/zip"))
        site.page("/files/list.txt", Reply(listing, type="text/plain; charset=utf-8"))
        yield site


def test_the_wild(tmp_path: Path, wild: Loopback) -> None:
    crawled = Crawled.empty(tmp_path)
    done = crawled.crawl(f"{wild.url}/zcfg/index.html")
    held = {url.removeprefix(wild.url) for url in crawled.held()}
    assert held == {path_of(0), GBK, quote(NOTICE), "/files/list.txt", f"/files/all.zip#{quote('范本.txt')}"}, (
        done.stdout
    )
    assert len(crawled.held()) == 5
    assert crawled.failures() == {"/files/none.pdf": "http-404"}
    assert not wild.asked("/p.jpg")
    months = [request for request in wild.log if request.path.startswith("/zcfg/rili")]
    assert len(months) <= 20
    with Store.open(crawled.corpus) as store, Ledger.open(crawled.corpus) as ledger:
        (instrument,) = store.instruments_of(store.versions(f"{wild.url}{GBK}")[0].capture.digest)
        assert instrument.masthead.title is not None
        assert instrument.masthead.title.value == "样例市第900号仓库核对办法"
        attached = {place.url.removeprefix(wild.url) for place in ledger.attachments(f"{wild.url}{quote(NOTICE)}")}
        assert attached == {"/files/list.txt", "/files/all.zip"}


def test_a_limit_is_gone_on_from_and_since_leaves_out(tmp_path: Path) -> None:
    crawled = Crawled.empty(tmp_path)
    with loopback(Archive(30)) as site:
        seed = f"{site.url}/zcfg/index.html"
        assert crawled.crawl(seed, options=(*FAST, "--max-pages", "10")).returncode == 0
        assert crawled.status.runs[-1].finished is None
        assert sum(request.path != "/robots.txt" for request in site.log) == 10
        assert crawled.crawl(seed).returncode == 0
        assert crawled.counts == {"new": 30, "list": 2}
        other = Crawled.empty(tmp_path / "since")
        other.crawl(seed, options=(*FAST, "--since", "2023-06-01"))
    assert sorted(other.held()) == sorted(f"{site.url}{path_of(n)}" for n in range(30) if n % 12 + 1 >= 6)


def test_robots_that_cannot_be_had_allow_nothing(tmp_path: Path) -> None:
    crawled = Crawled.empty(tmp_path)
    with loopback(Archive(3)) as site:
        site.page("/robots.txt", Reply("down", 503))
        done = crawled.crawl(f"{site.url}/zcfg/index.html")
        assert {request.path for request in site.log} == {"/robots.txt"}
    assert done.returncode == 3
    assert set(crawled.failures().values()) == {"robots-unreachable"}
    assert crawled.alarms == {"nothing-found"}


def test_what_is_archived_as_evidence_is_no_document_after_a_rebuild(tmp_path: Path) -> None:
    crawled = Crawled.empty(tmp_path)
    with loopback(Archive(25)) as site:
        site.page(path_of(4), Reply("<html><body>您访问的页面不存在</body></html>"))
        site.page(path_of(5), Reply(as_json({"code": 500}).body, type="application/json"))
        crawled.crawl(f"{site.url}/zcfg/index.html")
        crawled.crawl(f"{site.url}/zcfg/index.html", "--update")
    assert crawled.failures() == {path_of(4): "soft-404", path_of(5): "not-a-page"}
    before = sorted(crawled.held())
    cli = Cli(crawled.corpus.path)
    assert cli("doctor").exit_code == 0
    assert cli("rebuild").exit_code == 0
    assert sorted(crawled.held()) == before
    assert len(before) == 23
    assert cli("verify", "--all").exit_code == 0


def test_lists_by_post_lead_to_signed_downloads(tmp_path: Path) -> None:
    """As the national statute database: each law's address is asked for, and is signed anew each time."""
    laws, signed = 25, iter(range(10_000))

    def database(path: str, headers: dict[str, str]) -> Reply | None:
        if path == "/law-search/search/list":
            asked = json.loads(headers[":body"])
            first = (asked["pageNum"] - 1) * 20
            rows = [{"bbbs": f"id{n}", "title": f"样例省第{n}号条例"} for n in range(first, min(laws, first + 20))]
            return as_json({"code": 200, "total": laws, "rows": rows})
        if match := re.fullmatch(r"/law-search/download/pc\?format=docx&bbbs=id(\d+)", path):
            address = f"/prod/{match[1]}.docx?Expires=9&Signature={next(signed)}"
            return as_json({"code": 200, "data": {"url": address}})
        if match := re.match(r"/prod/(\d+)\.docx", path):
            body = "".join(
                map(paragraph, (f"样例省第{match[1]}号条例", "第一条　样例省设立仓库。", "第二条　仓库应当核对。"))
            )
            return Reply(docx(body), type="application/octet-stream")
        return None

    crawled = Crawled.empty(tmp_path)
    with loopback(database) as site:
        fields = {"like": "flk", "host": f"127.0.0.1:{site.port}", "seeds": [f"{site.url}/law-search/search/list"]}
        crawled.crawl_site(fields)
        assert crawled.counts == {"new": 25, "list": 27}, crawled.failures()
        crawled.crawl_site(fields)
    assert crawled.counts == {"known": 25, "list": 27}
    assert crawled.status.runs[-1].sound

"""Whole crawls of a site on loopback, each a process of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli import Cli
from tests.crawl.loopback import Archive, Loopback, Reply, bomb, document, loopback, path_of
from tests.crawl.runner import Crawled

pytest.importorskip("scrapy", reason="the crawl needs the extra `crawl`")


@pytest.fixture
def crawled(tmp_path: Path) -> Crawled:
    return Crawled.empty(tmp_path)


@pytest.fixture
def site() -> Iterator[Loopback]:
    with loopback(Archive(45)) as running:
        yield running


def test_a_list_in_pages_is_found_once_and_none_twice(crawled: Crawled, site: Loopback) -> None:
    done = crawled.crawl(f"{site.url}/zcfg/index.html")
    assert done.returncode == 0, done.stdout + done.stderr
    assert sorted(crawled.held()) == sorted(f"{site.url}{path_of(n)}" for n in range(45))
    assert crawled.counts == {"new": 45, "list": 3}
    assert len(site.asked(path_of(7))) == 1


def site_file(site: Loopback, **fields: object) -> dict[str, object]:
    return {"host": f"127.0.0.1:{site.port}", "seeds": [f"{site.url}/zcfg/index.html"], **fields}


def test_politeness_in_the_servers_log(crawled: Crawled) -> None:
    archive = Archive(6)
    with loopback(archive) as site:
        site.page(
            "/zcfg/index.html",
            Reply(
                "<ul><li><a href='/private/t20230101_1.html'>样例市不公开的第一号文件</a></li>"
                + "".join(f"<li><a href='{path_of(n)}'>样例市第{n}号仓库核对办法</a></li>" for n in range(6))
                + "</ul>"
            ),
        )
        done = crawled.crawl(
            f"{site.url}/zcfg/index.html", options=("--contact", "crawl@example.org", "--delay", "0.3")
        )
    times = sorted((r.began, r.ended) for r in site.log)
    assert all(later[0] >= earlier[1] for earlier, later in zip(times, times[1:], strict=False)), "one at a time"
    # A busy server reads a request late; that the delay is kept shows over all of them.
    since = [began - times[0][0] for began, _ in times]
    assert all(seconds >= 0.3 * n - 0.5 for n, seconds in enumerate(since)), since
    assert site.log[0].path == "/robots.txt"
    assert not site.asked("/private/t20230101_1.html")
    assert all("crawl@example.org" in r.agent and r.agent.startswith("tiaowen/") for r in site.log)
    assert crawled.failures() == {"/private/t20230101_1.html": "robots-disallowed"}
    assert done.returncode == 3
    assert crawled.counts["new"] == 6


def test_update_versions_changes_and_marks_losses(crawled: Crawled) -> None:
    archive = Archive(12)
    with loopback(archive) as site:
        seed = f"{site.url}/zcfg/index.html"
        assert crawled.crawl(seed).returncode == 0
        archive.changed[3] = "逾期不报的，予以通报。"
        archive.missing[5] = Reply("gone", 410)
        archive.missing[6] = Reply("<html><title>提示</title><body>您访问的页面不存在或已删除！</body></html>")
        site.log.clear()
        crawled.crawl(seed, "--update")
        assert crawled.counts == {"same": 9, "changed": 1, "gone": 2, "list": 1}
        assert sum(r.status == 304 for r in site.log) == 9
        site.log.clear()
        assert crawled.crawl(seed).returncode == 0  # what is gone is asked for again, the rest is known
        assert not site.asked(path_of(4))
    assert len(crawled.held()) == 13
    assert crawled.status.gone == 2


def test_a_redesign_changes_pages_and_no_clause(crawled: Crawled) -> None:
    """Half the site is in new markup; among it one page has new words too. Only they are a change."""
    archive = Archive(12)
    with loopback(archive) as site:
        seed = f"{site.url}/zcfg/index.html"
        crawled.crawl(seed)
        for number in range(6):
            words = "逾期不报的，予以通报。" if number == 5 else ""
            page = document(number, words).replace("TRS_Editor", "article-content").replace("<p>", "<div><span>\n　　")
            page = (
                page.replace("</p>", "</span></div>\n").replace("<h1>", "<h2 class='title'>").replace("</h1>", "</h2>")
            )
            archive.missing[number] = Reply(page, headers={"ETag": f'"new-{number}"'})
        crawled.crawl(seed, "--update")
    assert crawled.counts == {"same": 6, "changed": 6, "list": 1}
    cli = Cli(crawled.corpus.path)
    for number in range(6):
        url = f"{site.url}{path_of(number)}"
        kinds = [change["kind"] for change in cli.lines("diff", f"{url}@v1", f"{url}@v2", "--format", "jsonl")]
        assert kinds == (["same"] * 3 if number < 5 else ["changed"] * 3), number


def test_a_zero_is_told_with_the_sources_that_are_short(crawled: Crawled) -> None:
    archive = Archive(12)
    with loopback(archive) as site:
        crawled.crawl_site(site_file(site, expect={"least": 10}))
        cli = Cli(crawled.corpus.path)
        cli("index")
        assert "source" not in cli("search", "火星").stderr
        archive.count = 3
        site.page("/zcfg/index.html", Reply("<title>安全验证</title><p>请完成下列验证后继续访问</p>"))
        crawled.crawl_site(site_file(site, expect={"least": 30}))
    found = cli("search", "火星")
    assert found.exit_code == 1
    assert "source example: 12 held of at least 30 expected, last run with failures" in found.stderr
    assert "tiaowen coverage" in found.stderr
    assert "source" not in cli("search", "仓库").stderr


def test_a_site_file_and_a_redesign_half_way(crawled: Crawled) -> None:
    archive = Archive(20)
    with loopback(archive) as site:
        old = archive.missing
        crawled.crawl_site(site_file(site, content=[".TRS_Editor"]))
        assert crawled.status.runs[-1].sound
        archive.count = 40
        old.update({n: Reply(document(n, content="new-body")) for n in range(30, 40)})
        crawled.crawl_site(site_file(site, content=[".TRS_Editor"]))
    assert crawled.counts["new"] == 20
    assert crawled.alarms == {"layout-changed"}
    cli = Cli(crawled.corpus.path)
    assert cli("index").exit_code == 0
    assert "source example: 40 held of at least 1 expected, last run with failures" in cli("coverage").stderr
    assert "ALARM layout-changed" in cli("sources", "example").output
    (status,) = cli.lines("sources", "--format", "jsonl")
    assert [run["counts"]["new"] for run in status["runs"]] == [20, 20]
    assert cli("sources", "nobody").exit_code == 4


def test_far_fewer_than_before_is_an_alarm(crawled: Crawled) -> None:
    archive = Archive(30)
    with loopback(archive) as site:
        crawled.crawl_site(site_file(site))
        archive.count = 2
        crawled.crawl_site(site_file(site, expect={"least": 5}))
    assert crawled.alarms == {"far-fewer", "fewer-than-expected"}


def test_a_challenge_in_place_of_a_list_is_no_empty_success(crawled: Crawled, site: Loopback) -> None:
    site.page("/zcfg/index.html", Reply("<html><script>$_ts=window['$_ts'];</script><body></body></html>", 412))
    done = crawled.crawl_site(site_file(site))
    assert crawled.failures() == {"/zcfg/index.html": "challenge-page"}
    assert crawled.alarms == {"challenge-page", "nothing-found"}
    assert "ALARM challenge-page" in done.stdout
    assert crawled.held() == []


def test_an_empty_list_is_no_empty_success(crawled: Crawled, site: Loopback) -> None:
    site.page("/zcfg/index.html", "<html><title>政策法规</title><body>" + "<p>栏目说明</p>" * 40 + "</body></html>")
    crawled.crawl_site(site_file(site))
    assert crawled.alarms == {"empty-list", "nothing-found"}


def test_refusals_and_limits(crawled: Crawled, site: Loopback) -> None:
    again = {"busy": 0}

    def busy(path: str, _: dict[str, str]) -> Reply | None:
        if path != path_of(1):
            return None
        again["busy"] += 1
        return Reply("slow down", 429, headers={"Retry-After": "1"}) if again["busy"] == 1 else None

    site.routes.insert(0, busy)
    site.page(path_of(2), Reply("forbidden", 403))
    site.page(path_of(3), Reply(status=302, headers={"Location": "/moved/t20230101_3.html"}))
    site.page("/moved/t20230101_3.html", Archive(45)._document(3, {}))
    site.page(path_of(4), Reply(status=302, headers={"Location": path_of(4)}))
    site.page(path_of(5), Reply(status=302, headers={"Location": "http://example.org/elsewhere"}))
    site.page(path_of(7), Reply(bomb(60_000_000), headers={"Content-Encoding": "gzip"}))
    site.page(path_of(8), Reply("x", headers={"Content-Length": "60000000"}))
    crawled.crawl(f"{site.url}/zcfg/index.html")
    assert crawled.failures() == {
        path_of(2): "http-403",
        path_of(4): "redirect-loop",
        path_of(5): "redirect-elsewhere",
        path_of(7): "too-large",
        path_of(8): "too-large",
    }
    first, second = site.asked(path_of(1))
    assert second.began - first.ended >= 1.0
    assert crawled.counts["new"] == 40
    assert f"{site.url}/moved/t20230101_3.html" in crawled.held()

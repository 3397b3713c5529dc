"""URLs in one form, and list readers: each kind of list, its end, and text that means harm."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("parsel", reason="the crawl needs the extra `crawl`")

from tests.quickly import within
from tiaowen.ingest.crawl.lists.data import JsonList, JsonMarkup, ScriptData
from tiaowen.ingest.crawl.lists.markup import Datastore, HtmlList
from tiaowen.ingest.crawl.site import ListPage, ListReader
from tiaowen.ingest.crawl.urls import absolute, key_of, shape_of

PAGE = "https://example.org/zwgk/list/index.html"
ANY = re.compile(r"\.html$")

SAME = [
    ("https://example.org/a.html", "HTTP://Example.ORG:80/a.html#top"),
    ("/a.html;jsessionid=AB12?x=1&y=2", "https://example.org/a.html?y=2&x=1"),
    ("/a/index.html", "https://example.org/a/"),
    ("/a.html?PHPSESSID=7&utm_source=x", "/a.html"),
    ("/文件/a.html", "/%E6%96%87%E4%BB%B6/a.html"),
]
OTHER = [("/a.html?id=1", "/a.html?id=2"), ("/a.html", "/A.html"), ("/a/b.html", "/a/c.html"), ("/a?sid=1", "/a?sid=2")]


def key(link: str) -> str:
    url = absolute(PAGE, link)
    assert url
    return key_of(url)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_a_page_has_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_two_pages_have_two_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize(
    "link",
    ["javascript:void(0)", "mailto:a@example.org", "ftp://example.org/a", "http://", "http://[", "http://u:p@h/"],
)
def test_what_leads_to_no_page_has_no_url(link: str) -> None:
    assert absolute(PAGE, link) is None


@given(st.text(max_size=80))
def test_any_link_becomes_an_address_fit_to_be_sent_or_none(link: str) -> None:
    url = absolute(PAGE, link)
    if url is not None:
        assert re.fullmatch(r"https?://[!-~]+", url)
        assert absolute(url, url) == url
        assert key_of(url)
        assert shape_of(url)


def test_pages_of_a_calendar_have_one_shape() -> None:
    shapes = {shape_of(f"https://example.org/rl?y={year}&m=1") for year in range(2000, 2030)}
    assert len(shapes) == 1


def test_a_json_list_ends_where_its_total_is_reached() -> None:
    reader = JsonList("rows", url="u", page="p", total="n", size=2)
    more = reader.read(ListPage("https://example.org/l?p=1", '{"n": 3, "rows": [{"u": "/1.html"}, {"u": "/2.html"}]}'))
    last = reader.read(ListPage("https://example.org/l?p=2", '{"n": 3, "rows": [{"u": "/3.html"}]}'))
    past = reader.read(ListPage("https://example.org/l?p=3", '{"n": 3, "rows": []}'))
    assert [seed.url for seed in more.more] == ["https://example.org/l?p=2"]
    assert (len(last.entries), last.more) == (1, ())
    assert (past.entries, past.more, past.read) == ((), (), True)


def test_a_list_inside_a_callback_is_read() -> None:
    page = ListPage(PAGE, 'jsonpCallback({"rows": [{"u": "/1.html", "title": "样例"}]});')
    assert [entry.title for entry in JsonList("rows", url="u").read(page).entries] == ["样例"]


def test_rows_that_a_script_writes_are_read_from_its_data() -> None:
    text = (
        "<script>var listData = [{url:'./1.html', title:\"样例\\u5e02\", day:'2023-01-05'}, {url:'/2.html'}];</script>"
    )
    entries = ScriptData("listData", day="day").read(ListPage(PAGE, text)).entries
    assert [(entry.url.rpartition("/")[2], entry.title) for entry in entries] == [("1.html", "样例市"), ("2.html", "")]
    assert str(entries[0].day) == "2023-01-05"


def test_a_unit_of_a_column_is_asked_for_and_gone_on_with() -> None:
    reader = JsonMarkup(ANY)
    column = "<div queryData=\"{'webId':'1','pageId':'7','tagId':'列表'}\" url='/unit'></div>"
    (unit,) = reader.read(ListPage(PAGE, column)).more
    assert "pageId=7" in unit.url
    found = reader.read(
        ListPage(unit.url, '{"data": {"html": "<li><a href=\'/art/1.html\'>样例</a> 2023-01-05</li>"}}')
    )
    assert [entry.url for entry in found.entries] == ["https://example.org/art/1.html"]
    assert "%22pageNo%22%3A2" in found.more[0].url


READERS: list[ListReader] = [
    HtmlList(ANY, page="p"),
    Datastore(ANY),
    JsonList("data.rows", url="{url}", page="p", total="n"),
    JsonMarkup(ANY),
    ScriptData("listData"),
]
HOSTILE = [
    "<record>" * 200_000,
    "<a href='x" * 100_000,
    "createPageHTML(" * 100_000,
    "createPageHTML(99999, 0, 'index', 'html')" * 50,
    "queryData=\"{'a':'" * 60_000,
    "listData = [" + "{'a':'" * 200_000,
    "listData = [" + "{a:" * 200_000,
    "[" * 500_000,
    '{"data":' * 100_000,
    "'" * 1_000_000,
    "cb(" + ")" * 500_000,
    "totalRecord:99999999 'dataproxy.jsp'",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_text_that_means_harm_costs_little(text: str) -> None:
    page = ListPage(f"{PAGE}?p=1", text)
    for reader in READERS:
        assert len(reader.read(page).more) <= 4001
    assert within(10, lambda: [reader.read(page) for reader in READERS])


@given(st.text(max_size=300))
def test_any_text_is_read_without_error(text: str) -> None:
    for reader in READERS:
        reader.read(ListPage(PAGE, text))

"""海南省人民政府: UCAP; the channel's search answers in JSON; text in #UCAP-CONTENT."""

from __future__ import annotations

import re

from tiaowen.ingest.crawl.lists.data import JsonList, ScriptData
from tiaowen.ingest.crawl.lists.markup import HtmlList
from tiaowen.ingest.crawl.site import Expectation, Site, seeds

_DOCUMENT = re.compile(r"/\d{6}/[0-9a-f]{32}\.shtml$")

plugin = Site(
    name="海南省人民政府",
    hosts=("hainan.gov.cn",),
    seeds=seeds(
        "https://www.hainan.gov.cn/hainan/zfwj/szfzcwj.shtml", "https://www.hainan.gov.cn/hainan/zwgk/zc.shtml"
    ),
    readers=(
        JsonList("data.results", url="url", day="publishedTimeStr", page="page", total="data.total", size=20),
        ScriptData("listData", day="publishedTimeStr"),
        HtmlList(_DOCUMENT),
    ),
    document=_DOCUMENT,
    content=("#UCAP-CONTENT", ".zwnr"),
    expect=Expectation(least=300),
)

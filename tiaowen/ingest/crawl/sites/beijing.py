"""北京市人民政府: TRS WCM; lists in HTML, counted by createPageHTML; text in .TRS_Editor or .view."""

from __future__ import annotations

import re

from tiaowen.ingest.crawl.lists.markup import HtmlList
from tiaowen.ingest.crawl.site import Expectation, Site, seeds

_DOCUMENT = re.compile(r"/t(19|20)\d{6}_\d+\.html?$")

plugin = Site(
    name="北京市人民政府",
    hosts=("beijing.gov.cn",),
    seeds=seeds("https://www.beijing.gov.cn/zhengce/zhengcefagui/", "https://www.beijing.gov.cn/zhengce/gfxwj/"),
    readers=(HtmlList(_DOCUMENT),),
    document=_DOCUMENT,
    content=(".TRS_Editor", ".TRS_UEDITOR", "#mainText", ".view"),
    expect=Expectation(least=500),
)

"""上海市人民政府: static lists with a “next page” link, pages named by 32 hexadecimal digits; text in #ivs_content."""

from __future__ import annotations

import re

from tiaowen.ingest.crawl.lists.markup import HtmlList
from tiaowen.ingest.crawl.site import Expectation, Site, seeds

_DOCUMENT = re.compile(r"/nw\d+/\d{8}/[0-9a-f]{32}\.html$")

plugin = Site(
    name="上海市人民政府",
    hosts=("shanghai.gov.cn",),
    seeds=seeds("https://www.shanghai.gov.cn/nw4417/index.html", "https://www.shanghai.gov.cn/nw22587/index.html"),
    readers=(HtmlList(_DOCUMENT),),
    document=_DOCUMENT,
    content=("#ivs_content", ".Article_content"),
    expect=Expectation(least=500),
)

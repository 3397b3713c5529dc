"""安徽省人民政府: Longxun; lists in HTML, counted by a parameter; text in .j-fontContent or .gzk-article."""

from __future__ import annotations

import re

from tiaowen.ingest.crawl.lists.markup import HtmlList
from tiaowen.ingest.crawl.site import Expectation, Site, seeds

_DOCUMENT = re.compile(r"/public/\d+/\d+\.html$")

plugin = Site(
    name="安徽省人民政府",
    hosts=("ah.gov.cn",),
    seeds=seeds("https://www.ah.gov.cn/public/column/1681?type=4&catId=6708431&action=list&pageIndex=1"),
    readers=(HtmlList(_DOCUMENT, page="pageIndex"),),
    document=_DOCUMENT,
    content=(".j-fontContent", ".gzk-article", ".wzcon"),
    expect=Expectation(least=300, number=True),
)

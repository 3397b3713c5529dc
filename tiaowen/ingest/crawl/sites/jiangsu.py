"""江苏省人民政府: Hanweb JPage; rows stand in a datastore of the page, the others come from dataproxy.jsp."""

from __future__ import annotations

import re

from tiaowen.ingest.crawl.lists.data import JsonMarkup
from tiaowen.ingest.crawl.lists.markup import Datastore
from tiaowen.ingest.crawl.site import Expectation, Site, seeds

_DOCUMENT = re.compile(r"/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html$")

plugin = Site(
    name="江苏省人民政府",
    hosts=("jiangsu.gov.cn",),
    seeds=seeds(
        "https://www.jiangsu.gov.cn/col/col84242/",
        "https://www.jiangsu.gov.cn/col/col76841/",
        "https://www.jiangsu.gov.cn/col/col66109/",
    ),
    readers=(Datastore(_DOCUMENT), JsonMarkup(_DOCUMENT)),
    document=_DOCUMENT,
    content=("#zoom", ".bt_content", ".article_zoom"),
    expect=Expectation(least=500, number=True),
)

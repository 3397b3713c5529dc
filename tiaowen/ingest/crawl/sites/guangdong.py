"""广东省人民政府: the publication platform gkmlpt, whose catalogue answers in JSON; text in .article-content."""

from __future__ import annotations

import re

from tiaowen.ingest.crawl.lists.data import JsonList
from tiaowen.ingest.crawl.site import Expectation, Site, seeds

plugin = Site(
    name="广东省人民政府",
    hosts=("gd.gov.cn",),
    seeds=seeds("https://www.gd.gov.cn/gkmlpt/api/all/5?page=1&sid=2"),
    readers=(JsonList("articles", url="url", day="display_publish_time", page="page", total="total", size=100),),
    document=re.compile(r"/post_\d+\.html$"),
    content=(".article-content", ".zw"),
    expect=Expectation(least=500, number=True),
)

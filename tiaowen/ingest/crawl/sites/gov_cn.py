"""中国政府网 国务院政策文件库: the library's search answers in JSON; documents are static pages."""

from __future__ import annotations

import re

from tiaowen.ingest.crawl.lists.data import JsonList
from tiaowen.ingest.crawl.site import Expectation, Site, seeds

_ASK = (
    "https://sousuo.www.gov.cn/search-gov/data?t={}&timetype=timeqb&sort=pubtime&sortType=1&searchfield=title&p=0&n=50"
)

plugin = Site(
    name="国务院政策文件库",
    hosts=("gov.cn",),
    seeds=seeds(_ASK.format("zhengcelibrary_gw"), _ASK.format("zhengcelibrary_bm")),
    readers=(
        JsonList("searchVO.listVO", url="url", day="pubtimeStr", page="p", total="searchVO.totalCount", size=50),
        JsonList("searchVO.catMap.gongwen.listVO", url="url", day="pubtimeStr"),
    ),
    document=re.compile(r"/content_\d+\.html?$"),
    content=("#UCAP-CONTENT", ".pages_content"),
    expect=Expectation(least=5000),
)

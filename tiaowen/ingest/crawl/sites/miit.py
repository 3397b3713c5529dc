"""工业和信息化部: its search answers in JSON, its columns in units of jpaas; documents are /art/… pages."""

from __future__ import annotations

import re

from tiaowen.ingest.crawl.lists.data import JsonList, JsonMarkup
from tiaowen.ingest.crawl.site import Expectation, Site, seeds

_DOCUMENT = re.compile(r"/art/\d{4}/art_[0-9a-f]{16,}\.html$")
_ASK = (
    "https://www.miit.gov.cn/search-front-server/api/search/info?websiteid=110000000000000&scope=basic&q=&pg=20"
    "&cateid={}&dateField=deploytime&selectFields=title,url,deploytime,filenumbername&group=distinct&level=6&p=1"
)

plugin = Site(
    name="工业和信息化部",
    hosts=("miit.gov.cn",),
    # 57: documents of the ministry; 183: policies it has released.
    seeds=seeds(_ASK.format(57), _ASK.format(183), "https://www.miit.gov.cn/zwgk/zcwj/wjfb/tz/index.html"),
    readers=(
        JsonList(
            "data.searchResult.dataResults",
            url="{data.url}",
            title="data.title",
            day="data.deploytime",
            page="p",
            total="data.searchResult.total",
            size=20,
        ),
        JsonMarkup(_DOCUMENT),
    ),
    document=_DOCUMENT,
    content=("#con_con", ".ccontent"),
    expect=Expectation(least=1000),
)

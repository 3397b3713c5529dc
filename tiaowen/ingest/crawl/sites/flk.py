"""国家法律法规数据库: lists are asked for by POST; each law leads to an answer with the address of its DOCX."""

from __future__ import annotations

import json
import re

from tiaowen.ingest.crawl.lists.data import JsonList
from tiaowen.ingest.crawl.site import Expectation, Seed, Site

_LIST = "https://flk.npc.gov.cn/law-search/search/list"

# The list gives at most 500 pages an enquiry, so each kind is asked for on its own: constitution, laws, regulations of
# the State Council, of supervision, local regulations, judicial interpretations.
_KINDS = (
    (100,),
    (101, 102, 110, 120, 130, 140, 150, 160, 170, 180, 190, 195, 200),
    (201, 210, 215),
    (220,),
    *((code,) for code in (221, 222, 230, 260, 270, 290, 295, 300, 305, 310)),
    *((code,) for code in (311, 320, 330, 340, 350)),
)


def _asked(kinds: tuple[int, ...]) -> str:
    enquiry = {"searchRange": 1, "sxrq": [], "gbrq": [], "searchType": 2, "sxx": [], "gbrqYear": [], "zdjgCodeId": []}
    order = {"order": "-1", "sort": ""}
    paged = {"searchContent": "", "orderByParam": order, "pageNum": 1, "pageSize": 20}
    return json.dumps({**enquiry, "flfgCodeId": list(kinds), **paged}, ensure_ascii=False)


plugin = Site(
    name="国家法律法规数据库",
    # The files lie in a store of objects at another host, at addresses that are signed for an hour; a host of its own
    # is visited beside the lists, so that they are fetched in time.
    hosts=("flk.npc.gov.cn", "flkoss.obs-bj2.cucloud.cn"),
    seeds=tuple(Seed(_LIST, _asked(kinds)) for kinds in _KINDS),
    readers=(
        JsonList(
            "rows",
            url="/law-search/download/pc?format=docx&bbbs={bbbs}",
            day="gbrq",
            page="pageNum",
            total="total",
            size=20,
            more=True,
        ),
        JsonList("data", url="{url}", title="title"),
    ),
    document=re.compile(r"\.(docx?|ofd|pdf)$"),
    expect=Expectation(least=20_000, number=False),
)

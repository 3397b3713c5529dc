"""Link farms: titles of other sites in one line, set apart by bars.

A farm is a long line without a sentence, most of whose cells are keywords joined by - _ , or | and name a trade, a
maker or a place to buy. Rows of a table and lists of names have bars too, but their cells are single words or
figures; they stay. A line that says it is one (主站蜘蛛池模板, 友情链接) needs fewer cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tiaowen.corpus.findings import Finding
from tiaowen.ingest.page import Page
from tiaowen.text.simplify import simplify
from tiaowen.text.spans import Edit

_BAR = re.compile(r"\s?[|｜]\s?")
_SAYS_SO = re.compile(r"(?:主站)?蜘蛛池|友情链接|友链|合作伙伴\s?[:：]|站外链接")
_TRADE = re.compile(
    r"有限公司|厂家|公司|批发|供应商|生产商|厂商|价格|报价|维修|定制|代理|加工|设备|仪器|品牌|官网|直销|招商|专线|科技|集团|租赁|培训|事务所|百科"
    r"|\b(?:co\.?,? ?ltd|inc|supplier|manufacturer|factory|wholesale|price|buy|shop)\b",
    re.I,
)
_JOINED = re.compile(r"[^\s_,，|–-][_,，|–-][^\s_,，|–-]")
_SENTENCE = re.compile("[。；]")
_MIN_CELLS = 6
_MIN_LENGTH = 100


class LinkFarm:
    """Lines of links to other sites."""

    def propose(self, page: Page) -> Iterator[Edit | Finding]:
        """Whole lines."""
        farms = [number for number in page.filled if is_farm(page.strings[number])]
        yield from page.without_lines(farms, "spam.link-farm", "a line of titles of other sites")


def is_farm(string: str) -> bool:
    """Whether a line is a link farm."""
    if string.count("|") + string.count("｜") < 2 or string.startswith("|"):
        return False
    folded = simplify(string)
    cells = [cell for cell in _BAR.split(folded) if cell]
    says_so = bool(_SAYS_SO.match(folded))
    if len(cells) < (3 if says_so else _MIN_CELLS) or len(string) < _MIN_LENGTH:
        return False
    if len(_SENTENCE.findall(folded)) * 20 > len(cells):
        return False
    telling = sum(bool(_TRADE.search(cell) or _JOINED.search(cell)) for cell in cells)
    return telling * (4 if says_so else 2) >= len(cells)


plugin = LinkFarm()

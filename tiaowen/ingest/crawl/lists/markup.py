"""Lists in HTML: rows with a link and mostly a day; the next page by its link or by the page's own counter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from parsel import Selector

from tiaowen.ingest.crawl.lists import anchors
from tiaowen.ingest.crawl.site import Listing, ListPage, Seed
from tiaowen.ingest.crawl.urls import absolute, parameter, with_parameter

_NEXT = re.compile(r"\s*(下一页|下页|后一页|下一頁|[Nn]ext)\s*[>»›]*\s*")
# TRS WCM writes: createPageHTML(number of pages, this page from 0, "index", "html"); page 2 is index_1.html.
_COUNTER = re.compile(
    r"createPageHTML\w{0,20}\(\s*(\d{1,5})\s*,\s*(\d{1,5})\s*,\s*[\"']([\w./-]{1,80})[\"']\s*,\s*[\"'](\w{1,8})[\"']"
)
MOST_PAGES = 2000
"""Pages a counter may announce, and records a datastore may hold; more is damage."""


@dataclass(frozen=True)
class HtmlList:
    """Rows whose links fit `document`, inside `within` (CSS) if given; `page` is a parameter that counts pages."""

    document: re.Pattern[str]
    within: str = ""
    page: str = ""

    def read(self, page: ListPage) -> Listing:
        """The rows of the page, and where the list goes on."""
        if page.text.lstrip()[:1] in "{[":
            return Listing()
        found = anchors(page.url, page.text, self.within)
        entries = tuple(entry for entry in found if self.document.search(urlsplit(entry.url).path))
        more = dict.fromkeys(Seed(url) for url in (*counted(page), *linked(page)))
        if self.page and entries:
            number = parameter(page.url, self.page) or "1"
            if re.fullmatch(r"[0-9]{1,6}", number):
                more[Seed(with_parameter(page.url, self.page, str(int(number) + 1)))] = None
        # Past its last page a list counted by a parameter is a page without rows.
        return Listing(entries, tuple(more), read=bool(entries) or (self.page != "" and len(page.text) > 0))


def counted(page: ListPage) -> Iterator[str]:
    """The pages of a list that says how many it has in a script (`createPageHTML`), all but this one."""
    match = _COUNTER.search(page.text)
    for number in range(min(int(match[1]), MOST_PAGES) if match else 0):
        if match and number != int(match[2]):
            name = match[3] if number == 0 else f"{match[3]}_{number}"
            if url := absolute(page.url, f"{name}.{match[4]}"):
                yield url


def linked(page: ListPage) -> Iterator[str]:
    """The pages that a “next page” link leads to."""
    for link in Selector(text=page.text or " ", type="html").css("a[href]"):
        if _NEXT.fullmatch("".join(link.css("::text").getall()) or link.attrib.get("title", "")):
            url = absolute(page.url, link.attrib["href"])
            if url:
                yield url


@dataclass(frozen=True)
class Datastore:
    """Hanweb JPage: rows as HTML inside XML inside the page, or from `dataproxy.jsp`, which sends a window of them.

    The page says how many there are (`totalRecord`) and what to ask with (`col`, `appid`, `columnid`, `unitid`, …).
    """

    document: re.Pattern[str]
    window: int = 45
    _TOTAL = re.compile(r"(?:totalRecord\s*[:=]\s*[\"']?|<totalrecord>)(\d{1,7})")
    _FIELD = re.compile(
        r"[\"']?(col|appid|webid|path|columnid|sourceContentType|unitid|webname|permissiontype)[\"']?\s*:\s*[\"']?([^\"',}\s]{1,80})"
    )
    _PROXY = re.compile(r"[\"']([^\"']{0,80}dataproxy\.jsp)[^\"']{0,200}[\"']")

    def read(self, page: ListPage) -> Listing:
        """The rows in the page's datastore, and the windows that hold the others."""
        records = [each.partition("</record>")[0] for each in page.text.split("<record>", MOST_PAGES)[1:]]
        found = (entry for record in records for entry in anchors(page.url, _unwrapped(record)))
        entries = tuple(entry for entry in found if self.document.search(urlsplit(entry.url).path))
        return Listing(entries, tuple(Seed(url) for url in self._windows(page, len(records))))

    def _windows(self, page: ListPage, held: int) -> Iterator[str]:
        total, proxy = self._TOTAL.search(page.text), self._PROXY.search(page.text)
        if not total or not proxy or "dataproxy.jsp" in page.url:
            return
        base = absolute(page.url, proxy[1])
        fields = dict(self._FIELD.findall(page.text))
        for start in range(held + 1, min(int(total[1]), MOST_PAGES * self.window) + 1, self.window):
            asked = {"startrecord": str(start), "endrecord": str(start + self.window - 1), "perpage": "15", **fields}
            url = base
            for name, value in asked.items():
                url = with_parameter(url, name, value) if url else None
            if url:
                yield url


def _unwrapped(record: str) -> str:
    return record.strip().removeprefix("<![CDATA[").removesuffix("]]>")

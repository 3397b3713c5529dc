"""Readers of lists: one file a kind of list, whichever sites use it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from parsel import Selector

from tiaowen.ingest.crawl.site import Entry
from tiaowen.ingest.crawl.urls import absolute

_DAY = re.compile(r"((?:19|20)\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})")
_DAY_IN_URL = re.compile(r"/t?((?:19|20)\d{2})[-/]?(\d{2})[-/]?(\d{2})[/_]")


def day_in(text: str) -> date | None:
    """The first day written in `text`, or None."""
    return _day(_DAY.search(text))


def day_of_url(url: str) -> date | None:
    """The day that stands in a path such as /202301/t20230105_1.html, or None."""
    return _day(_DAY_IN_URL.search(url))


def anchors(base: str, html: str, within: str = "") -> Iterator[Entry]:
    """Every link of the markup with its title and the day that stands in the same row."""
    root = Selector(text=html or " ", type="html")
    for link in root.css(f"{within} a[href]" if within else "a[href]"):
        url = absolute(base, link.attrib["href"])
        if url:
            title = link.attrib.get("title", "") or "".join(link.css("::text").getall())
            yield Entry(url, " ".join(title.split()), day_in(_row(link)) or day_of_url(url))


def _row(link: Selector) -> str:
    """The text of the list item or table row around a link, else of the link itself."""
    row = link.xpath("(ancestor::li | ancestor::tr | ancestor::dd)[last()]")
    return "".join((row or link).xpath(".//text()").getall())[:2000]


def _day(match: re.Match[str] | None) -> date | None:
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None

"""Lists that scripts fetch as JSON, and lists that stand as data in a page's script."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

from tiaowen.ingest.crawl.lists import anchors, day_in
from tiaowen.ingest.crawl.site import Entry, Listing, ListPage, Seed
from tiaowen.ingest.crawl.urls import absolute, parameter, with_parameter

_TAG = re.compile(r"<[^<>]{0,200}>")


@dataclass(frozen=True)
class JsonList:
    """Objects at the dotted path `items`, each with the keys named; `{key}` in `url` is filled from the object.

    Pages are counted by `page`, a query parameter, or a key of the body that is sent; `total` is the dotted path of how
    many objects there are, `size` how many one page gives. `more` says that the entries lead to lists themselves.
    """

    items: str
    url: str
    title: str = "title"
    day: str = ""
    page: str = ""
    total: str = ""
    size: int = 20
    more: bool = False

    def read(self, page: ListPage) -> Listing:
        """The objects of the page as entries, and the next page while there is one."""
        data = load(page.text)
        items = _at(data, self.items)
        if isinstance(items, dict):
            items = [items]
        if not isinstance(items, list):
            return Listing()
        entries = tuple(entry for item in items if (entry := self._entry(page, item)))
        return Listing(entries, tuple(self._next(page, _at(data, self.total))) if entries else (), read=True)

    def _entry(self, page: ListPage, item: Any) -> Entry | None:
        link = re.sub(r"\{([\w.]+)\}", lambda m: _text(_at(item, m[1])), self.url) if "{" in self.url else ""
        url = absolute(page.url, link or _text(_at(item, self.url)) or "javascript:")
        if not url or ("{" in self.url and not any(_at(item, key) for key in re.findall(r"\{([\w.]+)\}", self.url))):
            return None
        return Entry(url, _text(_at(item, self.title)), _day(_at(item, self.day)), more=self.more)

    def _next(self, page: ListPage, total: Any) -> Iterator[Seed]:
        body = load(page.body) if page.body else None
        here = _number(body.get(self.page) if isinstance(body, dict) else parameter(page.url, self.page))
        if not self.page or here is None:
            return
        # Some count pages from 0; then the page numbered n ends with object (n + 1) × size.
        if _number(total) is None or here * self.size < int(total):
            if isinstance(body, dict):
                yield Seed(page.url, json.dumps({**body, self.page: here + 1}, ensure_ascii=False))
            else:
                yield Seed(with_parameter(page.url, self.page, str(here + 1)))


@dataclass(frozen=True)
class JsonMarkup:
    """JSON that holds a list as HTML at the dotted path `markup`; links fit `document`.

    Such a unit of a jpaas site is asked for with the parameters that stand in the page as `queryData="{…}"`; the
    next page is a key `pageNo` of the parameter `paramJson`.
    """

    document: re.Pattern[str]
    markup: str = "data.html"
    unit: str = "/api-gateway/jpaas-publish-server/front/page/build/unit"
    _QUERY = re.compile(r"queryData\s*=\s*[\"'](\{[^{}<>]{2,2000}\})[\"']")
    _PAIR = re.compile(r"'(\w{1,40})'\s*:\s*'([^']{0,200})'")

    def read(self, page: ListPage) -> Listing:
        """The rows of the unit and its next page; for the column page, the units to ask for."""
        markup = _at(load(page.text), self.markup)
        if not isinstance(markup, str):
            return Listing((), tuple(self._units(page)))
        entries = tuple(e for e in anchors(page.url, markup) if self.document.search(urlsplit(e.url).path))
        asked = load(parameter(page.url, "paramJson") or "")
        number = _number(asked.get("pageNo")) if isinstance(asked, dict) else None
        if not entries or number is None:
            return Listing(entries, read=True)
        following = json.dumps({**asked, "pageNo": number + 1}, separators=(",", ":"))
        return Listing(entries, (Seed(with_parameter(page.url, "paramJson", following)),), read=True)

    def _units(self, page: ListPage) -> Iterator[Seed]:
        for match in self._QUERY.finditer(page.text.replace("&#39;", "'")):
            url = absolute(page.url, self.unit)
            for name, value in self._PAIR.findall(match[1]):
                url = with_parameter(url, name, value) if url else None
            if url:
                yield Seed(with_parameter(url, "paramJson", '{"pageNo":1,"pageSize":"20"}'))


@dataclass(frozen=True)
class ScriptData:
    """Rows that a script writes and whose data stands in the page: `name = [{…}, …]`, read as JSON or nearly so."""

    name: str
    url: str = "url"
    title: str = "title"
    day: str = ""

    def read(self, page: ListPage) -> Listing:
        """The objects of the array; quotes may be single and keys bare."""
        match = re.search(rf"\b{re.escape(self.name)}\s*=\s*(?=\[)", page.text)
        if not match:
            return Listing()
        objects = re.findall(r"\{([^{}]{1,5000})\}", page.text[match.end() : _end_of_array(page.text, match.end())])
        found = (self._entry(page, dict(_pairs(each))) for each in objects)
        return Listing(tuple(entry for entry in found if entry))

    def _entry(self, page: ListPage, item: dict[str, str]) -> Entry | None:
        url = absolute(page.url, item.get(self.url) or "javascript:")
        return Entry(url, _text(item.get(self.title)), _day(item.get(self.day))) if url else None


_KEY_VALUE = re.compile(
    r"""["']?(\w{1,40})["']?\s*:\s*(?:"((?:[^"\\]|\\.){0,1000})"|'((?:[^'\\]|\\.){0,1000})'|([\w.-]{1,40}))"""
)


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for match in _KEY_VALUE.finditer(text):
        value = match[2] or match[3] or match[4] or ""
        yield match[1], re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), value).replace("\\/", "/")


def _end_of_array(text: str, start: int) -> int:
    end = text.find("];", start)
    return end if end != -1 else len(text)


def load(text: str) -> Any:
    """The JSON value in `text`, also inside a callback; None where there is none."""
    bare = re.sub(r"^\s*[\w.$]{1,60}\((.*)\)\s*;?\s*$", r"\1", text, flags=re.S) if text[:200].find("(") > 0 else text
    try:
        return json.loads(bare)
    except (ValueError, RecursionError):
        return None


def _at(data: Any, path: str) -> Any:
    """The value at a dotted path of keys; None where it leads nowhere."""
    for key in path.split(".") if path else ():
        data = data.get(key) if isinstance(data, dict) else None
    return data if path else None


def _text(value: Any) -> str:
    return " ".join(_TAG.sub("", str(value)).split()) if isinstance(value, str | int) else ""


def _number(value: Any) -> int | None:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def _day(value: Any) -> date | None:
    """A day as text, or as seconds or milliseconds since 1970."""
    text = str(value or "")
    if text.isascii() and text.isdigit() and 9 <= len(text) <= 13:
        return datetime.fromtimestamp(int(text) / (1000 if len(text) > 10 else 1), UTC).date()
    return day_in(text)

"""What a site file says: where to begin, how its lists are read, which pages are documents, and what to expect."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, runtime_checkable

from tiaowen.plugins import Family


@dataclass(frozen=True)
class Seed:
    """A list to begin with; `body` is sent with a POST."""

    url: str
    body: str = ""


@dataclass(frozen=True)
class Entry:
    """A line of a list: the page it leads to, the title and day it gives, if any. `more` means it leads to a list."""

    url: str
    title: str = ""
    day: date | None = None
    body: str = ""
    more: bool = False


@dataclass(frozen=True)
class Listing:
    """What a reader makes of a list page: its entries, and the further pages of the list.

    `read` says that the page is of the reader's kind, so that no entries means that there are none.
    """

    entries: tuple[Entry, ...] = ()
    more: tuple[Seed, ...] = ()
    read: bool = False


@dataclass(frozen=True)
class ListPage:
    """A list page as text: HTML, JSON or XML; `body` is what was sent for it."""

    url: str
    text: str
    body: str = ""


@runtime_checkable
class ListReader(Protocol):
    """Reads one kind of list."""

    def read(self, page: ListPage) -> Listing:
        """What the page lists; an empty listing where it is no list of this kind. Never raises for what a page says."""
        ...


@dataclass(frozen=True)
class Expectation:
    """What a whole run over the site gives if all is well; less or more is an alarm.

    `title` and `number` say that document pages have them: an alarm when more than half of the new ones lack it.
    """

    least: int = 1
    most: int = 200_000
    title: bool = True
    number: bool = False


@dataclass(frozen=True)
class Site:
    """One source. `document` is a pattern the path of its document pages fits, `content` CSS of where their text is."""

    name: str
    hosts: tuple[str, ...]
    seeds: tuple[Seed, ...]
    readers: tuple[ListReader, ...]
    document: re.Pattern[str]
    content: tuple[str, ...] = ()
    expect: Expectation = field(default_factory=Expectation)

    def owns(self, host: str) -> bool:
        """Whether `host` (with or without a port) is one of the site's, or stands below one of them."""
        name = host.partition(":")[0]
        return any(h in (host, name) or name.endswith(f".{h}") for h in self.hosts)


SITES: Family[Site] = Family(f"{__package__}.sites", Site, "site")


def seeds(*urls: str) -> tuple[Seed, ...]:
    """Seeds without a body."""
    return tuple(Seed(url) for url in urls)


def read_list(readers: Iterable[ListReader], page: ListPage) -> Listing:
    """All that the readers find on the page, each entry once."""
    entries: dict[tuple[str, str], Entry] = {}
    more: dict[Seed, None] = {}
    read = False
    for reader in readers:
        listing = reader.read(page)
        read = read or listing.read
        for entry in listing.entries:
            entries.setdefault((entry.url, entry.body), entry)
        more |= dict.fromkeys(listing.more)
    return Listing(tuple(entries.values()), tuple(more), read)

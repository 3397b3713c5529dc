"""Where a page leads: the targets that a list, a document or a page not known beforehand asks to visit next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from tiaowen.corpus.ledger_records import Role, Target
from tiaowen.ingest.crawl.lists import anchors
from tiaowen.ingest.crawl.lists.markup import Datastore, counted, linked
from tiaowen.ingest.crawl.site import Entry, ListPage, Seed, Site, read_list
from tiaowen.ingest.crawl.urls import LONGEST, host_of, target

ATTACHMENTS = (".pdf", ".doc", ".docx", ".wps", ".ofd", ".zip", ".txt", ".rtf")
"""Suffixes of files that are fetched with a document; tables (.xls) and pictures are not texts."""

_NOT_PAGES = re.compile(
    r"(?i)\.(jpe?g|png|gif|bmp|svg|ico|css|js|mp[34]|avi|mov|flv|wmv|swf|exe|apk|rar|7z|xlsx?|et|pptx?)$"
)
_ANY = re.compile("")
_GENERAL = (Datastore(_ANY),)
_TITLE = 8
"""Code points of a link that may be a document's title; menus are shorter."""


@dataclass(frozen=True)
class Lead:
    """What a page leads to. `entries` counts the documents a list names, `older` those left out by `since`.

    `read` says that the page is a list that is understood, even if it is empty.
    """

    targets: tuple[Target, ...] = ()
    entries: int = 0
    older: int = 0
    read: bool = False


def of_list(site: Site, page: ListPage, depth: int, since: date | None) -> Lead:
    """Where a list of a site with a file leads; once all of its rows are older than `since` it is not gone on with."""
    listing = read_list(site.readers, page)
    fresh = [entry for entry in listing.entries if not _older(entry, since)]
    older = len(listing.entries) - len(fresh)
    found = [_of_entry(entry, depth + 1) for entry in fresh if site.owns(host_of(entry.url))]
    if fresh or not listing.entries:
        found += [_of_seed(seed, depth + 1) for seed in listing.more if site.owns(host_of(seed.url))]
    return Lead(tuple(found), len(listing.entries), older, listing.read)


def of_document(site: Site | None, page: ListPage, depth: int, parent: str) -> Lead:
    """The attachments of a document, on its own host or one of the site's."""
    found = dict.fromkeys(_attachments(site, page, depth, parent))
    return Lead(tuple(found))


def of_page(page: ListPage, depth: int, prefixes: tuple[str, ...], since: date | None) -> Lead:
    """Where a list met by the general spider leads: on the same host, to what may be a document or more of the list."""
    host = host_of(page.url)
    rows = [entry for entry in anchors(page.url, page.text) if host_of(entry.url) == host]
    stored = read_list(_GENERAL, page)
    rows += [entry for entry in stored.entries if host_of(entry.url) == host]
    on_topic = [e for e in rows if _leads_on(e, prefixes)]
    fresh = [entry for entry in on_topic if not _older(entry, since)]
    more = [*(Seed(url) for url in (*counted(page), *linked(page))), *stored.more]
    found = [_of_entry(entry, depth + 1, "page") for entry in fresh]
    if fresh or not on_topic:
        # A further page of the same list is as deep as the list: long lists are no traps.
        found += [_of_seed(seed, depth, "page") for seed in more if host_of(seed.url) == host]
    return Lead(tuple(found), len(on_topic), len(on_topic) - len(fresh))


def _leads_on(entry: Entry, prefixes: tuple[str, ...]) -> bool:
    path = urlsplit(entry.url).path
    if _NOT_PAGES.search(path) or is_attachment(entry.url) or len(entry.url) > LONGEST:
        return False
    return path.startswith(prefixes) or entry.day is not None or len(entry.title) >= _TITLE


def _attachments(site: Site | None, page: ListPage, depth: int, parent: str) -> Iterator[Target]:
    host = host_of(page.url)
    for entry in anchors(page.url, page.text):
        theirs = host_of(entry.url)
        if is_attachment(entry.url) and (theirs == host or (site is not None and site.owns(theirs))):
            yield target(entry.url, "attachment", depth=depth + 1, parent=parent, title=entry.title)


def is_attachment(url: str) -> bool:
    """Whether the URL names a file that may hold a text."""
    return PurePosixPath(urlsplit(url).path).suffix.lower() in ATTACHMENTS


def _older(entry: Entry, since: date | None) -> bool:
    """Whether the entry says that it is older; one that gives no day is visited."""
    return since is not None and entry.day is not None and entry.day < since


def _of_entry(entry: Entry, depth: int, role: Role = "document") -> Target:
    kind: Role = "list" if entry.more else "attachment" if is_attachment(entry.url) else role
    return target(entry.url, kind, depth=depth, body=entry.body, title=entry.title)


def _of_seed(seed: Seed, depth: int, role: Role = "list") -> Target:
    return target(seed.url, role, depth=depth, body=seed.body)

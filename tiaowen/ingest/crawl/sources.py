"""Sources: what to crawl, by URL, by the name of a site file, or by that of a body whose columns are listed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from tiaowen.corpus.ledger_records import Target
from tiaowen.errors import MissingExtra, UsageError
from tiaowen.ingest.crawl.site import SITES, Site
from tiaowen.ingest.crawl.urls import absolute, host_of, target


@dataclass(frozen=True)
class Source:
    """Something to crawl: `site` where there is a file for it; without one the general spider judges for itself.

    `prefixes` are the paths below which the general spider follows any link.
    """

    name: str
    seeds: tuple[Target, ...]
    site: Site | None = None
    prefixes: tuple[str, ...] = ()


def source_of(word: str) -> Source:
    """The source a word of the command line names. Raises UsageError, with what is known, when it names none."""
    if "://" in word:
        return _of_urls(word, (word,))
    if word in SITES.names():
        site = SITES.get(word)
        return Source(word, tuple(target(seed.url, "list", body=seed.body) for seed in site.seeds), site)
    columns = _columns(word)
    if not columns:
        known = ", ".join(SITES.names())
        raise UsageError(f"no site “{word}”; known: {known}; any http(s) URL; any body in the package gov-site-list")
    return _of_urls(word, columns)


def _of_urls(name: str, urls: Iterable[str]) -> Source:
    cleaned = [absolute(url, url) for url in urls]
    seeds = tuple(target(url, "page") for url in cleaned if url)
    if not seeds:
        raise UsageError(f"not an address of the web: {name}; it begins with http:// or https://")
    if "://" in name:
        name = host_of(seeds[0].url) + urlsplit(seeds[0].url).path.rstrip("/")
    prefixes = tuple(urlsplit(seed.url).path.rpartition("/")[0] + "/" for seed in seeds)
    return Source(name, seeds, prefixes=prefixes)


def _columns(word: str) -> tuple[str, ...]:
    """The column pages that the package gov-site-list has for a ministry or province."""
    try:
        import gov_site_list  # noqa: PLC0415  (an optional package)
    except ModuleNotFoundError as error:
        raise MissingExtra("gov-site-list", "crawl") from error
    return tuple(row["url"] for row in gov_site_list.load_notice_columns() if word in (row["site"], row["site"][:-4]))

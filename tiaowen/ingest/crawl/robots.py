"""robots.txt as RFC 9309 has it: no file allows all, a file that cannot be had allows nothing."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

LONGEST = 512 * 1024
"""Bytes of a robots.txt that are read (RFC 9309, 2.5, asks for 500 KiB at least)."""

LONGEST_DELAY = 120.0
"""Seconds of the longest Crawl-delay that is kept; a host that asks for more is not crawled in a lifetime."""


@dataclass(frozen=True)
class Rules:
    """What a host allows; `reachable` is false where its robots.txt could not be had."""

    parsed: Protego | None
    reachable: bool = True

    @classmethod
    def of(cls, status: int, body: bytes) -> Rules:
        """The rules in an answer to /robots.txt."""
        if 200 <= status < 300:
            return cls(Protego.parse(body[:LONGEST].decode("utf-8", "replace")))
        return cls(None, reachable=400 <= status < 500)

    def allows(self, url: str, agent: str) -> bool:
        """Whether `agent` may fetch `url`."""
        if self.parsed is None:
            return self.reachable
        return bool(self.parsed.can_fetch(url, agent))

    def delay(self, agent: str) -> float:
        """Seconds between requests that the host asks for; 0 where it does not."""
        asked = self.parsed.crawl_delay(agent) if self.parsed else None
        return min(float(asked or 0.0), LONGEST_DELAY)


def robots_url(url: str) -> str:
    """Where the robots.txt of the URL's host is."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"

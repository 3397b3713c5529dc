"""New words for the lexicon: foreign on the pages of several hosts that have nothing to do with each other.

One page may have its own odd word; the same one breaking into pages of unrelated hosts is a campaign. What is offered
is looked at by a person before it enters `spam/data/lexicon.tsv`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from tiaowen.corpus.texts import NormalText
from tiaowen.ingest.spam.lexicon import pattern
from tiaowen.text.simplify import simplify

_LEAST_LENGTH = 2
_SECOND_LEVEL = ("gov", "com", "org", "net", "edu", "ac")


@dataclass(frozen=True)
class Suggestion:
    """A word that is foreign on the pages of these hosts, on `pages` pages in all."""

    word: str
    hosts: tuple[str, ...]
    pages: int


def foreign_words(normal: NormalText) -> frozenset[str]:
    """Words of a page that its rules took for injected or doubt as of another script, and the lexicon does not know."""
    raw = normal.source.raw
    removed = (removal.span.of(raw) for removal in normal.removals if removal.rule == "spam.intruder")
    doubted = (s.of(raw) for finding in normal.findings if finding.code == "script-mismatch" for s in finding.spans)
    words = (word.strip() for word in (*removed, *doubted))
    known = pattern()
    return frozenset(w for w in words if len(w) >= _LEAST_LENGTH and not known.search(simplify(w).lower()))


def host_of(url: str) -> str:
    """The registered name of a URL's host; of a file, its folder, since files of one folder come from one hand."""
    parts = urlsplit(url)
    if not parts.hostname:
        return unquote(parts.path).rpartition("/")[0] or url
    labels = parts.hostname.split(".")
    kept = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-kept:])


def suggestions(pages: Iterable[tuple[str, frozenset[str]]], least_hosts: int) -> list[Suggestion]:
    """The words found on `least_hosts` hosts or more, those on most hosts first; pages come as URL and words."""
    hosts: defaultdict[str, set[str]] = defaultdict(set)
    counts: defaultdict[str, int] = defaultdict(int)
    for url, words in pages:
        for word in words:
            hosts[word].add(host_of(url))
            counts[word] += 1
    found = (Suggestion(word, tuple(sorted(h)), counts[word]) for word, h in hosts.items() if len(h) >= least_hosts)
    return sorted(found, key=lambda s: (-len(s.hosts), -s.pages, s.word))

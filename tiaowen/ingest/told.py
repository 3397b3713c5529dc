"""What a page tells of its document outside the text: its title, its summary, and the article given to machines.

<title> and the description in <meta> are about the document and about nothing else on the page; schema.org's
`articleBody` is its text. None is taken for the document: they are often cut short, out of date or a site's own. But
lines in which their words stand are likely to be the document's.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from tiaowen.corpus.texts import Line, SourceText

_TITLES = ("title", "articletitle", "og:title")
_SUMMARIES = ("description", "og:description", "twitter:description")
_BODY = re.compile(r'"articleBody"\s{0,9}:\s{0,9}("(?:[^"\\]|\\.)*+")')
_SPACE = re.compile(r"\s+")
_HAN = re.compile("[\u3400-\u9fff]{2,}")
_WORD = re.compile(r"[^\W\d_]{4,}")
_MOST = 60
_MAX_SUMMARY = 600
_PIECE = {"han": 8, "other": 20}
_EDGE = 24


@dataclass(frozen=True)
class Told:
    """A page's title, summary and article body, each "" where it has none; white space runs are one space."""

    title: str = ""
    summary: str = ""
    body: str = ""

    @cached_property
    def title_grams(self) -> tuple[str, ...]:
        """Pairs of Han characters and words of the title, each once."""
        title = self.title.lower()
        pairs = (run[i : i + 2] for run in _HAN.findall(title) for i in range(len(run) - 1))
        return tuple(dict.fromkeys((*pairs, *(w for w in _WORD.findall(title) if not _HAN.match(w)))))[:_MOST]

    @cached_property
    def summary_pieces(self) -> tuple[str, ...]:
        """Pieces of the summary, of a few words each."""
        summary = self.summary[:_MAX_SUMMARY].lower()
        size = _PIECE["han" if _HAN.search(summary) else "other"]
        return tuple(summary[i : i + size] for i in range(0, len(summary) - size + 1, size))[:_MOST]

    def holds(self, string: str) -> float:
        """How much of a line's edges the article body holds, from 0 to 1; -1 where there is no article body."""
        if not self.body:
            return -1.0
        line = _spaced(string)
        if len(line) < _EDGE // 2:
            return 0.0
        return ((line[:_EDGE] in self.body) + (line[-_EDGE:] in self.body)) / 2


def told_by(source: SourceText) -> Told:
    """What the page of a source text tells."""
    values = {f.name: f.value for f in reversed(source.fields)}
    title = next((values[name] for name in _TITLES if values.get(name)), "")
    summary = max((values.get(name, "") for name in _SUMMARIES), key=len)
    return Told(_spaced(title), _spaced(summary), _spaced(_body_in(source.raw)))


def shares_of(pieces: Sequence[str], text: str, lines: Sequence[Line]) -> list[float]:
    """For each line the share of the pieces that stands in it; one that stands in many lines counts little in each.

    `text` is the lines' text in small letters.
    """
    shares = [0.0] * len(lines)
    starts = [line.span.start for line in lines]
    for piece in pieces:
        holding = {bisect_right(starts, at) - 1 for at in _places(piece, text)} - {-1}
        for number in holding:
            shares[number] += 1 / (len(holding) * len(pieces))
    return shares


def _places(piece: str, text: str) -> Iterator[int]:
    at = text.find(piece)
    while at >= 0:
        yield at
        at = text.find(piece, at + 1)


def _body_in(raw: str) -> str:
    if "articleBody" not in raw:
        return ""
    found = max((match[1] for match in _BODY.finditer(raw)), key=len, default='""')
    try:
        return str(json.loads(found, strict=False))
    except ValueError:
        return ""


def _spaced(text: str) -> str:
    return _SPACE.sub(" ", text).strip()

"""Numbering schemes: one file a scheme. A scheme recognises the markers of its kind of text; it builds no tree.

A scheme reads one line at a time. `tiaowen.ingest.tree` decides from the succession of markers what stands inside
what, so a list sign carries no depth of its own: 一、 is a level of a notice and an item of an article.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tiaowen.corpus.instrument import ProvisionKind
from tiaowen.plugins import Family


@dataclass(frozen=True, slots=True)
class Marker:
    """A number at the start of a line.

    Markers of one `series` count one list. `rank` orders them from the outside in; those above LIST_RANK are list
    signs, whose depth the text decides. `kind` is None for a list sign. `number` is canonical ("3-1" for 第三条之一),
    `ordinal` the number for succession. `[0, end)` of the line is the label, `[0, text)` the label with the signs and
    blanks that part it from the words. `sure` is False where the line might also be running text that begins with a
    reference; it counts only in succession. `titled` says that the whole line is a heading. `other` is what the sign
    is where it does not go on with its own series: (i) is a letter or a Roman one.
    """

    series: str
    rank: int
    kind: ProvisionKind | None
    number: str
    ordinal: int
    end: int
    text: int
    sure: bool = True
    titled: bool = False
    other: Marker | None = None


LIST_RANK = 100
"""Ranks from here on are list signs."""


@dataclass(frozen=True)
class Scheme:
    """How one kind of text numbers its provisions.

    `mark` gives the marker at the start of a line without outer blanks, or None. `weigh` says how strongly lines speak
    for the scheme, 0 for not at all, and the evidence as a phrase. `item_headings`: whether a numbered line may be a
    heading or open with a run-in one (（一）指导思想。…); in a statute none does. `line_headings`: whether a short line
    without number and full stop heads what follows. `article_headings`: whether an article may have a heading.
    """

    mark: Callable[[str], Marker | None]
    weigh: Callable[[Sequence[str]], tuple[int, str]]
    item_headings: bool
    line_headings: bool = False
    article_headings: bool = False


SCHEMES: Family[Scheme] = Family(__name__, Scheme, "numbering scheme")


class Choice(NamedTuple):
    """The scheme chosen for a text, by its `name`, and `why`."""

    name: str
    scheme: Scheme
    why: str


def choose(lines: Sequence[str]) -> Choice:
    """The scheme that the lines speak for most; without evidence notice_zh."""
    best, weight, why = "notice_zh", 0, "no numbering found"
    for name, scheme in SCHEMES.all():
        found, evidence = scheme.weigh(lines)
        if found > weight:
            best, weight, why = name, found, evidence
    return Choice(best, SCHEMES.get(best), why)

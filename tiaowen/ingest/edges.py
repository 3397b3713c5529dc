"""The edges of a page: the lines before its first and after its last line of prose, where furniture stands.

Furniture is what belongs to the page and not to the document: menus, breadcrumbs, footers, related lists. Words such
as 首页 or 返回 are furniture only here; in the middle of a document they are its own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from tiaowen.ingest.tables import read_table
from tiaowen.text.simplify import simplify

# 第三条, 一、, （一）, 1., Article 3, Chapter II, (iv): the document has begun.
LABEL = re.compile(
    r"第[〇零一二三四五六七八九十百千\d]{1,8}[编章节条款]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,3}[.、．]\s?\D"
    r"|(?:article|chapter|section|part)\s?[\divx]+\b|\([ivx]+\)|附[件表录]",
    re.I,
)
_SENTENCE_MARK = re.compile('[。；！？]|[.;!?:：](?=\\s|$|[”"])')
_BETWEEN_WORDS = r"(?:\s?[|｜·•/>›»＞,，、-]{1,2}\s?|\s{1,4})"
_LIST_MARK = re.compile(r"[|_>»›]|\s-\s")


@dataclass(frozen=True)
class Edges:
    """Numbers of the filled lines before the first line of prose (`top`) and after the last one (`bottom`)."""

    top: tuple[int, ...]
    bottom: tuple[int, ...]

    def __contains__(self, number: int) -> bool:
        return number in self.top or number in self.bottom


def edges_of(lines: Sequence[str]) -> Edges:
    """The edges of a page of these lines; a page without any prose has none, for nothing tells what its document is."""
    filled = [number for number, line in enumerate(lines) if line]
    top = _until_prose(lines, filled)
    if len(top) == len(filled):
        return Edges((), ())
    return Edges(top, _until_prose(lines, reversed(filled))[::-1])


def _until_prose(lines: Sequence[str], numbers: Iterable[int]) -> tuple[int, ...]:
    return tuple(takewhile(lambda n: not is_prose(lines[n]) or bool(kinds_of(lines[n])), numbers))


def is_prose(string: str) -> bool:
    """Whether a line is of a document: it bears a number of the text, or has the length and marks of sentences."""
    if LABEL.match(string):
        return True
    wide = sum(c > "\u2e7f" for c in string)
    length = wide * 2 + (len(string) - wide)
    if length < 60 or not _SENTENCE_MARK.search(string):
        return False
    return len(_LIST_MARK.findall(string)) * 40 < length


def kinds_of(string: str) -> tuple[str, ...]:
    """The kinds of furniture that a line may be, by its words alone."""
    if len(string) > 400:
        return ()
    folded = simplify(string).lower()
    return tuple(kind for kind, pattern in furniture() if pattern.fullmatch(folded))


@cache
def menu_line() -> re.Pattern[str]:
    """A line, or the beginning of one, of nothing but menu words."""
    words = "|".join(f"(?:{pattern.pattern})" for kind, pattern in furniture() if kind == "menu")
    return re.compile(rf"(?:{words})(?:{_BETWEEN_WORDS}(?:{words}))*")


@cache
def furniture() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Kinds of furniture and what their lines look like."""
    return tuple((kind, re.compile(pattern)) for kind, pattern in read_table("data/furniture.tsv", 2))

"""Which lines of a head are the title, also where it is split over lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from tiaowen.ingest.lines import TextLine
from tiaowen.ingest.roles import KINDS, TITLE, TITLE_ABOUT, role_of, unspaced

_UNMEANT = re.compile(r"[\W_]+")
_NOT_TITLE = ("number", "date", "addressee", "source", "contents", "annex", "note", "signer")
_ISSUED_BY = re.compile(r"[\u4e00-\u9fff、 \u3000\xa0]{0,60}关于")
_NUMBERED = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.．、]\s*\S.*[?？]\s*$")
_STAGE = re.compile(r"[（(](?:[^（）()]{0,8}(?:草案|稿)[^（）()]{0,6}|试行|暂行|修订|修正)[）)]$")
"""What stands below a title and is part of it: （试行）, （征求意见稿）."""

_SPOKEN = re.compile(r"(?:记者|主持人|网友|问|答|提问)\s*[:：]")
_HEADING = re.compile(
    r"第[零一二三四五六七八九十百\d]{1,5}[编章节条]|\d{1,2}(?:[.．]\d{1,2})+[\s\u3000]*\D|[一二三四五六七八九十]{1,3}、"
    r"|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[\s\u3000]+[\u4e00-\u9fff]{2,12}$|\d{1,2}\.?\s+[A-Z][a-z]"
    r"|(?i:part|chapter|section|article)\s?(?:\d{1,3}|[IVX]{1,5})\b"
)
"""The heading of a provision is no title."""

MAX_TITLE_LINES = 8
MAX_TITLE = 300


def title_key(text: str) -> str:
    """What is left of a title when blanks and punctuation do not count."""
    return _UNMEANT.sub("", text).casefold()


def find_title(lines: Sequence[TextLine], known: Collection[str]) -> range:
    """The indexes of the title among the `lines` of a head; empty where none looks like one.

    `known` are the keys of titles the page states elsewhere (its table, <title>). Without such help: a line marked up
    as a heading, then lines with the form of a title, then the last line that could be one.
    """
    stated = _stated(lines, known)
    if stated:
        return own_title(lines, stated) or stated
    found = (range(0) if known else _marked_up(lines)) or _formed(lines) or _marked_up(lines) or _any(lines)
    below = lines[found.stop].text if found and found.stop < len(lines) else ""
    return range(found.start, found.stop + 1) if _STAGE.match(below) else found


def own_title(lines: Sequence[TextLine], stated: range) -> range:
    """The document's own title below the page's: what has the form of one beside its number or its addressees."""
    anchors = [i for i in range(stated.stop, len(lines)) if role_of(lines[i].text) in ("number", "addressee")]
    if not anchors:
        return range(0)
    below = lines[stated.stop : anchors[-1] + 3]
    found = _formed(below)
    return range(found.start + stated.stop, found.stop + stated.stop) if found else found


def _stated(lines: Sequence[TextLine], known: Collection[str]) -> range:
    best = range(0)
    keys = [title_key(line.text) for line in lines]
    for start, key in enumerate(keys):
        joined = ""
        if not key:
            continue
        for end in range(start, min(start + MAX_TITLE_LINES, len(lines))):
            joined += keys[end]
            if joined in known:
                best = range(start, end + 1)
    return best


def _could_be(line: TextLine) -> bool:
    return unspaced(line.text) in KINDS or (
        role_of(line.text) not in _NOT_TITLE
        and 4 <= len(line.text) <= MAX_TITLE
        and not (_NUMBERED.match(line.text) or _SPOKEN.match(line.text) or _HEADING.match(line.text))
    )


def _marked_up(lines: Sequence[TextLine]) -> range:
    marked = [i for i, line in enumerate(lines) if line.is_heading and _could_be(line)]
    if not marked:
        return range(0)
    end = start = marked[-1]
    while start > 0 and start - 1 in marked and lines[start - 1].element == lines[end].element:
        start -= 1
    return range(start, end + 1)


def _formed(lines: Sequence[TextLine]) -> range:
    """The last line that ends as a title does, with the lines above that it goes on from."""
    ends = [i for i, line in enumerate(lines) if _could_be(line) and TITLE.match(unspaced(line.text))]
    if not ends:
        return range(0)
    start = end = ends[-1]
    while start > 0 and end - start < MAX_TITLE_LINES and _goes_on(lines, start, end):
        start -= 1
    return range(start, end + 1)


def _goes_on(lines: Sequence[TextLine], start: int, end: int) -> bool:
    """Whether the line above `start` is the beginning of the same title."""
    above, so_far = lines[start - 1].text, "".join(line.text for line in lines[start : end + 1])
    if role_of(above) == "issuer" and _ISSUED_BY.match(so_far):
        return lines[start - 1].element == lines[start].element and not so_far.startswith(above)
    if not _could_be(lines[start - 1]) or TITLE.match(unspaced(above)) or so_far.startswith(("关于", "《")):
        return False
    if lines[end].is_heading and not lines[start - 1].is_heading:
        return False
    opened = above.count("《") > above.count("》")
    return opened or bool(TITLE_ABOUT.search(above)) or not TITLE_ABOUT.search(so_far) or so_far.startswith("的")


def _any(lines: Sequence[TextLine]) -> range:
    fits = [i for i, line in enumerate(lines) if _could_be(line) and role_of(line.text) is None]
    return range(fits[-1], fits[-1] + 1) if fits else range(0)

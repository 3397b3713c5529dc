"""The frame of the instruments on a page: where each begins, and which lines are its masthead and its signature."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tiaowen.corpus.instrument import ProvisionKind
from tiaowen.ingest.closing import text_ends
from tiaowen.ingest.lines import TextLine
from tiaowen.ingest.numbering import Scheme
from tiaowen.ingest.roles import Role, is_issuer, role_of, unspaced
from tiaowen.ingest.titles import find_title, title_key
from tiaowen.ingest.tree import SPEAKS

_ISSUED = re.compile(
    r"(?:印发|公布|发布|转发|批转|制定了?|颁布|修改|修正|修订)[^《》]{0,12}《([^》]{4,80})》|关于(?:印发|公布|发布|转发)(.{4,80})的通知"
)
_FROM = re.compile(r"施行|公布|发布|实施|执行|生效")
"""A date with such a word is a note of a masthead and signs nothing."""

MAX_HEAD = 80
MAX_SIGNATURE = 12
MAX_BETWEEN = 4
NEAR = 12
MAX_PREAMBLE = 3
MAX_TITLE = 150


@dataclass(frozen=True, slots=True)
class FramedLine:
    """A line of the masthead or the signature, and what it is."""

    line: TextLine
    role: Role


@dataclass(frozen=True, slots=True)
class Frame:
    """One instrument's lines: the masthead, the text, the signature."""

    head: tuple[FramedLine, ...]
    body: tuple[TextLine, ...]
    foot: tuple[FramedLine, ...]


def frames_of(lines: Sequence[TextLine], scheme: Scheme, known: Collection[str]) -> tuple[Frame, ...]:
    """The instruments of a page, in order; at least one. `known` are the keys of titles the page states."""
    starts = [0, *_attached(lines, scheme)]
    pieces = [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    return tuple(_frame(piece, scheme, known) for piece in pieces)


def _attached(lines: Sequence[TextLine], scheme: Scheme) -> list[int]:
    """Where attached instruments begin.

    That is at a title with provisions of its own right below it, if it follows a signature, or if the page has said
    that it issues an instrument of that name. Something must have been said before: dates under a title are notes.
    """
    starts: list[int] = []
    issued: set[str] = set()
    spoken = articles = False
    for index, line in enumerate(lines):
        named = title_key(line.text) in issued
        if articles and _restarts(lines, index, scheme):
            starts.append(index)
            articles = False
            continue
        articles = articles or _is_article(line, scheme)
        said, spoken = spoken, spoken or _says(line, scheme)
        if (
            said
            and index > 1
            and (named or _follows_signature(lines, index))
            and _opens_instrument(lines, index, scheme)
        ):
            starts.append(index)
        issued |= {title_key(a or b) for a, b in _ISSUED.findall(line.text[:400])}
    return [start for start, before in zip(starts, [-NEAR, *starts], strict=False) if start - before > 2]


def _is_article(line: TextLine, scheme: Scheme) -> bool:
    marker = scheme.mark(line.text)
    return marker is not None and marker.kind is ProvisionKind.ARTICLE and marker.sure


def _restarts(lines: Sequence[TextLine], index: int, scheme: Scheme) -> bool:
    """Whether the title of another statute stands here: after a full stop, with the first article right below."""
    line, above = lines[index], lines[index - 1]
    if role_of(line.text) != "title" or SPEAKS.search(line.text) or not SPEAKS.search(above.text):
        return False
    for below in lines[index + 1 : index + 1 + MAX_BETWEEN]:
        marker = scheme.mark(below.text)
        if marker:
            return marker.sure and marker.ordinal == 1 and marker.kind in (ProvisionKind.ARTICLE, ProvisionKind.CHAPTER)
        if role_of(below.text) not in ("note", "date", "contents", "number"):
            return False
    return False


def _says(line: TextLine, scheme: Scheme) -> bool:
    """Whether the line is a sentence of a text, or a provision."""
    return scheme.mark(line.text) is not None or bool(SPEAKS.search(line.text) and role_of(line.text) is None)


def _follows_signature(lines: Sequence[TextLine], index: int) -> bool:
    for line in reversed(lines[max(0, index - MAX_BETWEEN) : index]):
        role = role_of(line.text)
        if role == "date":
            return _FROM.search(line.text) is None
        if role not in ("note", "annex"):
            return False
    return False


def _opens_instrument(lines: Sequence[TextLine], index: int, scheme: Scheme) -> bool:
    """Whether a title and then a first provision stand here; below what has the form of a title, after a preamble."""
    title = False
    first = next((line for line in lines[index : index + NEAR] if role_of(line.text) != "annex"), lines[index])
    preamble = MAX_PREAMBLE if role_of(unspaced(first.text)) == "title" else 0
    for line in lines[index : index + NEAR]:
        marker = scheme.mark(line.text)
        if marker and marker.sure:
            return marker.ordinal == 1 and (title or marker.kind in (ProvisionKind.ARTICLE, ProvisionKind.CHAPTER))
        role = role_of(line.text)
        if role == "annex" and title:
            return False  # another annex: this one has no provisions
        if role in ("annex", "note", "contents", "issuer"):
            continue
        if role == "date":
            return False
        if SPEAKS.search(line.text) or len(line.text) > MAX_TITLE:
            preamble -= 1
            if preamble < 0:
                return False
            continue
        title = True
    return False


def _frame(lines: Sequence[TextLine], scheme: Scheme, known: Collection[str]) -> Frame:
    speaking = _first_speaking(lines, scheme)
    head = _head(lines[:speaking], known) or _late_head(lines, speaking, scheme, known)
    taken = {framed.line.span for framed in head}
    foot = _foot([line for line in lines if line.span not in taken])
    taken |= {framed.line.span for framed in foot}
    body = [line for line in lines if line.span not in taken]
    end = text_ends(body)
    notes = (FramedLine(line, "note") for line in body[end:])
    return Frame(tuple(head), tuple(body[:end]), (*foot, *notes))


def _late_head(lines: Sequence[TextLine], start: int, scheme: Scheme, known: Collection[str]) -> list[FramedLine]:
    """A masthead below words that a site put before it: a title with its number or its addressees under it."""
    for index in range(start + 1, min(len(lines), MAX_HEAD)):
        if role_of(lines[index].text) not in ("number", "addressee"):
            continue
        first = index
        while first > start and not SPEAKS.search(lines[first - 1].text) and not scheme.mark(lines[first - 1].text):
            first -= 1
        zone = lines[first : index + 1 + _first_speaking(lines[index + 1 :], scheme)]
        head = _head(zone, known)
        if any(framed.role == "title" for framed in head):
            return head
    return []


def _head(zone: Sequence[TextLine], known: Collection[str]) -> list[FramedLine]:
    """The lines up to the title, and those after it that are of a masthead by their form."""
    title = find_title(zone, known)
    head = [FramedLine(line, "title" if i in title else _role_beside(line)) for i, line in enumerate(zone)]
    end = max([title.stop, *(i + 1 for i, f in enumerate(head) if f.role in ("number", "addressee"))])
    while end < len(head) and role_of(head[end].line.text) not in (None, "title"):
        end += 1
    return head[:end]


def _role_beside(line: TextLine) -> Role:
    role = role_of(line.text)
    return "source" if role in (None, "title") else role


def _first_speaking(lines: Sequence[TextLine], scheme: Scheme) -> int:
    """The index of the first line that is a provision, or ends as a sentence does and is no masthead."""
    for index, line in enumerate(lines[:MAX_HEAD]):
        marker = scheme.mark(line.text)
        if (marker and marker.sure) or (SPEAKS.search(line.text) and role_of(line.text) is None):
            return index
    return min(len(lines), MAX_HEAD)


def _foot(lines: Sequence[TextLine]) -> list[FramedLine]:
    """The signature: a date on a line of its own under the names of authorities; at the very end, a date alone."""
    for index, line in enumerate(lines):
        role = role_of(line.text)
        if role not in ("date", "signed"):
            continue
        first = index
        while first > 0 and index - first < MAX_SIGNATURE and _signs(lines[first - 1]):
            first -= 1
        if (
            first < index
            or role == "signed"
            or all(role_of(after.text) in ("note", "source") for after in lines[index + 1 :])
        ):
            return [*(FramedLine(name, _signing(name)) for name in lines[first:index]), FramedLine(line, role)]
    return []


def _signing(line: TextLine) -> Role:
    return "signer" if role_of(line.text) == "signer" else "issuer"


def _signs(line: TextLine) -> bool:
    role = role_of(line.text)
    named = is_issuer(line.text) and role in (None, "issuer") and not SPEAKS.search(line.text)
    return named or role == "signer"

"""The frame of the instruments on a page: where each begins, and which lines are its masthead and its signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tiaowen.ingest.lines import TextLine
from tiaowen.ingest.numbering import Scheme
from tiaowen.ingest.roles import Role, is_issuer, role_of
from tiaowen.ingest.tree import ENDED, SPEAKS

MAX_HEAD = 40
MAX_SIGNATURE = 12
NEAR = 12


@dataclass(frozen=True, slots=True)
class FramedLine:
    """A line of the masthead or signature and what it is; role None: not understood."""

    line: TextLine
    role: Role


@dataclass(frozen=True, slots=True)
class Frame:
    """One instrument's lines: the masthead, the text, the signature."""

    head: tuple[FramedLine, ...]
    body: tuple[TextLine, ...]
    foot: tuple[FramedLine, ...]


def frames_of(lines: Sequence[TextLine], scheme: Scheme) -> tuple[Frame, ...]:
    """The instruments of a page, in order; at least one."""
    starts = [0, *_attached(lines, scheme)]
    pieces = [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    return tuple(_frame(piece, scheme) for piece in pieces)


def _attached(lines: Sequence[TextLine], scheme: Scheme) -> list[int]:
    """Where attached instruments begin: a title after a signature, with provisions of its own right below it."""
    starts = []
    for index in range(2, len(lines)):
        if _is_date(lines[index - 1]) and _opens_instrument(lines, index, scheme):
            starts.append(index)
    return starts


def _is_date(line: TextLine) -> bool:
    return role_of(line.text) == "date"


def _opens_instrument(lines: Sequence[TextLine], index: int, scheme: Scheme) -> bool:
    title = False
    for line in lines[index : index + NEAR]:
        marker = scheme.mark(line.text)
        if marker and marker.sure:
            return title and marker.ordinal == 1
        role = role_of(line.text)
        if role in ("annex", "note", "contents", "issuer"):
            continue
        if role == "date" or ENDED.search(line.text) or len(line.text) > 150:
            return False
        title = True
    return False


def _frame(lines: Sequence[TextLine], scheme: Scheme) -> Frame:
    head = _head(lines, scheme)
    foot = _foot(lines[len(head) :])
    body = lines[len(head) : len(lines) - len(foot)]
    return Frame(tuple(head), tuple(body), tuple(foot))


def _head(lines: Sequence[TextLine], scheme: Scheme) -> list[FramedLine]:
    """The lines up to the first that speaks: a provision, or a paragraph that ends as a sentence."""
    head: list[FramedLine] = []
    for line in lines[:MAX_HEAD]:
        marker = scheme.mark(line.text)
        role = role_of(line.text)
        if (marker and marker.sure) or (role is None and SPEAKS.search(line.text)):
            break
        head.append(FramedLine(line, role or "title"))
    return head


def _foot(lines: Sequence[TextLine]) -> list[FramedLine]:
    """The signature at the end: authorities and a date."""
    foot: list[FramedLine] = []
    for line in reversed(lines[-MAX_SIGNATURE:]):
        role = role_of(line.text)
        if role == "date" and not foot:
            foot.append(FramedLine(line, "date"))
        elif foot and is_issuer(line.text) and role != "title":
            foot.append(FramedLine(line, "issuer"))
        else:
            break
    return foot[::-1]

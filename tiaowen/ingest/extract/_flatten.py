"""HTML flattened: the open elements at each piece of text say which line it is on and whether it is seen."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tiaowen.corpus.texts import Field, Line
from tiaowen.ingest.extract._elements import BARRIER, BLOCK, CELL, CLOSED_BY, TABLE_PART, UNSEEN, VOID
from tiaowen.ingest.extract._markup import RAW_TEXT, Token, attributes_of, tokens, unescape
from tiaowen.ingest.extract._writer import LineWriter
from tiaowen.ingest.limits import MAX_PATH
from tiaowen.text.spans import Edit, Span

_DISPLAY_NONE = re.compile(r"display\s{0,9}:\s{0,9}none", re.I)
_NO_LABEL = re.compile(r"[^\w-]+")
_SEARCH_DEPTH = 512
_ALWAYS_SEEN = frozenset(("html", "body", "form", "a", "img", "br"))


class Flat(NamedTuple):
    """A flattened page: the edits that flatten it, its lines, and the fields in its head."""

    edits: list[Edit]
    lines: tuple[Line, ...]
    fields: tuple[Field, ...]


class _Open(NamedTuple):
    name: str
    path: str
    linked: bool


def flatten(raw: str) -> Flat:
    """The edits, lines and fields of the page `raw`; time and memory are linear in its length."""
    page = _Page(raw)
    for token in tokens(raw):
        page.read(token)
    edits, lines = page.writer.finish()
    return Flat(edits, lines, tuple(page.fields))


class _Page:
    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.writer = LineWriter(raw)
        self.fields: list[Field] = []
        self._stack: list[_Open] = [_Open("", "", linked=False)]
        self._count: dict[str, int] = {}
        self._hidden = 0

    def read(self, token: Token) -> None:
        kind, start, end, name, attributes = token
        if kind == "text":
            self._text(start, end)
        elif kind == "open":
            self.writer.skip(start, end, "hidden" if self._hidden else "markup")
            if name == "meta":
                self._meta(start, end, attributes)
            self._open(name, attributes)
        elif kind == "close":
            self._close(name)
            self.writer.skip(start, end, "hidden" if self._hidden else "markup")
        else:
            if name == "title" and not any(f.name == "title" for f in self.fields):
                value = " ".join(unescape(self.raw[start:end]).split())
                self.fields.append(Field("title", value, (Span(start, end),)))
            self.writer.skip(start, end, "hidden" if self._hidden or kind == "raw" else "markup")

    def _text(self, start: int, end: int) -> None:
        top = self._stack[-1]
        if self._hidden:
            self.writer.skip(start, end, "hidden")
        elif self._count.get("pre"):
            self.writer.preformatted(start, end, top.path, top.linked)
        else:
            self.writer.text(start, end, top.path, top.linked)

    def _open(self, name: str, attributes: str) -> None:
        breaks = name in BLOCK or name in CELL
        if breaks or name == "br":
            self._end_implied(name)
            self._begin_block(name)
        if name in VOID or (attributes.endswith("/") and not breaks and name not in RAW_TEXT):
            return  # <br>, or <o:p/> and the like
        self._push(name, attributes, breaks)

    def _begin_block(self, name: str) -> None:
        if self._hidden:
            return
        if name in CELL:
            self.writer.break_cell()
        else:
            self.writer.break_line()
        if name == "table":
            self.writer.begin_table()

    def _push(self, name: str, attributes: str, breaks: bool) -> None:
        parent = self._stack[-1]
        path = _path(parent.path, name, attributes) if breaks else parent.path
        linked = parent.linked or (name == "a" and "href" in attributes.lower())
        self._stack.append(_Open(name, path, linked))
        self._count[name] = self._count.get(name, 0) + 1
        if not self._hidden and (name in UNSEEN or _is_hidden(name, attributes)):
            self._hidden = len(self._stack)
        if name == "tr" and not self._hidden:
            self.writer.begin_row()

    def _close(self, name: str) -> None:
        if name == "br" or (name == "p" and not self._count.get("p")):
            self._begin_block(name)
        if not self._count.get(name):
            return
        bottom = max(1, len(self._stack) - _SEARCH_DEPTH)
        for depth in range(len(self._stack) - 1, bottom - 1, -1):
            if self._stack[depth].name == name:
                self._pop_to(depth)
                return
            if self._stack[depth].name in BARRIER and name not in TABLE_PART:
                return

    def _end_implied(self, name: str) -> None:
        """Ends the elements that a start tag of `name` ends without their own end tags."""
        depth = len(self._stack) - 1
        while depth > 0:
            above = self._stack[depth].name
            if name in CLOSED_BY.get(above, ()):
                self._pop_to(depth)
            elif above in BLOCK or above in CELL or above in UNSEEN or len(self._stack) - depth > 16:
                return
            depth -= 1

    def _pop_to(self, depth: int) -> None:
        while len(self._stack) > depth:
            name = self._stack.pop().name
            self._count[name] -= 1
            if self._hidden:
                if len(self._stack) < self._hidden:
                    self._hidden = 0
                continue
            if name == "tr":
                self.writer.end_row()
            elif name in BLOCK or name in CELL:
                self.writer.break_line()

    def _meta(self, start: int, end: int, attributes: str) -> None:
        found = attributes_of(attributes)
        name = found.get("name") or found.get("property")
        if name and "content" in found:
            self.fields.append(Field(name.lower(), found["content"], (Span(start, end),)))


def _is_hidden(name: str, attributes: str) -> bool:
    if not attributes or name in _ALWAYS_SEEN or "none" not in attributes.lower():
        return False
    return bool(_DISPLAY_NONE.search(attributes))


@lru_cache(maxsize=4096)
def _path(parent: str, name: str, attributes: str) -> str:
    """The path of an element, as `div#zoom/table.bd1`, at most MAX_PATH steps long."""
    if name in ("html", "body"):
        return parent
    label = name
    if "=" in attributes:
        found = attributes_of(attributes)
        if identifier := _NO_LABEL.sub("", found.get("id", ""))[:40]:
            label += f"#{identifier}"
        for word in found.get("class", "")[:200].split()[:4]:
            if word := _NO_LABEL.sub("", word):
                label += f".{word}"
    steps = parent.split("/") if parent else []
    return "/".join((*steps[-MAX_PATH + 1 :], label))

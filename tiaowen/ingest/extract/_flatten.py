"""HTML flattened: the open elements at each piece of text say which line it is on and whether it is seen."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tiaowen.corpus.texts import Field, Line
from tiaowen.ingest.extract._elements import BARRIER, BREAKS, CELL, CLOSED_BY, TABLE_PART, UNSEEN, VOID
from tiaowen.ingest.extract._markup import RAW_TEXT, Token, attributes_of, tokens, unescape
from tiaowen.ingest.extract._writer import LineWriter
from tiaowen.ingest.limits import MAX_PATH
from tiaowen.text.spans import Edit, Span

_DISPLAY_NONE = re.compile(r"display\s{0,9}:\s{0,9}none", re.I)
_NO_LABEL = re.compile(r"[^\w-]+")
_SEARCH_DEPTH = 512
_NAMING = frozenset(("id", "class"))
_ALWAYS_SEEN = frozenset(("html", "body", "form", "a", "img", "br"))


class Flat(NamedTuple):
    """A flattened page: the edits that flatten it, its lines, and the fields in its head."""

    edits: list[Edit]
    lines: tuple[Line, ...]
    fields: tuple[Field, ...]


def flatten(raw: str) -> Flat:
    """The edits, lines and fields of the page `raw`; time and memory are linear in its length."""
    page = _Page(raw)
    for token in tokens(raw):
        page.read(token)
    edits, lines = page.writer.finish()
    return Flat(edits, lines, tuple(page.fields))


class _Page:
    """The elements that are open, outermost first: their names, their paths, whether they are inside a link."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.writer = LineWriter(raw)
        self.fields: list[Field] = []
        self._names = [""]
        self._paths = [""]
        self._linked = [False]
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
        if self._hidden:
            self.writer.skip(start, end, "hidden")
        elif self.writer.broken and self.raw[start:end].isspace():
            self.writer.skip(start, end, "space")
        elif self._count.get("pre"):
            self.writer.preformatted(start, end, self._paths[-1], self._linked[-1])
        else:
            self.writer.text(start, end, self._paths[-1], self._linked[-1])

    def _open(self, name: str, attributes: str) -> None:
        breaks = name in BREAKS
        if breaks or name == "br":
            self._end_implied(name)
            self._begin_block(name)
        if name in VOID or (attributes.endswith("/") and not breaks and name not in RAW_TEXT):
            return  # <br>, or <o:p/> and the like
        names = self._names
        parent = self._paths[-1]
        names.append(name)
        self._paths.append(_path(parent, name, attributes) if breaks and not self._hidden else parent)
        self._linked.append(self._linked[-1] or (name == "a" and "href" in attributes.lower()))
        self._count[name] = self._count.get(name, 0) + 1
        if self._hidden:
            return
        if name in UNSEEN or (attributes and _is_hidden(name, attributes)):
            self._hidden = len(names)
        elif name == "tr":
            self.writer.begin_row()

    def _begin_block(self, name: str) -> None:
        if self._hidden:
            return
        if name in CELL:
            self.writer.break_cell()
        else:
            self.writer.break_line()
        if name == "table":
            self.writer.begin_table()

    def _close(self, name: str) -> None:
        names = self._names
        if names[-1] == name:
            self._pop()
            return
        if name == "br" or (name == "p" and not self._count.get("p")):
            self._begin_block(name)
        if not self._count.get(name):
            return
        bottom = max(1, len(names) - _SEARCH_DEPTH)
        for depth in range(len(names) - 1, bottom - 1, -1):
            if names[depth] == name:
                self._pop_to(depth)
                return
            if names[depth] in BARRIER and name not in TABLE_PART:
                return

    def _end_implied(self, name: str) -> None:
        """Ends the elements that a start tag of `name` ends without their own end tags."""
        names = self._names
        depth = len(names) - 1
        while depth > 0:
            above = names[depth]
            if name in CLOSED_BY.get(above, ()):
                self._pop_to(depth)
            elif above in BREAKS or above in UNSEEN or len(names) - depth > 16:
                return
            depth -= 1

    def _pop_to(self, depth: int) -> None:
        while len(self._names) > depth:
            self._pop()

    def _pop(self) -> None:
        """Ends the innermost element."""
        name = self._names.pop()
        self._paths.pop()
        self._linked.pop()
        self._count[name] -= 1
        if self._hidden:
            if len(self._names) < self._hidden:
                self._hidden = 0
        elif name == "tr":
            self.writer.end_row()
        elif name in BREAKS:
            self.writer.break_line()

    def _meta(self, start: int, end: int, attributes: str) -> None:
        found = attributes_of(attributes)
        name = found.get("name") or found.get("property")
        if name and "content" in found:
            self.fields.append(Field(name.lower(), found["content"], (Span(start, end),)))


def _is_hidden(name: str, attributes: str) -> bool:
    if name in _ALWAYS_SEEN or "none" not in attributes.lower():
        return False
    return bool(_DISPLAY_NONE.search(attributes))


@lru_cache(maxsize=4096)
def _path(parent: str, name: str, attributes: str) -> str:
    """The path of an element, as `div#zoom/table.bd1`, at most MAX_PATH steps long."""
    if name in ("html", "body"):
        return parent
    label = name
    if "=" in attributes:
        found = attributes_of(attributes, _NAMING)
        if identifier := _NO_LABEL.sub("", found.get("id", ""))[:40]:
            label += f"#{identifier}"
        for word in found.get("class", "")[:200].split()[:4]:
            if word := _NO_LABEL.sub("", word):
                label += f".{word}"
    if not parent:
        return label
    if parent.count("/") < MAX_PATH - 1:
        return f"{parent}/{label}"
    return "/".join((*parent.split("/")[-MAX_PATH + 1 :], label))

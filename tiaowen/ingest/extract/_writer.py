"""Lines written as edits on a raw page.

Between two pieces of text lies a gap of tags and white space. What a gap means to a reader, nothing, a space, a new
cell or a new line, is known when the next piece comes; only then are its edits made. All else is removed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from tiaowen.corpus.texts import Line
from tiaowen.errors import IngestError
from tiaowen.ingest.extract._markup import characters
from tiaowen.ingest.limits import MAX_EDITS
from tiaowen.text.spans import Edit, Span

_MARKUP = ("html.markup", "tags, and white space that only lays out the page")
_HIDDEN = ("html.hidden", "code, controls or text that the page does not show")
_SPACE = ("html.space", "white space that a browser shows as one space or none")
_ENTITY = ("html.entity", "a character reference read")
_BREAK = ("html.break", "an element before ends the line or cell")

# Spaces that authors indent with: kept inside a line, dropped at its edges.
_WIDE = "\xa0\u3000\u2002\u2003\u2009\u200b\ufeff"
_SPACES = " \t\n\r\f"
_PIECE = re.compile(rf"[ \t\n\r\f]+|[{_WIDE}]+|[^ \t\n\r\f{_WIDE}]+(?: [^ \t\n\r\f{_WIDE}]+)*")
_PREFORMATTED = re.compile(r"\r\n?|\n|[^\r\n]+")
_EAST_ASIAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")

_MAX_ROW = 2_000
"""Code points of a table row that is kept as one line; a longer one lays out the page."""

GapKind = Literal["markup", "hidden", "space", "wide", "reference"]


@dataclass(slots=True)
class _Gap:
    start: int
    end: int
    kind: GapKind
    value: str = ""


@dataclass
class _Row:
    """A table row being read. `breaks` are the edits that broke it so far, with whether a new cell began there."""

    breaks: list[tuple[int, bool]] = field(default_factory=list)
    start: int = -1
    nested: bool = False


class LineWriter:
    """Takes the pieces of a page in order; `finish` gives the edits and the lines they make.

    `broken` says that what comes next begins a line or cell: the white space before it is nothing.
    """

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._edits: list[Edit] = []
        self._lines: list[Line] = []
        self._gap: list[_Gap] = []
        self.broken = True
        self._new_cell = False
        self._rows: list[_Row] = []
        self._length = 0
        self._end = 0
        self._line_start = 0
        self._path = ""
        self._linked = 0

    def text(self, start: int, end: int, path: str, linked: bool) -> None:
        """Text of the page, where character references are read and white space runs are one space."""
        position = start
        references = characters(self._raw, start, end) if self._raw.find("&", start, end) >= 0 else ()
        for at, stop, value in references:
            self._words(position, at, path, linked)
            if value.isspace() or value in _WIDE:
                self._push(at, stop, "space" if value in _SPACES else "reference", value)
            else:
                self._emit(at, stop, value, path, linked)
            position = stop
        self._words(position, end, path, linked)

    def preformatted(self, start: int, end: int, path: str, linked: bool) -> None:
        """Text inside <pre>: its lines are lines."""
        for match in _PREFORMATTED.finditer(self._raw, start, end):
            if match[0].isspace():
                self.skip(match.start(), match.end(), "space")
                self.broken = self.broken or match[0][0] in "\r\n"
            else:
                self._unbroken(match.start(), match.end(), path, linked)

    def _unbroken(self, start: int, end: int, path: str, linked: bool) -> None:
        """Text kept as it stands but for character references."""
        position = start
        for at, stop, value in characters(self._raw, start, end):
            if position < at:
                self._emit(position, at, None, path, linked)
            self._emit(at, stop, value, path, linked)
            position = stop
        if position < end:
            self._emit(position, end, None, path, linked)

    def skip(self, start: int, end: int, kind: GapKind) -> None:
        """A piece of the page that is no text."""
        self._push(start, end, kind)

    def break_line(self) -> None:
        """What comes next begins a line."""
        self.broken = True

    def break_cell(self) -> None:
        """What comes next begins a table cell."""
        self.broken = self._new_cell = True

    def begin_table(self) -> None:
        """A table inside a row's cell: that row lays out the page."""
        if self._rows:
            self._rows[-1].nested = True

    def begin_row(self) -> None:
        """The cells to come stand in one row."""
        self.broken = True
        self._rows.append(_Row())

    def end_row(self) -> None:
        """The row is read. A row of a table of values becomes one line, its cells set apart by tabs."""
        row = self._rows.pop()
        cells = any(new_cell for _, new_cell in row.breaks)
        if cells and not row.nested and self._length - row.start <= _MAX_ROW:
            self._join(row)
        self.broken = True

    def finish(self) -> tuple[list[Edit], tuple[Line, ...]]:
        """All edits, ascending, and all lines. Nothing more may be written."""
        self._drop_gap()
        if self._length > self._line_start:
            self._close_line()
        return self._edits, tuple(self._lines)

    def _words(self, start: int, end: int, path: str, linked: bool) -> None:
        raw = self._raw
        for match in _PIECE.finditer(raw, start, end):
            at, stop = match.span()
            first = raw[at]
            if first in _SPACES:
                self._push(at, stop, "space")
            elif first in _WIDE:
                self._push(at, stop, "wide")
            else:
                self._emit(at, stop, None, path, linked)

    def _push(self, start: int, end: int, kind: GapKind, value: str = "") -> None:
        gap = self._gap
        if gap:
            last = gap[-1]
            known = last.kind
            if known == kind and kind != "reference":
                last.end = end
                return
            if self.broken and known != "hidden" and kind != "hidden":
                last.end = end  # nothing of a gap at a break is kept, so one piece of it will do
                if kind == "markup":
                    last.kind = kind
                return
        gap.append(_Gap(start, end, kind, value))
        self._check_size()

    def _check_size(self) -> None:
        if len(self._gap) + len(self._edits) > MAX_EDITS:
            raise IngestError(f"its text is broken or written in codes at over {MAX_EDITS:,} places: split it")

    def _emit(self, start: int, end: int, value: str | None, path: str, linked: bool) -> None:
        if self.broken:
            self._drop_gap()
            self._begin_line(start, path)
        elif self._gap:
            self._close_gap(start)
        if value is not None:
            self._edits.append(Edit(Span(start, end), value, *_ENTITY))
            self._check_size()
        length = end - start if value is None else len(value)
        self._length += length
        self._linked += length if linked else 0
        self._end = end

    def _begin_line(self, at: int, path: str) -> None:
        row = self._rows[-1] if self._rows else None
        if self._length:
            if row and row.start >= 0:
                row.breaks.append((len(self._edits), self._new_cell))
            self._edits.append(Edit(Span(at, at), "\n", *_BREAK))
            self._close_line()
            self._length += 1
        if row and row.start < 0:
            row.start = self._length
        self._line_start, self._path, self._linked = self._length, path, 0
        self.broken = self._new_cell = False

    def _close_line(self) -> None:
        self._lines.append(Line(Span(self._line_start, self._length), self._path, self._linked))

    def _drop_gap(self) -> None:
        """The gap at a break: nothing of it is kept."""
        pieces: list[tuple[int, int, tuple[str, str]]] = []
        for gap in self._gap:
            rule = {"hidden": _HIDDEN, "markup": _MARKUP}.get(gap.kind, _SPACE)
            last = pieces[-1] if pieces else None
            if last and (last[2] == rule or _HIDDEN not in (rule, last[2])):
                pieces[-1] = (last[0], gap.end, _MARKUP if _MARKUP in (rule, last[2]) else rule)
            else:
                pieces.append((gap.start, gap.end, rule))
        self._edits += [Edit(Span(start, end), "", *rule) for start, end, rule in pieces]
        self._gap.clear()

    def _close_gap(self, next_start: int) -> None:
        """The gap inside a line: at most one plain space of it is kept, and the wide ones."""
        spaced = False
        for gap in self._gap:
            start, end, kind = gap.start, gap.end, gap.kind
            if kind == "wide":
                self._length += end - start
            elif kind == "reference":
                self._edits.append(Edit(Span(start, end), gap.value, *_ENTITY))
                self._length += len(gap.value)
            elif kind != "space":
                self._edits.append(Edit(Span(start, end), "", *(_HIDDEN if kind == "hidden" else _MARKUP)))
            elif spaced or self._joins(start, end, next_start):
                self._edits.append(Edit(Span(start, end), "", *_SPACE))
            else:
                if self._raw[start:end] != " ":
                    self._edits.append(Edit(Span(start, end), " ", *_SPACE))
                self._length += 1
                spaced = True
        self._gap.clear()

    def _joins(self, start: int, end: int, next_start: int) -> bool:
        """Whether a line end of the page's source stands between East Asian characters, where no space is meant."""
        raw = self._raw
        return (
            raw.find("\n", start, end) >= 0
            and _EAST_ASIAN.match(raw, self._end - 1) is not None
            and _EAST_ASIAN.match(raw, next_start) is not None
        )

    def _join(self, row: _Row) -> None:
        for index, new_cell in row.breaks:
            span = self._edits[index].span
            self._edits[index] = Edit(span, "\t" if new_cell else " ", *_BREAK)
        merged = self._lines[-len(row.breaks) :]
        del self._lines[-len(row.breaks) :]
        self._line_start, self._path = merged[0].span.start, merged[0].element
        self._linked += sum(line.linked for line in merged)

"""Printed pages put in reading order: pieces of text with boxes become lines, columns are read one after another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_SAME_ROW = 0.5  # rows overlap by at least this share of the smaller height
_SEGMENT_GAP = 1.2  # a gap of more type sizes parts two cells or columns of a row
_WORD_GAP = 0.2  # a gap of more type sizes between letters is a space
_GUTTER = 0.5  # the narrowest gap between columns, in type sizes
_COLUMN_ROWS = 4  # rows that show two columns side by side
_COLUMN_LENGTH = 8  # characters of a column's lines, on average: table cells are shorter
_COLUMN_FULL = 0.5  # the share of a column's lines that reach its right edge
_TALLEST = 250  # rows that are looked at for columns; the finest print puts 200 on a page
_SHARING = 0.15  # the share of lines that must end at what counts as the right edge
_HANGING = "，。、；：！？"


@dataclass(frozen=True, slots=True)
class Piece:
    """Text at a place on a page: its box in points from the top left corner, and its type size."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed line in reading order, in the column from `start` to `end`."""

    piece: Piece
    page: int
    start: float
    end: float
    table: bool = False


def printed_lines(pages: Sequence[Sequence[Piece]]) -> list[Printed]:
    """The lines of all pages, numbered from 1, in the order they are read."""
    lines: list[Printed] = []
    for number, pieces in enumerate(pages, start=1):
        for block in _blocks(_rows(pieces)):
            lines += _lines_of(block, number)
    return lines


_Row = list[Piece]


def _rows(pieces: Sequence[Piece]) -> list[_Row]:
    """Pieces on one level, from left to right, those that touch joined; rows from top to bottom."""
    rows: list[_Row] = []
    for piece in sorted(_once(pieces), key=lambda p: (p.bottom, p.left)):
        row = rows[-1] if rows else None
        if row and _level(row[0], piece):
            row.append(piece)
        else:
            rows.append([piece])
    return [_segments(sorted(row, key=lambda p: p.left)) for row in rows]


def _once(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without what is printed twice at one place, as some programs do for bold type."""
    return list({(p.text, round(p.left / 2), round(p.bottom / 2)): p for p in pieces if p.text.strip()}.values())


def _level(one: Piece, other: Piece) -> bool:
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    return overlap >= _SAME_ROW * min(one.bottom - one.top, other.bottom - other.top)


def _segments(row: _Row) -> _Row:
    joined: _Row = []
    for piece in row:
        last = joined[-1] if joined else None
        if last and piece.left - last.right <= _SEGMENT_GAP * max(last.size, piece.size):
            joined[-1] = _joined(last, piece)
        else:
            joined.append(piece)
    return joined


def _joined(one: Piece, other: Piece) -> Piece:
    letters = one.text[-1] < "\u2000" or other.text[0] < "\u2000"
    space = " " if letters and other.left - one.right > _WORD_GAP * other.size else ""
    return Piece(
        one.text + space + other.text,
        one.left,
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
        max(one.size, other.size),
    )


def _blocks(rows: list[_Row]) -> Iterator[list[_Row]]:
    """The rows cut into blocks to be read one after another: the columns of a stretch are blocks of their own."""
    position = 0
    while position < len(rows):
        end, gutter = _columns(rows, position)
        if end == position:
            block = [rows[position]]
            while position + 1 < len(rows) and _columns(rows, position + 1)[0] == position + 1:
                position += 1
                block.append(rows[position])
            yield block
            position += 1
        else:
            left = [[p for p in row if p.right <= gutter] for row in rows[position:end]]
            right = [[p for p in row if p.right > gutter] for row in rows[position:end]]
            yield from _blocks([row for row in left if row])
            yield from _blocks([row for row in right if row])
            position = end


def _columns(rows: list[_Row], start: int) -> tuple[int, float]:
    """Where the columns that begin at row `start` end, and the middle of their gutter; `start` when there are none."""
    if len(rows[start]) < 2:
        return start, 0.0
    low, high, end, both = rows[start][0].right, rows[start][1].left, start, 0
    for row in rows[start : start + _TALLEST]:
        before = [p for p in row if p.left < (low + high) / 2]
        after = [p for p in row if p.left >= (low + high) / 2]
        narrowed = max([low, *(p.right for p in before)]), min([high, *(p.left for p in after)])
        if narrowed[1] - narrowed[0] < _GUTTER * row[0].size:
            break
        low, high = narrowed
        both += bool(before and after)
        end += 1
    gutter = (low + high) / 2
    sides = [[p for row in rows[start:end] for p in row if (p.left < gutter) == left] for left in (True, False)]
    return (end, gutter) if both >= _COLUMN_ROWS and all(map(_is_prose, sides)) else (start, 0.0)


def _is_prose(pieces: list[Piece]) -> bool:
    edge = max(p.right for p in pieces)
    full = sum(edge - p.right <= 1.5 * p.size for p in pieces)
    return sum(len(p.text) for p in pieces) >= _COLUMN_LENGTH * len(pieces) and full >= _COLUMN_FULL * len(pieces)


def _lines_of(block: list[_Row], page: int) -> Iterator[Printed]:
    """A line a row; the cells of a table's row are set apart by tabs."""
    alone = [row[0] for row in block if len(row) == 1] or [p for row in block for p in row]
    size = usual_size(alone)
    body = [p for p in alone if abs(p.size - size) <= 0.1 * size]
    start, end = min(p.left for p in body), _right_edge(body)
    for row in block:
        box = (row[0].left, min(p.top for p in row), max(p.right for p in row), max(p.bottom for p in row))
        text = "\t".join(p.text for p in row)
        yield Printed(Piece(text, *box, max(p.size for p in row)), page, start, end, table=len(row) > 1)


def usual_size(pieces: Sequence[Piece]) -> float:
    """The type size of most of the text."""
    sizes = sorted((piece.size, len(piece.text)) for piece in pieces)
    middle = sum(length for _, length in sizes) / 2
    for size, length in sizes:
        middle -= length
        if middle <= 0:
            return size
    return 12.0


def _right_edge(pieces: list[Piece]) -> float:
    """Where full lines end: the outermost edge that some lines share, so that a single one cannot shift it.

    Punctuation at the end does not count, since printers let it hang over the edge.
    """
    enough = max(2, round(_SHARING * len(pieces)))
    ends = sorted((_right_of_words(piece), piece.size) for piece in pieces)
    rights = [right for right, _ in ends]
    for right, size in reversed(ends):
        sharing = bisect_right(rights, right + 0.6 * size) - bisect_left(rights, right - 0.6 * size)
        if sharing >= enough:
            return right
    return rights[-1]


def _right_of_words(piece: Piece) -> float:
    hanging = len(piece.text) - len(piece.text.rstrip(_HANGING))
    return piece.right - hanging * piece.size

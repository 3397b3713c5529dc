"""What each node of a query means, by brute force over one entry: the oracle, and the last check on candidates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tiaowen.index.analyzer import SEGMENTERS, Analyzer, is_han
from tiaowen.index.modality import modal_words
from tiaowen.index.query import (
    All,
    Any,
    Article,
    Between,
    Contains,
    Held,
    Modal,
    Near,
    Node,
    Not,
    Prefix,
    Same,
    Scope,
    Stem,
    Unit,
)
from tiaowen.index.schema import Entry, Shelf, plain, plain_number, plain_shelf

_SENTENCE_END = re.compile(r"[。！？!?\n]+[”』」’\"')）]*")


@dataclass(frozen=True, slots=True)
class Texts:
    """The searched texts of an entry; `context` is lead-in and headings, one a line."""

    text: str
    context: str = ""

    def scope(self, scope: Scope) -> tuple[str, ...]:
        """The texts that `scope` names."""
        if scope == "text":
            return (self.text,)
        lead_in, _, headings = self.context.partition("\n")
        return {"any": (self.text, self.context), "lead": (lead_in,), "heading": (headings,)}[scope]


def matches(node: Node, entry: Entry, analyzer: Analyzer) -> bool:
    """Whether `entry` fulfils `node`."""
    match node:
        case All(parts):
            return all(matches(part, entry, analyzer) for part in parts)
        case Any(parts):
            return any(matches(part, entry, analyzer) for part in parts)
        case Not(part):
            return not matches(part, entry, analyzer)
        case Held() | Between():
            return on_shelf(node, plain_shelf(entry.shelf))
        case Article(number):
            return entry.article == number
        case _:
            return in_texts(node, Texts(entry.text, entry.context), analyzer)


def in_texts(node: Node, texts: Texts, analyzer: Analyzer) -> bool:
    """Whether a node that speaks of the text alone holds of `texts`."""
    match node:
        case All(parts):
            return all(in_texts(part, texts, analyzer) for part in parts)
        case Any(parts):
            return any(in_texts(part, texts, analyzer) for part in parts)
        case Not(part):
            return not in_texts(part, texts, analyzer)
        case Same(unit, part):
            return any(in_texts(part, Texts(piece), analyzer) for piece in units(texts.text, unit))
        case Modal():
            return any(True for _ in occurrences(node, texts.text, analyzer))
        case Contains(_, scope) | Stem(_, scope) | Prefix(_, scope) | Near(_, _, scope):
            return any(True for text in texts.scope(scope) if text for _ in occurrences(node, text, analyzer))
        case _:
            raise TypeError(f"{node} does not speak of the text alone")


def occurrences(
    leaf: Contains | Stem | Prefix | Near | Modal, text: str, analyzer: Analyzer
) -> Iterator[tuple[int, int]]:
    """Where `leaf` stands in `text`, in order."""
    match leaf:
        case Contains(needle, _, whole):
            yield from (place for place in find(text, needle) if not whole or _is_whole(text, *place))
        case Stem(stem):
            yield from ((t.start, t.end) for t in analyzer.tokens(text) if t.term == stem)
        case Prefix(prefix):
            yield from (place for place in find(text, prefix) if not _joined(text, place[0]))
        case Modal(mode):
            yield from ((start, end) for found, start, end in modal_words(text) if found == mode)
        case Near(needles, distance):
            yield from near(text, needles, distance)


def find(text: str, needle: str) -> Iterator[tuple[int, int]]:
    """Every place of `needle` in `text`, overlapping ones too."""
    start = text.find(needle)
    while start >= 0:
        yield start, start + len(needle)
        start = text.find(needle, start + 1)


def near(text: str, needles: tuple[str, ...], distance: int) -> Iterator[tuple[int, int]]:
    """Every stretch from the start of one needle that holds all of them, with at most `distance` characters between."""
    places = sorted((start, end, i) for i, needle in enumerate(needles) for start, end in find(text, needle))
    room = distance + sum(map(len, needles))
    for index, first in enumerate(places):
        inside = [p for p in places[index:] if p[0] < first[0] + room and p[1] <= first[0] + room]
        end = _fit(inside, len(needles))
        if end is not None:
            yield first[0], end


def units(text: str, unit: Unit) -> Iterator[str]:
    """The sentences or natural paragraphs of `text`, or the whole."""
    if unit == "clause":
        yield text
    elif unit == "para":
        yield from text.split("\n")
    else:
        yield from sentences(text)


def sentences(text: str) -> Iterator[str]:
    """The sentences of `text`: Chinese end at 。！？ or a line break (；goes on), English as spaCy's rules say."""
    if text.isascii() and ". " in text:
        yield from (text[a:b] for a, b in SEGMENTERS.get("english").sentences(text))  # type: ignore[attr-defined]
        return
    start = 0
    for end in _SENTENCE_END.finditer(text):
        yield text[start : end.end()]
        start = end.end()
    if start < len(text):
        yield text[start:]


def on_shelf(node: Held | Between, shelf: Shelf) -> bool:
    """Whether the plain fields of an instrument fulfil a filter."""
    return accepts(node, str(getattr(shelf, node.name) or ""))


def accepts(node: Held | Between, held: str) -> bool:
    """Whether the plain value `held` of a field fulfils a filter on it; "" is a value not known."""
    if isinstance(node, Between):
        return bool(held) and _from(node.low, held) and _until(node.high, held)
    return any(_holds(node.name, held, wanted) for wanted in node.values)


def comparable(node: Held) -> Held:
    """`node` with its values in the form compared."""
    form = plain_number if node.name == "number" else plain
    return replace(node, values=tuple(form(value) for value in node.values))


_WITHIN = frozenset({"title", "issuer", "number"})
_PREFIX = frozenset({"province", "city", "work", "page"})


def _holds(name: str, held: str, wanted: str) -> bool:
    if not wanted:
        return not held
    if name in _WITHIN:
        return wanted in held
    return held.startswith(wanted) if name in _PREFIX else held == wanted


def _from(low: str, held: str) -> bool:
    return not low or held[: len(low)] >= low


def _until(high: str, held: str) -> bool:
    return not high or held[: len(high)] <= high


def _joined(text: str, offset: int) -> bool:
    """Whether letters or digits stand on both sides of `offset`, as inside a word or number."""
    return 0 < offset < len(text) and all(c.isalnum() and not is_han(c) for c in text[offset - 1 : offset + 1])


def _is_whole(text: str, start: int, end: int) -> bool:
    return not _joined(text, start) and not _joined(text, end)


def _fit(places: list[tuple[int, int, int]], count: int) -> int | None:
    """The end of the shortest way to lay all `count` needles on `places` in order without overlap, from the first."""
    reached = {frozenset({places[0][2]}): places[0][1]} if places else {}
    for start, end, needle in places[1:]:
        for done, upto in list(reached.items()):
            if needle not in done and start >= upto:
                key = done | {needle}
                reached[key] = min(end, reached.get(key, end))
    return reached.get(frozenset(range(count)))

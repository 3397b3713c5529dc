"""Query text → Query. The grammar is Lucene's, read by luqum; what this field adds is laid over it.

Before luqum reads a query its signs are made half-width, one character for one, so that positions in messages are
those of the query as typed. Words go through the same analyzer as clauses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from luqum import tree as lucene
from luqum.exceptions import ParseError
from luqum.thread import parse as parse_lucene

from tiaowen.errors import QuerySyntaxError
from tiaowen.index.analyzer import Analyzer, Token, is_han
from tiaowen.index.fields import FIELDS
from tiaowen.index.matching import comparable
from tiaowen.index.modality import MODES
from tiaowen.index.query import (
    EVERYTHING,
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
    Query,
    Same,
    Scope,
    Stem,
    Unit,
    both,
)
from tiaowen.index.ranking import ASKING, END
from tiaowen.index.schema import plain, plain_forms
from tiaowen.index.signs import HIDDEN, half_width

LIMIT = 2000
"""The longest query read, in code points."""
DEPTH = 40
"""The deepest nesting of brackets read."""

_POSITION = re.compile(r"position (\d+)")
_RANGE = re.compile(r"([0-9-]*)\.\.([0-9-]*)")
_DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_OPERATORS = frozenset({"and", "or", "not"})
_EMPTY_WORDS = frozenset("的了和与及或等在是吗呢么之其也而且则并吧啊呀哪")
_EMPTY_ENGLISH = frozenset("a an and are as at be by for from in is it of on or that the to was with".split())  # noqa: SIM905
_IN_UNITS = frozenset({"text", "modality"})
"""The fields that speak of a sentence or paragraph."""
_STOPS = frozenset("，。？！、；：…—,.;")
"""Signs that part what is asked, if they stand alone."""
_MEANINGS = {
    lucene.Fuzzy: "words spelt nearly alike (~) are not sought; write word* for beginnings",
    lucene.Boost: "weights (^) are not offered",
    lucene.Regex: "regular expressions are not offered; quote the text to search for a stroke",
}


def parse_query(text: str, analyzer: Analyzer, match: str = "all") -> Query:
    """`text` as a query. Words side by side must all be found, with `match="any"` some of them.

    Raises QuerySyntaxError, with the place, for what cannot be read.
    """
    if len(text) > LIMIT:
        raise QuerySyntaxError(f"a query may have {LIMIT} characters, this one has {len(text)}", text[:60] + "…", 0)
    text = text.replace(END, " ")
    if not text.strip():
        return Query(text, EVERYTHING)
    reader = _Reader(text, analyzer, match)
    node = reader.read(_lucene(text))
    return Query(text, node, tuple(reader.ranked), tuple(dict.fromkeys(reader.left_out)))


def _lucene(text: str) -> lucene.Item:
    signs = half_width(text)
    too_deep = next((at for at, depth in enumerate(_depths(signs)) if depth > DEPTH), None)
    if too_deep is not None:
        raise QuerySyntaxError(f"brackets may be nested {DEPTH} deep", text, too_deep)
    if "~-" in signs:
        raise QuerySyntaxError('nearness is a number of characters: "a b"~5', text, signs.index("~-"))
    try:
        return parse_lucene(signs)
    except ParseError as error:
        found = _POSITION.search(str(error))
        position = min(int(found[1]), len(text) - 1) if found else len(text)
        raise QuerySyntaxError(_explain_syntax(signs, position), text, position) from None


def _explain_syntax(signs: str, position: int) -> str:
    if signs.count('"') % 2:
        return "a quotation mark is not closed"
    if position >= len(signs):
        return "the query breaks off here: a bracket is open, or an operator has nothing after it"
    if signs[position] == ")":
        empty = signs[:position].rstrip().endswith("(")
        return "there is nothing between the brackets" if empty else "this bracket closes none"
    return f"“{signs[position:].split(maxsplit=1)[0]}” cannot stand here; quote the text to search for it"


def _depths(signs: str) -> list[int]:
    depth, depths = 0, []
    for sign in signs:
        depth += (sign in "([{") - (sign in ")]}")
        depths.append(depth)
    return depths


@dataclass
class _Reader:
    """Turns luqum's tree into ours. `scope` is where words are sought while below a text field."""

    text: str
    analyzer: Analyzer
    match: str
    ranked: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    scope: Scope | None = None
    unit: Unit | None = None
    negated: bool = False

    def read(self, item: lucene.Item) -> Node:  # noqa: PLR0911 - one arm a kind of item
        match item:
            case lucene.AndOperation():
                return both(*map(self.read, item.children))
            case lucene.OrOperation():
                return Any(tuple(map(self.read, item.children)))
            case lucene.UnknownOperation():
                return self._side_by_side(item.children)
            case lucene.Not() | lucene.Prohibit():
                return self._negation(item.a)
            case lucene.Plus():
                return self.read(item.a)
            case lucene.Group() | lucene.FieldGroup():
                return self.read(item.expr)
            case lucene.SearchField():
                return self._field(item)
            case lucene.Phrase():
                return self._phrase(item)
            case lucene.Proximity():
                return self._near(item)
            case lucene.Word():
                return self._word(item)
        raise self._error(_MEANINGS.get(type(item), f"“{item}” cannot stand here"), item)

    def _side_by_side(self, items: list[lucene.Item]) -> Node:
        demanded = (lucene.Not, lucene.Prohibit, lucene.Plus)
        firm = [self.read(item) for item in items if isinstance(item, demanded) or self.match == "all"]
        loose = [self.read(item) for item in items if not isinstance(item, demanded) and self.match != "all"]
        return both(*firm, *([Any(tuple(loose))] if loose else []))

    def _negation(self, item: lucene.Item) -> Node:
        self.negated = not self.negated
        node = self.read(item)
        self.negated = not self.negated
        return Not(node)

    def _field(self, item: lucene.SearchField) -> Node:
        name = item.name.casefold()
        if name in ("samesentence", "samepara", "sameclause"):
            return self._same(_unit(name), item.expr)
        known = FIELDS.get(name)
        if known is None:
            raise self._error(_no_field(item.name), item)
        if self.unit and known.name not in _IN_UNITS:
            raise self._error(f"{known.name}: says nothing of a {self.unit}; put it beside same:{self.unit}( )", item)
        if known.scope:
            return self._inside(known.scope, item.expr)
        return self._filter(known.name, item.expr)

    def _same(self, unit: Unit, item: lucene.Item) -> Node:
        outer, self.unit = self.unit, unit
        node = Same(unit, self._inside("text", item))
        self.unit = outer
        return node

    def _inside(self, scope: Scope, item: lucene.Item) -> Node:
        outer, self.scope = self.scope, scope
        node = self.read(item)
        self.scope = outer
        return node

    def _filter(self, name: str, item: lucene.Item) -> Node:
        match item:
            case lucene.Group() | lucene.FieldGroup():
                return self._filter(name, item.expr)
            case lucene.OrOperation() | lucene.UnknownOperation():
                return Any(tuple(self._filter(name, child) for child in item.children))
            case lucene.Range() | lucene.From() | lucene.To() if name in ("year", "date"):
                return self._range(name, item)
            case lucene.Word() | lucene.Phrase():
                return self._value(name, item)
        raise self._error(f"{name}: takes a value, a quoted value or several in brackets", item)

    def _value(self, name: str, item: lucene.Item) -> Node:
        value = _literal(item)
        if name == "modality":
            return self._modality(value, item)
        if value == "*" and name != "article":
            return Not(Held(name, ("",)))
        if name in ("year", "date"):
            ends = _RANGE.fullmatch(value)
            low, high = (ends[1], ends[2]) if ends else (value, value)
            return self._between(name, low, high, item)
        if name == "article":
            return Article(_article(value))
        return comparable(Held(name, (value.rstrip("*"),)))

    def _modality(self, value: str, item: lucene.Item) -> Node:
        for mode in MODES:
            if value.casefold() == mode:
                return Modal(mode)
        raise self._error(f"modality: is one of {', '.join(MODES)}", item)

    def _range(self, name: str, item: lucene.Item) -> Node:
        if isinstance(item, lucene.Range):
            if not (item.include_low and item.include_high):
                raise self._error("ranges include both ends: write [low TO high]", item)
            return self._between(name, _literal(item.low).strip("*"), _literal(item.high).strip("*"), item)
        if not item.include:
            raise self._error("write >= or <=: ranges include their ends", item)
        ends = (_literal(item.a), "") if isinstance(item, lucene.From) else ("", _literal(item.a))
        return self._between(name, *ends, item)

    def _between(self, name: str, low: str, high: str, item: lucene.Item) -> Node:
        for end in (low, high):
            if end and not _DAY.fullmatch(end):
                raise self._error(f"“{end}” is no {name}; write 2021, 2021-05 or 2021-05-20", item)
        if low and high and low[: len(high)] > high[: len(low)]:
            raise self._error(f"from {low} to {high} there is nothing; write the earlier end first", item)
        return Between("year" if name == "year" else "date", low, high)

    def _phrase(self, item: lucene.Phrase) -> Node:
        forms = plain_forms(_literal(item))
        if not forms[0].strip():
            raise self._error("the quotation is empty", item)
        self._rank(forms[0])
        return _either([Contains(form, self.scope or "text") for form in forms])

    def _near(self, item: lucene.Proximity) -> Node:
        needles = tuple(plain(_literal(item.term)).split())
        if not 1 < len(needles) <= 6:
            raise self._error("nearness takes two to six words, parted by spaces", item)
        self._rank(" ".join(needles))
        return Near(needles, int(item.degree), self.scope or "text")

    def _word(self, item: lucene.Word) -> Node:
        raw = _literal(item)
        if raw == "*":
            return EVERYTHING
        text = plain(raw)
        if text in _OPERATORS and any(map(is_han, self.text)):
            raise self._error(f"“{raw}” is a word; the operator is {text.upper()}, in capitals", item)
        if "|" in text.strip("|"):
            raise self._error("write OR between words; quote the text to search for the sign |", item)
        if "*" in text[:-1] or "?" in raw.rstrip("?"):
            raise self._error("* may stand at the end of a word only; quote the text to search for the sign", item)
        if text.endswith("*"):
            return self._prefix(text[:-1])
        pieces, empty = _pieces(text, list(self.analyzer.tokens(text)))
        self.left_out += empty
        if not pieces:
            if empty or (_STOPS.issuperset(raw) and raw != self.text.strip()):
                return EVERYTHING
            raise self._error(f"“{raw}” holds no word; write AND, OR, NOT, or quote it to search for the sign", item)
        self._rank(text)
        nodes = [self._piece(raw[start:end]) for start, end in pieces]
        return both(*nodes) if self.match == "all" else Any(tuple(nodes))

    def _piece(self, raw: str) -> Node:
        """What a piece of a bare word asks for."""
        scope = self.scope or "any"
        forms = plain_forms(raw)
        terms = self.analyzer.terms(forms[0])
        if forms[0].isascii() and forms[0].isalpha() and len(terms) == 1:
            return Stem(terms[0], scope)
        whole = not (is_han(forms[0][0]) and is_han(forms[0][-1]))
        return _either([Contains(form, scope, whole) for form in forms])

    def _prefix(self, text: str) -> Node:
        self._rank(text)
        scope = self.scope or "any"
        return Contains(text, scope) if is_han(text) else Prefix(text, scope)

    def _rank(self, text: str) -> None:
        if not self.negated:
            self.ranked.append(text)

    def _error(self, message: str, item: lucene.Item) -> QuerySyntaxError:
        return QuerySyntaxError(message, self.text, item.pos or 0)


def _no_field(name: str) -> str:
    if name.casefold() == "same":
        return "same: takes a unit and brackets: same:sentence(a b), same:para(a b), same:clause(a b)"
    names = sorted({known.name for known in FIELDS.values()})
    alike = get_close_matches(name.casefold(), FIELDS, 1)
    meant = f" Is {alike[0]}: meant?" if alike else ""
    return f"no field “{name}”.{meant} Fields are {', '.join(names)}; quote the text to search for a colon"


def _pieces(text: str, tokens: list[Token]) -> tuple[list[tuple[int, int]], list[str]]:
    """The places of the strings that a bare word asks for, and the empty words left out.

    Neighbouring single characters are one string (a name the dictionary lacks), as are a figure and what it counts.
    """
    pieces: list[tuple[int, int]] = []
    empty: list[str] = []
    end = -1
    for token in tokens:
        word = text[token.start : token.end]
        if word in _EMPTY_WORDS or word in _EMPTY_ENGLISH or word in ASKING:
            empty.append(word)
            end = -1
            continue
        if token.start == end and _glued(text[slice(*pieces[-1])], word):
            pieces[-1] = (pieces[-1][0], token.end)
        else:
            pieces.append((token.start, token.end))
        end = token.end
    return pieces, empty


def _glued(before: str, word: str) -> bool:
    if is_han(before) and is_han(word):
        return len(word) == 1 and len(before) == 1
    return not (is_han(before) and len(before) > 1)


def _either(nodes: Sequence[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else Any(tuple(nodes))


def _literal(item: lucene.Item) -> str:
    value = str(item.value)
    if isinstance(item, lucene.Phrase):
        value = value[1:-1]
    return re.sub(r"\\(.)", r"\1", value).translate(HIDDEN)


def _unit(name: str) -> Unit:
    return "sentence" if name == "samesentence" else "para" if name == "samepara" else "clause"


def _article(value: str) -> str:
    """The article number in 12, 第十二条 or 十二条之一."""
    from tiaowen.text.numerals import read_numeral  # noqa: PLC0415

    parts = re.split("[条條]?之|-", value.strip("第條条 "))
    numbers = [part if part.isdigit() else str(read_numeral(part.strip("第條条")) or part) for part in parts]
    return "-".join(numbers)

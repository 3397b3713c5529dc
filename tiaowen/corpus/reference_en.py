"""References in English: Article 3(2)(1), art. 27, para. 2, item (1) of paragraph 2 of Article 3, Articles 3 to 5."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tiaowen.corpus.address import Address, Step
from tiaowen.corpus.instrument import ProvisionKind
from tiaowen.text.numerals import read_numeral
from tiaowen.text.spans import Span

_WORDS = {
    "part": ProvisionKind.PART,
    "chapter": ProvisionKind.CHAPTER,
    "section": ProvisionKind.SECTION,
    "article": ProvisionKind.ARTICLE,
    "art": ProvisionKind.ARTICLE,
    "paragraph": ProvisionKind.PARAGRAPH,
    "para": ProvisionKind.PARAGRAPH,
    "subparagraph": ProvisionKind.ITEM,
    "item": ProvisionKind.ITEM,
    "subitem": ProvisionKind.SUBITEM,
}
_NUMBER = r"(?:\d{1,4}(?:-\d{1,2})?|[IVXL]{1,7}\b)"
_NAME = r"(?:articles?|arts?\.?|chapters?|sections?|parts?|sub-?paragraphs?|paragraphs?|paras?\.?|sub-?items?|items?)"
_UNIT = re.compile(rf"\b({_NAME})\s*[(（]?({_NUMBER})[)）]?((?:\s?[(（]{_NUMBER}[)）])*)", re.I)
_OF = re.compile(r"\s*(?:,\s*)?of\s+(?:the\s+)?(?=\w)", re.I)
_UPWARD_COMMA = re.compile(r"\s*,\s*(?=art)", re.I)
_COMMA = re.compile(r"\s*,?\s*(?=(?:para|item|sub|section))", re.I)
_MORE = re.compile(
    rf"\s*(,|,?\s?and|,?\s?or|to|through|[-–—])\s*(?:{_NAME}\s*)?({_NUMBER})(?![\w%])((?:\s?[(（]{_NUMBER}[)）])*)",
    re.I,
)
_INNER = re.compile(_NUMBER)
_BELOW = (ProvisionKind.ARTICLE, ProvisionKind.PARAGRAPH, ProvisionKind.ITEM, ProvisionKind.SUBITEM)
_ORDER = [*dict.fromkeys(_WORDS.values())]

Found = tuple[Span, Address, Address | None]


def find_english(text: str) -> Iterator[Found]:
    """(place, address, end of the range or None) of each reference, in order."""
    at = 0
    while match := _UNIT.search(text, at):
        plural = match[1].lower().rstrip(".").endswith("s")
        if plural and "-" in match[2]:
            first, last = match[2].split("-")
            yield (
                Span(match.start(), match.end()),
                _address(_kind(match[1]), first, ""),
                _address(_kind(match[1]), last, ""),
            )
            at = match.end()
            continue
        address, end = _chain(text, match)
        found: list[Found] = [(Span(match.start(), end), address, None)]
        while plural and (more := _MORE.match(text, end)):
            other = _address(_kind(match[1]), more[2], more[3])
            end = more.end()
            if more[1].strip() in ("to", "through", "-", "–", "—"):
                span, first, _ = found[-1]
                found[-1] = (Span(span.start, end), first, other)
            else:
                found.append((Span(more.start(2), end), other, None))
        yield from found
        at = end


def _chain(text: str, match: re.Match[str]) -> tuple[Address, int]:
    """One reference from its first unit: `Article 3, paragraph 2` downwards, `item 1 of Article 3` upwards."""
    steps, end = _address(_kind(match[1]), match[2], match[3]), match.end()
    while True:
        upward = _OF.match(text, end) or _UPWARD_COMMA.match(text, end)
        joint = upward or _COMMA.match(text, end)
        following = _UNIT.match(text, joint.end()) if joint else None
        if not following:
            return _cited(steps), end
        more = _address(_kind(following[1]), following[2], following[3])
        above, below = (more, steps) if upward else (steps, more)
        if _ORDER.index(above[-1].kind) >= _ORDER.index(below[0].kind):
            return _cited(steps), end
        steps, end = (*above, *below), following.end()


def _cited(steps: Address) -> Address:
    """Articles count through the whole text: nothing above them is part of their address."""
    for index, step in enumerate(steps):
        if step.kind is ProvisionKind.ARTICLE:
            return steps[index:]
    return steps


def _kind(name: str) -> ProvisionKind:
    word = name.lower().rstrip(".").replace("-", "")
    return _WORDS.get(word) or _WORDS[word.rstrip("s")]


def _address(kind: ProvisionKind, number: str, inner: str) -> Address:
    """A unit with its brackets: in `Article 3(2)(1)` the first bracket is the paragraph."""
    steps = [Step(kind, _canonical(number))]
    for below in _INNER.findall(inner):
        place = _BELOW.index(steps[-1].kind) + 1 if steps[-1].kind in _BELOW else 0
        if 0 < place < len(_BELOW):
            steps.append(Step(_BELOW[place], _canonical(below)))
    return tuple(steps)


def _canonical(number: str) -> str:
    return "-".join(str(read_numeral(part) or part) for part in number.split("-"))

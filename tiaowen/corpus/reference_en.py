"""References in English.

Article 3(2)(1), art. 27, para. 2, item (1) of paragraph 2 of Article 3, ss. 5–7, § 5(2)(a), the second paragraph of
Article 3, the preceding paragraph, Article 9 of this Law.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import merge

from tiaowen.corpus.address import Address, Step
from tiaowen.corpus.instrument import ProvisionKind
from tiaowen.corpus.target import Target, english_after, english_before
from tiaowen.text.numerals import read_numeral
from tiaowen.text.spans import Span

_WORDS = {
    "part": ProvisionKind.PART,
    "chapter": ProvisionKind.CHAPTER,
    "section": ProvisionKind.SECTION,
    "sec": ProvisionKind.SECTION,
    "s": ProvisionKind.SECTION,
    "§": ProvisionKind.SECTION,
    "article": ProvisionKind.ARTICLE,
    "art": ProvisionKind.ARTICLE,
    "paragraph": ProvisionKind.PARAGRAPH,
    "para": ProvisionKind.PARAGRAPH,
    "subsection": ProvisionKind.PARAGRAPH,
    "subparagraph": ProvisionKind.ITEM,
    "item": ProvisionKind.ITEM,
    "no": ProvisionKind.ITEM,
    "subitem": ProvisionKind.SUBITEM,
}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NUMBER = r"(?:\d{1,4}(?:-\d{1,2})?|[IVXL]{1,7}\b)"
_INNER_NUMBER = rf"(?:{_NUMBER}|[a-z])"
_BRACKETS = rf"((?:\s?[(（]{_INNER_NUMBER}[)）])*)"
_NAME = (
    r"(?:articles?|arts?\.?|chapters?|sub-?sections?|sections?|secs?\.|parts?|sub-?paragraphs?|paragraphs?|paras?\.?|"
    r"sub-?items?|items?|ss?\.|§§?)"
)
_UNIT = re.compile(
    rf"(?<![\w.'’])({_NAME})\s*[(（]?({_NUMBER})[)）]?{_BRACKETS}(?!\s?%|th\b|st\b|nd\b|rd\b|\s(?:million|billion)\b)",
    re.I,
)
_BARE_SECTION = re.compile(rf"(?<![\w.'’])(ss?)\s({_NUMBER})((?:[(（]{_INNER_NUMBER}[)）])+)")
"""s 5(1): without its full stop a section needs a bracket to be one."""

_BY_ORDINAL = re.compile(
    rf"\b({'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th)) (paragraph|sub-?paragraph|item)\b(?=,? (?:of|in) )", re.I
)
_RELATIVE = re.compile(
    r"\b(?:the )?((?:preceding|foregoing|previous) (?:(?:two|three|four) )?(?:paragraph|article|item|section)s?"
    r"|this (?:article|paragraph|section))\b",
    re.I,
)
_OF = re.compile(r"\s*(?:,\s*)?(?:of|in)\s+(?:the\s+)?(?=[\w§])", re.I)
_UPWARD_COMMA = re.compile(r"\s*,\s*(?=art|para)", re.I)
_COMMA = re.compile(r"\s*,?\s*(?=(?:para|item|sub|section|no\b))", re.I)
_ENTRY = re.compile(rf"(no\.|number)\s?({_NUMBER})()", re.I)
_MORE = re.compile(
    rf"\s*(,|,?\s?and|,?\s?or|to|through|[-–—])\s*(?:{_NAME}\s*)?[(（]?({_NUMBER})[)）]?(?![\w%]){_BRACKETS}",
    re.I,
)
_ONE_MORE = re.compile(rf"\s(and|or|to)\s({_NUMBER}){_BRACKETS}(?=[.,;:)]|\sof\b|\s?$)", re.I)
"""Article 3 or 5: after a singular only where a number can be nothing else."""

_THROUGH = ("to", "through", "-", "–", "—")
_INNER = re.compile(_INNER_NUMBER)
_BELOW = (ProvisionKind.ARTICLE, ProvisionKind.PARAGRAPH, ProvisionKind.ITEM, ProvisionKind.SUBITEM)
_ORDER = [*dict.fromkeys(_WORDS.values())]


@dataclass(frozen=True, slots=True)
class Found:
    """A reference: its place, what is named, the end of a range, the words of a relative one, the instrument."""

    span: Span
    address: Address
    last: Address | None = None
    relative: str = ""
    target: Target | None = None


def find_english(text: str) -> Iterator[Found]:
    """The English references in `text`, in order."""
    at = 0
    forms = (form.finditer(text) for form in (_UNIT, _BARE_SECTION, _BY_ORDINAL, _RELATIVE))
    for match in merge(*forms, key=re.Match.start):
        if match.start() >= at and (found := _read(text, match)):
            yield from found
            at = found[-1].span.end


def _read(text: str, match: re.Match[str]) -> list[Found]:
    if match.re is _RELATIVE:
        return _relative(text, match)
    plural = match.re in (_UNIT, _BARE_SECTION) and _is_plural(match[1])
    if plural and "-" in match[2]:
        first, last = (_address(_kind(match[1]), number, "") for number in match[2].split("-"))
        return _with_target(text, [Found(Span(match.start(), match.end()), first, last)])
    found = [_chain(text, match)]
    if match.re is _BY_ORDINAL and len(found[0].address) < 2 and not found[0].relative:
        return []  # “the second paragraph of his letter”
    while more := (_MORE if plural else _ONE_MORE).match(text, found[-1].span.end):
        other, before = _address(_kind(match[1]), more[2], more[3]), found[-1]
        if more[1].strip() in _THROUGH:
            found[-1] = replace(before, span=Span(before.span.start, more.end()), last=other)
        else:
            found.append(Found(Span(more.start(2), more.end()), other))
        if not plural:
            break
    return _with_target(text, _upwards(text, found) if len(found) > 1 or found[0].last else found)


def _upwards(text: str, found: list[Found]) -> list[Found]:
    """A list or a range with what stands above all of it: items 1 to 3 of Article 5, of the preceding paragraph."""
    upward = _OF.match(text, found[-1].span.end)
    if not upward:
        return found
    if relative := _RELATIVE.match(text, upward.end()):
        found[-1] = replace(found[-1], span=Span(found[-1].span.start, relative.end()))
        return [replace(each, relative=relative[1]) for each in found]
    unit = _unit_at(text, upward.end())
    above = _chain(text, unit) if unit else None
    if (
        above is None
        or not above.address
        or _ORDER.index(above.address[-1].kind) >= _ORDER.index(found[0].address[0].kind)
    ):
        return found
    found[-1] = replace(found[-1], span=Span(found[-1].span.start, above.span.end))
    return [
        replace(
            each,
            address=_cited((*above.address, *each.address)),
            last=_cited((*above.address, *each.last)) if each.last else None,
        )
        for each in found
    ]


def _is_above(above: Address, below: Address) -> bool:
    return bool(above) and _ORDER.index(above[-1].kind) < _ORDER.index(below[0].kind)


def _with_target(text: str, found: list[Found]) -> list[Found]:
    """The references with the instrument named before or after them."""
    target = english_after(text, found[-1].span.end) or english_before(text, found[0].span.start)
    return [replace(each, target=target) for each in found] if target else found


def _relative(text: str, match: re.Match[str]) -> list[Found]:
    """The preceding paragraph; this Article, and what goes on below it."""
    steps, end = _downwards(text, (), match.end())
    return [Found(Span(match.start(1), end), steps, None, match[1])]


def _chain(text: str, match: re.Match[str]) -> Found:
    """One reference from its first unit: `Article 3, paragraph 2` downwards, `item 1 of Article 3` upwards."""
    steps, end, start = _steps(match), match.end(), match.start()
    while upward := _OF.match(text, end) or _UPWARD_COMMA.match(text, end):
        if relative := _RELATIVE.match(text, upward.end()):
            return Found(Span(start, relative.end()), steps, None, relative[1])
        above = _unit_at(text, upward.end())
        if not above or not _is_above(_steps(above), steps):
            break
        steps, end = (*_steps(above), *steps), above.end()
    steps, end = _downwards(text, steps, end)
    return Found(Span(start, end), _cited(steps))


def _downwards(text: str, steps: Address, end: int) -> tuple[Address, int]:
    while joint := _COMMA.match(text, end):
        following = _unit_at(text, joint.end()) or _ENTRY.match(text, joint.end())
        if not following:
            break
        more = _steps(following)
        if steps and not _is_above(steps, more):
            break
        steps, end = (*steps, *more), following.end()
    return steps, end


def _unit_at(text: str, at: int) -> re.Match[str] | None:
    return _UNIT.match(text, at) or _BY_ORDINAL.match(text, at)


def _steps(match: re.Match[str]) -> Address:
    if match.re is _BY_ORDINAL:
        word = match[1].lower()
        number = _ORDINALS.index(word) + 1 if word in _ORDINALS else int(word[:-2])
        return (Step(_kind(match[2]), str(number)),)
    return _address(_kind(match[1]), match[2], match[3])


def _cited(steps: Address) -> Address:
    """Articles count through the whole text: nothing above them is part of their address."""
    for index, step in enumerate(steps):
        if step.kind is ProvisionKind.ARTICLE:
            return steps[index:]
    return steps


def _plain(name: str) -> str:
    return name.lower().rstrip(".").replace("-", "")


def _is_plural(name: str) -> bool:
    return len(_plain(name)) > 1 and _plain(name)[-1] in "s§"


def _kind(name: str) -> ProvisionKind:
    word = _plain(name)
    return _WORDS[word] if word in _WORDS else _WORDS[word[:-1]]


def _address(kind: ProvisionKind, number: str, inner: str) -> Address:
    """A unit with its brackets: in `Article 3(2)(1)` the first bracket is the paragraph."""
    steps = [Step(kind, _canonical(number))]
    for below in _INNER.findall(inner):
        above = ProvisionKind.ARTICLE if steps[-1].kind is ProvisionKind.SECTION else steps[-1].kind
        place = _BELOW.index(above) + 1 if above in _BELOW else 0
        if 0 < place < len(_BELOW):
            steps.append(Step(_BELOW[place], _canonical(below)))
    return tuple(steps)


def _canonical(number: str) -> str:
    """Digits for Roman numerals and for a letter of a list: (b) is the second."""
    return "-".join(str(read_numeral(part) or _letter(part)) for part in number.split("-"))


def _letter(part: str) -> str:
    return str(ord(part.lower()) - ord("a") + 1) if len(part) == 1 and part.isascii() and part.isalpha() else part

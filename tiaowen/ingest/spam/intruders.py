"""Words that break into other words: advertising injected letter for letter, whatever it advertises.

No lexicon knows next month's words, but all of them come in the same way. In a page in Simplified characters they
are Traditional or Latin; in an English page a capital is glued to the middle of a word. They come again at places
that have nothing in common. And where one is taken out, the characters on its two sides make a word of policy
(行Xxx政). Only what shows all of this is removed; a Traditional word that does not is a finding.

Names of products and acronyms (PowerPoint, GDP) keep the company of the same letters, or stand where a word may stand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import islice

from tiaowen.corpus.findings import Finding
from tiaowen.ingest.page import Page
from tiaowen.ingest.spam._splice_model import prepare, splice_model
from tiaowen.ingest.spam.lexicon import pattern as lexicon_pattern
from tiaowen.text.script import hans_only, hant_only
from tiaowen.text.spans import Edit, Span

_REACH = 6
_MOST = 200
_COHESIVE = -0.7
_EACH = 0.3
_NEAR = 12
_ALIKE = 0.75
_LETTERS = 3
_BREAKS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9 ]")
_LATIN = re.compile(r"(?<=[\u4e00-\u9fff。；，、])[A-Za-z]{2,}(?: ?[A-Za-z]{2,}){0,3}(?=[\u4e00-\u9fff\n]|$)")
_GLUED = re.compile(r"(?<=[a-z]{2})(?:[A-Z]{1,3}(?= )|[A-Z][a-z]+)(?: [A-Z]?[a-z]+){0,2}")
_REASON = "a foreign word that breaks into others, at places that have nothing in common"


class Intruders:
    """Injected words that recur, and Traditional words in a Simplified page."""

    def propose(self, page: Page) -> Iterator[Edit | Finding]:
        """The words alone."""
        if page.language == "en":
            yield from _in_english(page)
        elif page.simplified:
            yield from _in_chinese(page)


def _in_chinese(page: Page) -> Iterator[Edit | Finding]:
    cores = list(_cores(page.text))
    if len({core.of(page.text) for core in cores}) > _MOST:
        yield Finding("script-mismatch", "warning", "normalise", "a page in both scripts", tuple(cores[:_MOST]))
        return
    done: set[str] = set()
    for number, core in enumerate(cores):
        word = _extended(page.text, core.of(page.text))
        if word in done:
            continue
        done.add(word)
        places = [m.span() for m in re.finditer(re.escape(word), page.text)]
        if min(len(places), len(word)) > 1 and _scattered(page.text, places) and _breaks_in(page, places):
            yield from (Edit(Span(a, b), "", "spam.intruder", _REASON) for a, b in places)
        elif hant_only() & set(word):
            single = _bridged(page, core) if _alone(number, cores) and not _in_lexicon(page, core) else None
            if single and sum(c in hant_only() for c in core.of(page.text)) > 1:
                yield Edit(single, "", "spam.intruder", "a Traditional word inside a word of a Simplified page")
            else:
                yield Finding(
                    "script-mismatch", "info", "normalise", "Traditional characters in a Simplified page", (core,)
                )


def _alone(number: int, cores: list[Span]) -> bool:
    """Whether a core is the only one near: where there are several, a sentence was pasted in and not a word."""
    core = cores[number]
    before = number == 0 or core.start - cores[number - 1].end > _NEAR
    return before and (number + 1 == len(cores) or cores[number + 1].start - core.end > _NEAR)


def _in_lexicon(page: Page, core: Span) -> bool:
    """Whether the lexicon knows the word: then it knows its ends too."""
    found = lexicon_pattern().finditer(page.folded, max(0, core.start - _NEAR), core.end + _NEAR)
    return any(match.start() < core.end and core.start < match.end() for match in found)


@cache
def _foreign() -> re.Pattern[str]:
    characters = "".join(sorted(c for c in hant_only() if c <= "\uffff"))
    return re.compile(f"[{characters}]+")


def _cores(text: str) -> Iterator[Span]:
    """Traditional and Latin runs, those that stand together as one."""
    found = sorted((m.start(), m.end()) for pattern in (_foreign(), _LATIN) for m in pattern.finditer(text))
    hans = hans_only()
    last: tuple[int, int] | None = None
    for start, end in found:
        if text[start:end].isupper():
            continue  # an acronym
        between = text[last[1] : start] if last else ""
        if last and start - last[1] <= 2 and not _BREAKS.search(between) and not hans & set(between):
            last = (last[0], max(end, last[1]))
            continue
        if last:
            yield Span(*last)
        last = (start, end)
    if last:
        yield Span(*last)


def _extended(text: str, core: str) -> str:
    """The core with what stands beside it in most places."""
    word = core
    for side in (-1, 1):
        for _ in range(_REACH):
            places = [m.span() for m in re.finditer(re.escape(word), text)]
            if len(places) < 2:
                return word
            beside = Counter(text[a - 1 : a] if side < 0 else text[b : b + 1] for a, b in places)
            character, count = beside.most_common(1)[0]
            if (
                not character
                or count < 2
                or count + beside[word[-1 if side < 0 else 0]] < len(places)
                or _BREAKS.match(character)
                or character in hans_only()
            ):
                break
            word = character + word if side < 0 else word + character
    return word


def _scattered(text: str, places: list[tuple[int, int]]) -> bool:
    """Whether the places have different neighbours on both sides."""
    left = {text[max(0, a - 2) : a] for a, _ in places}
    right = {text[b : b + 2] for _, b in places}
    return len(left) > 1 and len(right) > 1


def _breaks_in(page: Page, places: list[tuple[int, int]]) -> bool:
    """Whether what stands on the two sides belongs together at most places that have text on both sides."""
    held = [_belongs(page, a, b) for a, b in places]
    known = [h for h in held if h is not None]
    latin = page.text[slice(*places[0])].isascii()  # may be the name of a product, so more is asked of it
    return not known or sum(known) >= (0.67 if latin else 0.5) * len(known)


def _belongs(page: Page, start: int, end: int) -> bool | None:
    """Whether the characters around a place make a pair usual in policy; None where they are not both Chinese."""
    weight = _pair(page, start - 1, end)
    return None if weight is None else weight <= _COHESIVE


def _pair(page: Page, first: int, second: int) -> float | None:
    """How little two characters of the page belong together in policy; None where they are not both Chinese."""
    pair = page.folded[first : first + 1] + page.folded[second : second + 1] if first >= 0 else ""
    if len(pair) < 2 or min(pair) < "\u4e00" or max(pair) > "\u9fff":
        return None
    return splice_model("zh").weights.get(prepare(pair), 0.0)


def _bridged(page: Page, core: Span) -> Span | None:
    """The stretch around a single core without which the page reads on best; None if there is none.

    It is not much longer than the core and holds no character that only Simplified texts have. Where it is right the
    characters on its two sides belong together, and those on either side of each of its ends do not.
    """
    best: tuple[float, Span] | None = None
    for start in range(max(0, core.start - _REACH), core.start + 1):
        for end in range(core.end, min(len(page.text), core.start + len(core) + _REACH) + 1):
            span = Span(start, end)
            inside = span.of(page.text)
            if not 2 <= len(span) < len(core) + _REACH or _BREAKS.search(inside) or not hans_only().isdisjoint(inside):
                continue
            across = _pair(page, start - 1, end)
            if across is None or across > _COHESIVE:
                continue
            at_ends = (_pair(page, start - 1, start) or 0.0) + (_pair(page, end - 1, end) or 0.0)
            cost = across - at_ends + _EACH * len(span)
            if best is None or cost < best[0]:
                best = (cost, span)
    return best and best[1]


def _in_english(page: Page) -> Iterator[Edit]:
    known = splice_model("en").weights
    done: set[str] = set()
    for match in islice(_GLUED.finditer(page.text), _MOST):
        first = match[0].split()[0]
        if first.lower() in known or first in done:
            continue
        done.add(first)
        word = _phrase(page.text, match[0], len(first))
        places = [m.span() for m in re.finditer(re.escape(word), page.text)]
        if len(places) > 1 and _scattered(page.text, places) and _is_intruder(page.text, word, places):
            yield from (Edit(Span(a, b), "", "spam.intruder", _REASON) for a, b in places)


def _is_intruder(text: str, word: str, places: list[tuple[int, int]]) -> bool:
    """Whether a word is mostly glued to others, and not mostly the beginning of longer ones, as Spac is of Space."""
    free = [(a, b) for a, b in places if not text[a - 1 : a].isalpha() and not text.startswith(word, b)]
    standing = sum(not text[b : b + 1].isalpha() for _, b in free)
    rarely = 2 * standing - (" " in word) < len(places)  # a name of two words is less easily glued by mistake
    return rarely and 2 * (len(free) - standing) < len(places)


def _phrase(text: str, phrase: str, least: int) -> str:
    """The beginning of a phrase, at least its first word, that goes on alike nearly wherever it stands."""
    end = least
    while end < len(phrase) and text.count(phrase[: end + 1]) >= max(2, _ALIKE * text.count(phrase[:end])):
        end += 1
    last = phrase.rfind(" ", least, end)
    return phrase[: last if last >= 0 and end - last <= _LETTERS else end].rstrip()


plugin = Intruders()

"""Foreign sentences spliced into a document: novels pasted between and into its sentences, without any spam word.

The one signal that holds is a ratio of two models of characters, fiction against policy (`_splice_model.py`); a
two-state model finds where a stretch of fiction begins and ends. A stretch is removed only if

*   it ends as a sentence ends, and begins as one or in the middle of a word, as a pasted sentence does;
*   the page is otherwise of policy: a story that quotes a law is no document with a splice;
*   the evidence is strong, and stronger where it begins inside a sentence.

What is weaker is said in a finding and kept. In a page in Simplified characters a Traditional one is further evidence
for a paste, a Simplified one in the stretch is evidence against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from tiaowen.corpus.findings import Finding
from tiaowen.ingest.edges import LABEL, is_prose
from tiaowen.ingest.page import Page
from tiaowen.ingest.spam._splice_model import Tongue, splice_model
from tiaowen.text.script import hans_only, hant_only
from tiaowen.text.spans import Edit, Span

Fit = Literal["sentence", "glued", "word", "no"]
"""What stands at an end of a stretch: that of a sentence, a word glued to another, a word, or nothing that fits."""

_ENTER = 4.0
_LEAVE = 4.0
_WHOLE = {"zh": 14.0, "en": 8.0}
_INSIDE = {"zh": 18.0, "en": 11.0}
_GLUED = 6.0
_INSIDE_WORD = 3.0
_QUOTED = 80
_SHORTEST = {"zh": 6, "en": 20}
_MEAN = {"zh": 0.45, "en": 0.08}
_HANT = 3.0
_HANS = 2.0
_MAX_SHARE = 0.25
_MIN_PAGE = 200
_ENOUGH = 20_000
_POLICY: dict[Tongue, float] = {"zh": -2.3, "en": -1.5}
"""The mean score of a character or word below which a text is policy: 98 of 100 laws are, 1 of 10 news stories."""

_REACH = {"zh": 12, "en": 40}

_WORTH: dict[Fit, float] = {"sentence": 2.5, "glued": 4.0, "word": 0.0, "no": 0.0}
_TOO_MUCH = 6.0

_END = re.compile(r"(?:。|[！？!?…]{1,3})[”’」』\"]?|\.{1,3}[”\"]?")
_STOP = re.compile(rf"{_END.pattern}|[;；]")
_CLOSING = "。，、；：！？）】》」』”,;:!?) \u3000"
_NEVER_FIRST = tuple("的了着们得")
_CAPITAL = re.compile('[“"]?[A-Z]')
_TORN = re.compile("[a-z][“\"]?[A-Z][a-z'’]* [^.!?]{12,300}[.!?]")
_ADDRESS = re.compile(r"[\w-]*[./?=&%]\w")
_GOES_ON = re.compile("“? ?[a-z]")
_NARRATIVE = re.compile(
    "她|(?<![其吉])他(?![人项])|我(?![国省市县区部局委厅院])|你|您|咱|俺|(?<![为除终])了(?![解结])|着|呢|吧|吗|啊|嘛"
)
_HAN = re.compile("[\u4e00-\u9fff]")
_ANNOUNCED = re.compile(r"\bas follows\b|\boaths?\b|如下|誓[词詞言]|宣誓", re.I)
"""Before words that a law gives to be spoken or copied: an oath is in the first person, and a story is too."""

_SPOKEN = 200
"""Code points after an announcement that may be such words."""


@dataclass(frozen=True)
class Stretch:
    """A stretch of foreign text in a page, with the evidence for it in natural logarithms."""

    span: Span
    evidence: float
    certain: bool


class Spliced:
    """Spliced sentences."""

    def propose(self, page: Page) -> Iterator[Edit | Finding]:
        """Stretches of whole sentences as removals, weaker ones as findings."""
        stretches = [s for number in page.filled for s in _stretches(page, number)]
        if not stretches or not _is_policy(page, [s.span for s in stretches]):
            return
        for stretch in stretches:
            if stretch.certain:
                yield Edit(stretch.span, "", "spam.spliced", "a sentence of fiction, unlike the document around it")
            else:
                message = "reads like fiction more than like the document around it; kept"
                yield Finding("suspected-splice", "warning", "normalise", message, (stretch.span,))


def _is_policy(page: Page, stretches: list[Span]) -> bool:
    """Whether the prose outside the stretches is far nearer to policy than to fiction, and most of the page.

    News and stories have sentences of either kind; a law has none of fiction.
    """
    text, outside = len(page.text), 0
    sums: dict[Tongue, float] = {"zh": 0.0, "en": 0.0}
    units: dict[Tongue, int] = {"zh": 0, "en": 0}
    for number in page.filled:
        span = page.lines[number].span
        if outside >= _ENOUGH or not is_prose(page.strings[number]):
            continue
        folded = page.folded[span.start : span.end]
        tongue = _tongue(folded)
        read = splice_model(tongue).read(span.of(page.text), folded)
        inside = [s.shift(-span.start) for s in stretches if span.covers(s)]
        kept = [v for at, v in zip(read.starts, read.scores, strict=True) if not any(at in s for s in inside)]
        sums[tongue], units[tongue] = sums[tongue] + sum(kept), units[tongue] + len(kept)
        outside += len(span)
    foreign = sum(map(len, stretches))
    tongue = max(units, key=lambda t: units[t])
    enough = text >= _MIN_PAGE and foreign <= _MAX_SHARE * text
    return enough and sums[tongue] <= _POLICY[tongue] * units[tongue]


def _tongue(folded: str) -> Tongue:
    return "zh" if len(_HAN.findall(folded)) * 4 > len(folded) else "en"


def _stretches(page: Page, number: int) -> Iterator[Stretch]:
    span = page.lines[number].span
    folded = page.folded[span.start : span.end]
    model = splice_model(_tongue(folded))
    line = span.of(page.text)
    if sum(1 for _ in zip(model.telling.finditer(folded), range(2), strict=False)) < 2 and not _TORN.search(line):
        return
    read = model.read(line, folded)
    scores = _with_script(read.scores, line) if page.simplified and model.tongue == "zh" else read.scores
    sums = _sums(len(line), read.starts, scores)
    for first, last in _foreign(scores):
        start, opens = _fitted(sums, read.starts[first], _openings(line, read.starts[first], model.tongue))
        end, ends = _fitted(sums, read.ends[last - 1], _ends(line, read.ends[last - 1], model.tongue))
        evidence = sums[max(start, end)] - sums[start]
        if end - start < _SHORTEST[model.tongue] or evidence < _MEAN[model.tongue] * (end - start):
            continue
        told = (model.tongue == "en" or _is_told(line[start:end])) and not _is_quoted(line, start, end)
        told = told and line[start : start + 1] not in _NEVER_FIRST
        told = told and not _ANNOUNCED.search(line, max(0, start - _SPOKEN), start)
        certain = told and opens != "no" and ends != "no" and not LABEL.fullmatch(line[:start].strip())
        certain = certain and evidence >= _enough(opens, model.tongue, within=bool(_GOES_ON.match(line, end)))
        if certain or ends != "no":
            yield Stretch(Span(start, end + _stray_quote(line, end)).shift(span.start), evidence, certain)


def _enough(opens: Fit, tongue: Tongue, within: bool) -> float:
    """The evidence that a removal needs: less where a capital is glued to a word, which no document does itself.

    Least where the document goes on `within` its sentence after the stop: a whole sentence stands inside a word.
    """
    if opens == "glued":
        return _INSIDE_WORD if within else _GLUED
    return (_WHOLE if opens == "sentence" else _INSIDE)[tongue]


def _sums(length: int, starts: Sequence[int], scores: list[float]) -> list[float]:
    """The evidence before each place of a line: that of all units that begin there or earlier."""
    at = [0.0] * (length + 1)
    for start, score in zip(starts, scores, strict=True):
        at[start + 1] = score
    return list(accumulate(at))


def _is_told(sentence: str) -> bool:
    """Whether a Chinese sentence shows more of a story than its rare characters, which lists of symptoms have too."""
    return bool(_NARRATIVE.search(sentence)) or sum(c in hant_only() for c in sentence) > 1


def _is_quoted(line: str, start: int, end: int) -> bool:
    """Whether a stretch is part of what somebody says in the document: a quotation that begins before it, and ends."""
    before, inside = line[:start], line[start:end]
    if before.count('"') % 2 and '"' in line[start : end + _QUOTED]:
        return True
    opened = before.count("“") - before.count("”")
    return opened > 0 and (inside.count("”") > inside.count("“") or "”" in line[end : end + _QUOTED])


def _with_script(scores: list[float], line: str) -> list[float]:
    hant, hans = hant_only(), hans_only()
    return [s + _HANT if c in hant else s - _HANS if c in hans else s for s, c in zip(scores, line, strict=True)]


def _foreign(scores: list[float]) -> Iterator[tuple[int, int]]:
    """The stretches of the foreign state on the best path through two states (Viterbi)."""
    own, foreign = 0.0, -_ENTER
    entered: list[bool] = []
    left: list[bool] = []
    for score in scores:
        enters, leaves = own - _ENTER > foreign, foreign - _LEAVE > own
        entered.append(enters)
        left.append(leaves)
        own, foreign = (foreign - _LEAVE if leaves else own), (own - _ENTER if enters else foreign) + score
    state, end = foreign - _LEAVE > own, len(scores)
    found = []
    for i in range(len(scores) - 1, -1, -1):
        if state and entered[i]:
            found.append((i, end))
            state = False
        elif not state and left[i]:
            state, end = True, i
    if state:
        found.append((0, end))
    yield from reversed(found)


def _fitted(sums: list[float], at: int, candidates: Iterator[tuple[int, Fit]]) -> tuple[int, Fit]:
    """The candidate for an end of a stretch that agrees best with `at`; `at` itself, fit "no", if none agrees.

    Moving the end loses or takes in evidence; what it costs is the difference. The end of a sentence is worth a little.
    """
    costs = [(abs(sums[place] - sums[at]) - _WORTH[fit], abs(place - at), place, fit) for place, fit in candidates]
    cost, _, place, fit = min(costs, default=(_TOO_MUCH, 0, at, "no"))
    return (place, fit) if cost < _TOO_MUCH else (at, "no")


def _openings(line: str, at: int, tongue: Tongue) -> Iterator[tuple[int, Fit]]:
    """Where the stretch may begin: where a sentence does, at a capital in Western text, or just there in Chinese."""
    low, high = max(0, at - _REACH[tongue]), min(len(line), at + _REACH[tongue])
    if tongue == "zh":
        yield _skip_marks(line, at), "word"
    for match in _CAPITAL.finditer(line, low, high) if tongue == "en" else ():
        if _in_address(line, match.start()):
            continue
        yield match.start(), "glued" if line[match.start() - 1 : match.start()].islower() else "word"
    for match in _STOP.finditer(line, low, high):
        yield _skip_space(line, match.end()), "sentence"
    if low == 0:
        yield _skip_space(line, 0), "sentence"


def _in_address(line: str, at: int) -> bool:
    """Whether a place is inside a URL that goes on after it."""
    token = line[line.rfind(" ", 0, at) + 1 : at]
    return "://" in token and _ADDRESS.match(line, at) is not None


def _ends(line: str, at: int, tongue: Tongue) -> Iterator[tuple[int, Fit]]:
    """Where the stretch may end: where a sentence does, or else at the end of the line."""
    stops = [match.end() for match in _END.finditer(line, max(0, at - _REACH[tongue]), at + _REACH[tongue])]
    last = len(line.rstrip())
    for stop in stops or ([last] if at + _REACH[tongue] >= last else []):
        yield stop, "glued" if line[stop : stop + 1].islower() else "sentence"


def _skip_space(line: str, at: int) -> int:
    return at + len(line[at:]) - len(line[at:].lstrip())


def _skip_marks(line: str, at: int) -> int:
    """Past the marks that end what stands before: no sentence begins with one."""
    return at + len(line[at:]) - len(line[at:].lstrip(_CLOSING))


def _stray_quote(line: str, at: int) -> int:
    """1 where an opening quote that nothing closes hangs on to a pasted sentence, else 0."""
    return int(line[at : at + 1] == "“" and line.count("“") > line.count("”"))


plugin = Spliced()

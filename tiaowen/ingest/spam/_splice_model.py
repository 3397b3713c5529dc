"""How much likelier a character or word is in fiction than in policy, given the ones before it.

A table of the natural logarithm of that ratio: for Chinese by strings of one to three characters, for English by
words and pairs of words. A string is in it if it tells anything beyond its last part. Made from counts by
tools/make_splice_models.py, which names the texts; nothing of them is kept here.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import add
from typing import Literal, NamedTuple

Tongue = Literal["zh", "en"]

SCALE = 8
"""Steps of a table's value in one unit of natural logarithm."""

_SIGNS = str.maketrans(
    dict.fromkeys("０１２３４５６７８９123456789", "0")
    | dict(zip("．，；：？！（）〔〕【】［］", "。,;:?!()()()()", strict=True))
    | dict.fromkeys("“”「」『』〝〞", '"')
    | dict.fromkeys("‘’`｀", "'")
    | dict.fromkeys("—–─－", "-")
    | dict.fromkeys("\u3000\xa0\t", " ")
)
_HAN_STOP = re.compile(r"(?<=[\u2e80-\uffef])\.")

# A capital inside a word begins a new one: pasted sentences are glued to what stood there.
_WORD = re.compile(r"[A-Za-z]?[a-z]+(?:'[a-z]+)?|[A-Z]+(?![a-z])|0[0.,]*|[.!?;:,\"()-]")
_SHAPES = ("'t", "'s", "ing", "ed", "ly", "tion", "ity", "ment", "s")


class Scored(NamedTuple):
    """Units of a text, where each begins and ends, and how much it speaks for fiction (above 0) or policy."""

    starts: Sequence[int]
    ends: Sequence[int]
    scores: list[float]


@dataclass(frozen=True)
class SpliceModel:
    """`weights` by string; `order` is the number of units in the longest."""

    tongue: Tongue
    weights: dict[str, float]
    order: int
    telling: re.Pattern[str]

    def read(self, line: str, folded: str) -> Scored:
        """The units of a line; `folded` is the line in Simplified characters and lower case."""
        if self.tongue == "zh":
            return Scored(range(len(line)), range(1, len(line) + 1), self._characters(prepare(folded)))
        words = list(words_of(line))
        return Scored([w[0] for w in words], [w[1] for w in words], self._words([w[2] for w in words]))

    def _characters(self, text: str) -> list[float]:
        """The weight of the longest string in the table that ends with each character."""
        get = self.weights.get
        found: list[float | None] = list(map(get, text))
        strings: Iterable[str] = text
        for length in range(2, self.order + 1):
            strings = list(map(add, strings, text[length - 1 :]))
            longer = map(get, strings)
            found[length - 1 :] = [
                known if w is None else w for w, known in zip(longer, found[length - 1 :], strict=True)
            ]
        return [weight or 0.0 for weight in found]

    def _words(self, words: list[str]) -> list[float]:
        known = [word if word in self.weights else shape_of(word) for word in words]
        pairs = zip(("", *known), known, strict=False)
        single = (self.weights.get(word, 0.0) for word in known)
        return [self.weights.get(f"{a} {b}", alone) for (a, b), alone in zip(pairs, single, strict=True)]


def prepare(folded: str) -> str:
    """A text in Simplified characters and lower case as the tables know it: signs and digits of one kind each."""
    return _HAN_STOP.sub("。", folded.translate(_SIGNS))


def words_of(line: str) -> list[tuple[int, int, str]]:
    """The words, numbers and marks of a line with their places, in lower case."""
    return [(m.start(), m.end(), m[0].lower()) for m in _WORD.finditer(line.translate(_SIGNS))]


def shape_of(word: str) -> str:
    """What is known of a rare word: its ending."""
    if not word.isalpha() and "'" not in word:
        return word
    return next((f"<{end}>" for end in _SHAPES if word.endswith(end) and len(word) > len(end) + 2), "<?>")


@cache
def splice_model(tongue: Tongue) -> SpliceModel:
    """The model of a language, read on first use."""
    packed = files("tiaowen.ingest.spam").joinpath(f"data/splice_{tongue}.tsv.gz").read_bytes()
    weights: dict[str, float] = {}
    for row in gzip.decompress(packed).decode("utf-8").splitlines():
        string, _, value = row.rpartition("\t")
        weights[string] = int(value) / SCALE
    order = max(map(len, weights)) if tongue == "zh" else 2
    return SpliceModel(tongue, weights, order, _telling(tongue, weights))


# Who did, said and saw. A line without two of these holds no sentence of narrative, and need not be read further.
_NARRATIVE = (
    "i he she him her his my me they them you your it said asked who that had was were did never eyes face hand head "
    "home door mother father girl boy man woman night felt looked stood smiled glanced thought knew heard turned "
    "walked sat laughed cried"
)


def _telling(tongue: Tongue, weights: dict[str, float]) -> re.Pattern[str]:
    if tongue == "en":
        return re.compile(rf"\b(?:{'|'.join(_NARRATIVE.split())})\b|n['’]t\b")
    typical = (s for s, weight in weights.items() if len(s) == 1 and weight >= 1.5 and "\u4e00" <= s <= "\u9fff")
    return re.compile(f"[{''.join(sorted(typical))}]")

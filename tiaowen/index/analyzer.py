"""The analyzer: the same for clauses and queries.

Text comes in plain (schema.plain). Words in Han characters are cut by a segmenter, words in letters are stemmed. They
rank hits, and words in letters also match by their stem; Han words match as strings, so no cut can hide a clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol, runtime_checkable

from tiaowen.plugins import Family

HAN = "〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HAN_RUN = re.compile(f"[{HAN}]+")
_RUN = re.compile(rf"[{HAN}]+|[0-9]+(?:\.[0-9]+)*|[^\W\d_{HAN}]+")
_SIMPLE_ENGLISH = re.compile(r"[a-z]+(?: [a-z]+)*")
_CONTRACTED = re.compile(
    r"(?:can|got|wan|gon|lem|gim|cann?)(?:not|ta|na|me)|\b(?:[a-z]+nt|[a-z]*(?:ll|ve)|im|id|its|theyre|youre|were|hes|shes|whos|thats|lets|well|wed|hed|shed)\b"
)


class Cutter(Protocol):
    """Cuts text into words."""

    def cut(self, text: str) -> list[str]:
        """The pieces of `text`, which joined give `text` again or leave out white space."""
        ...


@runtime_checkable
class Segmenter(Cutter, Protocol):
    """Cuts text into words. `version` names everything the cut depends on, dictionary included.

    What cuts many texts may take long to load; `open` gives what cuts a few, as `cut` does, from what `save` wrote.
    """

    def version(self) -> str:
        """Name, version and dictionary digest."""
        ...

    def save(self, directory: Path) -> None:
        """Write what `open` needs into the new folder `directory`."""
        ...

    def open(self, directory: Path) -> Cutter:
        """What cuts a query as `cut` would."""
        ...


SEGMENTERS: Family[Segmenter] = Family("tiaowen.index.segmenters", Segmenter, "segmenter")  # type: ignore[type-abstract]


@dataclass(frozen=True, slots=True)
class Token:
    """A word at `[start, end)` of the analysed text; `term` is what is compared."""

    term: str
    start: int
    end: int


@dataclass(frozen=True)
class Analyzer:
    """Cuts plain text into terms; `han` cuts Chinese."""

    han: Cutter

    def terms(self, text: str) -> list[str]:
        """The terms of plain `text` in order."""
        return [token.term for token in self.tokens(text)]

    def tokens(self, text: str) -> Iterator[Token]:
        """The words of plain `text` with their places."""
        pieces = self.han.cut(text) if _HAN_RUN.search(text) else _english(text)
        position = 0
        for piece in pieces:
            position = text.index(piece, position)
            for run in _RUN.finditer(piece):
                yield Token(_term(run[0]), position + run.start(), position + run.end())
            position += len(piece)


def bigrams(text: str) -> list[str]:
    """The pairs of neighbouring characters of `text`, in order; of one character, itself."""
    return [a + b for a, b in zip(text, text[1:], strict=False)]


def han_bigrams(text: str) -> list[str]:
    """The bigrams inside each run of Han characters of `text`."""
    return [pair for run in _HAN_RUN.findall(text) for pair in bigrams(run)]


def is_han(text: str) -> bool:
    """Whether `text` is Han characters throughout."""
    return _HAN_RUN.fullmatch(text) is not None


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a folded word in letters (Snowball, English)."""
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer:
    import snowballstemmer  # noqa: PLC0415 - a Chinese query needs none

    stemmer: Stemmer = snowballstemmer.stemmer("english")
    return stemmer


class Stemmer(Protocol):
    """What is used of snowballstemmer."""

    def stemWord(self, word: str) -> str:  # noqa: N802
        """The stem of `word`."""
        ...


def _term(run: str) -> str:
    return stem(run) if run.isascii() and run.isalpha() else run


def _english(text: str) -> list[str]:
    """Words of a text without Han characters. Plain words need no tokenizer, so that a short query loads none."""
    if _SIMPLE_ENGLISH.fullmatch(text) and not _CONTRACTED.search(text):
        return text.split(" ")
    return SEGMENTERS.get("english").cut(text)

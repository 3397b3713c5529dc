"""Random queries over an index, of every class and operator, from a seed."""

from __future__ import annotations

import random
from collections.abc import Callable

from tiaowen.index.analyzer import is_han
from tiaowen.index.search import Index

Asked = tuple[str, dict[str, list[str]]]
"""A query and its filters."""


class Queries:
    """Draws queries whose words stand in the clauses of `index`, each as often as it does there."""

    def __init__(self, index: Index, seed: int) -> None:
        self._index = index
        self._random = random.Random(seed)
        self._provinces = sorted(index.searched(index.limits({})).provinces)

    def classes(self) -> dict[str, Callable[[], Asked]]:
        """The classes that the floors speak of, and what is slower."""
        one, many = self.words, self._random
        return {
            "term": lambda: (one(1)[0], {}),
            "two terms": lambda: (" ".join(one(2)), {}),
            "three-term OR": lambda: (" OR ".join(one(3)), {}),
            "phrase": lambda: (f'"{self.substring(4, 12)}"', {}),
            "year filter": lambda: (one(1)[0], {"year": [f"{many.randint(2000, 2012)}..2020"]}),
            "place filter": lambda: (one(1)[0], {"province": many.sample(self._provinces, 2)}),
            "prefix": lambda: (one(1)[0][:2] + "*", {}),
            "nearness": lambda: (f'"{" ".join(one(2))}"~10', {}),
            "same sentence": lambda: (f"same:sentence({' '.join(one(2))})", {}),
            "one character": lambda: (f'"{self.substring(1, 1)}"', {}),
        }

    def any(self) -> Asked:
        """A query of a random class, or two joined by a random operator."""
        classes = list(self.classes().values())
        text, filters = self._random.choice(classes)()
        kind = self._random.random()
        if kind < 0.4:
            other, _ = self._random.choice(classes)()
            text = f"({text}) {self._random.choice(('AND', 'OR', 'NOT'))} ({other})"
        return text, filters

    def words(self, count: int) -> list[str]:
        """Words of one clause."""
        while True:
            terms = self._index.analyzer.terms(self._text())
            words = [term for term in terms if len(term) > 1 and is_han(term)]
            if len(words) >= count:
                return self._random.sample(words, count)

    def substring(self, shortest: int, longest: int) -> str:
        """A piece of a clause, cut anywhere."""
        while True:
            text, length = self._text(), self._random.randint(shortest, longest)
            if len(text) >= length:
                start = self._random.randrange(len(text) - length + 1)
                piece = text[start : start + length]
                if piece.strip() and not set(piece) & set('"\\'):
                    return piece

    def _text(self) -> str:
        return self._index.table.text(self._random.randrange(len(self._index.table)))

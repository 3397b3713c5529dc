"""How far two texts agree: F1 of four-token shingles, one token a Han character or a word."""

from __future__ import annotations

import re
from collections import Counter

_TOKEN = re.compile("[\u3400-\u9fff\uf900-\ufaff]|[^\\W_\u3400-\u9fff\uf900-\ufaff]+")
_LENGTH = 4

Shingle = tuple[str, ...]


def tokens(text: str) -> list[str]:
    """The Han characters and words of `text`, in small letters."""
    return _TOKEN.findall(text.lower())


def shingles(text: str) -> Counter[Shingle]:
    """Runs of four tokens and how often each stands; a shorter text is one run."""
    words = tokens(text)
    if not words:
        return Counter()
    return Counter(tuple(words[i : i + _LENGTH]) for i in range(max(1, len(words) - _LENGTH + 1)))


def f1(found: str, gold: str) -> float:
    """From 0 to 1; 1 where both are empty."""
    ours, theirs = shingles(found), shingles(gold)
    if not ours or not theirs:
        return float(not ours and not theirs)
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())

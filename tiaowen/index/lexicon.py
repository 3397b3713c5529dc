"""jieba's dictionary in a file that is searched, not loaded, and the cut that jieba makes with it.

A search needs a few dozen words of it; loading all of it costs more time than the search and a hundred megabytes.
`Lexicon.cut` gives what jieba gives without its hidden Markov model (proved by test): the path through the words of
the dictionary with the highest product of frequencies, the longer first word winning a tie.
"""

from __future__ import annotations

import mmap
import re
import sys
from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from math import log
from pathlib import Path

_WORDS = "words.txt"
_STARTS = "words.idx"

# As jieba parts text before it looks words up.
_BLOCK = re.compile(r"([\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]+)")
_SIGN = re.compile(r"\r\n|.", re.DOTALL)
_SINGLE = re.compile(r"[a-zA-Z0-9]")


def pack_lexicon(words: Iterable[tuple[str, int]], total: int) -> dict[str, bytes]:
    """The files, by name, that hold `words` with their frequencies and the `total` those are measured against."""
    ordered = sorted((word.encode("utf-8"), frequency) for word, frequency in words)
    lines = [b"%s\t%d\n" % row for row in ordered]
    starts = array("I", accumulate(map(len, lines), initial=0))
    starts.append(total)
    if sys.byteorder == "big":
        starts.byteswap()
    return {_WORDS: b"".join(lines), _STARTS: starts.tobytes()}


class Lexicon:
    """The dictionary in `directory`."""

    def __init__(self, directory: Path) -> None:
        self._text = _mapped(directory / _WORDS)
        numbers = memoryview(_mapped(directory / _STARTS)).cast("I")
        self._starts, self._log_total = numbers[:-1], log(numbers[-1])
        self.frequency = lru_cache(maxsize=65536)(self._look_up)

    def cut(self, text: str) -> list[str]:
        """The words and signs of `text`, in order."""
        pieces: list[str] = []
        for number, block in enumerate(_BLOCK.split(text)):
            pieces += self._cut_block(block) if number % 2 else _SIGN.findall(block)
        return pieces

    def _cut_block(self, block: str) -> Iterator[str]:
        route = self._route(block)
        start, letters = 0, ""
        while start < len(block):
            word = block[start : route[start]]
            start = route[start]
            if len(word) == 1 and _SINGLE.match(word):
                letters += word
                continue
            if letters:
                yield letters
                letters = ""
            yield word
        if letters:
            yield letters

    def _route(self, block: str) -> list[int]:
        """For each offset, where the word that the best path has there ends."""
        best = [(0.0, 0)] * (len(block) + 1)
        for start in range(len(block) - 1, -1, -1):
            best[start] = max(
                (log(frequency or 1) - self._log_total + best[end][0], end)
                for end, frequency in self._words_at(block, start)
            )
        return [end for _, end in best[:-1]]

    def _words_at(self, block: str, start: int) -> list[tuple[int, int]]:
        """Ends and frequencies of the words of the dictionary at `start`; the character alone if there are none."""
        found = []
        for end in range(start + 1, len(block) + 1):
            frequency = self.frequency(block[start:end])
            if frequency is None:
                break
            if frequency:
                found.append((end, frequency))
        return found or [(start + 1, self.frequency(block[start]) or 0)]

    def _look_up(self, word: str) -> int | None:
        """The frequency of `word`; 0 if longer words begin with it, None if none does."""
        wanted = word.encode("utf-8")
        low, high = 0, len(self._starts) - 1
        while low < high:
            middle = (low + high) // 2
            if self._line(middle) < wanted + b"\t":
                low = middle + 1
            else:
                high = middle
        if low == len(self._starts) - 1:
            return None
        line = self._line(low)
        held, _, frequency = line.partition(b"\t")
        if held == wanted:
            return int(frequency)
        return 0 if held.startswith(wanted) else None

    def _line(self, number: int) -> bytes:
        return self._text[self._starts[number] : self._starts[number + 1] - 1]


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

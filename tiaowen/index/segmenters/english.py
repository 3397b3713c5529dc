"""English: the rules of spaCy's blank pipeline for words and sentences. No model; spaCy is imported on first use."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

# spaCy refuses longer texts; a clause this long is cut into pieces, at worst inside a word.
_LIMIT = 100_000


class English:
    """Words and sentences of English text."""

    def version(self) -> str:
        """The release of spaCy."""
        from importlib.metadata import version  # noqa: PLC0415

        return f"spacy {version('spacy')} blank en"

    def cut(self, text: str) -> list[str]:
        """The words and signs of `text` in order, without white space."""
        return [
            token.text
            for start in range(0, len(text), _LIMIT)
            for token in _pipeline().make_doc(text[start : start + _LIMIT])
            if not token.is_space
        ]

    def save(self, directory: Path) -> None:
        """There is nothing to write."""

    def open(self, directory: Path) -> English:
        """The same: spaCy is loaded when a text needs it."""
        return self

    def sentences(self, text: str) -> list[tuple[int, int]]:
        """The spans of the sentences of `text`."""
        return [(s.start_char, s.end_char) for s in _pipeline()(text[:_LIMIT]).sents]


@lru_cache(maxsize=1)
def _pipeline() -> Any:
    import spacy  # noqa: PLC0415 - costs more than a search

    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    return pipeline


plugin = English()

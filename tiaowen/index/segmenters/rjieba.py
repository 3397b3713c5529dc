"""jieba's cut by jieba-rs (extra `fast`): the same words (proved by test), ten times as fast."""

from __future__ import annotations

import importlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from tiaowen.errors import MissingExtra
from tiaowen.index.lexicon import Lexicon
from tiaowen.index.segmenters import jieba


class Rjieba:
    """jieba-rs with the policy dictionary."""

    def version(self) -> str:
        """The release of rjieba and the digest of the policy dictionary."""
        from importlib.metadata import version  # noqa: PLC0415

        _module()
        return f"rjieba {version('rjieba')} without HMM, policy words {jieba.policy_digest()}"

    def cut(self, text: str) -> list[str]:
        """The words and signs of `text`."""
        pieces: list[str] = _tokenizer().cut(text, hmm=False)
        return pieces

    def save(self, directory: Path) -> None:
        """Write the dictionary to be searched on disk: jieba's own, as the cut is the same."""
        jieba.plugin.save(directory)

    def open(self, directory: Path) -> Lexicon:
        """The dictionary on disk."""
        return jieba.plugin.open(directory)


def _module() -> Any:
    try:
        return importlib.import_module("rjieba")
    except ImportError:
        raise MissingExtra("rjieba", "fast") from None


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    tokenizer = _module().Jieba()
    for word, frequency in jieba.policy_words():
        tokenizer.add_word(word, frequency, None)
    return tokenizer


plugin = Rjieba()

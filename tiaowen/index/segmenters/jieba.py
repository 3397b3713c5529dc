"""Chinese: jieba's dictionary and most probable path, with the words of policy texts added.

Without its hidden Markov model, so that the cut depends on the dictionary alone. jieba's cache in the temporary folder
is neither read nor written: others may write there.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from itertools import chain
from pathlib import Path
from typing import Any

from tiaowen.index.lexicon import Lexicon, pack_lexicon


class Jieba:
    """jieba with the policy dictionary."""

    def version(self) -> str:
        """The release of jieba and the digest of the policy dictionary."""
        from importlib.metadata import version  # noqa: PLC0415

        return f"jieba {version('jieba')} without HMM, policy words {policy_digest()}"

    def cut(self, text: str) -> list[str]:
        """The words and signs of `text`."""
        pieces: list[str] = _tokenizer().lcut(text, HMM=False)
        return pieces

    def save(self, directory: Path) -> None:
        """Write the dictionary to be searched on disk."""
        directory.mkdir()
        for name, content in _lexicon().items():
            (directory / name).write_bytes(content)

    def open(self, directory: Path) -> Lexicon:
        """The dictionary on disk."""
        return Lexicon(directory)


def policy_words() -> list[tuple[str, int]]:
    """The words added to jieba's dictionary, with the frequency each is given."""
    lines = _policy_bytes().decode("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(word, int(frequency)) for word, frequency in rows]


def policy_digest() -> str:
    """The first eight digits of the dictionary's SHA-256."""
    return sha256(_policy_bytes()).hexdigest()[:8]


def _policy_bytes() -> bytes:
    return resources.files("tiaowen.index").joinpath("data/policy_words.tsv").read_bytes()


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, bytes]:
    """The words as jieba counts them: of a word that stands twice the last frequency, in the total both."""
    import jieba  # noqa: PLC0415

    frequencies: dict[str, int] = {}
    total = 0
    with jieba.get_dict_file() as lines:
        rows = [line.decode("utf-8").split(" ")[:2] for line in lines]
    for word, frequency in chain(((word, int(n)) for word, n in rows), policy_words()):
        frequencies[word] = frequency
        total += frequency
    return pack_lexicon(frequencies.items(), total)


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    import jieba  # noqa: PLC0415

    logging.getLogger("jieba").setLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word, frequency in policy_words():
        tokenizer.add_word(word, frequency)
    return tokenizer


plugin = Jieba()

"""What the words of an instrument are recognised by on other pages: a digest, and a MinHash of their shingles."""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from tiaowen.text.simplify import simplify

SHINGLE = 5
"""Code points of a shingle of words without blanks and punctuation."""

_PERMUTATIONS, _SEED = 128, 20
_BANDS = 32
_LAYOUT = f"<{_PERMUTATIONS}I"
_UNMEANT = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Wording:
    """The words of an instrument, blanks and punctuation apart.

    `digest` is the same for the same words, `length` their code points, `cuts` the places where something was cut from
    between them. `sketch` is a MinHash of their shingles, in hexadecimal digits; "" where there are too few words.
    """

    digest: str = ""
    length: int = 0
    cuts: int = 0
    sketch: str = ""

    def bands(self) -> tuple[str, ...]:
        """Pieces of the sketch; texts that share 80 % of their shingles have one in common, all but certainly."""
        width = len(self.sketch) // _BANDS
        return tuple(self.sketch[i * width : (i + 1) * width] for i in range(_BANDS)) if width else ()


def wording_of(texts: Iterable[str], cuts: int = 0) -> Wording:
    """The wording of an instrument whose clauses have these `texts`, in Simplified characters."""
    words = _UNMEANT.sub("", "".join(texts))
    shingles = {words[i : i + SHINGLE] for i in range(len(words) - SHINGLE + 1)}
    digest = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:32] if words else ""
    return Wording(digest, len(words), cuts, _sketch(shingles) if shingles else "")


def similarity(one: Wording, other: Wording) -> float:
    """The share of their shingles that two wordings have in common (Jaccard), estimated to some 0.04; 1 if the same."""
    if one.digest == other.digest and one.digest:
        return 1.0
    if not one.sketch or not other.sketch:
        return 0.0
    pairs = zip(_hashes(one.sketch), _hashes(other.sketch), strict=True)
    return sum(a == b for a, b in pairs) / _PERMUTATIONS


def containment(one: Wording, other: Wording) -> float:
    """The share of the shorter one's shingles that the longer one has, by their similarity and lengths."""
    alike = similarity(one, other)
    total, shorter = one.length + other.length, min(one.length, other.length)
    return min(1.0, alike * total / (1 + alike) / shorter) if shorter else 0.0


def plain_title(title: str) -> str:
    """A title as titles are compared: width, script, blanks, punctuation and the name of the state do not count."""
    return _UNMEANT.sub("", simplify(unicodedata.normalize("NFKC", title))).removeprefix("中华人民共和国")


def _sketch(shingles: set[str]) -> str:
    from rensa import RMinHash  # noqa: PLC0415  (what is only searched needs no sketch)

    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update(shingles)
    return struct.pack(_LAYOUT, *sketch.digest()).hex()


@lru_cache(maxsize=4096)
def _hashes(sketch: str) -> tuple[int, ...]:
    return struct.unpack(_LAYOUT, bytes.fromhex(sketch))

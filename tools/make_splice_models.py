"""Makes the tables of tiaowen/ingest/spam/_splice_model.py from texts that are not part of the project.

    python tools/make_splice_models.py DATA [--only zh|en] [--half]

DATA is the folder of data sets. Read from it for Chinese: `statutes.tar.gz` (a quarter of the files),
`extraction/zh.jsonl.gz` and `retrieval/policy_qa.jsonl.gz` for policy and news, `fiction/zh` (鲁迅, 曹雪芹); for
English: `bilingual/pairs.jsonl.gz` (a third of the laws), `extraction/en.jsonl.gz`, `fiction/en` (Austen). With
`--half` every second policy text is left out, to measure on.

Both sides are Witten-Bell interpolated models, of characters in Chinese and of words in English; the policy side is
mixed with news, so that telling what happened is not yet fiction. The table holds the logarithm of their ratio for
each string that occurs often enough and changes what its last part says.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import math
import re
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tiaowen.ingest.spam._splice_model import SCALE, Tongue, prepare, shape_of, words_of
from tiaowen.text.simplify import simplify

TARGET = Path(__file__).resolve().parents[1] / "tiaowen" / "ingest" / "spam" / "data"
MAX_POLICY = {"zh": 4_000_000, "en": 700_000}
NEWS = {"zh": 0.2, "en": 0.1}
LEAST_COUNT = {"zh": (0, 0, 3, 6), "en": (0, 0, 3)}
LEAST_CHANGE = 0.7
BOUND = {"zh": 6.0, "en": 5.0}
FLOOR = {"zh": 1 / 60_000, "en": 1 / 20_000}
COMMON_WORD = 4


class Model:
    """A Witten-Bell interpolated model of order `order` over lines whose characters are the units."""

    def __init__(self, lines: Iterable[str], order: int, floor: float) -> None:
        self.counts: list[Counter[str]] = [Counter() for _ in range(order + 1)]
        self.follows: list[Counter[str]] = [Counter() for _ in range(order + 1)]
        self.kinds: list[Counter[str]] = [Counter() for _ in range(order + 1)]
        for line in lines:
            for n in range(1, order + 1):
                self.counts[n].update(line[i : i + n] for i in range(len(line) - n + 1))
        for n in range(1, order + 1):
            for gram, count in self.counts[n].items():
                self.follows[n - 1][gram[:-1]] += count
                self.kinds[n - 1][gram[:-1]] += 1
        self.floor = floor

    def probability(self, history: str, unit: str) -> float:
        """Of `unit` after `history`."""
        lower = self.probability(history[1:], unit) if history else self.floor
        kinds = self.kinds[len(history)][history]
        if not kinds:
            return lower
        count = self.counts[len(history) + 1][history + unit]
        return (count + kinds * lower) / (self.follows[len(history)][history] + kinds)


def table(tongue: Tongue, fiction: Model, policy: Model, news: Model) -> dict[str, int]:
    """The ratio for every string that tells something, in steps of 1/SCALE."""
    found: dict[str, int] = {}
    share, least, bound = NEWS[tongue], LEAST_COUNT[tongue], BOUND[tongue]
    for n in range(1, len(least)):
        counts = fiction.counts[n] + policy.counts[n] + news.counts[n]
        level = {}
        for gram, count in counts.items():
            if count < least[n]:
                continue
            history, unit = gram[:-1], gram[-1]
            other = (1 - share) * policy.probability(history, unit) + share * news.probability(history, unit)
            ratio = max(-bound, min(bound, math.log(fiction.probability(history, unit) / other)))
            if n == 1 or abs(ratio - known(found, gram[1:]) / SCALE) >= LEAST_CHANGE:
                level[gram] = round(SCALE * ratio)
        found |= level
    return found


def known(found: dict[str, int], gram: str) -> int:
    """What the table says so far about the last unit of `gram`."""
    while gram and gram not in found:
        gram = gram[1:]
    return found.get(gram, 0)


def chinese(texts: Iterable[str]) -> Iterator[str]:
    """Prepared lines without white space and the marks of notes."""
    for text in texts:
        for line in re.sub(r"〔[^〕]{1,4}〕", "", text).splitlines():
            if line.strip():
                yield re.sub(r"\s+", "", prepare(simplify(line.lower())))


def english(texts: Iterable[str]) -> Iterator[list[str]]:
    """The words of paragraphs, which end at empty lines."""
    for text in texts:
        for paragraph in re.split(r"\n\s*\n", text.replace("_", "")):
            words = [word for _, _, word in words_of(paragraph)]
            if words:
                yield words


def coded(sides: list[list[list[str]]]) -> tuple[list[list[str]], dict[str, str]]:
    """Lines of words as lines of characters, one a word, rare words by their shape; and the words by character."""
    counts = Counter(word for side in sides for words in side for word in words)
    names = sorted({word if counts[word] >= COMMON_WORD else shape_of(word) for word in counts})
    codes = {name: chr(0xF0000 + number) for number, name in enumerate(names)}
    code = {word: codes.get(word) or codes[shape_of(word)] for word in counts}
    lines = [["".join(code[word] for word in words) for words in side] for side in sides]
    return lines, {character: name for name, character in codes.items()}


def at_most(lines: Iterable[list[str] | str], most: int) -> Iterator[list[str] | str]:
    """The first lines, `most` units in all."""
    for line in lines:
        most -= len(line)
        if most < 0:
            return
        yield line


def statutes(data: Path, every: int, offset: int) -> Iterator[str]:
    """Every so-manieth statute."""
    with tarfile.open(data / "statutes.tar.gz") as archive:
        names = sorted(name for name in archive.getnames() if name.endswith(".md"))
    wanted = set(names[offset::every])
    with tarfile.open(data / "statutes.tar.gz") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name in wanted else None
            if file:
                yield file.read().decode("utf-8").replace("\n", "\n\n")


def records(path: Path, key: str) -> Iterator[str]:
    """One value of every record of a gzipped JSON Lines file, each once."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from dict.fromkeys(json.loads(line)[key].replace("\n", "\n\n") for line in lines)


def laws_in_english(data: Path, every: int) -> Iterator[str]:
    """Articles of every so-manieth law."""
    numbers: dict[str, int] = {}
    with gzip.open(data / "bilingual" / "pairs.jsonl.gz", "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if numbers.setdefault(record["law_en"], len(numbers)) % every == 0:
                yield record["en"].replace("\n", "\n\n")


def texts_of(data: Path, tongue: Tongue, half: bool) -> tuple[list[str], Iterator[str], list[str]]:
    """Fiction, policy and news."""
    novels = [path.read_text("utf-8") for path in sorted((data / "fiction" / tongue).iterdir())]
    news = [*records(data / "extraction" / f"{tongue}.jsonl.gz", "text")]
    if tongue == "zh":
        news += records(data / "retrieval" / "policy_qa.jsonl.gz", "context")
    policy = statutes(data, 8 if half else 4, 0) if tongue == "zh" else laws_in_english(data, 6 if half else 3)
    return novels, policy, news[:: 2 if half else 1]


def make(data: Path, tongue: Tongue, half: bool) -> dict[str, int]:
    """The table of one language by its strings as they are looked up."""
    order, floor, most = len(LEAST_COUNT[tongue]) - 1, FLOOR[tongue], MAX_POLICY[tongue]
    if tongue == "zh":
        sides = [list(at_most(chinese(texts), most)) for texts in texts_of(data, tongue, half)]
        return table(tongue, *(Model(lines, order, floor) for lines in sides))  # type: ignore[arg-type]
    lines, names = coded([list(at_most(english(texts), most)) for texts in texts_of(data, tongue, half)])  # type: ignore[arg-type]
    rows = table(tongue, *(Model(side, order, floor) for side in lines))
    return {" ".join(names[character] for character in gram): value for gram, value in rows.items()}


def write(path: Path, rows: dict[str, int]) -> None:
    """The table, sorted, the same bytes for the same rows."""
    text = "".join(f"{string}\t{value}\n" for string, value in sorted(rows.items()))
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0, compresslevel=9) as packed:
        packed.write(text.encode("utf-8"))
    path.write_bytes(buffer.getvalue())


def main() -> None:
    """Makes the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", choices=("zh", "en"))
    parser.add_argument("--half", action="store_true")
    options = parser.parse_args()
    tongues: tuple[Tongue, ...] = (options.only,) if options.only else ("zh", "en")
    for tongue in tongues:
        rows = make(options.data, tongue, options.half)
        path = TARGET / f"splice_{tongue}.tsv.gz"
        write(path, rows)
        print(f"{path.name}: {len(rows):,} strings, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

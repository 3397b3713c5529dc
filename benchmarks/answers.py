"""Whole answers as users get them: found, looked up in the store, cited and marked; and a process from its start."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from benchmarks.corpora import command, run
from benchmarks.floors import say
from benchmarks.queries import Queries
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.store import Store
from tiaowen.index.search import Index, open_index
from tiaowen.index.stored import search

FLOORED = ("term", "two terms", "three-term OR", "phrase", "year filter", "place filter", "prefix")
COLD = ("融资担保 小微企业", '"中小企業發展"', "应当 OR 可以")
_TIMES = 3


def measure_answers(corpora: dict[str, Path], asked: int) -> None:
    """CPU milliseconds of whole answers of twenty hits, by class of query."""
    for engine, path in corpora.items():
        with opened(path) as (index, store):
            search(index, store, "应当", {"year": ["2000..2001"]})
            for name, draw in Queries(index, 7).classes().items():
                times = sorted(_time(index, store, *draw()) for _ in range(asked))
                p50, p95 = times[len(times) // 2] * 1000, times[int(len(times) * 0.95)] * 1000
                say(f"{engine} p95 ms" if name in FLOORED else f"{engine} ms", p95, f"{name}, p50 {p50:.1f}")


def measure_filters(corpora: dict[str, Path], asked: int) -> None:
    """A term under a year or place filter against the same term without, each timed at its best of three."""
    for engine, path in corpora.items():
        with opened(path) as (index, _):
            queries, chance = Queries(index, 17), Random(17)
            for name in ("year filter", "place filter"):
                ratios = []
                for _ in range(asked):
                    term, filters = queries.classes()[name]()
                    pair = [(term, filters), (term, {})]
                    chance.shuffle(pair)
                    times = {bool(under): _best(index, text, under) for text, under in pair}
                    ratios.append(times[True] / times[False])
                ratios.sort()
                p90 = ratios[int(len(ratios) * 0.9)]
                say(f"{engine} filtered / bare query", ratios[len(ratios) // 2], f"{name}, median; p90 {p90:.2f}")


def measure_cold(corpora: dict[str, Path]) -> None:
    """`tiaowen search` from the shell, its table written out: CPU, memory, and where the time of loading goes."""
    for engine, path in corpora.items():
        runs = [run("search", query, "--corpus", str(path)) for query in COLD for _ in range(_TIMES)]
        seconds = sorted(used for used, _, _ in runs)
        say(f"{engine} cold s", seconds[len(seconds) // 2], f"{seconds[0]:.2f} to {seconds[-1]:.2f}")
        say(f"{engine} search MB", max(peak for _, peak, _ in runs))
        print("    loading, ms:", *_loading(path))


@contextmanager
def opened(path: Path) -> Iterator[tuple[Index, Store]]:
    """The index and the store of a corpus."""
    corpus = Corpus.open(path)
    with Store.open(corpus) as store:
        yield open_index(corpus.index, store.state()), store


def _time(index: Index, store: Store, text: str, filters: dict[str, list[str]]) -> float:
    started = time.process_time()
    search(index, store, text, filters)
    return time.process_time() - started


def _best(index: Index, text: str, filters: dict[str, list[str]]) -> float:
    times = []
    for _ in range(_TIMES):
        started = time.process_time()
        index.search(text, filters)
        times.append(time.process_time() - started)
    return min(times)


def _loading(path: Path) -> Iterator[str]:
    """What each package takes to load, the longest first."""
    call = [sys.executable, "-X", "importtime", *command("search", COLD[0], "--corpus", str(path))]
    said = subprocess.run(call, check=True, capture_output=True, text=True).stderr
    sums: Counter[str] = Counter()
    for line in said.splitlines():
        own, _, name = line.removeprefix("import time:").split("|") if line.count("|") == 2 else ("", "", "")
        if own.strip().isdigit():
            sums[".".join(name.strip().split(".")[: 2 if "tiaowen" in name else 1])] += int(own)
    yield f"all {sum(sums.values()) / 1000:.0f}"
    yield from (f"{name} {taken / 1000:.0f}" for name, taken in sums.most_common(12))

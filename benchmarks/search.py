"""Search measured on statutes: building, answering, exactness, parity, a cold process, adding. CPU seconds throughout.

    python -m benchmarks.search STATUTES WORK [--clauses N] [--asked N] [--only build,speed,exact,parity,cold,add]

STATUTES is a folder of Markdown statutes, WORK a folder for the indexes, which are used again if they are there. The
floors stand in FLOORS; what falls below is marked.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from benchmarks import bare
from benchmarks.queries import Queries
from benchmarks.statutes import entries
from tiaowen.index.analyzer import SEGMENTERS, Analyzer
from tiaowen.index.build import add, build
from tiaowen.index.engines import ENGINES
from tiaowen.index.ranking import documents, rank_terms
from tiaowen.index.schema import Entry, Shelf
from tiaowen.index.search import Index, open_index
from tiaowen.index.syntax import parse_query
from tiaowen.index.table import Table, write_part

FLOORS = {
    "whoosh clauses/s from tokens": (">=", 3500),
    "whoosh build peak MB": ("<=", 500),
    "whoosh build / bare": ("<=", 1.3),
    "tantivy build / bare": ("<=", 1.3),
    "whoosh p95 ms": ("<=", 120),
    "tantivy p95 ms": ("<=", 15),
    "whoosh cold s": ("<=", 0.5),
    "tantivy cold s": ("<=", 0.35),
    "whoosh search MB": ("<=", 250),
    "tantivy search MB": ("<=", 250),
    "exactness: sets that differ": ("<=", 0),
    "parity: sets that differ": ("<=", 0),
    "parity: top tens that differ": ("<=", 0),
    "whoosh add 100 s": ("<=", 5),
    "tantivy add 100 s": ("<=", 5),
}
FLOORED = ("term", "two terms", "three-term OR", "phrase", "year filter", "place filter", "prefix")
COLD = """
import sys, time
from pathlib import Path
imports = time.process_time()
from tiaowen.index.search import open_index
opening = time.process_time()
index = open_index(Path(sys.argv[1]))
asking = time.process_time()
results = index.search(sys.argv[2])
showing = time.process_time()
texts = [index.table.text(number) for number in range(20)]
[index.highlight(text, results.node) for text in texts]
end = time.process_time()
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
peak = int(status["VmHWM"].split()[0]) / 1024  # ru_maxrss would be that of the process that started this one
print(imports, opening - imports, asking - opening, showing - asking, end - showing, peak)
"""


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("statutes", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--clauses", type=int)
    parser.add_argument("--asked", type=int, default=2000)
    parser.add_argument("--only", default="build,speed,exact,parity,cold,add")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    made = {engine: args.work / engine for engine in ("whoosh", "tantivy")}
    for engine, directory in made.items():
        if not (directory / "manifest.json").exists():
            _build_apart(args, engine, directory)
    indexes = {engine: open_index(directory) for engine, directory in made.items()}
    steps: dict[str, Callable[[], None]] = {
        "build": lambda: measure_building(args.statutes),
        "speed": lambda: measure_speed(indexes, args.asked // 20),
        "exact": lambda: measure_exactness(indexes, args.asked),
        "parity": lambda: measure_parity(indexes, args.asked),
        "cold": lambda: measure_cold(made),
        "add": lambda: measure_adding(made, args.work),
    }
    for name in args.only.split(","):
        print(f"\n{name}")
        steps[name]()


def _build_apart(args: argparse.Namespace, engine: str, directory: Path) -> None:
    """Build in a process of its own, so that its memory can be told."""
    call = "import sys; from benchmarks.search import build_one; build_one(*sys.argv[1:])"
    subprocess.run([sys.executable, "-c", call, args.statutes, engine, directory, str(args.clauses or 0)], check=True)


def build_one(statutes: str, engine: str, directory: str, clauses: str) -> None:
    """Build one index and say what it took."""
    started = time.process_time()
    made = build(entries(Path(statutes), int(clauses) or None), Path(directory), "", engine=engine)
    seconds = time.process_time() - started
    say(f"{engine} build, reading and cutting included, s", seconds)
    say(f"{engine} clauses/s, all included", made.clauses / seconds)
    say(f"{engine} build peak MB", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def measure_building(statutes: Path) -> None:
    """Writing from tokens, beside the bare engines on the same tokens."""
    analyzer = Analyzer(SEGMENTERS.get("rjieba"))
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        write_part(work / "part", islice(entries(statutes), 40_000))
        table = Table([work / "part"])
        started = time.process_time()
        cut = list(documents(table, 0, analyzer))
        cutting = time.process_time() - started
        say("clauses cut/s", len(cut) / cutting)
        plain = {
            "whoosh": bare.whoosh(cut[:10_000], work / "bare-whoosh") * len(cut) / 10_000,
            "tantivy": bare.tantivy_bare(cut, work / "bare-tantivy"),
            "fts5": bare.fts5(cut, work / "bare-fts5"),
        }
        del cut
        for engine in ("whoosh", "tantivy"):
            directory = work / engine
            directory.mkdir()
            started = time.process_time()
            ENGINES.get(engine).write(directory, table, 0, analyzer, lambda done: None)
            seconds = time.process_time() - started - cutting
            say(f"{engine} clauses/s from tokens", len(table) / seconds)
            say(f"{engine} build / bare", seconds / plain[engine])
            say(f"{engine} build / bare FTS5", seconds / plain["fts5"])


def measure_speed(indexes: dict[str, Index], asked: int) -> None:
    """CPU milliseconds of whole answers, highlights of twenty hits included, by class."""
    for engine, index in indexes.items():
        index.search("应当", {"year": ["2000..2001"]})
        for name, draw in Queries(index, 7).classes().items():
            times = sorted(_answer(index, *draw()) for _ in range(asked))
            p50, p95 = times[len(times) // 2] * 1000, times[int(len(times) * 0.95)] * 1000
            say(f"{engine} p95 ms" if name in FLOORED else f"{engine} ms", p95, f"{name}, p50 {p50:.1f}")


def _answer(index: Index, text: str, filters: dict[str, list[str]]) -> float:
    started = time.process_time()
    results = index.search(text, filters)
    for number in range(len(results.hits)):
        index.highlight(index.table.text(number), results.node)
    return time.process_time() - started


def measure_exactness(indexes: dict[str, Index], asked: int) -> None:
    """Random substrings of 2 to 12 characters, half of them with a filter, against brute force over the texts."""
    table = next(iter(indexes.values())).table
    texts = [table.text(number) for number in range(len(table))]
    starts, whole = _joined(texts)
    years = [table.shelf(number).year for number in range(len(table))]
    for engine, index in indexes.items():
        queries, wrong = Queries(index, 11), 0
        for number in range(asked):
            piece = queries.substring(2, 12)
            expected = {bisect_right(starts, place) - 1 for place in _places(whole, piece)}
            filters = {"year": ["2010..2018"]} if number % 2 else {}
            if filters:
                expected = {o for o in expected if 2010 <= years[o] <= 2018}
            query = parse_query(f'"{piece}"', index.analyzer)
            node = index.limits(filters)
            found = (
                index.searcher.select(query.node) if not filters else index.searcher.select(both_of(query.node, node))
            )
            wrong += set(found) != expected
        say("exactness: sets that differ", wrong, f"{engine}, {asked} substrings")


def both_of(*nodes):  # type: ignore[no-untyped-def]
    """All of some nodes."""
    from tiaowen.index.query import both  # noqa: PLC0415

    return both(*nodes)


def _joined(texts: list[str]) -> tuple[list[int], str]:
    starts, position = [], 0
    for text in texts:
        starts.append(position)
        position += len(text) + 1
    return starts, "\0".join(texts)


def _places(whole: str, piece: str) -> Iterator[int]:
    place = whole.find(piece)
    while place >= 0:
        yield place
        place = whole.find(piece, place + 1)


def measure_parity(indexes: dict[str, Index], asked: int) -> None:
    """Random queries of every operator: the same sets, and the same ten first where scores tell them apart."""
    one, other = indexes.values()
    queries, sets, tops = Queries(one, 13), 0, 0
    for _ in range(asked):
        text, filters = queries.any()
        query = parse_query(text, one.analyzer)
        node = both_of(query.node, one.limits(filters))
        sets += list(one.searcher.select(node)) != list(other.searcher.select(node))
        ranking = rank_terms(query, one.analyzer)
        a, b = (index.searcher.search(node, ranking, 11) for index in (one, other))
        tops += not _same_top(a.ordinals, a.scores, b.ordinals)
    say("parity: sets that differ", sets, f"{asked} queries")
    say("parity: top tens that differ", tops, f"{asked} queries")


def _same_top(ordinals: tuple[int, ...], scores: tuple[float, ...], others: tuple[int, ...]) -> bool:
    """Whether two rankings agree wherever neighbours' scores differ by more than rounding (1 in 100,000)."""
    groups: list[set[int]] = []
    last = None
    for ordinal, score in zip(ordinals, scores, strict=True):
        if last is None or last - score > 1e-5 * max(last, 1):
            groups.append(set())
        groups[-1].add(ordinal)
        last = score
    place = 0
    for group in groups[:-1]:
        if set(others[place : place + len(group)]) != group:
            return False
        place += len(group)
    return True


def measure_cold(made: dict[str, Path]) -> None:
    """A search in a process of its own: where the time goes, and the memory."""
    for engine, directory in made.items():
        best: list[float] = []
        for query in ("融资担保 小微企业", '"中小企業發展"', "应当 OR 可以") * 3:
            out = subprocess.run(
                [sys.executable, "-c", COLD, directory, query], check=True, capture_output=True, text=True
            )
            numbers = [float(number) for number in out.stdout.split()]
            best = min(best, numbers, key=lambda row: sum(row[:5])) if best else numbers
        parts = " + ".join(f"{n:.3f}" for n in best[:5])
        say(f"{engine} cold s", sum(best[:5]), f"python + imports + opening + search + highlights = {parts}")
        say(f"{engine} search MB", best[5])


def measure_adding(made: dict[str, Path], work: Path) -> None:
    """A hundred clauses added to a copy, until they are on the disk."""
    for engine, directory in made.items():
        copy = work / f"{engine}-copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(directory, copy)
        shelf = Shelf(work="wnew", title="示例办法")
        new = [Entry(f"wnew/art_{n}@00000000", str(n), f"第{n}项新增条款", "", (), shelf) for n in range(100)]
        started, wall = time.process_time(), time.perf_counter()
        add(new, copy, "added")
        say(f"{engine} add 100 s", time.process_time() - started, f"{time.perf_counter() - wall:.2f} s on the clock")
        assert open_index(copy).search("新增条款").total >= 100
        shutil.rmtree(copy)


def say(name: str, value: float, note: str = "") -> None:
    """Print a figure beside its floor."""
    floor = FLOORS.get(name)
    verdict = ""
    if floor:
        met = value >= floor[1] if floor[0] == ">=" else value <= floor[1]
        verdict = f"{floor[0]} {floor[1]:g} {'ok' if met else 'BELOW'}"
    print(f"  {name:<45} {value:>12.3f}  {verdict:<16} {note}", flush=True)


if __name__ == "__main__":
    main()

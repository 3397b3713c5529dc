"""Search measured on a corpus of statutes: building, answering, exactness, parity, a process from its start, adding.

    python -m benchmarks.search STATUTES WORK [--shared SHARED] [--asked N] [--only build,beside,answers,…]

CPU seconds throughout. STATUTES is a folder of Markdown statutes; WORK a folder for the corpora made of them, which are
used again if they are there; SHARED holds `data/retrieval`. Needs the extras `fast` and `bench`. The floors stand in
benchmarks/floors.py; what falls below is marked.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from benchmarks import bare
from benchmarks.answers import measure_answers, measure_cold, measure_filters
from benchmarks.beside import measure_beside
from benchmarks.china_law import measure_china_law
from benchmarks.corpora import corpora
from benchmarks.floors import say
from benchmarks.queries import Queries
from benchmarks.statutes import entries
from tiaowen.index.analyzer import SEGMENTERS, Analyzer
from tiaowen.index.build import add
from tiaowen.index.engines import ENGINES
from tiaowen.index.ranking import documents, rank_terms
from tiaowen.index.schema import Entry, Shelf
from tiaowen.index.search import Index, open_index
from tiaowen.index.stretches import Fresh
from tiaowen.index.syntax import parse_query
from tiaowen.index.table import Table, write_part

STEPS = "build,beside,answers,filters,cold,exact,parity,add,china-law"


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("statutes", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--shared", type=Path, help="The shared data sets, for china-law.")
    parser.add_argument("--asked", type=int, default=2000)
    parser.add_argument("--only", default=STEPS)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    made = corpora(args.statutes, args.work)
    few = args.asked // 20
    steps: dict[str, Callable[[], None]] = {
        "build": lambda: measure_building(args.statutes),
        "beside": lambda: measure_beside(args.statutes, few),
        "answers": lambda: measure_answers(made, few),
        "filters": lambda: measure_filters(made, few),
        "cold": lambda: measure_cold(made),
        "exact": lambda: measure_exactness(_indexes(made), args.asked),
        "parity": lambda: measure_parity(_indexes(made), args.asked),
        "add": lambda: measure_adding(made, args.work),
        "china-law": lambda: measure_china_law(args.shared, args.work, few) if args.shared else print("  say --shared"),
    }
    for name in args.only.split(","):
        print(f"\n{name}")
        steps[name]()


def _indexes(corpora: dict[str, Path]) -> dict[str, Index]:
    return {engine: open_index(path / "index") for engine, path in corpora.items()}


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
            ENGINES.get(engine).write(directory, Fresh(table, 0, analyzer), lambda done: None)
            seconds = time.process_time() - started - cutting
            say(f"{engine} clauses/s from tokens", len(table) / seconds)
            say(f"{engine} build / bare", seconds / plain[engine])
            say(f"{engine} build / bare FTS5", seconds / plain["fts5"])


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


def measure_adding(made: dict[str, Path], work: Path) -> None:
    """A hundred clauses added to a copy, until they are on the disk."""
    for engine, corpus in made.items():
        copy = work / f"{engine}-copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(corpus / "index", copy)
        shelf = Shelf(work="wnew", title="示例办法")
        new = [Entry(f"wnew/art_{n}@00000000", str(n), f"第{n}项新增条款", "", (), shelf) for n in range(100)]
        started, wall = time.process_time(), time.perf_counter()
        add(new, copy, "added")
        say(f"{engine} add 100 s", time.process_time() - started, f"{time.perf_counter() - wall:.2f} s on the clock")
        assert open_index(copy).search("新增条款").total >= 100
        shutil.rmtree(copy)


if __name__ == "__main__":
    main()

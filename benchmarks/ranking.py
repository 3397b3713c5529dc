"""Ranking measured: lay questions over statutes, questions over policy notices; beside BM25 over words alone.

    python -m benchmarks.ranking SHARED STATUTES WORK

SHARED holds `data/retrieval`, STATUTES is a folder of Markdown statutes (those without provincial ones are searched,
an article an entry), WORK a folder for the indexes.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from benchmarks.statutes import entries
from tiaowen.index.build import build
from tiaowen.index.query import EVERYTHING, Query
from tiaowen.index.ranking import RankTerm, rank_terms
from tiaowen.index.schema import Entry, Shelf, plain
from tiaowen.index.search import Index, open_index
from tiaowen.text.numerals import read_numeral

FLOORS = {"R@10": 0.47, "R@100": 0.67, "MRR": 0.40}
_ARTICLE = re.compile("第(.+?)条(?:之(.+))?")


@dataclass(frozen=True)
class Question:
    """A question and the ids of the entries that answer it."""

    text: str
    gold: frozenset[str]


def main(shared: Path, statutes: Path, work: Path) -> None:
    """Print the measures of both sets, fused and by words alone."""
    retrieval = shared / "data" / "retrieval"
    _measure("statutes", articles(statutes), lay_questions(retrieval / "stard.jsonl"), work, FLOORS)
    rows = _rows(retrieval / "policy_qa.jsonl.gz")
    questions = [Question(row["question"], frozenset({row["docid"]})) for row in rows]
    _measure("notices", notices(rows), questions, work, {})


def articles(statutes: Path) -> Iterator[Entry]:
    """The articles of national statutes, their ids `file#article`."""
    files = {_page(path.relative_to(statutes)): path.relative_to(statutes) for path in statutes.rglob("*.md")}
    lines = (entry for entry in entries(statutes) if entry.article)
    for (_, number), group in groupby(lines, key=lambda entry: (entry.shelf, entry.article)):
        first, *rest = group
        path = files[first.shelf.page]
        if path.parts[0] != "DLC":
            text = "\n".join(entry.text for entry in (first, *rest))
            yield replace(first, id=f"{path}#{number}", text=text)


def lay_questions(path: Path) -> list[Question]:
    """STARD's questions."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [Question(row["query"], frozenset(map(_gold, row["gold"]))) for row in rows]


def notices(rows: Iterable[dict[str, str]]) -> Iterator[Entry]:
    """Each notice once, whole."""
    for name, text in {row["docid"]: row["context"] for row in rows}.items():
        yield Entry(name, "", plain(text), "", (), Shelf(work=name))


def _measure(
    name: str, made: Iterable[Entry], questions: Sequence[Question], work: Path, floors: dict[str, float]
) -> None:
    build(made, work / name, "")
    index = open_index(work / name)
    print(f"{name}: {len(index.table)} entries, {len(questions)} questions")
    for label, fields in (("fused", None), ("words alone", {"words"})):
        figures = _figures(index, questions, fields)
        marks = ("BELOW" if label == "fused" and figures[key] < floors.get(key, 0) else "" for key in figures)
        print(f"  {label:<12}", *(f"{k} {v:.4f}{m}" for (k, v), m in zip(figures.items(), marks, strict=True)))


def _figures(index: Index, questions: Sequence[Question], fields: set[str] | None) -> dict[str, float]:
    sums = dict.fromkeys(("R@1", "R@10", "R@100", "MRR"), 0.0)
    for question in questions:
        hits = _hits(index, rank_terms(Query("", EVERYTHING, (plain(question.text),)), index.analyzer), fields)
        for depth in (1, 10, 100):
            sums[f"R@{depth}"] += len(question.gold & set(hits[:depth])) / len(question.gold)
        sums["MRR"] += next((1 / rank for rank, hit in enumerate(hits, 1) if hit in question.gold), 0)
    return {name: total / len(questions) for name, total in sums.items()}


def _hits(index: Index, terms: Sequence[RankTerm], fields: set[str] | None) -> list[str]:
    chosen = [term for term in terms if fields is None or term.field in fields]
    return [index.table.id(ordinal) for ordinal in index.searcher.search(EVERYTHING, chosen, 100).ordinals]


def _gold(row: dict[str, str]) -> str:
    found = _ARTICLE.match(row["article"])
    assert found
    numbers = [str(read_numeral(number)) for number in found.groups() if number]
    return f"{row['file']}#{'-'.join(numbers)}"


def _page(name: Path) -> str:
    return sha256(str(name).encode()).hexdigest()


def _rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))

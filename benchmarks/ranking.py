"""Ranking measured as somebody gets it who asks for any of the words, beside BM25 over words alone.

Lay questions over statutes, also in five folds that share no statute, and questions over policy notices.

    python -m benchmarks.ranking SHARED STATUTES WORK

SHARED holds `data/retrieval`, STATUTES is a folder of Markdown statutes (those without provincial ones are searched,
an article an entry), WORK a folder for the indexes.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from benchmarks.statutes import entries
from tiaowen.index.build import build
from tiaowen.index.query import EVERYTHING, Query
from tiaowen.index.ranking import rank_terms
from tiaowen.index.schema import Entry, Shelf, plain
from tiaowen.index.search import Index, open_index
from tiaowen.text.numerals import read_numeral

FOLDS = 5
FLOORS = {"R@10": 0.47, "R@100": 0.67, "MRR": 0.40}
_SIGNS = {ord(sign): " " for sign in '“”"「」『』:：*?()（）[]{}~^/\\+-!！'}
_ARTICLE = re.compile("第(.+?)条(?:之(.+))?")


@dataclass(frozen=True)
class Question:
    """A question and the ids of the entries that answer it."""

    text: str
    gold: frozenset[str]


@dataclass(frozen=True)
class Ranked:
    """How the questions of one set are answered: figures by words `alone`, `as_asked`, and of folds of them."""

    name: str
    entries: int
    questions: int
    alone: dict[str, float]
    as_asked: dict[str, float]
    floors: dict[str, float]
    folds: tuple[tuple[dict[str, float], int], ...]

    @property
    def below(self) -> list[str]:
        """The measures under their floor, or worse than words alone."""
        return [m for m, value in self.as_asked.items() if value < max(self.floors.get(m, 0), self.alone[m])]


def main(shared: Path, statutes: Path, work: Path) -> None:
    """Print the measures of both sets, fused and by words alone."""
    for ranked in measures(shared, statutes, work):
        print(f"{ranked.name}: {ranked.entries} entries, {ranked.questions} questions")
        print("  words alone ", *(f"{m} {value:.4f}" for m, value in ranked.alone.items()))
        marked = (f"{m} {value:.4f}{' BELOW' * (m in ranked.below)}" for m, value in ranked.as_asked.items())
        print("  as asked    ", *marked)
        for number, (figures, size) in enumerate(ranked.folds, 1):
            print(f"    fold {number}    ", *(f"{m} {value:.4f}" for m, value in figures.items()), size)


def measures(shared: Path, statutes: Path, work: Path) -> Iterator[Ranked]:
    """Both sets, one after the other; indexes are made in `work`."""
    retrieval = shared / "data" / "retrieval"
    yield _measure("statutes", articles(statutes), lay_questions(retrieval / "stard.jsonl"), work, FLOORS)
    rows = _rows(retrieval / "policy_qa.jsonl.gz")
    questions = [Question(row["question"], frozenset({row["docid"]})) for row in rows]
    yield _measure("notices", notices(rows), questions, work, {})


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
    return [Question(row["query"], frozenset(map(_gold, row["gold"]))) for row in stored_questions(path)]


def stored_questions(path: Path) -> Iterator[dict[str, Any]]:
    """STARD's questions as they are kept."""
    return map(json.loads, path.read_text(encoding="utf-8").splitlines())


def as_words(question: str) -> str:
    """A question without the signs that a query would read as its own."""
    return question.translate(_SIGNS)


def notices(rows: Iterable[dict[str, str]]) -> Iterator[Entry]:
    """Each notice once, whole."""
    for name, text in {row["docid"]: row["context"] for row in rows}.items():
        yield Entry(name, "", plain(text), "", (), Shelf(work=name))


def _measure(
    name: str, made: Iterable[Entry], questions: Sequence[Question], work: Path, floors: dict[str, float]
) -> Ranked:
    build(made, work / name, "")
    index = open_index(work / name)
    folds = tuple((_figures(index, fold, None), len(fold)) for fold in (_folds(questions) if floors else ()))
    alone, as_asked = _figures(index, questions, {"words"}), _figures(index, questions, None)
    return Ranked(name, len(index.table), len(questions), alone, as_asked, floors, folds)


def _folds(questions: Sequence[Question]) -> list[list[Question]]:
    """Five parts of like size; those that the same statute answers, the commonest of several, stand together."""
    statutes = Counter(gold.partition("#")[0] for question in questions for gold in question.gold)
    groups: defaultdict[str, list[Question]] = defaultdict(list)
    for question in questions:
        groups[min((g.partition("#")[0] for g in question.gold), key=lambda s: (-statutes[s], s))].append(question)
    folds: list[list[Question]] = [[] for _ in range(FOLDS)]
    for _, group in sorted(groups.items(), key=lambda each: (-len(each[1]), each[0])):
        min(folds, key=len).extend(group)
    return folds


def _figures(index: Index, questions: Sequence[Question], fields: set[str] | None) -> dict[str, float]:
    sums = dict.fromkeys(("R@1", "R@10", "R@100", "MRR"), 0.0)
    for question in questions:
        hits = _asked(index, question.text) if fields is None else _by_fields(index, question.text, fields)
        for depth in (1, 10, 100):
            sums[f"R@{depth}"] += len(question.gold & set(hits[:depth])) / len(question.gold)
        sums["MRR"] += next((1 / rank for rank, hit in enumerate(hits, 1) if hit in question.gold), 0)
    return {name: total / len(questions) for name, total in sums.items()}


def _asked(index: Index, question: str) -> list[str]:
    """The first hundred hits as somebody gets them who asks for any of the words."""
    return [hit.clause for hit in index.search(as_words(question), limit=100, match="any", every_witness=True).hits]


def _by_fields(index: Index, question: str, fields: set[str]) -> list[str]:
    terms = rank_terms(Query("", EVERYTHING, (plain(question),)), index.analyzer)
    chosen = [term for term in terms if term.field in fields]
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

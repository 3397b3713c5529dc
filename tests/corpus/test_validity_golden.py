"""Whether made-up instruments are in force on a day, the whole way from their pages (tests/golden/validity)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tiaowen.corpus.held import StoredInstrument
from tiaowen.corpus.intake import Intake
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.standings import Standings, timelines
from tiaowen.corpus.store import Store
from tiaowen.pipeline import ingest

FILE = Path(__file__).parents[1] / "golden" / "validity" / "cases.txt"
TAKEN = datetime(2045, 1, 1, tzinfo=UTC)
QUESTION = re.compile(r"\? (\w+)(?:#(\d))? on ([\d-]+): (\S+) \| (.+?)(?: \(in (\w+)\))?")


@dataclass
class Case:
    name: str
    fails: bool
    pages: dict[str, list[str]] = field(default_factory=dict)
    questions: list[re.Match[str]] = field(default_factory=list)


def cases() -> list[Case]:
    found: list[Case] = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("=== "):
            name, failing, _ = line[4:].partition(" (expect: fail)")
            found.append(Case(name, bool(failing)))
        elif line.startswith("--- "):
            found[-1].pages[line[4:]] = []
        elif line.startswith("? "):
            question = QUESTION.fullmatch(line)
            assert question, line
            found[-1].questions.append(question)
        elif found and found[-1].pages and line:
            found[-1].pages[list(found[-1].pages)[-1]].append(line)
    return found


CASES = cases()


def url_of(page: str) -> str:
    return f"https://www.example.org/{page}.txt"


def answers(case: Case, directory: Path) -> list[str]:
    """What is answered otherwise than the case says."""
    pages = [
        Snapshot.of("\n\n".join(lines).encode(), url_of(name), "text/plain", TAKEN, "utf-8")
        for name, lines in case.pages.items()
    ]
    corpus = Corpus.create(directory / "corpus")
    with Intake.open(corpus) as intake:
        assert {outcome.status for outcome in ingest(pages, intake)} == {"added"}
    with Store.open(corpus) as store:
        return [wrong for question in case.questions if (wrong := _wrong(question, store))]


def _wrong(question: re.Match[str], store: Store) -> str:
    page, ordinal, day, status, proof, source = question.groups()
    instrument = _instrument(store, page, int(ordinal or 1))
    standing = Standings(store).at(date.fromisoformat(day), instrument)
    said = standing.proof.value if standing.proof else "-"
    where = standing.source or instrument.capture.url
    wanted = _instrument(store, source or page, int(ordinal or 1) if not source else 1)
    there = where == wanted.capture.url or where.endswith(f"@{wanted.witness[:8]}")
    if standing.status != status or proof not in said or (proof == "-") != (said == "-") or not there:
        return f"{question[0]}\n  but: {standing.status} | {said} (in {where})"
    return ""


def _instrument(store: Store, page: str, ordinal: int) -> StoredInstrument:
    return next(i for i in store.instruments() if i.capture.url == url_of(page) and i.ordinal == ordinal)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_standing_is_as_the_case_says(case: Case, tmp_path: Path) -> None:
    wrong = answers(case, tmp_path)
    if case.fails:
        assert wrong, "a known weakness has healed: take “(expect: fail)” away"
    else:
        assert not wrong, "\n".join(wrong)


def test_there_are_cases_enough_and_each_asks_something() -> None:
    assert len(CASES) >= 30
    assert all(case.questions and case.pages for case in CASES)


@pytest.mark.parametrize("case", CASES[:20], ids=lambda case: case.name)
def test_what_is_kept_by_day_agrees_with_what_is_answered(case: Case, tmp_path: Path) -> None:
    answers(case, tmp_path)
    with Store.open(Corpus.open(tmp_path / "corpus")) as store:
        for instrument, statuses in timelines(store.instruments(), store.endings()):
            for start, status in statuses:
                assert Standings(store).at(start, instrument).status == status

"""Which made-up pages give one work, the whole way from the pages (tests/golden/works)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tiaowen.corpus.intake import Intake
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.store import Store
from tiaowen.corpus.works import Witness, group_works
from tiaowen.pipeline import ingest

FILE = Path(__file__).parents[1] / "golden" / "works" / "cases.txt"
TAKEN = datetime(2045, 1, 1, tzinfo=UTC)
PAGE = re.compile(r"--- (\w+)(?: \(([\w.]+)\))?")
INCLUDED = re.compile(r"<< (\w+)(?: (\d)-(\d))?")


@dataclass
class Case:
    name: str
    fails: bool
    pages: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    works: set[str] = field(default_factory=set)


def cases() -> list[Case]:
    texts: dict[str, list[str]] = {}
    found: list[Case] = []
    lines: list[str] = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("*** "):
            lines = texts[line[4:]] = []
        elif line.startswith("=== "):
            name, failing, _ = line[4:].partition(" (expect: fail)")
            found.append(Case(name, bool(failing)))
        elif page := PAGE.fullmatch(line):
            lines = []
            found[-1].pages[page[1]] = (page[2] or "www.example.org", lines)
        elif line.startswith("= "):
            found[-1].works.add(line[2:])
        elif included := INCLUDED.fullmatch(line):
            lines += texts[included[1]][int(included[2] or 1) - 1 : int(included[3] or 99)]
        elif line and not line.startswith("#"):
            lines.append(line)
    return found


CASES = cases()


def works(case: Case, directory: Path) -> set[str]:
    """The works of the pages, written as the cases write them."""
    pages = [
        Snapshot.of(
            (sorted(case.pages).index(name) * "\n" + "\n\n".join(lines)).encode(),  # no two of the same bytes
            f"https://{site}/{name}",
            "text/plain",
            TAKEN,
            "utf-8",
        )
        for name, (site, lines) in case.pages.items()
    ]
    corpus = Corpus.create(directory / "corpus")
    with Intake.open(corpus) as intake:
        assert {outcome.status for outcome in ingest(pages, intake)} == {"added"}
    with Store.open(corpus) as store:
        witnesses = [Witness(*held) for held in store.wordings()]
    several = {w.instrument.witness for w in witnesses if w.instrument.ordinal > 1}
    return {
        " / ".join(" ".join(_name(w, several) for w in version.witnesses) for version in work.versions)
        for work in group_works(witnesses)
    }


def _name(witness: Witness, several: set[str]) -> str:
    name = witness.instrument.capture.url.rpartition("/")[2]
    return f"{name}#{witness.instrument.ordinal}" if witness.instrument.witness in several else name


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_works_are_as_the_case_says(case: Case, tmp_path: Path) -> None:
    found = works(case, tmp_path)
    if case.fails:
        assert found != case.works, "a known weakness has healed: take “(expect: fail)” away"
    else:
        assert found == case.works


def test_the_order_in_which_pages_came_does_not_matter(tmp_path: Path) -> None:
    for number, case in enumerate(CASES):
        turned = Case(case.name, case.fails, dict(reversed(case.pages.items())), case.works)
        (tmp_path / str(number)).mkdir()
        assert (works(turned, tmp_path / str(number)) == case.works) is not case.fails, case.name

"""The doctor, and what it finds after a run was killed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from makers import instrument, snapshot

from tiaowen.corpus.archive import ArchiveWriter
from tiaowen.corpus.doctor import Problem, examine
from tiaowen.corpus.intake import Intake
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.store import Store

HERE = Path(__file__).parent


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    made = Corpus.create(tmp_path / "corpus")
    with Intake.open(made) as intake:
        for body in ("one", "two"):
            page = snapshot(body, f"https://www.example.invalid/{body}")
            intake.keep(page, [instrument(page.digest)])
    return made


def codes(corpus: Corpus) -> list[str]:
    return [problem.code for problem in examine(corpus)]


def test_a_sound_corpus_has_no_problem(corpus: Corpus) -> None:
    assert examine(corpus) == []


def test_a_snapshot_that_is_gone(corpus: Corpus) -> None:
    (path,) = corpus.archive.iterdir()
    path.unlink()
    assert codes(corpus) == ["missing-snapshot", "missing-snapshot"]


def test_a_snapshot_that_is_damaged(corpus: Corpus) -> None:
    with Store.open(corpus) as store:
        second = list(store.captures())[1].capture.record
    path = corpus.archive / second.file
    data = bytearray(path.read_bytes())
    data[second.offset + 60] ^= 1
    path.write_bytes(data)
    assert codes(corpus) == ["damaged-record", "missing-snapshot"]


def test_a_snapshot_that_no_capture_names(corpus: Corpus) -> None:
    lost = snapshot("three", "https://www.example.invalid/three")
    with ArchiveWriter(corpus.archive) as archive:
        archive.add(lost)
    (problem,) = examine(corpus)
    assert problem.code == "unnamed-snapshot"
    assert lost.url in problem.message
    with Intake.open(corpus) as intake:
        intake.keep(lost, [instrument(lost.digest)])
    assert examine(corpus) == []


def test_a_store_that_is_lost_or_spoilt(corpus: Corpus) -> None:
    corpus.store.unlink()
    assert codes(corpus) == ["store-unreadable"]
    corpus.store.write_bytes(os.urandom(5000))
    assert codes(corpus) == ["store-unreadable"]


def test_a_check_from_above_is_asked(corpus: Corpus) -> None:
    stale = Problem("stale-index", "warning", "index", "built from another state", "run tiaowen index")
    assert examine(corpus, lambda _, store: [stale] if store.state() else []) == [stale]


def killed_and_resumed(corpus: Corpus, seed: int, count: int, together: int = 1) -> None:
    """Kill ingests at random moments until one runs through, and hold each to the promise."""
    command = [sys.executable, str(HERE / "ingest_many.py"), str(corpus.path), str(count), str(together)]
    chance = random.Random(seed)
    environment = {**os.environ, "PYTHONPATH": f"{HERE.parents[1]}{os.pathsep}{HERE}"}
    told: set[int] = set()
    for _ in range(3):
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as run:
            assert run.stdout is not None
            said = [run.stdout.readline() for _ in range(chance.randrange(1, count // 3))]
            time.sleep(chance.random() * 0.01)
            run.kill()
            said += run.stdout.readlines()
        told |= {int(line) for line in said if line.endswith("\n")}
        found = codes(corpus)
        assert found.count("torn-record") <= 1
        assert found.count("unnamed-snapshot") <= together
        assert set(found) <= {"torn-record", "unnamed-snapshot"}
        with Store.open(corpus) as store:
            held = {int(v.capture.url.rpartition("/")[2]) for v in store.captures() if v.capture.url[-1].isdigit()}
        assert told <= held
        assert len(held) <= max(told, default=0) + 1 + together
        assert together == 1 or len(held) % together == 0
    subprocess.run(command, stdout=subprocess.DEVNULL, env=environment, check=True)
    assert examine(corpus) == []
    with Store.open(corpus) as store:
        assert store.counts().pages == count + 2


def test_a_kill_loses_at_most_the_page_being_kept(corpus: Corpus) -> None:
    killed_and_resumed(corpus, seed=1, count=60)


def test_a_kill_loses_at_most_the_pages_being_kept_together(corpus: Corpus) -> None:
    killed_and_resumed(corpus, seed=1, count=60, together=5)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 12))
def test_a_kill_loses_at_most_the_page_being_kept_often(corpus: Corpus, seed: int) -> None:
    killed_and_resumed(corpus, seed, count=60)

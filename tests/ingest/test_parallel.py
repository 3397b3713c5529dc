"""Work in several processes: in order, bounded, and gone when the one that asked for it is killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tiaowen.corpus.parallel import in_order
from tiaowen.errors import IngestError

ROOT = Path(__file__).parents[2]


def halved(number: int) -> int:
    return number // 2


def died(number: int) -> int:
    os._exit(number)


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order_and_what_needs_no_work_gets_none(jobs: int) -> None:
    groups = in_order(halved, range(20), lambda number: number % 2 == 0, jobs)
    found = [each for group in groups for each in group]
    assert found == [(number, None if number % 2 else number // 2) for number in range(20)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_little_is_under_way_at_once(jobs: int) -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield number

    results = in_order(halved, items(), lambda _: False, jobs)
    next(results)
    assert taken <= 32
    taken = 0
    next(in_order(halved, items(), lambda _: False, jobs, lambda _: 20_000_000))
    assert taken <= 4, "three pages of the largest size are enough to wait for"


def test_a_process_that_dies_is_said() -> None:
    with pytest.raises(IngestError, match="died"):
        list(in_order(died, [1, 2], lambda _: True, 2))


SCRIPT = """
import sys, time
from tests.ingest.test_parallel import halved
from tiaowen.corpus.parallel import in_order

def slow():
    for number in range(1000):
        yield number
        time.sleep(0.05)

if __name__ == "__main__":
    for ((number, _), *_) in in_order(halved, slow(), lambda _: True, 2):
        print(number, flush=True)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")
def test_none_is_left_behind_by_a_kill(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(SCRIPT)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, env=environment) as run:
        assert run.stdout
        run.stdout.readline()
        children = [pid for pid, parent in processes() if parent == run.pid]
        run.kill()
    assert len(children) >= 2
    deadline = time.monotonic() + 60
    while any(pid in children for pid, _ in processes()):
        assert time.monotonic() < deadline, "processes outlive the one that started them"
        time.sleep(0.05)


def processes() -> Iterator[tuple[int, int]]:
    """Every live process with its parent."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if state != "Z":
            yield int(path.parent.name), int(parent)

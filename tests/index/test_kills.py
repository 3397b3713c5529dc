"""A kill at any moment leaves the last good index, readers go on, and what the manifest names is on the disk."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.index.shelves import entry, installed
from tiaowen.index.build import add, build
from tiaowen.index.engines import ENGINES
from tiaowen.index.manifest import file_sizes
from tiaowen.index.schema import Shelf
from tiaowen.index.search import open_index

ROOT = Path(__file__).parents[2]
OLD = [entry(n, f"第{n}号旧条款", Shelf(work="wold")) for n in range(20)]
NEW = [entry(n, f"第{n}号新条款", Shelf(work="wnew")) for n in range(20)]

# Dies at the n-th call that changes what is on the disk; each n in a process of its own, split from one that is loaded.
_DIES = """
import os, shutil, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from tests.index.test_kills import NEW
from tiaowen.index.build import add

def counted(name, module, left):
    call = getattr(module, name)
    def wrapper(*args, **rest):
        left[0] -= 1
        if left[0] < 0:
            os._exit(9)
        return call(*args, **rest)
    setattr(module, name, wrapper)

source = Path(sys.argv[1])
shutil.copytree(source, source.with_name("warm"))
add(NEW, source.with_name("warm"), "new")  # loads all there is to load
for number in range(10_000):
    work = source.with_name(f"killed-{number}")
    shutil.copytree(source, work)
    child = os.fork()
    if not child:
        left = [number]
        for name, module in (("fsync", os), ("link", os), ("replace", Path), ("mkdir", Path), ("rmtree", shutil),
                             ("unlink", Path), ("write_bytes", Path), ("write_text", Path), ("open", Path)):
            counted(name, module, left)
        add(NEW, work, "new")
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) == 0:
        print(number)
        break
"""


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.skipif(not hasattr(os, "fork"), reason="splits processes")
def test_a_kill_before_any_step_leaves_the_old_index_or_the_new(tmp_path: Path) -> None:
    build(OLD, tmp_path / "index", "old", engine="whoosh")
    call = [sys.executable, "-c", _DIES, str(tmp_path / "index"), str(ROOT)]
    steps = int(subprocess.run(call, check=True, capture_output=True, text=True).stdout)
    assert steps > 30
    states = []
    for number in range(steps + 1):
        work = tmp_path / f"killed-{number}"
        index = open_index(work)
        states.append(index.manifest.state)
        assert index.search("条款").total == index.manifest.clauses == (20 if states[-1] == "old" else 40)
        assert open_index(work, states[-1]).search('"新条款"').total == (0 if states[-1] == "old" else 20)
        if number % 7 == 0:
            add(NEW[:1], work, "after")
            assert open_index(work, "after").search('"旧条款"').total == 20, "and building goes on"
            del index
            add([], work, "last")
            assert len(list(work.glob("generation-*"))) == 1, "what was left behind is cleared away"
    assert states == sorted(states, reverse=True), "old until it is new"
    assert states[-1] == "new"


@pytest.mark.parametrize("engine", installed(ENGINES))
def test_adding_changes_no_file_of_the_generation_before(tmp_path: Path, engine: str) -> None:
    build(OLD, tmp_path, "old", engine=engine)
    reader = open_index(tmp_path)  # holds its generation
    generation = tmp_path / reader.manifest.generation
    before = {path: path.read_bytes() for path in generation.rglob("*") if path.is_file()}
    for state in "ab":
        add(NEW, tmp_path, state)
    assert {path: path.read_bytes() for path in generation.rglob("*") if path.is_file()} == before
    assert reader.search("条款").total == len(OLD)


_BUILDS = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from tests.index.shelves import entry
from tiaowen.index.build import add, build
from tiaowen.index.schema import Shelf
print("ready", flush=True)
for n in range(10_000):
    rows = [entry(m, f"第{n}次第{m}号条款", Shelf(work=f"w{n}")) for m in range(50)]
    (add if n % 5 else lambda *args: build(*args, engine=sys.argv[3]))(rows, Path(sys.argv[1]), f"{n}")
"""


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("engine", installed(ENGINES))
def test_readers_go_on_while_builders_are_killed(tmp_path: Path, engine: str) -> None:
    chance = random.Random(20)
    build(OLD, tmp_path, "old", engine=engine)
    reader = open_index(tmp_path)
    for _ in range(20):
        call = [sys.executable, "-c", _BUILDS, str(tmp_path), str(ROOT), engine]
        with subprocess.Popen(call, stdout=subprocess.PIPE) as process:
            assert process.stdout
            process.stdout.readline()
            until = time.monotonic() + chance.uniform(0, 0.4)
            while time.monotonic() < until:
                assert reader.search("条款").total == reader.manifest.clauses
            os.kill(process.pid, signal.SIGKILL)
        assert reader.search("条款").total == reader.manifest.clauses
        reader = open_index(tmp_path)
        assert reader.search("条款").total == reader.manifest.clauses


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="asks /proc which file a handle is of")
@pytest.mark.parametrize("engine", installed(ENGINES))
def test_all_is_on_the_disk_before_the_manifest_names_it(
    tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def flushed(handle: int) -> None:
        done.append(str(Path(f"/proc/self/fd/{handle}").readlink()))
        fsync(handle)

    def renamed(self: Path, target: Path) -> Path:
        done.append("renamed")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(Path, "replace", renamed)
    on_disk: set[str] = set()
    for state, rows in (("old", OLD), ("new", NEW)):
        done.clear()
        add(rows, tmp_path, state) if on_disk else build(rows, tmp_path, state, engine=engine)
        before = done[: done.index("renamed")]
        generation = tmp_path / open_index(tmp_path).manifest.generation
        names = {name for name in file_sizes(generation) if not name.endswith(".lock")}
        flushed_now = {str(Path(path).relative_to(generation)) for path in before if path.startswith(str(generation))}
        assert names <= flushed_now | on_disk, names - flushed_now - on_disk
        assert str(tmp_path / "manifest.json.new") in before, "the manifest itself"
        assert {".", "engine"} <= flushed_now, "and the lists of files"
        assert done[done.index("renamed") + 1] == str(tmp_path), "and the change of names"
        on_disk = names

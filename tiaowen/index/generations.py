"""The folders of an index: each build makes a new one, and the manifest then names it.

A kill at any moment leaves the last good one. Readers hold theirs by a lock, so it goes only when they have gone.
Adding starts from links to the files of the last generation, which are never written into.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tiaowen.errors import SearchError

try:
    import fcntl
except ImportError:  # a system without it: builders must not meet, and nothing old is removed while it is open
    fcntl = None  # type: ignore[assignment]

_PREFIX = "generation-"
_IN_USE = "in-use.lock"


def new_generation(directory: Path) -> Path:
    """A new empty folder, numbered after all that are there."""
    numbers = [int(path.name.removeprefix(_PREFIX)) for path in _generations(directory)]
    generation = directory / f"{_PREFIX}{max(numbers, default=0) + 1:06d}"
    generation.mkdir()
    (generation / _IN_USE).touch()
    return generation


def link_files(source: Path, target: Path) -> None:
    """The files of the generation `source` as links in `target`; copies where the file system has no links."""
    for path in sorted(source.rglob("*")):
        other = target / path.relative_to(source)
        if path.is_dir():
            other.mkdir()
        elif not path.name.endswith(".lock"):
            _link(path, other)


def flush_generation(generation: Path) -> None:
    """Put all that is new in `generation` on the disk (fsync); what is linked from another is there."""
    for path in generation.rglob("*"):
        if path.is_dir() or path.stat().st_nlink == 1:
            flush(path)
    flush(generation)


def flush(path: Path) -> None:
    """Put a file, or a folder's list of files, on the disk (fsync)."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(directory: Path, live: str) -> None:
    """Remove all generations but `live` and those that readers hold."""
    for path in _generations(directory):
        if path.name != live and not _held(path):
            shutil.rmtree(path, ignore_errors=True)


def hold(generation: Path) -> int:
    """A handle that keeps `generation` from being removed until it is closed. FileNotFoundError if it has gone."""
    handle = os.open(generation / _IN_USE, os.O_RDONLY)
    if fcntl:
        fcntl.flock(handle, fcntl.LOCK_SH)
    if not (generation / _IN_USE).exists():
        os.close(handle)
        raise FileNotFoundError(generation)
    return handle


@contextmanager
def writing(directory: Path) -> Iterator[None]:
    """Hold the index for writing; SearchError if another process does. The lock goes with the process."""
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / "writer.lock").open("w") as lock:
        if fcntl and not _lock(lock.fileno()):
            raise SearchError(f"{directory} is being indexed by another process; wait for it to end")
        yield


def _generations(directory: Path) -> list[Path]:
    return sorted(path for path in directory.iterdir() if path.name.startswith(_PREFIX))


def _link(path: Path, other: Path) -> None:
    try:
        os.link(path, other)
    except OSError:
        shutil.copyfile(path, other)


def _held(generation: Path) -> bool:
    try:
        handle = os.open(generation / _IN_USE, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        return not _lock(handle)
    finally:
        os.close(handle)


def _lock(handle: int) -> bool:
    """Whether nobody else holds the file; if so, it is held until its handle is closed."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

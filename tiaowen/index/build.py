"""Builds an index and adds to it.

Every build makes a new generation, a folder of its own, and the manifest then names it: a kill at any moment leaves
the last good index, and readers keep theirs. Adding starts from links to the files of the last generation.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tiaowen.errors import SearchError
from tiaowen.index.analyzer import SEGMENTERS, Analyzer
from tiaowen.index.engines import ENGINES, Progress
from tiaowen.index.manifest import (
    LEXICON,
    Manifest,
    check_engine,
    check_segmenter,
    flush,
    read_manifest,
    write_manifest,
)
from tiaowen.index.schema import Entry
from tiaowen.index.table import Table, write_part

_GENERATION = "generation-"


def build(
    entries: Iterable[Entry],
    directory: Path,
    state: str,
    *,
    engine: str = "whoosh",
    segmenter: str = "jieba",
    progress: Progress = lambda done: None,
) -> Manifest:
    """Index `entries` in `directory`, in place of what is there.

    Entries of one instrument must stand together. `state` names the state of the corpus they are (any string).
    Raises UnknownPlugin, MissingExtra, or SearchError when another build is running.
    """
    ENGINES.get(engine), SEGMENTERS.get(segmenter)  # an unknown name must not cost the writing of a table
    with _alone(directory):
        generation = _new_generation(directory)
        return _write(generation, (), entries, _Recipe(state, engine, segmenter), progress)


def add(entries: Iterable[Entry], directory: Path, state: str, progress: Progress = lambda done: None) -> Manifest:
    """Add `entries` to the index in `directory`, with the engine and segmenter it has; now it is of `state`."""
    with _alone(directory):
        last = read_manifest(directory)
        check_engine(last)
        check_segmenter(last)
        generation = _new_generation(directory)
        _link(directory / last.generation, generation)
        recipe = _Recipe(state, last.engine, last.segmenter)
        return _write(generation, last.parts, entries, recipe, progress)


@dataclass(frozen=True)
class _Recipe:
    """What an index is made from and by."""

    state: str
    engine: str
    segmenter: str


def _write(
    generation: Path, parts: tuple[str, ...], entries: Iterable[Entry], recipe: _Recipe, progress: Progress
) -> Manifest:
    """Add `entries` to the files in `generation`, of which `parts` are there, and make it the live one."""
    first = len(Table(generation / name for name in parts))
    parts = (*parts, f"part-{len(parts) + 1:05d}")
    write_part(generation / parts[-1], entries)
    table = Table(generation / name for name in parts)
    files = generation / "engine"
    files.mkdir(exist_ok=True)
    segmenter = SEGMENTERS.get(recipe.segmenter)
    if not first:
        shutil.rmtree(generation / LEXICON, ignore_errors=True)
        segmenter.save(generation / LEXICON)
    analyzer = Analyzer(segmenter)
    ENGINES.get(recipe.engine).write(files, table, first, analyzer, progress)
    manifest = _manifest(generation.name, parts, table, recipe)
    _flush_tree(generation)
    write_manifest(generation.parent, manifest)
    _sweep(generation.parent, manifest.generation)
    return manifest


def _manifest(generation: str, parts: tuple[str, ...], table: Table, recipe: _Recipe) -> Manifest:
    return Manifest(
        generation=generation,
        parts=parts,
        state=recipe.state,
        engine=recipe.engine,
        engine_version=ENGINES.get(recipe.engine).version(),
        segmenter=recipe.segmenter,
        segmenter_version=SEGMENTERS.get(recipe.segmenter).version(),
        clauses=len(table),
        instruments=len({(shelf.work, shelf.page) for shelf in table.shelves}),
        provinces=tuple(sorted({shelf.province for shelf in table.shelves if shelf.province})),
        built=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _generations(directory: Path) -> list[Path]:
    return sorted(path for path in directory.iterdir() if path.name.startswith(_GENERATION))


def _new_generation(directory: Path) -> Path:
    """A new empty folder; what a killed build left is removed."""
    names = _generations(directory)
    number = int(names[-1].name.removeprefix(_GENERATION)) + 1 if names else 1
    generation = directory / f"{_GENERATION}{number:06d}"
    generation.mkdir()
    return generation


def _sweep(directory: Path, live: str) -> None:
    """Remove all generations but the live one. Readers that have theirs open keep it (or keep it from going)."""
    for path in _generations(directory):
        if path.name != live:
            shutil.rmtree(path, ignore_errors=True)


def _link(source: Path, target: Path) -> None:
    """The files of `source` as links in `target`; copies where the file system has no links."""
    for path in sorted(source.rglob("*")):
        other = target / path.relative_to(source)
        if path.name.endswith(".lock"):
            continue
        if path.is_dir():
            other.mkdir()
            continue
        try:
            os.link(path, other)
        except OSError:
            shutil.copyfile(path, other)


def _flush_tree(directory: Path) -> None:
    for path in directory.rglob("*"):
        flush(path)
    flush(directory)


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """Hold the index for writing; SearchError if another process does. The lock goes with the process."""
    import fcntl  # noqa: PLC0415 - not on every system

    directory.mkdir(parents=True, exist_ok=True)
    with (directory / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SearchError(f"{directory} is being indexed by another process; wait for it to end") from None
        yield

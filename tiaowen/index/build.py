"""Builds an index, adds to it, and brings it up to the state of a corpus.

A table's parts, and with them an engine's segments, are kept few: adding takes in the parts before that are less than
twice as large as what comes after them, so that many small additions cost little each and searching stays quick.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from tiaowen.errors import MissingExtra, SearchError
from tiaowen.index.analyzer import SEGMENTERS, Analyzer
from tiaowen.index.engines import ENGINES, Progress
from tiaowen.index.generations import flush_generation, link_files, new_generation, sweep, writing
from tiaowen.index.manifest import (
    LEXICON,
    Manifest,
    check_engine,
    check_files,
    check_segmenter,
    file_sizes,
    read_manifest,
    write_manifest,
)
from tiaowen.index.schema import Entry
from tiaowen.index.stretches import Fresh
from tiaowen.index.table import Table, write_part
from tiaowen.index.works import Member, write_works

_REBUILD_SHARE = 5
"""When more than one clause in so many has gone, an index is built anew."""


def build(
    entries: Iterable[Entry],
    directory: Path,
    state: str,
    *,
    engine: str = "whoosh",
    segmenter: str | None = None,
    works: Iterable[Member] = (),
    jobs: int = 1,
    progress: Progress = lambda done: None,
) -> Manifest:
    """Index `entries` in `directory`, in place of what is there; `works` groups their instruments.

    Entries of one instrument must stand together. `state` names the state of the corpus they are (any string). The
    segmenter is rjieba where it is installed, else jieba, unless one is named: they cut alike. With `jobs`, so many
    processes cut clauses into words.

    Raises UnknownPlugin, MissingExtra, or SearchError when another build is running.
    """
    recipe = _Recipe(state, engine, segmenter or _installed_segmenter(), works=works, jobs=jobs)
    ENGINES.get(engine).version(), SEGMENTERS.get(recipe.segmenter).version()  # what is missing must not cost a table
    with writing(directory):
        generation = new_generation(directory)
        return _write(generation, (), entries, recipe, progress)


def add(
    entries: Iterable[Entry],
    directory: Path,
    state: str,
    *,
    dropped: Iterable[str] = (),
    works: Iterable[Member] = (),
    progress: Progress = lambda done: None,
) -> Manifest:
    """Add `entries` to the index in `directory`, with the engine and segmenter it has; now it is of `state`.

    `works` groups all instruments, also those that were there. Instruments whose `content` is among `dropped` are found
    no more; no others that were.
    """
    with writing(directory):
        last = read_manifest(directory)
        check_engine(last)
        check_segmenter(last)
        generation = new_generation(directory)
        link_files(directory / last.generation, generation)
        recipe = _Recipe(state, last.engine, last.segmenter, tuple(sorted(dropped)), works)
        return _write(generation, last.parts, entries, recipe, progress)


def update(
    held: Iterable[str],
    entries_of: Callable[[Sequence[str]], Iterable[Entry]],
    directory: Path,
    state: str,
    *,
    works: Iterable[Member] = (),
    progress: Progress = lambda done: None,
) -> Manifest | None:
    """Bring the index in `directory` to `state`, in which the instruments with the contents `held` are held.

    `entries_of` gives the entries of the instruments with some contents, `works` groups all. None, and nothing done,
    when building anew is called for: no index, another engine or segmenter installed, contents not known, or too much
    gone.
    """
    try:
        last = read_manifest(directory)
        check_engine(last)
        check_segmenter(last)
        check_files(last, directory)
    except (SearchError, MissingExtra):
        return None
    wanted = set(held)
    table = Table(directory / last.generation / name for name in last.parts)
    indexed = {shelf.content for shelf in table.shelves}
    gone = indexed - wanted
    ends = [*table.bounds, len(table)][1:]
    sizes = zip(table.shelves, table.bounds, ends, strict=True)
    lost = sum(end - start for shelf, start, end in sizes if shelf.content in gone)
    if "" in indexed | wanted or lost * _REBUILD_SHARE > len(table):
        return None
    fresh = sorted(wanted - indexed)
    return add(entries_of(fresh), directory, state, dropped=gone, works=works, progress=progress)


@dataclass(frozen=True)
class _Recipe:
    """What an index is made from and by."""

    state: str
    engine: str
    segmenter: str
    dropped: tuple[str, ...] = ()
    works: Iterable[Member] = ()
    jobs: int = 1


def _installed_segmenter() -> str:
    try:
        SEGMENTERS.get("rjieba").version()
    except MissingExtra:
        return "jieba"
    return "rjieba"


def _write(
    generation: Path, parts: tuple[str, ...], entries: Iterable[Entry], recipe: _Recipe, progress: Progress
) -> Manifest:
    """Add `entries` to the files in `generation`, of which `parts` are there, and make it the live one."""
    parts, kept = _new_part(generation, parts, entries)
    table = Table(generation / name for name in parts)
    first = sum(part.count for part in table.parts[:kept])
    segmenter = SEGMENTERS.get(recipe.segmenter)
    if not (generation / LEXICON).exists():
        segmenter.save(generation / LEXICON)
    files = generation / "engine"
    files.mkdir(exist_ok=True)
    if first < len(table) or not first:
        ENGINES.get(recipe.engine).write(files, Fresh(table, first, Analyzer(segmenter), recipe.jobs), progress)
    write_works(generation, recipe.works)
    manifest = _manifest(generation, parts, table, recipe)
    flush_generation(generation)
    write_manifest(generation.parent, manifest)
    sweep(generation.parent, manifest.generation)
    return manifest


def _new_part(generation: Path, parts: tuple[str, ...], entries: Iterable[Entry]) -> tuple[tuple[str, ...], int]:
    """Write `entries` as a part, with those of smaller parts before it; all parts now, and how many are as before."""
    number = int(parts[-1].rpartition("-")[2]) + 1 if parts else 1
    name, merged = f"part-{number:05d}", f"part-{number + 1:05d}"
    size = write_part(generation / name, entries)
    if parts and not size:
        shutil.rmtree(generation / name)
        return parts, len(parts)
    sizes = [Table([generation / part]).parts[0].count for part in parts]
    kept = len(parts)
    while kept and sizes[kept - 1] < 2 * size:
        kept -= 1
        size += sizes[kept]
    if kept == len(parts):
        return (*parts, name), kept
    tail = [generation / part for part in (*parts[kept:], name)]
    write_part(generation / merged, chain.from_iterable(Table([part]) for part in tail))
    for part in tail:
        shutil.rmtree(part)
    return (*parts[:kept], merged), kept


def _manifest(generation: Path, parts: tuple[str, ...], table: Table, recipe: _Recipe) -> Manifest:
    ends = [*table.bounds, len(table)][1:]
    held = [
        (shelf, end - start)
        for shelf, start, end in zip(table.shelves, table.bounds, ends, strict=True)
        if shelf.content not in recipe.dropped
    ]
    return Manifest(
        generation=generation.name,
        parts=parts,
        dropped=recipe.dropped,
        state=recipe.state,
        engine=recipe.engine,
        engine_version=ENGINES.get(recipe.engine).version(),
        segmenter=recipe.segmenter,
        segmenter_version=SEGMENTERS.get(recipe.segmenter).version(),
        clauses=sum(size for _, size in held),
        instruments=len({(shelf.work, shelf.page) for shelf, _ in held}),
        provinces=tuple(sorted({shelf.province for shelf, _ in held if shelf.province})),
        built=datetime.now(UTC).isoformat(timespec="seconds"),
        sizes=file_sizes(generation),
    )

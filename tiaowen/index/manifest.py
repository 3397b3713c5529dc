"""The manifest of an index: what it was built from and by what. It alone says which generation is the live one."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from tiaowen.errors import MissingIndex, SearchError, StaleIndex
from tiaowen.index.analyzer import SEGMENTERS
from tiaowen.index.engines import ENGINES
from tiaowen.index.generations import flush

FORMAT = 4
LEXICON = "lexicon"
"""The folder of a generation that holds what cuts queries."""

_NAME = "manifest.json"
_REBUILD = "run `tiaowen index`"


@dataclass(frozen=True)
class Manifest:
    """An index as built.

    `generation` is the folder with its files, `parts` those of its table in order, `dropped` the contents of
    instruments that are in the table and no more in the corpus. `state` names the state of the corpus it was built
    from, `provinces` are those it holds something of, `built` is the time in ISO 8601. `segmenter_version` holds the
    dictionary's digest, `sizes` the bytes of every file of the generation by its path in it.
    """

    generation: str
    parts: tuple[str, ...]
    dropped: tuple[str, ...]
    state: str
    engine: str
    engine_version: str
    segmenter: str
    segmenter_version: str
    clauses: int
    instruments: int
    provinces: tuple[str, ...]
    built: str
    sizes: dict[str, int]
    format: int = FORMAT


def read_manifest(directory: Path) -> Manifest:
    """The manifest of the index in `directory`.

    Raises MissingIndex when there is none, StaleIndex when it is of another format, SearchError when it cannot be read.
    """
    try:
        row = json.loads((directory / _NAME).read_text(encoding="utf-8"))
        if row["format"] != FORMAT:
            raise StaleIndex(f"{directory} is an index of format {row['format']}, not {FORMAT}: {_REBUILD}")
        return Manifest(**{f.name: _value(row[f.name]) for f in fields(Manifest)})  # type: ignore[arg-type]
    except FileNotFoundError:
        raise MissingIndex(f"there is no index in {directory}: {_REBUILD}") from None
    except (ValueError, KeyError, TypeError) as error:
        raise SearchError(f"{directory / _NAME} cannot be read ({error}): {_REBUILD}") from None


def write_manifest(directory: Path, manifest: Manifest) -> None:
    """Make `manifest` the live one, at once and on the disk; its generation's files must be there already."""
    temporary = directory / f"{_NAME}.new"
    temporary.write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    flush(temporary)
    temporary.replace(directory / _NAME)
    flush(directory)


def file_sizes(generation: Path) -> dict[str, int]:
    """The bytes of every file of a generation, by its path in it."""
    files = (path for path in sorted(generation.rglob("*")) if path.is_file())
    return {path.relative_to(generation).as_posix(): path.stat().st_size for path in files}


def check_files(manifest: Manifest, directory: Path) -> None:
    """Raise SearchError when a file is gone or cut short: what it held would be missing without a word."""
    sizes = file_sizes(directory / manifest.generation)
    wrong = [name for name, size in manifest.sizes.items() if sizes.get(name) != size]
    if wrong:
        raise SearchError(
            f"the index in {directory} is damaged at {', '.join(wrong[:3])}: run `tiaowen index --rebuild`"
        )


def check_state(manifest: Manifest, state: str) -> None:
    """Raise StaleIndex unless the index was built from `state` of the corpus."""
    if manifest.state != state:
        raise StaleIndex(f"the corpus has changed since the index was built on {manifest.built}: {_REBUILD}")


def check_engine(manifest: Manifest) -> None:
    """Raise StaleIndex unless the engine installed is the one that made the index."""
    _check_maker(manifest.engine_version, ENGINES.get(manifest.engine).version())


def check_segmenter(manifest: Manifest) -> None:
    """Raise StaleIndex unless the segmenter installed cuts as the one that made the index. A search needs no such."""
    _check_maker(manifest.segmenter_version, SEGMENTERS.get(manifest.segmenter).version())


def _check_maker(made: str, here: str) -> None:
    if made != here:
        raise StaleIndex(f"the index was made by {made}, here is {here}: run `tiaowen index --rebuild`")


def _value(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value

"""The corpus folder: what lies where in it, which format it is of, and who may write to it.

corpus.json     the marker: format version and when it was made
archive/        snapshots in WARC files; cannot be made again
store.sqlite    instruments, clauses, captures; can be made again from the snapshots
ledger.sqlite   sources, runs and their outcomes, what is still to be fetched; there after the first crawl
index/          one folder an engine; can be made again from the store
lock.sqlite     held by the one process that writes
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tiaowen.corpus import schema
from tiaowen.errors import CorpusError, NotFound

FORMAT = 1
"""The version of the folder's layout, written into its marker; a newer one is refused."""

_LARGEST_MARKER = 64 * 1024
_FOLDERS = ("archive", "index")


@dataclass(frozen=True)
class Corpus:
    """An existing corpus folder at `path`."""

    path: Path

    @classmethod
    def create(cls, path: Path) -> Corpus:
        """Make an empty corpus at `path`, which must not exist or be an empty folder; its parents are made.

        Raises CorpusError when something is there already.
        """
        path = path.absolute()
        if (path / "corpus.json").exists():
            raise CorpusError(f"{path} is a corpus already; ingest into it with: tiaowen ingest --corpus {path} FILE…")
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise CorpusError(f"{path} is not an empty folder; name a new one")
        try:
            for folder in _FOLDERS:
                (path / folder).mkdir(parents=True, exist_ok=True)
            schema.create(path / "store.sqlite")
            _write_marker(path / "corpus.json")
        except OSError as error:
            raise CorpusError(f"cannot make a corpus at {path}: {error.strerror}") from error
        return cls(path)

    @classmethod
    def open(cls, path: Path) -> Corpus:
        """The corpus at `path`. Raises NotFound where there is none, CorpusError when its format cannot be read."""
        path = path.absolute()
        marker = path / "corpus.json"
        try:
            text = marker.read_text("utf-8") if marker.stat().st_size <= _LARGEST_MARKER else ""
        except (FileNotFoundError, NotADirectoryError) as error:
            raise NotFound(f"no corpus at {path}; make one with: tiaowen init {path}") from error
        except (OSError, UnicodeDecodeError) as error:
            raise CorpusError(f"cannot read {marker}: {error}") from error
        version = _format_of(text, marker)
        if version > FORMAT:
            raise CorpusError(
                f"{path} is of corpus format {version}, this tiaowen reads up to {FORMAT}; use a newer tiaowen"
            )
        return cls(path)

    @property
    def archive(self) -> Path:
        """The folder of WARC files."""
        return self.path / "archive"

    @property
    def store(self) -> Path:
        """The SQLite file."""
        return self.path / "store.sqlite"

    @property
    def ledger(self) -> Path:
        """The SQLite file that says what was crawled; it may not be there yet."""
        return self.path / "ledger.sqlite"

    @property
    def index(self) -> Path:
        """The folder of the search indexes."""
        return self.path / "index"

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the corpus for writing; a kill lets it go. Raises CorpusError while another process holds it."""
        lock = sqlite3.connect(self.path / "lock.sqlite", timeout=0, isolation_level=None)
        with closing(lock):
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                raise CorpusError(
                    f"another process is writing to the corpus at {self.path}; try again when it is done ({error})"
                ) from error
            yield


def sync_folder(path: Path) -> None:
    """Have the folder's entries on disk, so that a file just made in it survives a loss of power."""
    if os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_marker(path: Path) -> None:
    marker = {"format": FORMAT, "created": datetime.now(UTC).isoformat(timespec="seconds")}
    with path.open("x", encoding="utf-8") as file:
        file.write(json.dumps(marker, indent=2) + "\n")
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)


def _format_of(text: str, path: Path) -> int:
    try:
        version = json.loads(text)["format"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise CorpusError(f"{path} is not a corpus marker; restore it from a backup") from error
    if type(version) is not int or version < 1:
        raise CorpusError(f"{path} names no corpus format; restore it from a backup")
    return version

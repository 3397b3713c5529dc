"""Taking pages in: first the bytes into the archive, then what was read from them into the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tiaowen.corpus import schema
from tiaowen.corpus.archive import ArchiveWriter
from tiaowen.corpus.findings import Finding
from tiaowen.corpus.held import Addition
from tiaowen.corpus.instrument import Instrument
from tiaowen.corpus.layout import Corpus, sync_folder
from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.store import Store
from tiaowen.corpus.warc import Exchange


class Intake:
    """The one writer of a corpus. A kill at any moment loses at most the page, or the pages together, being kept."""

    def __init__(self, archive: ArchiveWriter, store: Store) -> None:
        self.archive = archive
        self.store = store

    @classmethod
    @contextmanager
    def open(cls, corpus: Corpus) -> Iterator[Intake]:
        """An intake of `corpus`, which it holds for writing. Raises CorpusError while another process does."""
        with corpus.writing(), Store.open(corpus, write=True) as store, ArchiveWriter(corpus.archive) as archive:
            yield cls(archive, store)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Pages kept within the block are at rest when it ends, all at once, and the disk is waited for once."""
        with (
            self.store.together(),
            self.archive.together(),
        ):  # the archive ends first: bytes, then what was read of them
            yield

    def keep(
        self,
        snapshot: Snapshot,
        instruments: Sequence[Instrument],
        findings: Sequence[Finding] = (),
        exchange: Exchange | None = None,
    ) -> Addition:
        """Keep a snapshot with the `instruments` read from it and the `findings` about the page as such.

        `exchange` is the HTTP answer of a page that was fetched. Bytes that are held are not written again: under
        the same URL nothing happens, under another one a revisit record says so.
        """
        if self.store.holds(snapshot.url, snapshot.digest):
            return "same"
        held = next(iter(self.store.captures_of(snapshot.digest)), None)
        capture = self.archive.add(snapshot, held.capture if held else None, exchange)
        return self.store.add(capture, instruments, findings)


@contextmanager
def rebuilt_store(corpus: Corpus) -> Iterator[Store]:
    """An empty store to fill from the snapshots, which takes the old one's place when the block ends without error.

    Holds the corpus for writing.
    """
    with corpus.writing():
        path = corpus.path / "store-rebuilt.sqlite"
        _remove(path)
        schema.create(path)
        with Store(path, write=True) as store:
            yield store
        for suffix in ("-wal", "-shm"):
            Path(f"{corpus.store}{suffix}").unlink(missing_ok=True)
        path.replace(corpus.store)
        sync_folder(corpus.path)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)

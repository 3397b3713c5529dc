"""The stages joined: a file into the corpus, and a clause back to its bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from tiaowen.corpus.archive import Archive
from tiaowen.corpus.capture import Capture
from tiaowen.corpus.findings import Finding
from tiaowen.corpus.instrument import Clause, Instrument
from tiaowen.corpus.intake import Intake
from tiaowen.corpus.members import Damage
from tiaowen.corpus.parallel import in_order
from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.store import Store
from tiaowen.corpus.texts import NormalText
from tiaowen.errors import IngestError
from tiaowen.ingest import limits, unpack
from tiaowen.ingest.extract import EXTRACTORS, extract
from tiaowen.ingest.media import media_type_of
from tiaowen.ingest.normalise import normalise
from tiaowen.ingest.parse import parse
from tiaowen.ingest.unpack import Holder, Refusal


@dataclass(frozen=True)
class Derived:
    """All that follows from one snapshot's bytes."""

    normal: NormalText
    instruments: tuple[Instrument, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings about the page as such, apart from those of its instruments."""
        return (*self.normal.source.findings, *self.normal.findings)

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """The findings about the page and its instruments."""
        return (*self.findings, *(finding for i in self.instruments for finding in i.findings))

    def clause(self, ordinal: int, eid: str) -> Clause | None:
        """The clause `eid` of the instrument `ordinal`, if there is one."""
        clauses = (c for i in self.instruments if i.ordinal == ordinal for c in i.clauses)
        return next((c for c in clauses if c.eid == eid), None)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """All clauses of the page."""
        return tuple(clause for instrument in self.instruments for clause in instrument.clauses)


def derive(snapshot: Snapshot) -> Derived:
    """From bytes to clauses. Pure: the same snapshot always gives the same.

    Raises IngestError when the bytes are no document this program reads.
    """
    normal = normalise(extract(snapshot))
    if not normal.clean.strip() and not normal.source.findings:  # of a scanned page it is said what it lacks
        raise IngestError("the page has no text: if a script writes it, or it is a picture, get the file itself")
    return Derived(normal, parse(normal))


def read_file(path: Path) -> Snapshot:
    """The snapshot of a file as it is now. Raises IngestError when it cannot be read or is not what its name says."""
    try:
        size = path.stat().st_size
        if size > limits.MAX_PAGE_BYTES:
            raise IngestError(f"{path} has {size:,} bytes; a page may have {limits.MAX_PAGE_BYTES:,}: split it")
        body = path.read_bytes()
    except OSError as error:
        raise IngestError(f"{path}: {error.strerror or error}") from error
    return Snapshot.of(body, path.absolute().as_uri(), media_type_of(str(path), body), datetime.now(UTC))


def files_under(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and of folders all whose suffix something here reads, sorted; links are not followed."""
    readable = _suffixes()
    for path in paths:
        if path.is_dir():
            yield from (p for p in _files_in(path) if p.name.lower().endswith(readable))
        else:
            yield path


def passed_over(paths: Iterable[Path]) -> Counter[str]:
    """How many files of the folders among `paths` nothing here reads, by suffix: none is lost in silence."""
    readable = _suffixes()
    files = (p for path in paths if path.is_dir() for p in _files_in(path))
    return Counter(p.suffix.lower() or p.name for p in files if not p.name.lower().endswith(readable))


def _files_in(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())


def _suffixes() -> tuple[str, ...]:
    return (*(suffix for _, extractor in EXTRACTORS.all() for suffix in extractor.suffixes), *unpack.suffixes())


def pages_in(path: Path) -> Iterator[Snapshot | Refusal]:
    """The pages a file holds: itself, or those of a WARC, ZIP or gzip file one by one, with what cannot be taken."""
    unpacker = unpack.unpacker_of(path.name)
    try:
        if unpacker is None:
            yield read_file(path)
            return
        empty = True
        with path.open("rb") as file:
            for page in unpacker.unpack(file, Holder(path.absolute().as_uri(), datetime.now(UTC))):
                empty = False
                yield page
        if empty:
            yield Refusal(str(path), f"{path} holds no page: it is empty, or has only folders, redirects or errors")
    except IngestError as error:
        yield Refusal(str(path), str(error))
    except OSError as error:
        yield Refusal(str(path), f"{path}: {error.strerror or error}")


@dataclass(frozen=True)
class Outcome:
    """What became of one page, named by its URL or path. `message` says why it failed."""

    name: str
    status: Literal["added", "new version", "unchanged", "failed"]
    instruments: tuple[Instrument, ...] = ()
    findings: tuple[Finding, ...] = ()
    message: str = ""


def ingest(pages: Iterable[Snapshot | Refusal], intake: Intake, jobs: int = 1) -> Iterator[Outcome]:
    """Take pages in, in their order; `jobs` processes read them, this one alone writes.

    Each page is derived first, so that nothing is kept of one that fails; then the snapshot is written; then the store.
    Pages that are read at one time are kept as one, for the disk's sake: an outcome is given when its page is at rest.
    """

    def needs_reading(page: Snapshot | Refusal) -> bool:
        return isinstance(page, Snapshot) and not intake.store.captures_of(page.digest)

    for group in in_order(_read, pages, needs_reading, jobs, _size):
        with intake.together():
            outcomes = [_outcome(page, made, intake) for page, made in group]
        yield from outcomes


def _size(page: Snapshot | Refusal) -> int:
    return len(page.body) if isinstance(page, Snapshot) else 0


def _outcome(page: Snapshot | Refusal, made: _Read | Refusal | None, intake: Intake) -> Outcome:
    if isinstance(page, Refusal):
        return _failed(page)
    if isinstance(made, Refusal):
        return _failed(made)
    return _kept(page, made or _Read((), ()), intake)


@dataclass(frozen=True)
class _Read:
    """What is kept of a derived page, small enough to go from one process to another."""

    instruments: tuple[Instrument, ...]
    findings: tuple[Finding, ...]


def _read(page: Snapshot | Refusal) -> _Read | Refusal:
    if isinstance(page, Refusal):
        return page
    try:
        derived = derive(page)
    except IngestError as error:
        return Refusal(page.url, str(error))
    return _Read(derived.instruments, derived.findings)


def _failed(refusal: Refusal) -> Outcome:
    return Outcome(refusal.name, "failed", message=str(refusal))


def _kept(page: Snapshot, read: _Read, intake: Intake) -> Outcome:
    try:
        addition = intake.keep(page, read.instruments, read.findings)
    except IngestError as error:
        return _failed(Refusal(page.url, str(error)))
    if addition == "same":
        return Outcome(page.url, "unchanged")
    status: Literal["added", "new version"] = "added" if addition == "new" else "new version"
    of_instruments = (finding for instrument in read.instruments for finding in instrument.findings)
    return Outcome(page.url, status, read.instruments, (*read.findings, *of_instruments))


def restore(capture: Capture, archive: Archive, store: Store) -> None:
    """Read an archived capture anew into `store`. Raises IngestError when today's rules refuse the page."""
    derived = derive(archive.snapshot(capture))
    store.add(capture, derived.instruments, derived.findings)


def restore_all(archive: Archive, store: Store) -> Iterator[Refusal | None]:
    """Read everything in `archive` anew into `store`: for each capture None, or why it could not be read."""
    for found in archive.scan():
        try:
            if isinstance(found, Damage):
                raise IngestError(f"{found.location}: {found.reason}")
            restore(found, archive, store)
            yield None
        except IngestError as error:
            yield Refusal(str(found.location if isinstance(found, Damage) else found.url), str(error))

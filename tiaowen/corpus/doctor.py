"""Whether archive and store agree: every clause must lead back to stored bytes, and nothing stored be forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from tiaowen.corpus.archive import Archive
from tiaowen.corpus.capture import Capture, Location
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.ledger import Ledger
from tiaowen.corpus.members import Damage
from tiaowen.corpus.store import Store
from tiaowen.errors import CorpusError


@dataclass(frozen=True)
class Problem:
    """Something wrong with a corpus.

    `code` is a stable kebab-case word, `where` a file or URL, `message` says what, `remedy` what to do. An `error`
    means that something held cannot be proved; a `warning` that something is unfinished.
    """

    code: str
    severity: Literal["warning", "error"]
    where: str
    message: str
    remedy: str


Examination = Callable[[Corpus, Store], Iterable[Problem]]
"""A further check by a layer above, as whether an index was built from the store's state."""

_REBUILD = "run `tiaowen rebuild`: it makes the store again from the snapshots"
_RESTORE = "restore the file from a backup; the bytes cannot be made again"


def examine(corpus: Corpus, *further: Examination) -> list[Problem]:
    """All that is wrong with the corpus, its archive read through once; empty when all agree."""
    problems: list[Problem] = []
    found: dict[Location, Capture] = {}
    for each in Archive(corpus.archive).scan():
        if isinstance(each, Damage):
            problems.append(_of_damage(each))
        else:
            found[each.record] = each
    try:
        with Store.open(corpus) as store, Ledger.open(corpus) as ledger:
            problems += _of_store(store, ledger, found)
            for examination in further:
                problems += examination(corpus, store)
    except CorpusError as error:
        problems.append(Problem("store-unreadable", "error", str(corpus.store), str(error), _REBUILD))
    return problems


def _of_damage(damage: Damage) -> Problem:
    where = str(damage.location)
    if damage.torn:
        message = f"a run was killed here: an unfinished record of {damage.length:,} bytes"
        return Problem("torn-record", "warning", where, message, "ingest the last file again; the next run seals this")
    message = f"{damage.length:,} bytes are damaged: {damage.reason}"
    return Problem("damaged-record", "error", where, message, _RESTORE)


def _of_store(store: Store, ledger: Ledger, found: dict[Location, Capture]) -> Iterator[Problem]:
    for said in store.check():
        yield Problem("store-damaged", "error", str(store.path), said, _REBUILD)
    named = set()
    for version in store.captures():
        capture = version.capture
        named.add((capture.url, capture.digest))
        yield from _of_capture(capture, found.pop(capture.record, None))
    for orphan in found.values():
        if (orphan.url, orphan.digest) in named or ledger.names(orphan.url, orphan.digest):
            continue  # ingested again after the kill, or said already; or fetched and known to be unreadable
        named.add((orphan.url, orphan.digest))
        message = f"the snapshot of {orphan.url} is in the archive and no capture names it: a run was killed between"
        yield Problem("unnamed-snapshot", "warning", str(orphan.record), message, "ingest that file again")


def _of_capture(named: Capture, held: Capture | None) -> Iterator[Problem]:
    where = f"{named.url} ({named.record})"
    if held is None:
        yield Problem("missing-snapshot", "error", where, "its snapshot is not in the archive", _RESTORE)
    elif held != named:
        yield Problem("other-snapshot", "error", where, "the archive holds something else at its place", _REBUILD)

"""Instruments that are not in the store, read as those that are: a draft whose references are to be checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from tiaowen.corpus.capture import Capture, Location
from tiaowen.corpus.held import StoredClause, StoredInstrument
from tiaowen.corpus.instrument import Instrument
from tiaowen.corpus.leads import Holding
from tiaowen.corpus.snapshot import Digest

_NOWHERE = Location("", 0)


class Drafts:
    """Drafts in memory, `beside` what is held, if anything is."""

    def __init__(self, beside: Holding | None = None) -> None:
        self._beside = beside
        self._drafts: dict[tuple[Digest, int], tuple[StoredInstrument, Instrument]] = {}

    def add(self, url: str, instruments: Sequence[Instrument]) -> None:
        """Take in the instruments of the page or file at `url`."""
        for made in instruments:
            capture = Capture(url, made.witness, "", None, datetime.now(UTC), _NOWHERE, _NOWHERE)
            stored = StoredInstrument(made.witness, made.ordinal, made.work, made.masthead, capture, 1, True)
            self._drafts[made.witness, made.ordinal] = (stored, made)

    def instruments(self) -> Iterator[StoredInstrument]:
        """The drafts, and what is held beside them."""
        yield from (stored for stored, _ in self._drafts.values())
        if self._beside:
            yield from self._beside.instruments()

    def instrument(self, digest: Digest, ordinal: int) -> Instrument:
        """A draft, or what is held. Raises KeyError where there is neither."""
        if (digest, ordinal) in self._drafts or self._beside is None:
            return self._drafts[digest, ordinal][1]
        return self._beside.instrument(digest, ordinal)

    def clauses(self) -> list[StoredClause]:
        """The clauses of the drafts, in order."""
        return [
            StoredClause(clause, position, stored)
            for stored, made in self._drafts.values()
            for position, clause in enumerate(made.clauses)
        ]

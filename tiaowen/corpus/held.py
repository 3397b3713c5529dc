"""What the store gives back: clauses and instruments with where they come from, versions, counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tiaowen.corpus.capture import Capture
from tiaowen.corpus.ids import ClauseId, clause_id
from tiaowen.corpus.instrument import Clause, Ending, Masthead
from tiaowen.corpus.snapshot import Digest
from tiaowen.corpus.wording import plain_title

Addition = Literal["new", "same", "version"]
"""What adding a capture did: a URL not seen before, nothing, or another version of a URL that is held."""


@dataclass(frozen=True)
class Version:
    """One capture of a URL: `number` from 1, `current` if it is the newest."""

    number: int
    current: bool
    capture: Capture


@dataclass(frozen=True)
class StoredInstrument:
    """An instrument without its structure: enough to cite it. `ordinal` counts from 1 on the page.

    `content` is a digest of all that was read, `capture` the one it was read from, `version` its number among those
    of its URL; `current` says that some URL still gives this page.
    """

    witness: Digest
    ordinal: int
    work: str
    masthead: Masthead
    capture: Capture
    version: int
    current: bool
    content: str = ""

    def __hash__(self) -> int:
        # Caches ask for it with every hit, and that of all fields takes as long as reading the record.
        return hash((self.witness, self.ordinal))


@dataclass(frozen=True)
class StoredClause:
    """A clause with where it comes from; `position` counts from 0 in its instrument."""

    clause: Clause
    position: int
    instrument: StoredInstrument

    @property
    def id(self) -> ClauseId:
        """Its id, in the full form."""
        return clause_id(self.instrument.work, self.clause.eid, self.instrument.witness)


@dataclass(frozen=True)
class StoredEnding:
    """What the instrument `by` says of another."""

    ending: Ending
    by: StoredInstrument

    @property
    def source(self) -> str:
        """The id of the clause that says it; the URL of the page where it stands in the masthead."""
        if not self.ending.eid:
            return self.by.capture.url
        return str(clause_id(self.by.work, self.ending.eid, self.by.witness))


def named_keys(ending: Ending) -> tuple[str, str]:
    """Title and number of what an ending speaks of, in the form compared."""
    return plain_title(ending.title), number_key(ending.number)


def number_key(number: str) -> str:
    """Year and serial of a document number: the agency's code is written in several ways. "" where it is none."""
    if not number:
        return ""
    from tiaowen.corpus.docnumber import find_numbers  # noqa: PLC0415 - a search may show nothing with a number

    found = next(find_numbers(number), None)
    return f"{found.year}/{found.serial}" if found else ""


@dataclass(frozen=True)
class Counts:
    """How much is held.

    All but the first three count in current pages only. The tables count instruments; "" stands for what the text
    does not say.
    """

    captures: int
    urls: int
    pages: int
    instruments: int
    clauses: int
    by_province: dict[str, int]
    by_level: dict[str, int]
    by_kind: dict[str, int]
    by_genre: dict[str, int]
    by_year: dict[str, int]

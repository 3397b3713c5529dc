"""Where the references in the statutes lead: how many of each outcome, and samples to look at.

    python -m benchmarks.references [--shared FOLDER] [--step N] [--sample N] [--status STATUS]

What is not held is not wrong: the corpus is a part of the law. What leads to nothing is either a fault of the text or
of this program; the samples tell.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.structure import NOW, normal_of, statute_files
from tiaowen.corpus.archive import Capture, Location
from tiaowen.corpus.held import StoredClause, StoredInstrument
from tiaowen.corpus.instrument import Instrument
from tiaowen.corpus.leads import Lead, leads_of
from tiaowen.corpus.snapshot import Digest
from tiaowen.ingest.parse import parse

NOWHERE = Location("", 0)


@dataclass
class Shelf:
    """Instruments in memory, as the store would give them."""

    held: dict[tuple[Digest, int], Instrument] = field(default_factory=dict)
    names: dict[Digest, str] = field(default_factory=dict)

    def add(self, name: str, instruments: tuple[Instrument, ...]) -> None:
        """Keep the instruments of a page."""
        for instrument in instruments:
            self.held[instrument.witness, instrument.ordinal] = instrument
            self.names[instrument.witness] = name

    def instruments(self) -> list[StoredInstrument]:
        """All of them, without their structure."""
        return [self.stored(instrument) for instrument in self.held.values()]

    def instrument(self, digest: Digest, ordinal: int) -> Instrument:
        """One of them."""
        return self.held[digest, ordinal]

    def stored(self, instrument: Instrument) -> StoredInstrument:
        """The instrument as the store lists it."""
        url = self.names[instrument.witness]
        capture = Capture(url, instrument.witness, "text/markdown", None, NOW, NOWHERE, NOWHERE)
        return StoredInstrument(
            instrument.witness, instrument.ordinal, instrument.work, instrument.masthead, capture, 1, True
        )

    def clauses(self) -> list[StoredClause]:
        """All clauses."""
        return [
            StoredClause(clause, position, stored)
            for instrument in self.held.values()
            for stored in (self.stored(instrument),)
            for position, clause in enumerate(instrument.clauses)
        ]


def statute_shelf(shared: Path, step: int) -> Shelf:
    """The statutes, every `step`th."""
    shelf = Shelf()
    for name, body in statute_files(shared, step):
        shelf.add(name, parse(normal_of(body, name, "text/markdown")))
    return shelf


def shown(lead: Lead) -> str:
    """One lead on one line, with the words around it."""
    text, span = lead.clause.clause.match, lead.reference.span
    around = f"{text[max(0, span.start - 25) : span.start]}【{lead.words}】{text[span.end : span.end + 15]}"
    title = lead.clause.instrument.masthead.title
    where = f"{title.value if title else '?'} {lead.clause.clause.eid}"
    return f"{lead.status}: {where} | {around} | {lead.named} {lead.path} {lead.why} {lead.unread}".replace("\n", "⏎")


def main() -> None:
    """Count, and print samples."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("TIAOWEN_SHARED", "../shared")))
    parser.add_argument("--step", type=int, default=1, help="take every Nth statute")
    parser.add_argument("--sample", type=int, default=40, help="how many of each status to print")
    parser.add_argument("--status", help="only of this status")
    options = parser.parse_args()
    shelf = statute_shelf(options.shared, options.step)
    start = time.process_time()
    leads = list(leads_of(shelf, shelf.clauses()))
    seconds = time.process_time() - start
    counts = Counter(lead.status for lead in leads)
    print(
        f"{len(leads)} references in {seconds:.1f} s of CPU: " + ", ".join(f"{n} {s}" for s, n in counts.most_common())
    )
    unread = [lead for lead in leads if lead.unread]
    print(f"{len(unread)} followed by what was not understood")
    chooser = random.Random(7)
    for status in [options.status] if options.status else list(counts):
        found = [lead for lead in leads if lead.status == status]
        for lead in chooser.sample(found, min(options.sample, len(found))):
            print(f"    {shown(lead)}")


if __name__ == "__main__":
    main()

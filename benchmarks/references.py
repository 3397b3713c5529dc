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
from pathlib import Path

from benchmarks.pages import normal_of
from benchmarks.structure import statute_files
from tiaowen.corpus.drafts import Drafts
from tiaowen.corpus.leads import Lead, leads_of
from tiaowen.ingest.parse import parse


def statutes_of(shared: Path, step: int) -> Drafts:
    """The statutes, every `step`th."""
    shelf = Drafts()
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
    shelf = statutes_of(options.shared, options.step)
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

"""Run by the kill test: ingests made-up pages into the corpus named, telling each that is kept; or so many of them
together."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

from makers import instrument, snapshot

from tiaowen.corpus.intake import Intake
from tiaowen.corpus.layout import Corpus

count, together = int(sys.argv[2]), int(sys.argv[3])
with Intake.open(Corpus.open(Path(sys.argv[1]))) as intake:
    for start in range(0, count, together):
        numbers = range(start, min(start + together, count))
        with intake.together() if together > 1 else nullcontext():
            for number in numbers:
                page = snapshot(f"第{number}条 " * 3000 + str(number), f"https://www.example.invalid/{number}")
                intake.keep(page, [instrument(page.digest, work=f"w{number:010x}")])
        sys.stdout.write("".join(f"{number}\n" for number in numbers))
        sys.stdout.flush()

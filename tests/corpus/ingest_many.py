"""Run by the kill test: ingests made-up pages into the corpus named, telling each that is kept."""

from __future__ import annotations

import sys
from pathlib import Path

from makers import instrument, snapshot

from tiaowen.corpus.intake import Intake
from tiaowen.corpus.layout import Corpus

with Intake.open(Corpus.open(Path(sys.argv[1]))) as intake:
    for number in range(int(sys.argv[2])):
        page = snapshot(f"第{number}条 " * 3000 + str(number), f"https://www.example.invalid/{number}")
        intake.keep(page, [instrument(page.digest, work=f"w{number:010x}")])
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()

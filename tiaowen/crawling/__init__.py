"""A crawl joined: answers into the archive, documents into the store, what became of each into the ledger."""

from __future__ import annotations

from collections.abc import Sequence

from tiaowen.corpus.intake import Intake
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.ledger import Ledger
from tiaowen.corpus.ledger_records import Run
from tiaowen.crawling.course import Scope
from tiaowen.crawling.work import Crawl
from tiaowen.ingest.crawl.fetch import Manners, fetch
from tiaowen.ingest.crawl.sources import Source

__all__ = ["Scope", "crawl"]


def crawl(corpus: Corpus, sources: Sequence[Source], scope: Scope, manners: Manners) -> tuple[Run, ...]:
    """Crawl the sources into the corpus, or go on where a run was stopped; the runs as they are now.

    A run that is not finished can be gone on with by the same call.
    """
    with Intake.open(corpus) as intake, Ledger.open(corpus, write=True) as ledger:
        work = Crawl(intake, ledger, sources, scope)
        fetch(work, manners)
        return work.finished()

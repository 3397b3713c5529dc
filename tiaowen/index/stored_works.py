"""The works of a store as an index keeps them."""

from __future__ import annotations

from collections.abc import Iterator

from tiaowen.corpus.standings import timelines
from tiaowen.corpus.store import Store
from tiaowen.corpus.works import Witness, group_works
from tiaowen.index.works import Member


def works_of(store: Store) -> Iterator[Member]:
    """The members of the works that the current pages of `store` give."""
    witnesses = [Witness(instrument, wording) for instrument, wording in store.wordings()]
    statuses = dict(timelines((witness.instrument for witness in witnesses), store.endings()))
    for number, work in enumerate(group_works(witnesses)):
        for version, each in enumerate(work.versions):
            for rank, witness in enumerate(each.witnesses):
                days = tuple((day.isoformat(), status) for day, status in statuses[witness.instrument])
                yield Member(witness.instrument.content, number, version, rank, witness.kind, days)

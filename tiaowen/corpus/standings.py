"""The standing of the instruments of a store, looked up among what is kept of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from tiaowen.corpus.held import StoredEnding, StoredInstrument, named_keys
from tiaowen.corpus.status import Status
from tiaowen.corpus.store import Store
from tiaowen.corpus.validity import Standing, is_meant, name_keys, number_of, standing_at, timeline


class Standings:
    """Answers for single instruments of `store`, each with the sentence that proves it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.at = lru_cache(maxsize=4096)(self._find)

    def _find(self, day: date, instrument: StoredInstrument) -> Standing:
        masthead = instrument.masthead
        endings = self._store.endings_naming(name_keys(masthead), number_of(masthead))
        return self._with_sentence(instrument, standing_at(day, instrument, endings))

    def _with_sentence(self, instrument: StoredInstrument, standing: Standing) -> Standing:
        """The standing with the words of its own clause or note as proof, where it rests on a date read there."""
        proof = standing.proof
        if proof is None or standing.source:
            return standing
        notes = (revision.said for revision in instrument.masthead.dates.revised)
        words = next((note.value for note in notes if note.spans == proof.spans), None)
        if words is None and proof.spans:
            clause = self._store.clause_over(instrument, proof.spans)
            words = clause.quote if clause else None
        return replace(standing, proof=replace(proof, value=words)) if words else standing


def timelines(
    instruments: Iterable[StoredInstrument], endings: Iterable[StoredEnding]
) -> Iterator[tuple[StoredInstrument, tuple[tuple[date, Status], ...]]]:
    """Each instrument with its statuses, from which day on it has which (see `timeline`)."""
    by_name: dict[str, list[StoredEnding]] = defaultdict(list)
    for ending in endings:
        for key in filter(None, named_keys(ending.ending)):
            by_name[key].append(ending)
    for each in instruments:
        keys = (*name_keys(each.masthead), number_of(each.masthead))
        named = {id(ending): ending for key in keys for ending in by_name.get(key, ())}
        yield each, timeline(each, [ending for ending in named.values() if is_meant(ending, each)])

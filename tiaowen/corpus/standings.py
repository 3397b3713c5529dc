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

_AT_ONCE = 200
"""Names looked up in one query."""


class Standings:
    """Answers for single instruments of `store`, each with the sentence that proves it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._naming: dict[str, list[StoredEnding]] = {}
        self.at = lru_cache(maxsize=4096)(self._find)

    def prepare(self, instruments: Iterable[StoredInstrument]) -> None:
        """Look up at once what is said of all `instruments`, about which `at` will be asked."""
        asked = (key for each in instruments for key in _keys_of(each))
        keys = tuple(dict.fromkeys(key for key in asked if key not in self._naming))
        for some in (keys[at : at + _AT_ONCE] for at in range(0, len(keys), _AT_ONCE)):
            self._naming.update((key, []) for key in some)
            for ending in self._store.endings_naming(some, some):
                for key in set(named_keys(ending.ending)).intersection(some):
                    self._naming[key].append(ending)

    def _find(self, day: date, instrument: StoredInstrument) -> Standing:
        self.prepare((instrument,))
        endings = {id(each): each for key in _keys_of(instrument) for each in self._naming[key]}
        return self._with_sentence(instrument, standing_at(day, instrument, endings.values()))

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


@lru_cache(maxsize=4096)
def _keys_of(instrument: StoredInstrument) -> tuple[str, ...]:
    """The titles and the number by which an ending may name it."""
    return tuple(filter(None, (*name_keys(instrument.masthead), number_of(instrument.masthead))))


def timelines(
    instruments: Iterable[StoredInstrument], endings: Iterable[StoredEnding]
) -> Iterator[tuple[StoredInstrument, tuple[tuple[date, Status], ...]]]:
    """Each instrument with its statuses, from which day on it has which (see `timeline`)."""
    by_name: dict[str, list[StoredEnding]] = defaultdict(list)
    for ending in endings:
        for key in filter(None, named_keys(ending.ending)):
            by_name[key].append(ending)
    for each in instruments:
        named = {id(ending): ending for key in _keys_of(each) for ending in by_name.get(key, ())}
        yield each, timeline(each, [ending for ending in named.values() if is_meant(ending, each)])

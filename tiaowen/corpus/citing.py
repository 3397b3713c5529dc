"""Citations as on a day: with the standing of what is cited, and with what has become of the page since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from tiaowen.corpus.citation import Citation, cite
from tiaowen.corpus.held import StoredClause, StoredInstrument
from tiaowen.corpus.standings import Standings
from tiaowen.corpus.store import Store
from tiaowen.corpus.validity import Standing


@dataclass(frozen=True)
class Cited:
    """A citation and the standing of its instrument."""

    citation: Citation
    standing: Standing


class Citing:
    """Cites what `store` holds, as on `day`. `gone` says since when which URLs answer no more."""

    def __init__(self, store: Store, day: date, gone: Mapping[str, datetime]) -> None:
        self.day = day
        self.store, self._gone = store, gone
        self._standings = Standings(store)
        self._cautions = lru_cache(maxsize=4096)(lambda instrument: tuple(self._said_of(instrument)))

    def prepare(self, instruments: Iterable[StoredInstrument]) -> None:
        """Look up at once what the standing of all `instruments` hangs on."""
        self._standings.prepare(instruments)

    def standing(self, instrument: StoredInstrument) -> Standing:
        """The standing of an instrument on the day, with its proof."""
        return self._standings.at(self.day, instrument)

    def cite(self, stored: StoredClause) -> Cited:
        """The citation of a clause, its cautions among it."""
        plain, standing = cite(stored), self.standing(stored.instrument)
        cautions = (*plain.cautions, *self._cautions(stored.instrument))
        return Cited(replace(plain, validity=standing.status, cautions=cautions), standing)

    def _said_of(self, instrument: StoredInstrument) -> Iterator[str]:
        standing = self.standing(instrument)
        if standing.status not in ("现行有效", "未知") and standing.proof:
            where = f" ({standing.source})" if standing.source else ""
            yield f"{standing.status} on {self.day}: “{standing.proof.value}”{where}"
        url = instrument.capture.url
        if not instrument.current:
            following = [v for v in self.store.versions(url) if v.number > instrument.version]
            since = f" since {following[0].capture.retrieved:%Y-%m-%d}" if following else ""
            yield f"superseded: the page says something else{since}; this is its version {instrument.version}"
        if url in self._gone:
            yield f"gone: the page answered no more on {self._gone[url]:%Y-%m-%d}; what it gave is kept"


def standing_json(standing: Standing, url: str) -> dict[str, object]:
    """The standing of an instrument that was read from `url` as plain JSON values."""
    proof = standing.proof
    return {
        "status": standing.status,
        "as_of": standing.day.isoformat(),
        "proof": proof
        and {
            "sentence": proof.value,
            "spans": [[span.start, span.end] for span in proof.spans],
            "inferred": proof.inferred,
            "basis": proof.basis,
        },
        "read_in": (standing.source or url) if proof else None,
    }

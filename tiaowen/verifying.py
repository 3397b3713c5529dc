"""Verifying: whether the stored bytes say what a clause, or a report about it, asserts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from tiaowen.corpus.archive import Archive
from tiaowen.corpus.citation import Citation, cite
from tiaowen.corpus.held import StoredClause
from tiaowen.corpus.instrument import Clause, Masthead
from tiaowen.corpus.reported import Reported
from tiaowen.corpus.store import Store
from tiaowen.errors import DigestMismatch, IngestError, NotFound, UsageError
from tiaowen.pipeline import Derived, derive
from tiaowen.text.spans import Span


@dataclass(frozen=True)
class Verdict:
    """Whether the stored page says what a clause quotes, derived anew from its bytes."""

    id: str
    status: Literal["same", "changed", "gone"]
    reason: str = ""


def verify(clauses: Iterable[StoredClause], archive: Archive) -> Iterator[Verdict]:
    """A verdict on each clause. Clauses of one page that come together cost one derivation."""
    page: _Page | None = None
    for stored in clauses:
        if page is None or page.digest != stored.instrument.witness:
            page = _Page.read(stored, archive)
        yield page.verdict_on(stored)


def verify_report(reported: Iterable[Reported], store: Store, archive: Archive) -> Iterator[Verdict]:
    """A verdict on each clause of a report: it must verify, and the report must say of it what a citation would."""
    page: _Page | None = None
    for each in reported:
        try:
            stored = store.clause(each.id)
        except (NotFound, UsageError) as error:  # UsageError: the id is short and names several
            yield Verdict(str(each.id), "gone", f"{each.place}: {error}")
            continue
        if page is None or page.digest != stored.instrument.witness:
            page = _Page.read(stored, archive)
        yield _of_report(each, page.verdict_on(stored), cite(stored))


def _of_report(reported: Reported, verdict: Verdict, citation: Citation) -> Verdict:
    if verdict.status != "same":
        return Verdict(str(reported.id), verdict.status, f"{reported.place}: {verdict.reason}")
    wrong = [f"{name} “{said}”, the page gives “{now}”" for name, said, now in reported.differences(citation)]
    if wrong:
        return Verdict(str(reported.id), "changed", f"{reported.place} says {'; '.join(wrong)}")
    return verdict


@dataclass(frozen=True)
class _Page:
    """A page derived anew for verifying, or why it could not be."""

    digest: str
    derived: Derived | None
    failure: Literal["changed", "gone"] = "gone"
    reason: str = ""

    @classmethod
    def read(cls, stored: StoredClause, archive: Archive) -> _Page:
        digest = stored.instrument.witness
        try:
            return cls(digest, derive(archive.snapshot(stored.instrument.capture)))
        except NotFound as error:
            return cls(digest, None, "gone", str(error))
        except (DigestMismatch, IngestError) as error:
            return cls(digest, None, "changed", str(error))

    def verdict_on(self, stored: StoredClause) -> Verdict:
        name = str(stored.id)
        if self.derived is None:
            return Verdict(name, self.failure, self.reason)
        now = self.derived.clause(stored.instrument.ordinal, stored.clause.eid)
        if now is not None and _cited(now) == _cited(stored.clause):
            named = self.derived.instruments[stored.instrument.ordinal - 1].masthead
            if _named(named) == _named(stored.instrument.masthead):
                return Verdict(name, "same")
            return Verdict(name, "changed", f"the stored page names the instrument: {' '.join(_named(named))}")
        moved = next((c for c in self.derived.clauses if _cited(c)[:2] == _cited(stored.clause)[:2]), None)
        if moved is not None:
            return Verdict(name, "changed", f"the words stand in the stored page, at {moved.path or moved.eid}")
        if now is not None:
            return Verdict(name, "changed", f"the stored page says: {now.quote}")
        return Verdict(name, "gone", "the stored page has neither these words nor a clause at this address")


def _named(masthead: Masthead) -> tuple[str, ...]:
    """What a citation says of the instrument: title, number, issuers."""
    readings = (masthead.title, masthead.number, *masthead.issuers)
    return tuple(reading.value if reading else "" for reading in readings)


def _cited(clause: Clause) -> tuple[str, tuple[Span, ...], str, str]:
    """What a citation of the clause asserts: the words, their places, the address."""
    return clause.quote, clause.spans, clause.eid, clause.path

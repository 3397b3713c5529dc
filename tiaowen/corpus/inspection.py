"""What the whole way from bytes to clauses made of one file, as plain JSON values (docs/schemas/inspect.schema.json).

The form is a contract: keys are added, never changed or taken away.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from tiaowen.corpus.findings import Finding
from tiaowen.corpus.instrument import Clause, Instrument, Masthead, Provision, Reading
from tiaowen.text.spans import Span

if TYPE_CHECKING:
    from tiaowen.corpus.texts import NormalText

Json = dict[str, Any]


def inspection(path: str, normal: NormalText, instruments: Iterable[Instrument]) -> Json:
    """The JSON object for the file at `path`. All offsets are code points into its `text`, the raw decoded text."""
    source = normal.source
    return {
        "source": {
            "path": path,
            "digest": source.digest,
            "media_type": source.media_type,
            "charset": source.charset,
        },
        "text": source.raw,
        "removed": [
            {"start": r.span.start, "end": r.span.end, "rule": r.rule, "reason": r.reason, "cut": r.cut}
            for r in normal.removals
        ],
        "findings": [finding_json(f) for f in (*source.findings, *normal.findings)],
        "script": normal.script,
        "language": normal.language,
        "clean_text": normal.clean,
        "instruments": [_instrument(i, normal) for i in instruments],
    }


def finding_json(finding: Finding) -> Json:
    """One finding."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "stage": finding.stage,
        "message": finding.message,
        "spans": _spans(finding.spans),
    }


def masthead_json(masthead: Masthead) -> Json:
    """The values of a masthead, plain; `evidence` says of each where it was read or why it was inferred."""
    read: dict[str, Reading[Any] | None] = {
        name: getattr(masthead, name) for name in ("title", "number", "province", "city", "level", "kind", "genre")
    }
    dates = {name: getattr(masthead.dates, name) for name in ("written", "published", "effective", "expires")}
    evidence: dict[str, Any] = {name: _evidence(r) for name, r in (*read.items(), *dates.items()) if r is not None}
    evidence["issuers"] = [_evidence(r) for r in masthead.issuers]
    proof = masthead.validity.proof
    return {
        **{name: _plain(r) for name, r in read.items()},
        "issuer": "、".join(r.value for r in masthead.issuers) or None,
        "issuers": [r.value for r in masthead.issuers],
        "dates": {name: _plain(r) for name, r in dates.items()},
        "revised": [revision.day.isoformat() for revision in masthead.dates.revised],
        "validity": {
            "status": masthead.validity.status,
            "proof": proof and {"sentence": proof.value, "spans": _spans(proof.spans)},
        },
        "evidence": evidence,
    }


def _instrument(instrument: Instrument, normal: NormalText) -> Json:
    return {
        **masthead_json(instrument.masthead),
        "ordinal": instrument.ordinal,
        "work": instrument.work,
        "provisions": [_provision(p, normal) for top in instrument.provisions for p in top.walk()],
        "clauses": [_clause(c) for c in instrument.clauses],
        "findings": [finding_json(f) for f in instrument.findings],
    }


def _provision(provision: Provision, normal: NormalText) -> Json:
    return {
        "eid": provision.eid,
        "kind": provision.kind.value,
        "number": provision.number,
        "label": provision.label,
        "heading": provision.heading,
        "head_spans": _spans(normal.raw_spans(provision.head)),
    }


def _clause(clause: Clause) -> Json:
    return {
        "eid": clause.eid,
        "label": clause.label,
        "kind": clause.kind.value,
        "path": clause.path,
        "heading": clause.heading,
        "headings": list(clause.headings),
        "lead_in": clause.lead_in,
        "text": clause.text,
        "quote": clause.quote,
        "source_spans": _spans(clause.spans),
    }


def _evidence(reading: Reading[Any]) -> Json:
    return {"spans": _spans(reading.spans), "inferred": reading.inferred, "basis": reading.basis}


def _plain(reading: Reading[Any] | None) -> Any:
    if reading is None:
        return None
    return reading.value.isoformat() if isinstance(reading.value, date) else reading.value


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]

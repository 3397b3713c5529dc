"""Flags: one file a kind of doubt. A flag looks at the cleaned text and says where not to trust it; it removes nothing.

Masked words, damage by translation, text cut off, a clause that stands twice, bytes read wrongly: what is doubtful is
kept and said.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from tiaowen.corpus.findings import Finding, Severity
from tiaowen.ingest.page import Page
from tiaowen.plugins import Family
from tiaowen.text.spans import Span


@runtime_checkable
class Flag(Protocol):
    """Finds one kind of doubt; the spans of its findings count in `page.text`."""

    def find(self, page: Page) -> Iterator[Finding]:
        """The doubts, in any order."""
        ...


FLAGS: Family[Flag] = Family(__name__, Flag, "flag")  # type: ignore[type-abstract]


def doubt(code: str, message: str, *spans: Span, severity: Severity = "warning") -> Finding:
    """A finding of the cleaning stage."""
    return Finding(code, severity, "normalise", message, spans)

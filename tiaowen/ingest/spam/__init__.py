"""Spam rules: one file a rule. A rule sees a page and proposes what to take out, or says what it doubts.

A rule must say in its docstring why it holds in general, and what it leaves alone: a clause lost is worse than a menu
kept. All rules see the same text; none sees what another proposes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from tiaowen.corpus.findings import Finding
from tiaowen.ingest.page import Page
from tiaowen.plugins import Family
from tiaowen.text.spans import Edit


@runtime_checkable
class SpamRule(Protocol):
    """Proposes removals (edits that leave nothing) and findings, their spans counting in `page.text`."""

    def propose(self, page: Page) -> Iterator[Edit | Finding]:
        """What the rule would take out of the page, in any order."""
        ...


SPAM: Family[SpamRule] = Family(__name__, SpamRule, "spam rule")  # type: ignore[type-abstract]

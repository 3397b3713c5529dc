"""Findings: doubts as data. Nothing doubtful is dropped or repaired in silence; it is kept and said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tiaowen.text.spans import Span

Severity = Literal["info", "warning", "error"]
Stage = Literal["decode", "extract", "normalise", "parse", "masthead"]


@dataclass(frozen=True)
class Finding:
    """A doubt about a text.

    `code` is a stable kebab-case word (`masked-text`, `numbering-gap`, `truncated`), `spans` the place in code points
    of the raw text (none when it is about the whole), `message` a sentence for people.
    """

    code: str
    severity: Severity
    stage: Stage
    message: str
    spans: tuple[Span, ...] = ()

"""Sources of which less is held than there is: what a low count may come from."""

from __future__ import annotations

from collections.abc import Iterator

from tiaowen.corpus.layout import Corpus
from tiaowen.text.visible import visible


def doubtful(corpus: Corpus) -> Iterator[str]:
    """A line for each source that is short of what is expected, or whose last run was not sound."""
    from tiaowen.corpus.ledger import Ledger  # noqa: PLC0415 - asked beside a zero alone

    with Ledger.open(corpus) as ledger:
        statuses = ledger.sources()
    for status in statuses:
        last = status.runs[-1] if status.runs else None
        short = status.expected is not None and status.held < status.expected
        if last and (short or not last.sound):
            expected = f" of at least {status.expected} expected" if status.expected else ""
            state = "sound" if last.sound else "with failures" if last.finished else "unfinished"
            yield visible(
                f"source {status.name}: {status.held} held{expected}, last run {state}; see `tiaowen sources`"
            )

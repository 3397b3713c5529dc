"""The lines above and below every count."""

from __future__ import annotations

from collections.abc import Iterator

from tiaowen.corpus.divisions import provinces
from tiaowen.corpus.facets import NOT_SAID, CountReport
from tiaowen.text.columns import one_line


def shown(value: str) -> str:
    """A value as it is shown."""
    return one_line(value) or NOT_SAID


def title(report: CountReport) -> str:
    """What was counted, in what."""
    if report.query is None:
        limits = f" · {one_line(report.understood)}" if report.filters else ""
        return f"{report.held.clauses} clauses of {report.held.works} works are held{limits}"
    return (
        f"{report.found.clauses} clauses of {report.found.works} works, in {report.held.clauses} clauses of "
        f"{report.held.works} works searched · {one_line(report.understood)}"
    )


def heading(report: CountReport) -> str:
    """The title as a line, with the engine that found it."""
    return title(report) + ("\n" if report.query is None else f" · {report.engine}\n")


def notes(report: CountReport) -> Iterator[str]:
    """What a reader has to know of a zero."""
    yield from (f"note: {one_line(note)}\n" for note in report.notes)
    if "province" in report.by:
        if len(report.missing) == len(provinces()):
            yield "note: nothing that is held names a province of China\n"
        elif report.missing:
            yield f"note: nothing is held of {'、'.join(report.missing)}, so that nothing is said of them\n"

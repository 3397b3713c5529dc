"""Export formats, one file each: a search report as text or bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tiaowen.corpus.citation import Citation
from tiaowen.corpus.results import SearchReport
from tiaowen.plugins import Family


@dataclass(frozen=True)
class Layout:
    """What there is room for: `width` columns in a line, and whether the terminal shows `colour`.

    `around` is the number of code points shown on either side of a word in its context, fewer if it is to be `fitted`
    to the width.
    """

    width: int = 110
    colour: bool = False
    around: int = 20
    fitted: bool = True


@dataclass(frozen=True)
class Exporter:
    """A format. `render` gives the report in pieces: text, each piece ending in a line break, or bytes.

    `suffix` is that of its files ("" for what is for the screen alone). A `binary` format goes to files only. One that
    knows nothing of a hit but its citation also writes `references`.
    """

    render: Callable[[SearchReport, Layout], Iterator[str] | Iterator[bytes]]
    suffix: str
    binary: bool = False
    references: Callable[[Iterable[Citation]], Iterator[str]] | None = None


def bibliography(references: Callable[[Iterable[Citation]], Iterator[str]], suffix: str) -> Exporter:
    """The format of a bibliography: one reference a hit."""

    def render(report: SearchReport, layout: Layout) -> Iterator[str]:
        return references(found.citation for found in report.hits)

    return Exporter(render, suffix, references=references)


EXPORTERS = Family("tiaowen.corpus.export", Exporter, "export format")

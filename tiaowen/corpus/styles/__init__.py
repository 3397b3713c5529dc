"""Citation styles, one file each: a citation as one line of text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tiaowen.corpus.citation import Citation
from tiaowen.plugins import Family


@dataclass(frozen=True)
class Style:
    """A style. `write` gives the citation without a line break; `rule` names the rules it follows."""

    rule: str
    write: Callable[[Citation], str]


STYLES = Family("tiaowen.corpus.styles", Style, "citation style")

"""What cleaning rules look at: the lines of a page as far as they are cleaned, in one script and language."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from tiaowen.corpus.texts import Field, Line
from tiaowen.ingest.edges import Edges, edges_of
from tiaowen.text.script import Language, Script, hans_count, hant_count, language_of, script_of
from tiaowen.text.simplify import simplify
from tiaowen.text.spans import Edit, Span

_FOREIGN_SHARE = 0.25


@dataclass(frozen=True)
class Page:
    """A text with its `lines`, and the `fields` of the page it came from; all spans count in `text`."""

    text: str
    lines: tuple[Line, ...]
    fields: tuple[Field, ...]

    @cached_property
    def script(self) -> Script:
        """The script of the text."""
        return script_of(self.text)

    @cached_property
    def language(self) -> Language:
        """The language of the text."""
        return language_of(self.text)

    @cached_property
    def strings(self) -> tuple[str, ...]:
        """The lines without the white space at their ends."""
        return tuple(line.span.of(self.text).strip() for line in self.lines)

    @cached_property
    def folded(self) -> str:
        """The text in Simplified characters and lower case, of the same length: for matching only."""
        lower = self.text.lower()
        return simplify(lower if len(lower) == len(self.text) else "".join(map(_lower, self.text)))

    @cached_property
    def simplified(self) -> bool:
        """Whether the document is in Simplified characters, whatever else was put into its page."""
        hans, hant = hans_count(self.text), hant_count(self.text)
        return hans > 0 and hant <= _FOREIGN_SHARE * (hans + hant)

    @cached_property
    def filled(self) -> tuple[int, ...]:
        """Numbers of the lines that are not blank, in order."""
        return tuple(number for number, string in enumerate(self.strings) if string)

    @cached_property
    def edges(self) -> Edges:
        """Where furniture may stand."""
        return edges_of(self.strings)

    @cached_property
    def _starts(self) -> list[int]:
        return [line.span.start for line in self.lines]

    def line_at(self, offset: int) -> int:
        """The number of the line that holds `offset`, its line break included."""
        return bisect_right(self._starts, offset) - 1

    def field(self, name: str) -> str:
        """The value of the page's field `name`, "" where it has none."""
        return next((f.value for f in self.fields if f.name == name), "")

    def without_lines(self, numbers: Iterable[int], rule: str, reason: str) -> Iterator[Edit]:
        """Edits that remove the words of these lines; a line break goes only from between two that both go."""
        group: list[int] = []
        for number in sorted(set(numbers)):
            if group and number != group[-1] + 1:
                yield self._without(group, rule, reason)
                group = []
            group.append(number)
        if group:
            yield self._without(group, rule, reason)

    def _without(self, group: list[int], rule: str, reason: str) -> Edit:
        first, last = self.lines[group[0]].span, self.lines[group[-1]].span
        start = first.end - len(first.of(self.text).lstrip())
        end = last.start + len(last.of(self.text).rstrip())
        return Edit(Span(start, max(start, end)), "", rule, reason)


def _lower(character: str) -> str:
    lower = character.lower()
    return lower if len(lower) == 1 else character

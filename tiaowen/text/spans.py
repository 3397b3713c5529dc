"""Spans, edits and offset maps: how a text is changed without losing where it came from.

Rules propose `Edit`s; `apply_edits` alone makes the new text and the `OffsetMap` back to the old one. Maps compose, so
any character of the last text leads to the raw page. All offsets are Unicode code points, end exclusive.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`[start, end)` in code points of some text; may be empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, offset: int) -> bool:
        return self.start <= offset < self.end

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return max(self.start, other.start) < min(self.end, other.end)

    def shift(self, by: int) -> Span:
        """The span moved `by` code points."""
        return Span(self.start + by, self.end + by)

    def of(self, text: str) -> str:
        """The piece of `text` this span names; IndexError if it runs past the end."""
        if self.end > len(text):
            raise IndexError(f"[{self.start}, {self.end}) runs past a text of {len(text)} code points")
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Edit:
    """A proposed change: the characters of `span` become `replacement`, by `rule`, for `reason`.

    `aligned` says that character i of the replacement stands for character i of the span, which equal length alone
    does not mean. An empty replacement is a removal, an empty span an insertion.
    """

    span: Span
    replacement: str
    rule: str
    reason: str
    aligned: bool = False

    def __post_init__(self) -> None:
        if self.aligned and len(self.replacement) != len(self.span):
            raise ValueError(f"rule {self.rule}: an aligned edit keeps the length")
        if not self.replacement and self.span.start == self.span.end:
            raise ValueError(f"rule {self.rule}: an edit that changes nothing at {self.span.start}")


_PLACE = attrgetter("span.start", "span.end")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of an output text and where it comes from.

    An aligned run has exactly one source span of its own length and maps character by character. Any other run maps
    as a whole: to several spans where it was laid over a gap, to none where it was inserted.
    """

    out: Span
    src: tuple[Span, ...]
    aligned: bool

    def __post_init__(self) -> None:
        if not self.aligned:
            return
        if len(self.src) != 1 or self.src[0].end - self.src[0].start != self.out.end - self.out.start:
            raise ValueError(f"not an aligned run: {self.out} from {self.src}")


@dataclass(frozen=True)
class OffsetMap:
    """From an output text of `out_length` code points back to a source text of `src_length`.

    The runs cover the output in order without gaps. Source characters in no run were removed.
    """

    runs: tuple[Run, ...]
    out_length: int
    src_length: int

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        """The map of an unchanged text of `length` code points."""
        whole = Span(0, length)
        return cls((Run(whole, (whole,), aligned=True),) if length else (), length, length)

    def to_source(self, span: Span) -> tuple[Span, ...]:
        """The source spans that the output `span` comes from, in order, adjacent ones joined.

        A piece of a run that is not aligned gives all of that run's sources. An empty span gives no sources. Raises
        IndexError past the end of the output.
        """
        self._check(span, self.out_length)
        return join(piece for run in self._runs_under(span) for piece in _source_of(run, span))

    def to_output(self, span: Span) -> tuple[Span, ...]:
        """The output spans that come from the source `span`, in order, adjacent ones joined; none if it was removed."""
        self._check(span, self.src_length)
        pieces = []
        for run in self._runs_by_source(span):
            if run.aligned:
                common = _common(run.src[0], span)
                if common:
                    pieces.append(common.shift(run.out.start - run.src[0].start))
            elif any(source.overlaps(span) for source in run.src):
                pieces.append(run.out)
        return join(sorted(pieces))

    def removed(self) -> tuple[Span, ...]:
        """The source spans that no output character comes from, in order."""
        kept = join(sorted(source for run in self.runs for source in run.src))
        edges = [0, *(edge for span in kept for edge in (span.start, span.end)), self.src_length]
        return tuple(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)

    def after(self, inner: OffsetMap) -> OffsetMap:
        """The map from this map's output through `inner` to `inner`'s source.

        Raises ValueError unless this map's source is `inner`'s output.
        """
        if self.src_length != inner.out_length:
            raise ValueError(f"cannot join a map of {self.src_length} onto one that gives {inner.out_length}")
        runs: list[Run] = []
        for run in self.runs:
            if run.aligned:
                _extend(runs, _through(run, inner))
            else:
                sources = join(sorted(s for source in run.src for s in inner.to_source(source)))
                _extend(runs, (Run(run.out, sources, aligned=False),))
        return OffsetMap(tuple(runs), self.out_length, inner.src_length)

    @cached_property
    def _starts(self) -> list[int]:
        return [run.out.start for run in self.runs]

    @cached_property
    def _source_order(self) -> tuple[list[int], list[Run]] | None:
        """The runs' source starts when sources ascend without overlap, as after edits; else None."""
        runs = [run for run in self.runs if run.src]
        ascending = all(a.src[-1].end <= b.src[0].start for a, b in zip(runs, runs[1:], strict=False))
        return ([run.src[0].start for run in runs], runs) if ascending else None

    def _runs_under(self, span: Span) -> Iterator[Run]:
        if not len(span):
            return
        index = bisect_right(self._starts, span.start) - 1
        while index < len(self.runs) and self.runs[index].out.start < span.end:
            yield self.runs[index]
            index += 1

    def _runs_by_source(self, span: Span) -> Iterator[Run]:
        if self._source_order is None:
            yield from self.runs
            return
        starts, runs = self._source_order
        index = max(0, bisect_right(starts, span.start) - 1)
        while index < len(runs) and starts[index] < span.end:
            yield runs[index]
            index += 1

    @staticmethod
    def _check(span: Span, length: int) -> None:
        if span.end > length:
            raise IndexError(f"[{span.start}, {span.end}) runs past a text of {length} code points")


def apply_edits(text: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap]:
    """The text with all `edits` made at once, and the map from it back to `text`.

    Edits may come in any order; each span counts in the unchanged `text`. Raises ValueError when two overlap or two
    insertions claim one place, IndexError when one runs past the end.
    """
    out: list[str] = []
    runs: list[Run] = []
    position = length = 0
    previous: Edit | None = None
    for edit in in_order(edits):
        span, replacement = edit.span, edit.replacement
        start, end = span.start, span.end
        if end > len(text):
            raise IndexError(f"rule {edit.rule}: {span} runs past a text of {len(text)} code points")
        if start < position or (previous is not None and previous.span == span):
            raise ValueError(f"rules {previous and previous.rule} and {edit.rule} both change {span}")
        if position < start:
            length = _keep(runs, length, position, start)
            out.append(text[position:start])
        if replacement:
            sources = (span,) if start < end else ()
            more = Run(Span(length, length + len(replacement)), sources, edit.aligned)
            if edit.aligned:
                _extend(runs, (more,))
            else:
                runs.append(more)
            out.append(replacement)
            length += len(replacement)
        position, previous = end, edit
    if position < len(text):
        length = _keep(runs, length, position, len(text))
        out.append(text[position:])
    return "".join(out), OffsetMap(tuple(runs), length, len(text))


def _keep(runs: list[Run], length: int, start: int, end: int) -> int:
    """Append the unchanged source `[start, end)` at `length` of the output; returns where the output ends then."""
    stop = length + end - start
    last = runs[-1] if runs else None
    if last is not None and last.aligned and last.src[0].end == start:
        runs[-1] = Run(Span(last.out.start, stop), (Span(last.src[0].start, end),), aligned=True)
    else:
        runs.append(Run(Span(length, stop), (Span(start, end),), aligned=True))
    return stop


def in_order(edits: Iterable[Edit]) -> list[Edit]:
    """Edits by their spans."""
    return sorted(edits, key=_PLACE)


def join(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in ascending order with those that touch or overlap made one, and empty ones left out."""
    joined: list[Span] = []
    for span in spans:
        if not len(span):
            continue
        if joined and joined[-1].start <= span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _common(one: Span, other: Span) -> Span | None:
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Span(start, end) if start < end else None


def _source_of(run: Run, span: Span) -> tuple[Span, ...]:
    if not run.aligned:
        return run.src
    common = _common(run.out, span)
    return (common.shift(run.src[0].start - run.out.start),) if common else ()


def _through(run: Run, inner: OffsetMap) -> Iterator[Run]:
    """The pieces of an aligned `run` as they map through `inner`."""
    middle = run.src[0]
    shift = run.out.start - middle.start
    for below in inner._runs_under(middle):
        common = _common(below.out, middle)
        if common:
            yield Run(common.shift(shift), _source_of(below, common), below.aligned)


def _extend(runs: list[Run], more: Iterable[Run]) -> None:
    """Append, joining aligned runs that go on without a break on both sides."""
    for run in more:
        last = runs[-1] if runs else None
        if last and last.aligned and run.aligned and last.src[0].end == run.src[0].start:
            runs[-1] = Run(Span(last.out.start, run.out.end), (Span(last.src[0].start, run.src[0].end),), aligned=True)
        else:
            runs.append(run)

"""From a normal text to instruments: frame, scheme, tree, provisions, clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tiaowen.corpus.findings import Finding
from tiaowen.corpus.ids import work_id
from tiaowen.corpus.instrument import Instrument, Masthead, Provision, ProvisionKind
from tiaowen.corpus.texts import NormalText
from tiaowen.corpus.wording import wording_of
from tiaowen.ingest.clauses import clauses_of
from tiaowen.ingest.contents import drop_contents
from tiaowen.ingest.endings import endings_of
from tiaowen.ingest.frame import Frame, frames_of
from tiaowen.ingest.labels import Labelled, labelled_values
from tiaowen.ingest.lines import TextLine, lines_of
from tiaowen.ingest.masthead import attached_to, read_masthead, stated_for
from tiaowen.ingest.numbering import Choice, choose
from tiaowen.ingest.provisions import Numberer, provisions_of
from tiaowen.ingest.quoted import quoted_lines
from tiaowen.ingest.titles import title_key
from tiaowen.ingest.tree import Builder


def parse(normal: NormalText) -> tuple[Instrument, ...]:
    """The instruments of a page, in order: one, or a notice and what is attached to it. Never raises for any text."""
    lines, contents = drop_contents(lines_of(normal))
    scheme = _chosen(lines).scheme
    labelled = labelled_values(normal)
    frames = frames_of(lines, scheme, {title_key(v.reading.value) for v in labelled if v.name == "title"})
    chosen = [_chosen(frame.body) for frame in frames]
    mastheads = _mastheads(normal, frames, chosen, labelled)
    return tuple(
        _instrument(normal, frame, choice, masthead, _Place(ordinal, contents if ordinal == 1 else ()))
        for ordinal, (frame, choice, masthead) in enumerate(zip(frames, chosen, mastheads, strict=True), start=1)
    )


def _chosen(lines: Sequence[TextLine]) -> Choice:
    """The scheme that the lines speak for; those of a quotation say nothing of the text around them."""
    quoted = quoted_lines(lines)
    return choose([line.text for index, line in enumerate(lines) if index not in quoted])


_STATUTES = ("statute_zh", "act_en")


def _mastheads(
    normal: NormalText, frames: Sequence[Frame], chosen: Sequence[Choice], labelled: Sequence[Labelled]
) -> list[Masthead]:
    read: list[Masthead] = []
    for frame, choice, said in zip(frames, chosen, stated_for(labelled, frames), strict=True):
        cover = read[0] if read else None
        masthead = read_masthead(normal, frame, said, choice.name in _STATUTES, cover)
        read.append(attached_to(masthead, cover) if cover else masthead)
    return read


@dataclass(frozen=True, slots=True)
class _Place:
    """Where on its page an instrument stands: its `ordinal`, and the page's table of `contents` if it is the first."""

    ordinal: int
    contents: Sequence[TextLine]


def _instrument(normal: NormalText, frame: Frame, choice: Choice, masthead: Masthead, place: _Place) -> Instrument:
    numberer = Numberer(normal.text)
    root = Builder(normal.text, choice.scheme).build(frame.body)
    provisions = provisions_of(root, numberer)
    clauses = clauses_of(normal, provisions)
    framed = [f.line.span for f in (*frame.head, *frame.foot)] + [line.span for line in place.contents]
    return Instrument(
        normal.source.digest,
        place.ordinal,
        _work(normal, masthead, place.ordinal),
        masthead,
        provisions,
        clauses,
        (_scheme_finding(choice), *_repeats(numberer), *_gaps(normal, provisions)),
        tuple(sorted(framed)),
        endings_of(masthead, clauses),
        wording_of((clause.match for clause in clauses), sum(len(clause.cuts) for clause in clauses)),
    )


def _work(normal: NormalText, masthead: Masthead, ordinal: int) -> str:
    title = masthead.title.value if masthead.title else ""
    number = masthead.number.value if masthead.number else ""
    issuer = "、".join(reading.value for reading in masthead.issuers)
    written = masthead.dates.written.value.isoformat() if masthead.dates.written else ""
    return work_id(
        title=title, number=number, issuer=issuer, written=written, witness=normal.source.digest, ordinal=ordinal
    )


def _scheme_finding(choice: Choice) -> Finding:
    return Finding("numbering-scheme", "info", "parse", f"read by the scheme {choice.name}: {choice.why}")


def _gaps(normal: NormalText, provisions: Sequence[Provision]) -> Iterator[Finding]:
    """Where article numbers skip."""
    before = 0
    for provision in (inner for outer in provisions for inner in outer.walk()):
        if provision.kind is not ProvisionKind.ARTICLE or "__" in provision.eid:
            continue
        number = int(provision.number.split("-")[0])
        if before and number > before + 1:
            message = f"article {number} follows article {before}"
            yield Finding("numbering-gap", "warning", "parse", message, normal.raw_spans(provision.head))
        before = number


def _repeats(numberer: Numberer) -> tuple[Finding, ...]:
    return tuple(
        Finding("repeated-number", "warning", "parse", f"a number stands twice; the later one is addressed {eid}")
        for eid in numberer.repeated
    )

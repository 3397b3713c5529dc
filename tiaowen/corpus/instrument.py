"""Instruments and what they are made of. Words as in the glossary (docs/glossary.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, Literal, TypeVar

from tiaowen.corpus.findings import Finding
from tiaowen.corpus.snapshot import Digest
from tiaowen.corpus.wording import Wording
from tiaowen.text.script import Language, Script
from tiaowen.text.spans import Span

V = TypeVar("V")


class ProvisionKind(StrEnum):
    """What a provision is, by its place in the instrument and not by the sign it is numbered with."""

    PART = "part"  # 编
    SUBPART = "subpart"  # 分编
    CHAPTER = "chapter"  # 章
    SECTION = "section"  # 节
    ARTICLE = "article"  # 条
    PARAGRAPH = "paragraph"  # 款; also a natural paragraph of a text without articles
    ITEM = "item"  # 项
    SUBITEM = "subitem"  # 目
    LEVEL = "level"  # 层次: 一、 （一） 1. （1） ①, as deep as it is nested
    ENUMERATION = "enumeration"  # 一是…；二是…, inside a paragraph
    TAIL = "tail"  # 后段: what follows an enumeration in the same paragraph
    HEADING = "heading"  # a heading without a number
    QUESTION = "question"  # of a Q&A
    ANNEX = "annex"  # 附件


@dataclass(frozen=True)
class Reading(Generic[V]):
    """A value read off the page at `spans` of the raw text, or `inferred`, with the `basis` said in a sentence.

    `said` are the words that say so where the value alone does not: its label with it, "" for a value without one.
    """

    value: V
    spans: tuple[Span, ...] = ()
    inferred: bool = False
    basis: str = ""
    said: str = ""

    def __post_init__(self) -> None:
        if not self.spans and not self.inferred:
            raise ValueError(f"{self.value!r} carries no span: it must say that it is inferred")


Genre = Literal["law", "commentary", "news", "essay", "draft", "unknown"]
"""正文 / 解读 / news / 范文 / 征求意见稿: only `law` (any normative document) is a source; the others are witnesses."""


@dataclass(frozen=True)
class Revision:
    """修正 or 修订 on a `day`, with the words of the version note that say so."""

    day: date
    said: Reading[str]


@dataclass(frozen=True)
class Dates:
    """Four different dates: 成文, 公布/印发, 施行, 失效 (the last day); and its revisions, oldest first."""

    written: Reading[date] | None = None
    published: Reading[date] | None = None
    effective: Reading[date] | None = None
    expires: Reading[date] | None = None
    revised: tuple[Revision, ...] = ()


@dataclass(frozen=True)
class Validity:
    """A statement about being in force: `status` in the words of docs/glossary.md, with the sentence that proves it."""

    status: str = "未知"
    proof: Reading[str] | None = None


@dataclass(frozen=True)
class Masthead:
    """版头: what identifies an instrument. Values carry their place, or say they are inferred."""

    title: Reading[str] | None = None
    number: Reading[str] | None = None
    issuers: tuple[Reading[str], ...] = ()
    province: Reading[str] | None = None
    city: Reading[str] | None = None
    level: Reading[str] | None = None
    kind: Reading[str] | None = None
    genre: Reading[Genre] | None = None
    dates: Dates = field(default_factory=Dates)
    validity: Validity = field(default_factory=Validity)
    language: Language = "unknown"
    script: Script = "none"

    @property
    def day(self) -> Reading[date] | None:
        """The day it is counted and sorted by: that of writing, else of publication, else of taking effect.

        Writing comes first because a site may publish in 2018 what was issued in 1996.
        """
        return self.dates.written or self.dates.published or self.dates.effective

    @property
    def made(self) -> date | None:
        """The day its words were made: that of the last revision, else that of writing, publication, taking effect."""
        return self.dates.revised[-1].day if self.dates.revised else self.day.value if self.day else None

    @property
    def days(self) -> frozenset[date]:
        """All the days it gives but the one it expires."""
        dates = self.dates
        read = (dates.written, dates.published, dates.effective)
        return frozenset((*(r.value for r in read if r), *(revision.day for revision in dates.revised)))


@dataclass(frozen=True)
class Provision:
    """A node of the structure. Spans count in NormalText.text.

    `label` is the number as printed with its sign (第三条, （一）, Article 6), "" for an unnumbered one; `number` the
    number in canonical form ("3", "3-1" for 第三条之一). `head` covers label and heading; `own` is the provision's own
    words, label left out and a run-in heading left in, None where it has none; children come after its own words.
    """

    kind: ProvisionKind
    eid: str
    number: str
    label: str
    heading: str
    head: Span
    own: Span | None
    children: tuple[Provision, ...] = ()

    def walk(self) -> Iterator[Provision]:
        """The provision and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Clause:
    """条款: the unit of search, the smallest provision that can be quoted alone.

    `text` is the page's wording in its own script without the label, `match` the same in Simplified characters. The
    source pieces at `spans` of the raw text, put through the same edits, give `text`. `cuts` are the offsets into
    `text` where something was cut out of the page: `quote` marks them. `lead_in` 导语 is the opening words it hangs
    on, `headings` those above it, outermost first, `path` its address as an auditor writes it.
    """

    eid: str
    kind: ProvisionKind
    label: str
    heading: str
    path: str
    lead_in: str
    headings: tuple[str, ...]
    text: str
    match: str
    spans: tuple[Span, ...]
    cuts: tuple[int, ...] = ()

    @property
    def quote(self) -> str:
        """The text with every cut marked, so that it never reads as if the page ran on there."""
        return mark_cuts(self.text, self.cuts)


EndingKind = Literal["repeals", "lapses", "amends", "extends"]
"""废止, 失效, 修改; 延长有效期, whose `day` is the new last one."""


@dataclass(frozen=True)
class Ending:
    """A sentence of an instrument that ends or amends another one, or an older version of itself.

    What it speaks of is named by `title`, by `number` ("" if it gives none) and by the days of `issued`, if it names
    any. `made` is the day the sentence was decided, `day` the one from which it counts; None where not known. `eid` is
    the clause it stands in, "" for the masthead.
    """

    kind: EndingKind
    title: str
    number: str
    issued: tuple[date, ...]
    made: date | None
    day: date | None
    eid: str
    sentence: Reading[str]


@dataclass(frozen=True)
class Instrument:
    """文件/法规: one instrument as one page (`witness`) gives it; `ordinal` counts from 1 on the page.

    `apparatus` are the places in NormalText.text that belong to no provision: title, number, addressees, contents,
    signature. Every other character that is not blank is in a provision's head or in its own words. `endings` is what
    it says of others, `wording` what its words are recognised by.
    """

    witness: Digest
    ordinal: int
    work: str
    masthead: Masthead
    provisions: tuple[Provision, ...]
    clauses: tuple[Clause, ...]
    findings: tuple[Finding, ...] = ()
    apparatus: tuple[Span, ...] = ()
    endings: tuple[Ending, ...] = ()
    wording: Wording = field(default_factory=Wording)


CUT_MARK = "[…]"
"""Stands in a quotation where something was cut out of the page."""


def mark_cuts(text: str, cuts: tuple[int, ...]) -> str:
    """`text` with CUT_MARK at each offset in `cuts` (ascending)."""
    edges = (0, *cuts, len(text))
    return CUT_MARK.join(text[a:b] for a, b in zip(edges, edges[1:], strict=False))

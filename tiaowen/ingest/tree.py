"""From lines to a tree of provisions: one builder for every numbering scheme.

What stands inside what is read from the succession of markers: a sign whose list is open goes on with that list, a
new sign opens a list inside the last provision. A line without a marker is a paragraph of the innermost provision
that is still open. Whatever is not understood stays a paragraph, with a finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from tiaowen.corpus.instrument import ProvisionKind
from tiaowen.ingest.lines import BLANK, TextLine
from tiaowen.ingest.numbering import LIST_RANK, Marker, Scheme
from tiaowen.ingest.quoted import quoted_lines
from tiaowen.ingest.run_in import split_run_in
from tiaowen.text.numerals import read_numeral
from tiaowen.text.spans import Span

ENDED = re.compile(r"[。；;.!！?？…][”’\"')）】〕]*$")
"""A paragraph that ends so is finished."""

SPEAKS = re.compile(r"[。；;.!！…:：︰﹕][”’\"')）】]*$|——$")
"""A line that ends so is a sentence or announces one: no title, no heading."""

OPENS_LIST = re.compile(r"(?:[:：︰﹕]|——)$")
_GOES_ON = re.compile(r"[；;,，、](?:和|或|或者|以及|并|and|or)?$", re.I)
_ALL_BUT_LAST = re.compile(r"[；;](?:和|或|或者|以及|and|or)?$", re.I)
_NO_TITLE = re.compile(r"[。；;：:，,、.!！][”’\"')）】]*$|——$|[；;,，、](?:和|或|或者|以及|并|\s*and|\s*or)$")
"""How no heading ends: a quoted sentence (…修改为：“…。”) is a sentence too."""

_CJK = re.compile(r"[\u3400-\u9fff]")
_BRACKETED = re.compile(r"[【〔\[]([^【】〔〕\[\]]{1,40})[】〕\]]")
_RUN_IN = re.compile(r"([^。！？!?；;：:]{2,40}?[。：:])(?=.)")
_RUN_IN_EN = re.compile(r"([A-Z][^.!?;:]{2,120}?\.)(?=\s|[A-Z])")
_DIVISIONS = (ProvisionKind.PART, ProvisionKind.SUBPART, ProvisionKind.CHAPTER, ProvisionKind.SECTION)
_CLOSING = re.compile(
    r"本(?:决定|通知|公告|通告|意见|办法|规定|方案|规则|细则|令)自|特此(?:公告|通告|通知|函|批复|报告)|此[复令]|《[^》]{2,80}》根据本决定"
)
"""How a text speaks of itself as a whole, below its last item."""

MAX_TITLE = 60
MAX_TITLE_EN = 160
LOOK_AHEAD = 60
MAX_GAP = 5
MAX_ANNEXES = 99
ANNEX_RANK = 1
HEADING_RANK = 35
_ANNEX = re.compile(
    r"附\s*[件录表]\s*(?:([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*(?:[:：]\s*|[\s\u3000]+|$)|[:：]?\s*$)|附\s*[:：]\s*$"
)
_ANNEXES_LISTED = re.compile(r"附\s*件\s*[:：]\s*(?:1\s*[.．、]|\S)")
_LISTED = re.compile(r"([0-9]{1,2})\s*[.．、]")


@dataclass(slots=True, eq=False)
class Draft:
    """A provision in the making. `blocks` are its paragraphs and the provisions inside it, in the order of the text."""

    kind: ProvisionKind
    rank: int = 0
    series: str = ""
    number: str = ""
    ordinal: int = 0
    label: Span | None = None
    heading: Span | None = None
    head_end: int = 0
    is_title: bool = False
    blocks: list[Span | Draft] = field(default_factory=list)

    def last(self) -> Span | Draft | None:
        """The last block."""
        return self.blocks[-1] if self.blocks else None


@dataclass(frozen=True, slots=True)
class _Read:
    line: TextLine
    marker: Marker | None


class Builder:
    """Builds the drafts of one instrument; `root` holds them when `build` has run."""

    def __init__(self, text: str, scheme: Scheme) -> None:
        self.text = text
        self.scheme = scheme
        self.root = Draft(ProvisionKind.HEADING)
        self._stack = [self.root]
        self._reads: list[_Read] = []
        self._at = 0
        self._counted: dict[str, int] = {}

    def build(self, lines: Sequence[TextLine]) -> Draft:
        """The root draft over all of `lines`."""
        pieces = list(split_run_in(lines, self.scheme))
        quoted = quoted_lines(pieces)
        self._reads = [
            _Read(line, None if at in quoted else self.scheme.mark(line.text)) for at, line in enumerate(pieces)
        ]
        while self._at < len(self._reads):
            read = self._reads[self._at]
            self._at += 1
            if annex := self._annex(read.line):
                self._open_annex(read.line, annex)
            elif (marker := self._chosen(read.marker)) and self._counts(marker):
                self._open(self._placed(marker, read.line), read.line)
            elif self._is_line_heading(read.line):
                self._open_heading(read.line)
            else:
                self._paragraph(read.line)
        return self.root

    # -- markers

    def _chosen(self, marker: Marker | None) -> Marker | None:
        """The marker, or its other reading where it is not the next of its series: (i) is the ninth letter, or one."""
        if marker is None or marker.other is None:
            return marker
        series = next((d for d in reversed(self._lists()) if d.series == marker.series), None)
        return marker if series and series.ordinal + 1 == marker.ordinal else marker.other

    def _counts(self, marker: Marker) -> bool:
        """An unsure marker counts only as the next of its series, or, for a list, as the first of a new one."""
        if marker.sure:
            return True
        if marker.rank >= LIST_RANK and marker.ordinal == 1:
            return self._has_second(marker)
        step = marker.ordinal - self._counted.get(marker.series, 0)
        return step == 1 or (1 < step <= MAX_GAP and marker.rank < LIST_RANK and self._goes_on(marker))

    def _goes_on(self, marker: Marker) -> bool:
        """Whether the next of the series stands below: one number that was not read must not cost all that follow."""
        ahead = (read.marker for read in self._reads[self._at : self._at + LOOK_AHEAD] if read.marker)
        following = next((m for m in ahead if m.series == marker.series), None)
        return following is not None and following.ordinal == marker.ordinal + 1

    def _placed(self, marker: Marker, line: TextLine) -> Marker:
        """The marker, as a level above the articles if its line heads articles: 三、审理期限 over 第五条."""
        if marker.rank < LIST_RANK or not _is_title(line.text[marker.text :]):
            return marker
        following = self._reads[self._at].marker if self._at < len(self._reads) else None
        over_articles = following is not None and following.kind is ProvisionKind.ARTICLE
        series = f"{marker.series} over articles"
        in_turn = marker.ordinal == self._counted.get(series, 0) + 1
        if line.is_heading or (over_articles and in_turn and marker.series == "一、"):
            rank = HEADING_RANK + marker.rank - LIST_RANK
            return replace(marker, series=series, rank=rank, kind=ProvisionKind.LEVEL, titled=True)
        return marker

    def _has_second(self, marker: Marker) -> bool:
        """Whether the second of the list that `marker` would begin stands below."""
        ahead = (read.marker for read in self._reads[self._at : self._at + LOOK_AHEAD] if read.marker)
        return any(m.series == marker.series and m.ordinal == marker.ordinal + 1 for m in ahead)

    def _open(self, marker: Marker, line: TextLine) -> None:
        if marker.rank < LIST_RANK:
            self._close_to(lambda d: d.rank < marker.rank)
        else:
            self._place_list_sign(marker)
        draft = Draft(self._kind(marker), marker.rank, marker.series, marker.number, marker.ordinal)
        start = line.span.start
        draft.label = Span(start, start + marker.end)
        self._words(draft, marker, line)
        self._counted[marker.series] = marker.ordinal
        self._stack[-1].blocks.append(draft)
        self._stack.append(draft)

    def _kind(self, marker: Marker) -> ProvisionKind:
        """List signs are 项, then 目, inside an article, and levels elsewhere, whatever they look like."""
        if marker.kind:
            return marker.kind
        if not self._in_article():
            return ProvisionKind.LEVEL
        depth = sum(d.rank >= LIST_RANK for d in self._stack)
        return (ProvisionKind.ITEM, ProvisionKind.SUBITEM)[depth] if depth < 2 else ProvisionKind.LEVEL

    def _in_article(self) -> bool:
        return any(d.kind is ProvisionKind.ARTICLE for d in self._stack)

    def _place_list_sign(self, marker: Marker) -> None:
        """Close what the sign does not stand in."""
        same = next((d for d in reversed(self._lists()) if d.series == marker.series), None)
        if same:
            del self._stack[self._stack.index(same) :]
        elif marker.ordinal != 1:
            self._close_to(lambda d: d.rank < LIST_RANK or d.rank < marker.rank)

    def _lists(self) -> list[Draft]:
        return [d for d in self._stack if d.rank >= LIST_RANK]

    def _close_to(self, keep: Callable[[Draft], bool]) -> None:
        while len(self._stack) > 1 and not keep(self._stack[-1]):
            self._stack.pop()

    def _words(self, draft: Draft, marker: Marker, line: TextLine) -> None:
        """What follows the label on its line: a heading, or the first paragraph, perhaps with a run-in heading."""
        words = Span(line.span.start + marker.text, line.span.end)
        draft.head_end = line.span.start + marker.end
        if not len(words):
            return
        text = words.of(self.text)
        may_head = marker.rank >= LIST_RANK and (self.scheme.item_headings or not self._in_article())
        heads = marker.kind is ProvisionKind.ARTICLE and self._heads_article(text)
        if marker.titled or heads or (may_head and _is_title(text)):
            draft.heading, draft.head_end, draft.is_title = words, words.end, True
            return
        draft.blocks.append(words)
        if bracketed := _BRACKETED.match(text):
            draft.heading = Span(words.start + bracketed.start(1), words.start + bracketed.end(1))
        elif may_head:
            run_in = _run_in(text)
            draft.heading = Span(words.start, words.start + run_in) if run_in else None

    def _heads_article(self, text: str) -> bool:
        """Whether `text` is the heading of an article, as English acts have them: a sentence or a list must follow."""
        following = self._reads[self._at] if self._at < len(self._reads) else None
        if not self.scheme.article_headings or following is None or not _is_title(text):
            return False
        marker = following.marker
        return marker.rank >= LIST_RANK if marker else bool(SPEAKS.search(following.line.text))

    # -- lines without a marker

    def _heads_label_above(self, top: Draft, line: TextLine) -> bool:
        """Whether `line` is the heading of a division or an article whose label stands alone right above it."""
        alone = not top.blocks and top.heading is None and not self.text[top.head_end : line.span.start].strip(BLANK)
        if not alone or top.label is None:
            return False
        division = top.kind in _DIVISIONS and _is_title(line.text)
        return division or (top.kind is ProvisionKind.ARTICLE and self._heads_article(line.text))

    def _paragraph(self, line: TextLine) -> None:
        top = self._stack[-1]
        if self._heads_label_above(top, line):
            top.heading, top.head_end, top.is_title = line.span, line.span.end, True
            return
        if _CLOSING.match(line.text) and not self._in_article():
            self._close_to(lambda d: d.rank < LIST_RANK)
        if self._lists() and not self._belongs_to_item(line):
            self._leave_list()
        top = self._stack[-1]
        if _ANNEXES_LISTED.match(line.text):
            top.blocks.append(self._listed_annexes(line))
            return
        if self._opens_unnumbered(line):
            top.blocks.append(line.span)
            self._take_unnumbered(top)
            return
        top.blocks.append(line.span)

    def _listed_annexes(self, line: TextLine) -> Span:
        """附件：1.… with the lines 2.… 3.… below it, as one paragraph."""
        end = line.span.end
        for number in range(2, MAX_ANNEXES):
            following = self._reads[self._at].line if self._at < len(self._reads) else None
            match = _LISTED.match(following.text) if following else None
            if not following or not match or int(match[1]) != number:
                break
            if self.text[end : following.span.start].strip(BLANK):
                break
            end = following.span.end
            self._at += 1
        return Span(line.span.start, end)

    def _belongs_to_item(self, line: TextLine) -> bool:
        """Whether the paragraph is still of the innermost numbered provision.

        It is when that provision is a heading, when its last words are unfinished, or when its list goes on below.
        """
        item = self._lists()[-1]
        last = item.last()
        if item.is_title or item.heading or not isinstance(last, Span):
            return True
        words = last.of(self.text)
        if not ENDED.search(words) and not _GOES_ON.search(words):
            return True
        return self._list_goes_on()

    def _list_goes_on(self) -> bool:
        """Whether one of the open lists has its next sign ahead, before anything that closes it."""
        following = {(d.series, d.ordinal + 1) for d in self._lists()}
        for read in self._reads[self._at : self._at + LOOK_AHEAD]:
            marker = read.marker
            if marker is None:
                continue
            if marker.rank < LIST_RANK:
                return False
            if (marker.series, marker.ordinal) in following:
                return True
            if any(d.series == marker.series for d in self._lists()):
                return False
        return False

    def _leave_list(self) -> None:
        """Close the list whose last item is done, and those that ended with it."""
        if self._list_goes_on():
            return
        self._close_to(lambda d: d.rank < LIST_RANK or d.is_title or d.heading is not None)

    def _opens_unnumbered(self, line: TextLine) -> bool:
        """Whether lines without numbers, parted by semicolons, follow this one as its list."""
        if not OPENS_LIST.search(line.text):
            return False
        return len(self._unnumbered_items()) > 1

    def _unnumbered_items(self) -> list[TextLine]:
        items: list[TextLine] = []
        for read in self._reads[self._at :]:
            if read.marker is not None:
                return []
            items.append(read.line)
            if not _ALL_BUT_LAST.search(read.line.text):
                return items
        return []

    def _take_unnumbered(self, parent: Draft) -> None:
        for ordinal, line in enumerate(self._unnumbered_items(), start=1):
            item = Draft(ProvisionKind.ITEM, LIST_RANK, "", str(ordinal), ordinal, blocks=[line.span])
            parent.blocks.append(item)
            self._at += 1

    # -- annexes

    def _annex(self, line: TextLine) -> re.Match[str] | None:
        """An annex begins at 附件1 on a line of its own, or before its title, if words of its own follow."""
        match = _ANNEX.match(line.text)
        if not match or SPEAKS.search(line.text.rstrip("：:")) or self._at >= len(self._reads):
            return None
        following = self._reads[self._at].line.text
        return None if _ANNEX.match(following) else match

    def _open_annex(self, line: TextLine, match: re.Match[str]) -> None:
        self._close_to(lambda d: d is self.root)
        ordinal = read_numeral(match[1]) if match[1] else None
        number = ordinal or 1 + self._counted.get("annex", 0)
        draft = Draft(ProvisionKind.ANNEX, ANNEX_RANK, "annex", str(number), number, is_title=True)
        start = line.span.start
        draft.label, draft.head_end = Span(start, start + len(match[0].rstrip())), line.span.end
        if match.end() < len(line.text):
            draft.heading = Span(start + match.end(), line.span.end)
        elif self._at < len(self._reads) and self._reads[self._at].marker is None:
            title = self._reads[self._at].line
            between = self.text[line.span.end : title.span.start]
            if _is_title(title.text) and not between.strip(BLANK):
                draft.heading, draft.head_end = title.span, title.span.end
                self._at += 1
        self._counted = {"annex": number}
        self.root.blocks.append(draft)
        self._stack.append(draft)

    # -- headings without a number

    def _is_line_heading(self, line: TextLine) -> bool:
        following = self._reads[self._at] if self._at < len(self._reads) else None
        if following is None or not _is_title(line.text):
            return False
        if line.is_heading:
            return True
        if (
            not self.scheme.line_headings
            or following.marker
            or (self._stack[-1].rank >= LIST_RANK and not self._done())
        ):
            return False
        return bool(line.text[:1].isalnum() and SPEAKS.search(following.line.text))

    def _done(self) -> bool:
        last = self._stack[-1].last()
        return isinstance(last, Span) and bool(ENDED.search(last.of(self.text)))

    def _open_heading(self, line: TextLine) -> None:
        self._close_to(lambda d: d.rank < HEADING_RANK)
        parent = self._stack[-1]
        ordinal = 1 + sum(isinstance(b, Draft) and b.kind is ProvisionKind.HEADING for b in parent.blocks)
        draft = Draft(ProvisionKind.HEADING, HEADING_RANK, "heading", str(ordinal), ordinal)
        draft.heading, draft.head_end, draft.is_title = line.span, line.span.end, True
        parent.blocks.append(draft)
        self._stack.append(draft)


def _is_title(text: str) -> bool:
    limit = MAX_TITLE if _CJK.search(text) else MAX_TITLE_EN
    return len(text) <= limit and not _NO_TITLE.search(text)


def _run_in(text: str) -> int:
    """The length of the heading that `text` opens with, 0 if it opens with none."""
    match = (_RUN_IN if _CJK.search(text) else _RUN_IN_EN).match(text)
    return match.end(1) if match else 0

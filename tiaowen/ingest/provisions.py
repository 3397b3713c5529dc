"""From drafts to provisions: paragraphs counted, enumerations split off, addresses given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tiaowen.corpus.address import Address, Step, write_eid
from tiaowen.corpus.instrument import Provision, ProvisionKind
from tiaowen.ingest.enumerations import split_enumeration
from tiaowen.ingest.lines import BLANK
from tiaowen.ingest.tree import Draft
from tiaowen.text.spans import Span

_CONTAINERS = (ProvisionKind.PART, ProvisionKind.SUBPART, ProvisionKind.CHAPTER, ProvisionKind.SECTION)
_ITEMS = (ProvisionKind.ITEM, ProvisionKind.SUBITEM)


@dataclass
class Numberer:
    """Gives every provision of one instrument, read from `text`, an eid of its own.

    `repeated` are the eids that had to be told apart.
    """

    text: str
    used: dict[str, int] = field(default_factory=dict)
    repeated: list[str] = field(default_factory=list)

    def claim(self, above: Address, kind: ProvisionKind, number: str) -> Address:
        """The address of the next provision of that kind and number inside `above`."""
        steps = (*_cited(above, kind), Step(kind, number))
        copy = self.used[write_eid(steps)] = self.used.get(write_eid(steps), 0) + 1
        if copy > 1:
            steps = (*steps[:-1], Step(kind, number, copy))
            self.repeated.append(write_eid(steps))
        return steps


def _cited(above: Address, kind: ProvisionKind) -> Address:
    """The steps that count: articles run through the whole text, so nothing but an annex stands above them."""
    if kind is not ProvisionKind.ARTICLE:
        return above
    return tuple(step for step in above if step.kind is ProvisionKind.ANNEX)


def provisions_of(root: Draft, numberer: Numberer) -> tuple[Provision, ...]:
    """The provisions of an instrument whose drafts stand in `root`; spans count in `numberer.text`."""
    return tuple(_children(root.blocks, (), numberer, in_paragraphs=True))


def _freeze(draft: Draft, above: Address, numberer: Numberer) -> Provision:
    steps = numberer.claim(above, draft.kind, draft.number)
    own, blocks = _own_words(draft, numberer.text)
    head = _head(draft)
    if own is None and not blocks:
        own, head = _bare(draft, head)
    split = split_enumeration(numberer.text, own) if own else None
    children: list[Provision] = []
    if split:
        own = split.opening
        children += _enumerated(split.parts, split.tail, steps, numberer)
    children += _children(blocks, steps, numberer, in_paragraphs=own is None and not split)
    return Provision(
        draft.kind,
        write_eid(steps),
        draft.number,
        draft.label.of(numberer.text) if draft.label else "",
        draft.heading.of(numberer.text).strip().rstrip("。.:：") if draft.heading else "",
        head,
        own,
        tuple(children),
    )


def _own_words(draft: Draft, text: str) -> tuple[Span | None, list[Span | Draft]]:
    """A provision's own words, and the blocks left for its children.

    An item's adjoining paragraphs are one text. Any other provision has own words only where it has one paragraph in
    all, and that first: else its paragraphs are provisions (款), counted.
    """
    blocks = draft.blocks
    first = blocks[0] if blocks else None
    if not isinstance(first, Span) or draft.kind in _CONTAINERS:
        return None, blocks
    if draft.kind in _ITEMS:
        last, count = first, 1
        for block in blocks[1:]:
            if not isinstance(block, Span) or text[last.end : block.start].strip(BLANK):
                break
            last, count = block, count + 1
        return Span(first.start, last.end), blocks[count:]
    if sum(isinstance(block, Span) for block in blocks) == 1:
        return first, blocks[1:]
    return None, blocks


def _head(draft: Draft) -> Span:
    """Label and heading line; empty, before the words, where there is neither."""
    start = draft.label or (draft.heading if draft.is_title else None)
    if start is not None:
        return Span(start.start, max(start.end, draft.head_end))
    first = next(block for block in draft.blocks if isinstance(block, Span))
    return Span(first.start, first.start)


def _bare(draft: Draft, head: Span) -> tuple[Span, Span]:
    """A provision with nothing below its head: the heading is its words; without a heading, the label is."""
    if draft.label is None or not draft.is_title or draft.heading is None:
        return head, Span(head.start, head.start)
    return draft.heading, draft.label


def _children(
    blocks: Sequence[Span | Draft], above: Address, numberer: Numberer, *, in_paragraphs: bool
) -> Iterator[Provision]:
    """The blocks as provisions: paragraphs counted from 1, or from 2 where the parent has words of its own."""
    count = 0 if in_paragraphs else 1
    at = 0
    while at < len(blocks):
        block = blocks[at]
        at += 1
        if isinstance(block, Draft):
            yield _freeze(block, above, numberer)
            continue
        count += 1
        items: list[Draft] = []
        while at < len(blocks) and isinstance(item := blocks[at], Draft) and item.kind in _ITEMS:
            items.append(item)
            at += 1
        yield _paragraph(block, items, count, above, numberer)


def _paragraph(span: Span, items: Sequence[Draft], count: int, above: Address, numberer: Numberer) -> Provision:
    steps = numberer.claim(above, ProvisionKind.PARAGRAPH, str(count))
    split = split_enumeration(numberer.text, span)
    own = split.opening if split else span
    children = _enumerated(split.parts, split.tail, steps, numberer) if split else []
    children += [_freeze(item, steps, numberer) for item in items]
    head = Span(span.start, span.start)
    return Provision(ProvisionKind.PARAGRAPH, write_eid(steps), str(count), "", "", head, own, tuple(children))


def _enumerated(
    parts: Sequence[tuple[Span, Span, int]], tail: Span | None, above: Address, numberer: Numberer
) -> list[Provision]:
    made = []
    for label, words, number in parts:
        steps = numberer.claim(above, ProvisionKind.ENUMERATION, str(number))
        kind, eid = ProvisionKind.ENUMERATION, write_eid(steps)
        made.append(Provision(kind, eid, str(number), label.of(numberer.text), "", label, words))
    if tail:
        steps = numberer.claim(above, ProvisionKind.TAIL, "1")
        head = Span(tail.start, tail.start)
        made.append(Provision(ProvisionKind.TAIL, write_eid(steps), "1", "", "", head, tail))
    return made

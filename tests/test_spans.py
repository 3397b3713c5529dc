"""Spans, edits and maps: small examples, then properties over random texts and edits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiaowen.text.spans import Edit, OffsetMap, Run, Span, apply_edits, join


def cut(start: int, end: int, replacement: str = "", *, aligned: bool = False) -> Edit:
    return Edit(Span(start, end), replacement, "test", "for the test", aligned)


@st.composite
def texts_with_edits(draw: st.DrawFn, text: st.SearchStrategy[str] | None = None) -> tuple[str, list[Edit]]:
    source = draw(text if text is not None else st.text(max_size=40))
    edges = sorted(draw(st.lists(st.integers(0, len(source)), max_size=8, unique=True)))
    edits = []
    for start, end in zip(edges[::2], edges[1::2], strict=False):
        if draw(st.booleans()):
            edits.append(cut(start, end, source[start:end].swapcase()[: end - start].ljust(end - start), aligned=True))
        else:
            edits.append(cut(start, end, draw(st.text(max_size=3))))
    return source, draw(st.permutations(edits))


def test_a_removal_leaves_two_source_spans() -> None:
    text, offsets = apply_edits("发布认SPAM定标准", [cut(3, 7)])
    assert text == "发布认定标准"
    assert offsets.to_source(Span(2, 4)) == (Span(2, 3), Span(7, 8))
    assert offsets.removed() == (Span(3, 7),)


def test_a_replacement_over_a_gap_has_several_sources() -> None:
    text, inner = apply_edits("ab--cd", [cut(2, 4)])
    outer_text, outer = apply_edits(text, [cut(1, 3, "X")])
    assert outer_text == "aXd"
    assert outer.after(inner).to_source(Span(1, 2)) == (Span(1, 2), Span(4, 5))


def test_equal_length_is_not_alignment() -> None:
    _, offsets = apply_edits("abcd", [cut(1, 3, "xy")])
    assert offsets.to_source(Span(1, 2)) == (Span(1, 3),)
    _, offsets = apply_edits("abcd", [cut(1, 3, "xy", aligned=True)])
    assert offsets.to_source(Span(1, 2)) == (Span(1, 2),)
    assert len(offsets.runs) == 1


def test_an_insertion_has_no_source_and_keeps_its_place() -> None:
    text, offsets = apply_edits("ab", [cut(1, 1, "-"), cut(1, 2)])
    assert text == "a-"
    assert offsets.to_source(Span(1, 2)) == ()
    assert offsets.removed() == (Span(1, 2),)


@pytest.mark.parametrize(
    "edits",
    [[cut(0, 3), cut(2, 4)], [cut(0, 4), cut(1, 2)], [cut(1, 1, "x"), cut(1, 1, "y")], [cut(0, 3), cut(1, 1, "x")]],
)
def test_overlaps_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="both change"):
        apply_edits("abcdef", edits)


def test_impossible_values_are_refused() -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(3, 2)
    with pytest.raises(IndexError):
        apply_edits("ab", [cut(1, 3)])
    with pytest.raises(IndexError):
        OffsetMap.identity(2).to_source(Span(1, 3))
    with pytest.raises(ValueError, match="aligned"):
        cut(0, 2, "x", aligned=True)
    with pytest.raises(ValueError, match="changes nothing"):
        cut(1, 1)
    with pytest.raises(ValueError, match="aligned run"):
        Run(Span(0, 2), (Span(0, 1),), aligned=True)
    with pytest.raises(ValueError, match="cannot join"):
        OffsetMap.identity(2).after(OffsetMap.identity(3))


def test_join() -> None:
    assert join([Span(0, 2), Span(2, 3), Span(3, 3), Span(5, 6)]) == (Span(0, 3), Span(5, 6))


@given(texts_with_edits())
def test_runs_cover_the_output_and_give_every_character(case: tuple[str, list[Edit]]) -> None:
    source, edits = case
    text, offsets = apply_edits(source, edits)
    assert offsets.out_length == len(text)
    assert offsets.src_length == len(source)
    assert [run.out.start for run in offsets.runs] == [0, *(run.out.end for run in offsets.runs)][: len(offsets.runs)]
    untouched = set(range(len(source))) - {i for e in edits for i in range(e.span.start, e.span.end)}
    for offset in untouched:
        (there,) = offsets.to_output(Span(offset, offset + 1))
        assert there.of(text) == source[offset]
        assert offsets.to_source(there) == (Span(offset, offset + 1),)


@given(texts_with_edits())
def test_removed_and_kept_share_out_the_source(case: tuple[str, list[Edit]]) -> None:
    source, edits = case
    _, offsets = apply_edits(source, edits)
    kept = join(sorted(s for run in offsets.runs for s in run.src))
    assert sum(map(len, kept)) + sum(map(len, offsets.removed())) == len(source)
    assert offsets.removed() == join(sorted(e.span for e in edits if not e.replacement))


@given(st.data())
def test_composition_equals_two_steps(data: st.DataObject) -> None:
    source, first = data.draw(texts_with_edits())
    middle, inner = apply_edits(source, first)
    _, second = data.draw(texts_with_edits(st.just(middle)))
    text, outer = apply_edits(middle, second)
    both = outer.after(inner)
    assert (both.out_length, both.src_length) == (len(text), len(source))
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    two_steps = join(sorted(s for piece in outer.to_source(span) for s in inner.to_source(piece)))
    assert both.to_source(span) == two_steps


@given(st.data())
def test_composition_is_associative(data: st.DataObject) -> None:
    source, edits = data.draw(texts_with_edits())
    one, a = apply_edits(source, edits)
    two, b = apply_edits(one, data.draw(texts_with_edits(st.just(one)))[1])
    _, c = apply_edits(two, data.draw(texts_with_edits(st.just(two)))[1])
    assert c.after(b).after(a) == c.after(b.after(a))


@given(texts_with_edits())
def test_to_output_inverts_to_source(case: tuple[str, list[Edit]]) -> None:
    source, edits = case
    _, offsets = apply_edits(source, edits)
    for run in offsets.runs:
        back = [o for s in offsets.to_source(run.out) for o in offsets.to_output(s)]
        assert not run.src or any(o.covers(run.out) for o in back)


@given(texts_with_edits())
def test_identity_is_neutral(case: tuple[str, list[Edit]]) -> None:
    source, edits = case
    text, offsets = apply_edits(source, edits)
    assert offsets.after(OffsetMap.identity(len(source))) == offsets
    assert OffsetMap.identity(len(text)).after(offsets) == offsets

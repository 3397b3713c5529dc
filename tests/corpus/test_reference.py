"""References: the table of tests/golden/citations.tsv, each text with exactly the references in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiaowen.corpus.address import parse_eid, write_eid, write_path
from tiaowen.corpus.reference import Reference, find_references
from tiaowen.corpus.target import Target, short_names

TABLE = Path(__file__).parents[1] / "golden" / "citations.tsv"
CASES = [
    line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
]


def written(reference: Reference) -> str:
    target = reference.target or Target()
    name = target.title or target.this
    name += f"@{target.version}" if target.version else ""
    name += f"[{target.number}]" if target.number else ""
    place = write_eid(reference.address) + (f"..{write_eid(reference.last)}" if reference.last else "")
    place = "/".join(filter(None, (reference.relative, place)))
    return f"{name} {place}{'#' if reference.part else ''}{reference.part}".strip()


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[text for text, _ in CASES])
def test_each_text_has_exactly_these_references(text: str, wanted: str) -> None:
    assert (" ; ".join(map(written, find_references(text))) or "-") == wanted


def test_the_table_is_large_enough_and_has_what_must_not_match() -> None:
    assert len(CASES) >= 200
    assert sum(wanted == "-" for _, wanted in CASES) >= 30


def test_taiwan_counts_its_paragraphs_by_xiang_and_its_items_by_kuan() -> None:
    (reference,) = find_references("第七條之一第二項第三款第一目", "TW")
    assert write_eid(reference.address) == "art_7-1__para_2__item_3__subitem_1"


def test_short_names_are_what_the_text_says_they_are() -> None:
    text = "根据《样例集群暂行办法》（以下简称《办法》）和《样例促进法》（2030年修正，以下简称本法），制定本细则。"
    assert short_names(text) == {"办法": "样例集群暂行办法", "本法": "样例促进法"}


@given(st.text(alphabet="第一二十百条款项目章节至、（）()前本法《》之0123 aArticle.,"))
def test_any_text_can_be_searched_and_places_are_in_it(text: str) -> None:
    for reference in find_references(text):
        assert 0 <= reference.span.start < reference.span.end <= len(text)


@pytest.mark.parametrize("word", ["第", "第一", "第一条、", "（第", "Article 1, "])
@pytest.mark.timeout(60)
def test_hostile_text_takes_no_longer_than_its_length(word: str) -> None:
    for reference in find_references(word * (40_000 // len(word))):
        assert reference.span.start < reference.span.end


@pytest.mark.parametrize("eid", ["art_3__para_2__item_1", "art_165-1", "art_8__item_4", "chap_2__sec_1"])
def test_a_written_path_reads_back(eid: str) -> None:
    for language in ("zh", "en"):
        (reference,) = find_references(write_path(parse_eid(eid), language))
        same = eid if language == "zh" else eid.replace("art_8__item_4", "art_8__para_4")
        assert write_eid(reference.address) == same

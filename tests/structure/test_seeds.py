"""The gold structure of the seed pages: every heading in it is a provision of the right kind at the right address."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tiaowen.corpus.instrument import Provision, ProvisionKind
from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.texts import NormalText
from tiaowen.ingest.extract import extract
from tiaowen.ingest.normalise import normalise
from tiaowen.ingest.parse import parse
from tiaowen.text.numerals import read_numeral
from tiaowen.text.spans import Span

pytestmark = pytest.mark.data

KINDS = {
    "chapter": {ProvisionKind.CHAPTER},
    "article": {ProvisionKind.ARTICLE},
    "section": {ProvisionKind.LEVEL, ProvisionKind.QUESTION, ProvisionKind.HEADING},
    "item": {ProvisionKind.ITEM, ProvisionKind.LEVEL},
    "unnumbered_item": {ProvisionKind.ITEM},
    "inline_enum": {ProvisionKind.ENUMERATION},
    "list_intro": {ProvisionKind.PARAGRAPH},
}
NUMBERED = {"chapter": 1, "article": 1}


def seeds(shared: Path) -> list[Path]:
    return sorted((shared / "seeds").glob("*.txt"))


def normal_of(path: Path) -> NormalText:
    return normalise(extract(Snapshot.of(path.read_bytes(), path.as_uri(), "text/plain", datetime.now(UTC))))


def starts(normal: NormalText) -> dict[int, list[Provision]]:
    """Provisions by the place in the raw text where they begin."""
    found: dict[int, list[Provision]] = {}
    for instrument in parse(normal):
        for outer in instrument.provisions:
            for provision in outer.walk():
                place = provision.head.start
                for span in normal.raw_spans(Span(place, place + 1)):
                    found.setdefault(span.start, []).append(provision)
    return found


def ordinal_of(heading: str) -> int | None:
    """The number a gold heading bears: 3 for ThirdArticle, 三、, (III), Article 3."""
    words = {"ThirdArticle": 3}
    head = heading.split("、", maxsplit=1)[0].strip("(（ ")
    head = (
        head.split(")")[0].split("）")[0].removeprefix("Article ").removeprefix("Chapter ").split(" ")[0].rstrip(":是")
    )
    return words.get(heading) or read_numeral(head)


@pytest.mark.parametrize("index", range(5))
def test_every_gold_heading_is_a_provision_with_its_number(shared: Path, index: int) -> None:
    path = seeds(shared)[index]
    gold = json.loads((shared / "gold" / "seeds" / f"{path.name}.json").read_text(encoding="utf-8"))["structure"]
    found = starts(normal_of(path))
    missing = []
    for heading in gold:
        number = ordinal_of(heading["text"])
        fits = [p for p in found.get(heading["start"], ()) if p.kind in KINDS[heading["kind"]]]
        if not any(number is None or p.number == str(number) for p in fits):
            missing.append((heading, [(p.kind, p.eid) for p in found.get(heading["start"], ())]))
    assert not missing

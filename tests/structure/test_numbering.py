"""Numbering schemes over golden cases: one file a scheme, each case a text and the clauses it must give."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from normal_texts import simplified

from tiaowen.corpus.instrument import Clause
from tiaowen.ingest.numbering import SCHEMES
from tiaowen.ingest.parse import parse

GOLDEN = Path(__file__).parents[1] / "golden" / "numbering"


def cases() -> Iterator[object]:
    for path in sorted(GOLDEN.glob("*.txt")):
        for case in path.read_text(encoding="utf-8").split("=== ")[1:]:
            name, _, rest = case.partition("\n")
            text, _, wanted = rest.partition("---\n")
            marks = [pytest.mark.xfail(strict=True)] if "expect: fail" in name else []
            yield pytest.param(path.stem, text, wanted.rstrip(), id=f"{path.stem}: {name}", marks=marks)


def line(clause: Clause) -> str:
    parts = [clause.eid, clause.path, clause.text.replace("\n", "⏎")]
    return " | ".join([*parts, f"← {clause.lead_in}"] if clause.lead_in else parts)


@pytest.mark.parametrize(("scheme", "text", "wanted"), list(cases()))
def test_clauses_are_as_the_case_says(scheme: str, text: str, wanted: str) -> None:
    instruments = parse(simplified(text, "en" if scheme.endswith("_en") else "zh"))
    assert "\n".join(line(clause) for i in instruments for clause in i.clauses) == wanted
    assert any(scheme in f.message for i in instruments for f in i.findings if f.code == "numbering-scheme")


def test_every_scheme_has_golden_cases() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(SCHEMES.names())

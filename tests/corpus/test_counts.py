"""Forms of a count, each against its golden file."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from wcwidth import wcswidth

from tiaowen.corpus.counts import COUNT_FORMS
from tiaowen.corpus.counts.bars import bar
from tiaowen.corpus.export import Layout
from tiaowen.corpus.facets import Amount, Cell, CountReport, Facet
from tiaowen.errors import MissingExtra, UsageError

GOLDEN = Path(__file__).parents[1] / "golden" / "counts"
FORMS = [name for name, form in COUNT_FORMS.all() if not form.binary]


def cell(values: tuple[str, ...], found: int, works: int, of: int) -> Cell:
    return Cell(values, Amount(found, works), Amount(of, 3))


BY_PROVINCE = (
    cell(("示例省",), 12, 2, 100),
    cell(("样例省",), 1, 1, 30),
    cell(("范例壮族自治区",), 0, 0, 50),
    cell(("",), 3, 1, 9),
)
BY_YEAR = (cell(("1999",), 1, 1, 2), cell(("2019",), 12, 2, 150), cell(("",), 3, 1, 37))
BOTH = (
    cell(("示例省", "2019"), 12, 2, 100),
    cell(("样例省", "1999"), 1, 1, 2),
    cell(("样例省", ""), 0, 0, 28),
    cell(("范例壮族自治区", "2019"), 0, 0, 50),
    cell(("", ""), 3, 1, 9),
)
REPORT = CountReport(
    query="奖励",
    understood="“奖励”",
    filters={},
    by=("province", "year"),
    engine="memory",
    index="0" * 64,
    at=datetime(2026, 1, 5, tzinfo=UTC),
    found=Amount(16, 4),
    held=Amount(189, 9),
    facets=(Facet(("province", "year"), BOTH), Facet(("province",), BY_PROVINCE), Facet(("year",), BY_YEAR)),
    missing=("甘肃", "青海"),
    notes=("1 of 9 instruments do not say their province",),
)
ALONE = Facet(("province",), BY_PROVINCE)
ONE = replace(REPORT, by=("province",), facets=(ALONE, Facet((), ()), ALONE))
HELD = replace(ONE, query=None, found=REPORT.held)
CASES = {"two": REPORT, "one": ONE, "held": HELD}


def rendered(form: str, report: CountReport, width: int = 80) -> str:
    return "".join(str(piece) for piece in COUNT_FORMS.get(form).render(report, Layout(width)))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("case", CASES)
def test_a_form_writes_its_golden_file(form: str, case: str) -> None:
    path = GOLDEN / f"{case}.{form}"
    written = rendered(form, CASES[case]).encode()
    if os.environ.get("TIAOWEN_WRITE_GOLDEN"):  # to be read before it is committed
        path.write_bytes(written)
    assert written == path.read_bytes()


@pytest.mark.parametrize("width", [40, 55, 80, 120, 200])
def test_tables_and_bars_fit_the_terminal(width: int) -> None:
    wide = tuple(cell((f"示例{n}省的很长很长很长的名字", str(1990 + n)), n, 1, 10**n) for n in range(12))
    heads = tuple(cell((str(1990 + n),), n, 1, 10) for n in range(12))
    rows = tuple(cell(each.values[:1], 1, 1, 10) for each in wide)
    report = replace(REPORT, facets=(Facet(REPORT.by, wide), Facet(("province",), rows), Facet(("year",), heads)))
    for form in ("table", "bars"):
        body = rendered(form, report, width).split("\n\n", 1)[1].rsplit("\n\n", 1)[0]
        for line in body.splitlines():  # sentences may break, rows may not
            assert line.startswith("clauses (works)") or wcswidth(line) <= width, line
    table = rendered("table", report, width)
    assert all(str(1990 + n) in table for n in range(12)), "no column is left out"


def test_bars_keep_their_proportions() -> None:
    assert bar(0) == ""
    assert bar(0.01) == "▏"
    assert bar(1) == "█"
    assert bar(2.5) == "██▌"
    assert bar(2.99) == "███"


@pytest.mark.parametrize("form", ["png", "svg"])
@pytest.mark.parametrize("case", ["two", "one"])
def test_pictures(form: str, case: str) -> None:
    pytest.importorskip("matplotlib")
    try:
        (first,) = COUNT_FORMS.get(form).render(CASES[case], Layout())
        (again,) = COUNT_FORMS.get(form).render(CASES[case], Layout())
    except UsageError as error:
        pytest.skip(str(error))  # no font here with Chinese characters: said, not drawn as boxes
    assert first == again
    assert bytes(first).startswith(b"\x89PNG" if form == "png" else b"<?xml")


def test_a_sign_no_font_has_is_named() -> None:
    pytest.importorskip("matplotlib")
    report = replace(ONE, facets=(Facet(("province",), (cell(("\U000e0fff示例",), 1, 1, 1),)), *ONE.facets[1:]))
    with pytest.raises(UsageError, match="no font on this machine has"):
        list(COUNT_FORMS.get("png").render(report, Layout()))


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtra, match=r"tiaowen\[plot\]"):
        list(COUNT_FORMS.get("svg").render(ONE, Layout()))


def test_three_fields_are_no_picture() -> None:
    pytest.importorskip("matplotlib")
    with pytest.raises(UsageError, match="one field or two"):
        list(COUNT_FORMS.get("png").render(replace(REPORT, by=("province", "year", "kind")), Layout()))

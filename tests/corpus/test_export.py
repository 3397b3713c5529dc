"""Export formats: every format against its golden file, and against a program that reads the format."""

from __future__ import annotations

import csv
import io
import json
import os
import warnings
from pathlib import Path

import pytest

from tests.corpus.reports import EMPTY, HITS, REPORT
from tiaowen.corpus.export import EXPORTERS, Layout
from tiaowen.corpus.results import SearchReport

GOLDEN = Path(__file__).parents[1] / "golden" / "export"
TEXTS = [name for name, exporter in EXPORTERS.all() if not exporter.binary]


def rendered(form: str, report: SearchReport = REPORT) -> str:
    return "".join(str(piece) for piece in EXPORTERS.get(form).render(report, Layout(100)))


@pytest.mark.parametrize("form", TEXTS)
def test_a_format_writes_its_golden_file(form: str) -> None:
    path = GOLDEN / f"report.{form}"
    written = rendered(form).encode()
    if os.environ.get("TIAOWEN_WRITE_GOLDEN"):  # to be read before it is committed
        path.write_bytes(written)
    assert written == path.read_bytes()


@pytest.mark.parametrize("form", TEXTS)
def test_nothing_found_is_still_a_whole_file(form: str) -> None:
    assert rendered(form, EMPTY).endswith("\n") or form in ("bibtex", "jsonl", "kwic", "ris")


def test_suffixes_tell_formats_apart() -> None:
    suffixes = [exporter.suffix for _, exporter in EXPORTERS.all() if exporter.suffix]
    assert len(suffixes) == len(set(suffixes))


def test_a_workbook_holds_every_hit_and_how_to_search_again() -> None:
    from openpyxl import load_workbook

    (body,) = EXPORTERS.get("xlsx").render(REPORT, Layout())
    assert isinstance(body, bytes)
    book = load_workbook(io.BytesIO(body))
    rows = list(book["hits"].iter_rows(values_only=True))
    table = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert [row["id"] for row in table] == [hit.citation.id for hit in HITS]
    assert [row["quote"] for row in table[:3]] == [hit.citation.quote for hit in HITS[:3]]
    assert all(row["citation"] and row["url"] and row["digest"] for row in table)
    assert all(cell.data_type in "sn" for row in book["hits"].iter_rows() for cell in row), "no formula"
    said = dict(book["search"].iter_rows(values_only=True))
    assert said["query"] == REPORT.query
    assert said["index"] == REPORT.index
    assert said["note"] == REPORT.notes[0]


def test_a_workbook_cell_that_is_too_long_says_so() -> None:
    from tiaowen.corpus.export.xlsx import CELL, _cell

    cut = _cell("集" * 40_000, "w1/art_1@0")
    assert len(cut) == CELL
    assert cut.endswith("`tiaowen show w1/art_1@0`]")
    assert _cell("集" * CELL, "w1") == "集" * CELL
    assert len(_cell("𠀀" * 20_000, "w1").encode("utf-16-le")) // 2 <= CELL


def test_csv_reads_back_and_runs_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(rendered("csv").removeprefix("\ufeff"))))
    assert rows[1]["quote"] == "'=提供融资担保。"
    assert rows[3]["quote"] == HITS[3].citation.quote


def test_bibtex_is_read_by_a_bibtex_parser() -> None:
    import bibtexparser

    library = bibtexparser.parse_string(rendered("bibtex"))
    assert not library.failed_blocks
    assert len({entry.key for entry in library.entries}) == len(HITS)
    first = library.entries[0].fields_dict
    assert first["howpublished"].value == "示财规〔2022〕7号"
    assert first["note"].value == "第六条第（二）项"
    assert first["year"].value == "2022"
    assert library.entries[2].fields_dict["title"].value.endswith(r"100\% Loan Guarantees \& Fees\_\{draft\}}")


def test_ris_is_read_by_a_ris_parser() -> None:
    import rispy

    entries = rispy.loads(rendered("ris"))
    assert len(entries) == len(HITS)
    assert [entry["type_of_reference"] for entry in entries] == ["LEGAL", "STAT", "LEGAL", "ELEC"]
    assert entries[0]["title"] == HITS[0].citation.title
    assert entries[0]["authors"] == ["示例省财政厅", "示例省工业和信息化厅"]


def test_csl_json_is_accepted_by_a_csl_processor() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the processor's own
        from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
        from citeproc.source.json import CiteProcJSON

        items = json.loads(rendered("csl"))
        style = CitationStylesStyle(str(GOLDEN / "style.csl"), validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
        for item in items:
            bibliography.register(Citation([CitationItem(item["id"])]))
        entries = [str(entry) for entry in bibliography.bibliography()]
    assert len(entries) == len(HITS)
    title = HITS[0].citation.title
    assert entries[0] == f"示例省财政厅, 示例省工业和信息化厅: {title}. 示财规〔2022〕7号, 第六条第（二）项 (2022)"

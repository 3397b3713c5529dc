"""Printed files (PDF, OFD): what printing did to a text is taken back, and every line has its place on a page."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.printing import WIDTH, Placed, ofd, pdf
from tests.ingest.wording import zipped
from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.texts import SourceText
from tiaowen.errors import IngestError
from tiaowen.ingest.extract import extract
from tiaowen.ingest.extract._print import Piece, printed_lines
from tiaowen.ingest.media import media_type_of

pytest.importorskip("pypdfium2", reason="the extra tiaowen[pdf] is not installed")
pytest.importorskip("ofdkit", reason="the extra tiaowen[ofd] is not installed")

MAKERS = {"page.pdf": pdf, "page.ofd": ofd}


def read(name: str, body: bytes) -> SourceText:
    return extract(Snapshot.of(body, f"file:///{name}", media_type_of(name, body), datetime.now(UTC)))


@pytest.fixture(params=sorted(MAKERS))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def printed(kind: str, *pages: list[Placed]) -> SourceText:
    return read(kind, MAKERS[kind](pages))


def set_in_type(text: str, left: float, right: float, top: float, size: float, *, indent: float = 2) -> list[Placed]:
    """A paragraph as a printer sets it: indented, broken where the next word does not fit."""
    lines: list[Placed] = []
    start, line, width = left + indent * size, "", 0.0
    words = [word + " " for word in text.split(" ")] if text.isascii() else list(text)
    for word in words:
        wide = sum(size if sign > "\u2000" else size / 2 for sign in word.rstrip(" "))
        if start + width + wide > right and line:
            lines.append((start, top + len(lines) * size * 1.6, size, line.rstrip(" ")))
            start, line, width = left, "", 0.0
        line += word
        width += wide + (size / 2 if word.endswith(" ") else 0)
    return [*lines, (start, top + len(lines) * size * 1.6, size, line.rstrip(" "))]


FIRST = "第一条　为了促进示例省中小企业特色产业集群高质量发展，根据有关法律、法规，结合本省实际情况，制定本办法。"
SECOND = "第二条　省人民政府有关部门应当依照本办法第一条的规定，在各自职责范围内做好集群的培育、认定和动态管理工作。"


def test_broken_lines_are_joined(kind: str) -> None:
    text = printed(kind, set_in_type(FIRST, 80, 400, 100, 16) + set_in_type(SECOND, 80, 400, 210, 16)).text
    assert text == f"{FIRST}\n{SECOND}"


def test_a_paragraph_runs_on_over_the_page_and_its_furniture(kind: str) -> None:
    lines = set_in_type(FIRST, 80, 400, 700, 16)
    pages = []
    for number, body in enumerate((lines[:2], [(x, y - 600, size, text) for x, y, size, text in lines[2:]]), start=1):
        pages.append([(200.0, 40.0, 10.0, "示例省人民政府公报"), *body, (290.0, 800.0, 12.0, f"— {number} —")])
    made = printed(kind, *pages)
    assert made.text == FIRST
    assert {removal.rule for removal in made.removals} == {"print.line", "print.page-number", "print.running-head"}
    assert {place.number for place in made.places_of(made.map.to_source(made.lines[0].span)[-1])} == {2}


def test_columns_are_read_one_after_the_other(kind: str) -> None:
    title = [(250.0, 60.0, 20.0, "示例办法")]
    columns = set_in_type(FIRST, 60, 240, 100, 12) + set_in_type(SECOND, 310, 490, 100, 12)
    assert printed(kind, title + columns).text == f"示例办法\n{FIRST}\n{SECOND}"


def test_a_table_is_read_row_by_row(kind: str) -> None:
    rows = [
        ("指标", "数值", "单位"),
        ("产值", "100", "亿元"),
        ("企业", "20", "家"),
        ("园区", "3", "个"),
        ("专利", "7", "件"),
    ]
    page = [
        (80.0 + 150 * n, 100.0 + 30 * row, 12.0, cell) for row, cells in enumerate(rows) for n, cell in enumerate(cells)
    ]
    assert printed(kind, page).text == "\n".join("\t".join(cells) for cells in rows)


def test_english_words_are_joined_with_a_space_and_parted_words_without(kind: str) -> None:
    text = "Article 1 These Measures are made in order to promote clusters of small and medium enterprises."
    assert printed(kind, set_in_type(text, 80, 330, 100, 12)).text == text
    parted = [(80.0, 100.0, 12.0, "the promotion of enter-"), (80.0, 120.0, 12.0, "prises and of trade")]
    assert printed(kind, parted).text == "the promotion of enterprises and of trade"


def test_a_title_of_two_lines_is_one(kind: str) -> None:
    page = [
        *set_in_type("示例省人民政府关于印发示例办法的", 100, 500, 60, 22, indent=0),
        (WIDTH / 2 - 22 * 3, 95.0, 22.0, "实施通知书"),
        *set_in_type(FIRST, 80, 500, 160, 16),
        *set_in_type(SECOND, 80, 500, 260, 16),
    ]
    assert printed(kind, page).text.split("\n")[0] == "示例省人民政府关于印发示例办法的实施通知书"


def test_what_is_printed_twice_for_bold_is_read_once(kind: str) -> None:
    assert printed(
        kind, [(80.0, 100.0, 12.0, "示例"), (80.2, 100.0, 12.0, "示例"), (80.0, 130.0, 12.0, "示例")]
    ).text == ("示例\n示例")


def test_radicals_are_read_as_the_characters_they_look_like(kind: str) -> None:
    made = printed(kind, [(80.0, 100.0, 12.0, "第⼀条　⽂件")])
    assert (made.raw, made.text) == ("第⼀条　⽂件", "第一条　文件")


def test_the_boxes_are_in_points_from_the_top(kind: str) -> None:
    made = printed(kind, [(80.0, 100.0, 12.0, "示例")])
    assert made.places[0].box is not None
    assert made.places[0].box == pytest.approx((80, 89.4, 104, 101.4), abs=0.1)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.builds(
            lambda x, y, n, size: Piece(str(n % 10) * (n % 7 + 1), x, y, x + size * (n % 7 + 1) / 2, y + size, size),
            st.floats(0, 500),
            st.floats(0, 800),
            st.integers(0, 99),
            st.floats(5, 30),
        ),
        max_size=25,
    )
)
def test_no_piece_is_lost_or_doubled(pieces: list[Piece]) -> None:
    lines = printed_lines([pieces])
    once = {(p.text, round(p.left / 2), round(p.bottom / 2)) for p in pieces}
    assert sorted("".join(line.piece.text for line in lines).replace("\t", "").replace(" ", "")) == sorted(
        "".join(text for text, _, _ in once)
    )


def refused(name: str, body: bytes) -> str:
    with pytest.raises(IngestError) as error:
        read(name, body)
    return str(error.value)


PICTURE = b" q 500 0 0 500 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q"


def test_a_scanned_page_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tiaowen.ingest.extract.pdf.find_spec", lambda name: name if name != "rapidocr" else None)
    assert "pictures without text" in refused("page.pdf", pdf([[]], PICTURE))
    body = "第一条　为了示例，制定本办法，其余各页如下。" * 5
    pages: list[list[Placed]] = [[(10, 100, 5, body)], [], [(290, 800, 12, "— 3 —")]]
    (finding,) = read("page.pdf", pdf(pages, PICTURE)).findings
    assert (finding.code, finding.severity) == ("scanned-page", "error")
    assert "pages 2, 3 are" in finding.message
    assert "pip install 'tiaowen[ocr]'" in finding.message


@pytest.mark.slow
def test_a_scanned_page_is_recognised_and_doubted() -> None:
    pytest.importorskip("rapidocr", reason="the extra tiaowen[ocr] is not installed")
    images = pytest.importorskip("PIL.Image", reason="the extra tiaowen[ocr] is not installed")
    from PIL import ImageDraw, ImageFont

    picture = images.new("L", (1654, 2339), 255)
    ImageDraw.Draw(picture).text((200, 300), "Article 12 applies in 2021", font=ImageFont.load_default(60), fill=0)
    made = io.BytesIO()
    picture.save(made, "PDF", resolution=200)
    source = read("page.pdf", made.getvalue())
    assert source.text.replace(" ", "") == "Article12appliesin2021"
    assert [finding.code for finding in source.findings] == ["recognised-text"]
    assert source.places[0].number == 1
    assert "rapidocr" in source.charset


def test_damaged_and_hostile_pdfs_are_refused() -> None:
    whole = pdf([[(80, 100, 12, "示例")]])
    assert "cannot open" in refused("page.pdf", b"%PDF-1.7\nnothing")
    assert "pages" in refused("page.pdf", pdf([[]] * 2001))
    loop = whole.replace(b"/Kids [", b"/Kids [2 0 R ")
    refused("page.pdf", loop) if b"2 0 R 2" in loop else read("page.pdf", loop)


def test_damaged_and_hostile_ofds_are_refused() -> None:
    assert "not a readable OFD" in refused("page.ofd", zipped({"OFD.xml": "<OFD/>"}))
    assert "inflates" in refused("page.ofd", zipped({"OFD.xml": b" " * 40_000_000}))
    assert "tags" in refused("page.ofd", zipped({f"{n}.xml": b"<a/>" * 400_000 for n in range(4)}))
    assert "no text" in refused("page.ofd", ofd([[]]))


@given(st.binary(max_size=200))
@settings(max_examples=10, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for name, body in (("page.pdf", b"%PDF-1.4\n" + data), ("page.ofd", zipped({"OFD.xml": data}))):
        refused(name, body)


def test_half_a_file_is_read_or_refused() -> None:
    for name, make in MAKERS.items():
        whole = make([[(80, 100, 12, "示例")]])
        for cut in range(20, len(whole), 97):
            body = io.BytesIO(whole[:cut]).getvalue()
            try:
                assert read(name, body).text == "示例"
            except IngestError:
                continue

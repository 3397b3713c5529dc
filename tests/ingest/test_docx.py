"""Word files: every printed paragraph with the number Word prints before it."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ingest.wording import docx, levels, lists, paragraph, zipped
from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.texts import SourceText
from tiaowen.errors import IngestError
from tiaowen.ingest.extract import extract
from tiaowen.ingest.extract._wordnumbers import numeral
from tiaowen.ingest.media import media_type_of

STATUTE = lists(
    {
        "1": levels(("chineseCounting", "第%1章　"), ("chineseCounting", "第%2条　"), ("chineseCounting", "（%3）")),
        "2": levels(("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3．")),
    },
    {"1": "1", "2": "2", "3": "2"},
    [("3", 0, 1)],
)


def read(body: bytes, name: str = "file:///page.docx") -> SourceText:
    return extract(Snapshot.of(body, name, media_type_of(name, body), datetime.now(UTC)))


def test_automatic_numbers_are_printed() -> None:
    body = "".join(
        [
            paragraph("总　则", "1", 0),
            paragraph("为了示例，制定本办法。", "1", 1),
            paragraph("申请人应当具备下列条件：", "1", 1),
            paragraph("有场所；", "1", 2),
            paragraph("有人员。", "1", 2),
            paragraph("附　则", "1", 0),
            paragraph("本办法自公布之日起施行。", "1", 1),
        ]
    )
    assert read(docx(body, STATUTE)).text.split("\n") == [
        "第一章　总　则",
        "第一条　为了示例，制定本办法。",
        "第二条　申请人应当具备下列条件：",
        "（一）有场所；",
        "（二）有人员。",
        "第二章　附　则",
        "第一条　本办法自公布之日起施行。",
    ]


def test_articles_run_on_through_chapters_where_the_level_says_so() -> None:
    running = levels(("chineseCounting", "第%1章　"), ("chineseCounting", "第%2条　")).replace(
        '<w:lvlText w:val="第%2条　"/>', '<w:lvlRestart w:val="0"/><w:lvlText w:val="第%2条　"/>'
    )
    body = "".join(paragraph(f"{n}", "1", n % 2) for n in range(4))
    assert read(docx(body, lists({"1": running}, {"1": "1"}))).text.split("\n") == [
        "第一章　0",
        "第一条　1",
        "第二章　2",
        "第二条　3",
    ]


def test_a_list_goes_on_or_begins_anew() -> None:
    body = "".join(paragraph(text, name, 0) for text, name in (("甲", "2"), ("乙", "2"), ("丙", "3"), ("丁", "3")))
    assert read(docx(body, STATUTE)).text == "一、甲\n二、乙\n一、丙\n二、丁"


def test_a_number_may_come_with_the_style() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )
    made = read(docx(paragraph("甲", style="b") + paragraph("乙"), STATUTE, style))
    assert made.text == "第一条　甲\n乙"
    assert [line.element for line in made.lines] == ["h2", ""]


def test_what_is_deleted_hidden_or_doubled_is_not_printed() -> None:
    body = (
        "<w:p><w:r><w:t>前</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>增</w:t><w:tab/><w:t>后</w:t></w:r></w:ins>"
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>'
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>'
        "<w:r><w:t>选</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>舍</w:t></w:r></mc:Fallback></mc:AlternateContent>"
        "<w:r><w:br/><w:t>次行</w:t></w:r></w:p>"
    )
    body = body.replace("<w:p>", "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>")
    made = read(docx(body))
    assert made.text == "前增\t后选\n次行"
    assert [finding.code for finding in made.findings] == ["tracked-changes"]


def test_notes_that_are_not_read_are_said() -> None:
    made = read(docx('<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'))
    assert [finding.code for finding in made.findings] == ["notes-left-out"]


def test_a_list_may_name_the_style_of_each_level() -> None:
    linked = levels(("chineseCounting", "第%1章　"), ("chineseCounting", "第%2条　")).replace(
        '<w:lvlText w:val="第%2条　"/>', '<w:pStyle w:val="article"/><w:lvlText w:val="第%2条　"/>'
    )
    listed = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    style = f'<w:style w:type="paragraph" w:styleId="article"><w:pPr>{listed}</w:pPr></w:style>'
    made = read(
        docx(
            paragraph("甲", style="article") + paragraph("乙", style="article"), lists({"1": linked}, {"1": "1"}), style
        )
    )
    assert made.text == "第一条　甲\n第二条　乙"


def test_a_list_may_stand_in_another() -> None:
    abstract = {
        "1": '<w:styleLink w:val="own"/>' + levels(("chineseCounting", "%1、")),
        "2": '<w:numStyleLink w:val="own"/>',
    }
    assert read(docx(paragraph("甲", "1"), lists(abstract, {"1": "2"}))).text == "一、甲"


def test_deep_nesting_is_refused() -> None:
    for opened in ("<w:sdt>", "<w:tbl><w:tr><w:tc>", "<w:p><w:r><w:txbxContent>", "<w:tbl><w:sdt>"):
        tags = opened.strip("<>").split("><")
        closed = "".join(f"</{tag}>" for tag in reversed(tags))
        message = refused(docx(opened * 30_000 + closed * 30_000))
        assert "nests" in message or "no text" in message


def test_a_table_row_is_a_line() -> None:
    def cell(*texts: str) -> str:
        return f"<w:tc>{''.join(map(paragraph, texts))}</w:tc>"

    inner = f"<w:tbl><w:tr>{cell('内一')}{cell('内二')}</w:tr></w:tbl>"
    body = (
        f"<w:tbl><w:tr>{cell('指标')}{cell('数值')}</w:tr><w:tr>{cell('产值', '万元')}{cell('100')}</w:tr></w:tbl>"
        f"<w:tbl><w:tr><w:tc>{paragraph('第一条　框内。')}{inner}</w:tc></w:tr></w:tbl>"
    )
    assert read(docx(body)).text == "指标\t数值\n产值 万元\t100\n第一条　框内。\n内一\t内二"


def test_places_lead_to_the_paragraphs() -> None:
    made = read(docx(paragraph("甲") + paragraph("乙丙")))
    (place,) = made.places_of(made.map.to_source(made.lines[1].span)[0])
    assert (place.unit, place.number, place.span.of(made.raw)) == ("paragraph", 2, "乙丙")


@pytest.mark.parametrize(
    ("value", "kind", "printed"),
    [
        (12, "chineseCountingThousand", "十二"),
        (21, "ideographDigital", "二一"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"),
        (3, "ideographEnclosedCircle", "㈢"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"),
        (2, "ideographTraditional", "乙"),
        (5, "unheardOf", "5"),
        (0, "upperLetter", "0"),
    ],
)
def test_numerals(value: int, kind: str, printed: str) -> None:
    assert numeral(value, kind) == printed


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for body in (data, zipped({"word/document.xml": data}), zipped({"other": data})):
        with pytest.raises(IngestError):
            extract(Snapshot.of(body, "file:///x.docx", media_type_of("x.docx", docx("")), datetime.now(UTC)))


def refused(body: bytes) -> str:
    with pytest.raises(IngestError) as error:
        read(body)
    return str(error.value)


def test_bombs_are_refused() -> None:
    entity = '<!DOCTYPE a [<!ENTITY b "bb">]><w:document>&b;</w:document>'
    assert "DTD" in refused(zipped({"[Content_Types].xml": "", "word/document.xml": entity}))
    assert "inflates to more than" in refused(zipped({"word/document.xml": b" " * 40_000_000}))
    assert "tags" in refused(zipped({"word/document.xml": b"<a/>" * 1_600_000}))
    assert "parts" in refused(zipped({f"word/{n}": b"" for n in range(10_001)}))
    assert "nests more than" in refused(docx("<w:sdt>" * 500 + "</w:sdt>" * 500))


def test_a_package_that_lies_about_its_size_is_refused() -> None:
    body = bytearray(zipped({"word/document.xml": b" " * 40_000_000}))
    true_size = (40_000_000).to_bytes(4, "little")
    lying = bytes(body).replace(true_size, (100).to_bytes(4, "little"))
    refused(lying)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.slow
def test_an_old_word_file_reads_as_the_new_one(tmp_path: Path) -> None:
    body = "".join(paragraph(text, "1", level) for text, level in (("总则", 0), ("甲。", 1), ("乙：", 1), ("丙。", 2)))
    modern = tmp_path / "page.docx"
    modern.write_bytes(docx(body, STATUTE))
    command = ["soffice", "--headless", "--convert-to", "doc", "--outdir", str(tmp_path), str(modern)]
    subprocess.run(command, check=True, capture_output=True)
    old = read((tmp_path / "page.doc").read_bytes(), "file:///page.doc")
    assert old.text == read(modern.read_bytes()).text


def test_an_old_word_file_needs_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(IngestError, match="LibreOffice"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "file:///page.doc")

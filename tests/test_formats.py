"""One instrument in every format gives the same clauses at the same addresses; archives are taken apart."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.cli import Cli
from tests.ingest.printing import HEIGHT, WIDTH, Placed, ofd, pdf
from tests.ingest.wording import docx, levels, lists, paragraph, zipped
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.store import Store

pytest.importorskip("pypdfium2", reason="the extra tiaowen[pdf] is not installed")
pytest.importorskip("ofdkit", reason="the extra tiaowen[ofd] is not installed")

TITLE, NUMBER = "示例省特色产业集群培育办法", "示政发〔2021〕5号"
LABELS = {"chapter": ("第一章　", "第二章　"), "item": ("（一）", "（二）", "（三）")}

# (kind, text): the numbers are put before the text, by us or by Word.
LINES = [
    ("chapter", "总则"),
    ("article", "为了促进示例省特色产业集群高质量发展，根据有关法律、法规，结合本省实际，制定本办法。"),
    ("article", "本办法所称特色产业集群，是指以县级行政区划为基本范围，由若干企业和机构组成的产业组织形态。"),
    (
        "para",
        "前款所称机构，是指为企业提供研究开发、检验检测、融资担保等服务的单位，具体范围由省人民政府有关部门规定。",
    ),
    ("chapter", "认定"),
    ("article", "申请认定的集群应当具备下列条件："),
    ("item", "主导产业产值占集群总产值的比例不低于百分之七十；"),
    ("item", "上年度营业收入不低于四十亿元，且近三年平均增长速度高于本省规模以上工业企业的平均增长速度；"),
    ("item", "法律、法规规定的其他条件。"),
    ("article", "认定有效期为三年。有效期满前三个月，可以依照本办法第三条的规定申请延续。"),
    ("article", "本办法自2021年7月1日起施行。"),
]


def labelled() -> Iterator[tuple[str, str]]:
    """The lines with their numbers written out."""
    chapters, items, article = iter(LABELS["chapter"]), iter(()), 0
    for kind, text in LINES:
        if kind == "chapter":
            yield kind, next(chapters) + text
        elif kind == "article":
            article, items = article + 1, iter(LABELS["item"])
            yield kind, f"第{'一二三四五六七'[article - 1]}条　{text}"
        else:
            yield kind, (next(items) if kind == "item" else "") + text


def as_html() -> bytes:
    body = "".join(f"<p>{text}</p>" for _, text in labelled())
    return f"<html><meta charset=utf-8><body><h1>{TITLE}</h1><p>{NUMBER}</p>{body}</body></html>".encode()


def as_docx() -> bytes:
    own = {"chapter": 0, "article": 1, "item": 2}
    numbered = levels(("chineseCounting", "第%1章　"), ("chineseCounting", "第%2条　"), ("chineseCounting", "（%3）"))
    running = numbered.replace(
        '<w:lvlText w:val="第%2条　"/>', '<w:lvlRestart w:val="0"/><w:lvlText w:val="第%2条　"/>'
    )
    made = [paragraph(TITLE), paragraph(NUMBER)]
    made += [paragraph(text, "1" if kind in own else "", own.get(kind, 0)) for kind, text in LINES]
    return docx("".join(made), lists({"1": running}, {"1": "1"}))


def as_pages() -> list[list[Placed]]:
    """Set in type: centred headings, indented paragraphs broken at the margin, heads and page numbers."""
    left, right, size = 90.0, 505.0, 16.0
    pages: list[list[Placed]] = [[]]
    top = 110.0
    for kind, text in [("title", TITLE), ("chapter", NUMBER), *labelled()]:
        big = 22.0 if kind == "title" else size
        for line, start in broken(text, left, right, big, centred=kind in ("title", "chapter")):
            if top > HEIGHT / 2:
                pages.append([])
                top = 110.0
            pages[-1].append((start, top, big, line))
            top += big * 1.75
    for number, page in enumerate(pages, start=1):
        page += [(230.0, 60.0, 10.5, "示例省人民政府公报"), (280.0, HEIGHT - 50, 14.0, f"— {number} —")]
    return pages


def broken(text: str, left: float, right: float, size: float, *, centred: bool) -> Iterator[tuple[str, float]]:
    if centred:
        yield text, (WIDTH - size * len(text)) / 2
        return
    line, start, position = "", left + 2 * size, left + 2 * size
    for sign in text:
        wide = size if sign > "\u2000" else size / 2
        if position + wide > right and sign not in "，。；、：":
            yield line, start
            line, start, position = "", left, left
        line, position = line + sign, position + wide
    yield line, start


FORMATS = {"html": as_html, "docx": as_docx, "pdf": lambda: pdf(as_pages()), "ofd": lambda: ofd(as_pages())}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("formats")
    for suffix, make in FORMATS.items():
        (made / f"page.{suffix}").write_bytes(make())
    return made


@pytest.fixture(scope="module")
def corpus(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Cli:
    cli = Cli(tmp_path_factory.mktemp("corpus") / "corpus")
    assert cli("init", str(cli.corpus)).exit_code == 0
    assert "4 added" in cli("ingest", str(folder)).stdout
    return cli


def read(cli: Cli, path: Path) -> dict[str, Any]:
    (page,) = cli.lines("inspect", str(path), "--format", "jsonl")
    (instrument,) = page["instruments"]
    return {
        "title": instrument["title"],
        "number": instrument["number"],
        "clauses": [(c["eid"], c["label"], c["lead_in"], c["text"]) for c in instrument["clauses"]],
    }


def test_every_format_gives_the_same_clauses(cli: Cli, folder: Path) -> None:
    asked = read(cli, folder / "page.html")
    assert (asked["title"], asked["number"]) == (TITLE, NUMBER)
    assert len(asked["clauses"]) == 9
    for suffix in FORMATS:
        assert read(cli, folder / f"page.{suffix}") == asked, suffix


def test_every_clause_is_verified_from_the_stored_file(corpus: Cli) -> None:
    result = corpus("verify", "--all")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(("suffix", "place"), [("pdf", "on page 2"), ("ofd", "on page 2"), ("docx", "on paragraph")])
def test_the_raw_piece_is_shown_with_its_place(corpus: Cli, suffix: str, place: str) -> None:
    assert corpus.corpus
    with Store.open(Corpus.open(corpus.corpus)) as store:
        found = next(
            str(c.id)
            for c in store.clauses()
            if c.instrument.capture.url.endswith(suffix) and c.clause.eid.endswith("item_3")
        )
    shown = corpus("show", found, "--raw").stdout
    assert "法律、法规规定的其他条件。" in shown
    assert place in shown


def crawl() -> bytes:
    made = io.BytesIO()
    writer = WARCWriter(made, gzip=True)
    for number in range(12):
        page = as_html().replace(NUMBER.encode(), f"示政发〔2021〕{number + 11}号".encode())
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        url = f"https://www.example.invalid/{number}.html"
        writer.write_record(writer.create_warc_record(url, "response", io.BytesIO(page), len(page), http_headers=http))
    return made.getvalue()


def test_files_that_hold_pages_are_taken_apart(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "crawl.warc.gz").write_bytes(crawl())
    (tmp_path / "in" / "page.html.gz").write_bytes(gzip.compress(as_html()))
    members = {f"附件/page.{suffix}": make() for suffix, make in FORMATS.items()} | {"图.png": b"\x89PNG\r\n\x1a\n"}
    (tmp_path / "in" / "all.zip").write_bytes(zipped(members))
    states = set()
    for jobs in ("1", "2"):
        cli = Cli(tmp_path / jobs)
        cli("init", str(cli.corpus))
        result = cli("ingest", "--jobs", jobs, str(tmp_path / "in"))
        assert result.exit_code == 3
        assert "18 pages: 17 added, 0 new version, 0 unchanged, 1 failed" in result.stdout
        assert "PNG image" in result.stderr
        assert cli.corpus
        with Store.open(Corpus.open(cli.corpus)) as store:
            states.add(json.dumps([[v.capture.url, v.capture.digest] for v in store.captures()]))
            assert store.counts().pages == 16  # the page under gzip is the one in the ZIP file
    assert len(states) == 1
    again = cli("ingest", str(tmp_path / "in" / "crawl.warc.gz"))
    assert "12 unchanged" in again.stdout


LOCKED = zipped({"a.html": "<p>x</p>"}).replace(b"PK\1\2\x14\3\x14\0\0", b"PK\1\2\x14\3\x14\0\1")
REFUSED = {
    "locked.zip": (LOCKED, "locked with a password"),
    "empty.zip": (zipped({}), "holds no page"),
    "empty.warc.gz": (b"", "holds no page"),
    "nested.zip": (zipped({"in.zip": zipped({"a.html": "<p>x</p>"})}), "unpack it first"),
    "cut.docx": (docx(paragraph("第一条"))[:-30], "fetch it again"),
    "cut.pdf": (pdf([[(80, 100, 12, "示例")]])[:400], "fetch it again"),
    "sheet.docx": (zipped({"xl/workbook.xml": "<a/>"}), "not a Word document"),
    "none.html": (b"", "fetch it again"),
    "page.rtf": (b"{\\rtf1 x}", "LibreOffice"),
}


def test_each_refusal_names_its_file_and_what_to_do(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")  # no LibreOffice
    for name, (body, _) in REFUSED.items():
        (tmp_path / name).write_bytes(body)
    cli = Cli(tmp_path / "corpus")
    cli("init", str(cli.corpus))
    result = cli("ingest", *(str(tmp_path / name) for name in REFUSED))
    assert result.exit_code == 3
    said = result.stderr.splitlines()
    for name, (_, reason) in REFUSED.items():
        assert any(name in line and reason in line for line in said), (name, result.stderr)


def test_no_name_in_an_archive_leads_out_of_it(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    members = {"../../up.html": "<p>第一条　甲。</p>", "/root.html": "<p>第一条　乙。</p>"}
    (tmp_path / "in" / "all.zip").write_bytes(zipped(members))
    cli = Cli(tmp_path / "in" / "corpus")
    cli("init", str(cli.corpus))
    before = sorted(path for path in tmp_path.rglob("*.html"))
    assert "2 added" in cli("ingest", str(tmp_path / "in" / "all.zip")).stdout
    assert sorted(path for path in tmp_path.rglob("*.html")) == before == []

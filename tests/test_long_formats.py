"""A long instrument with chapters, items, a table and an annex: the same clauses from every format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli import Cli
from tests.ingest.printing import HEIGHT, Placed, ofd, pdf
from tests.ingest.wording import docx, paragraph
from tests.test_formats import broken, read

pytest.importorskip("pypdfium2", reason="the extra tiaowen[pdf] is not installed")
pytest.importorskip("ofdkit", reason="the extra tiaowen[ofd] is not installed")

TITLE, NUMBER = "样例市仓储管理办法", "样政发〔2022〕18号"
NUMERALS = "一二三四五六七八九十"
CHAPTERS = ("总则", "设立", "核对", "监督检查", "法律责任", "附则")
TABLE = (("指标", "单位", "数值"), ("仓库面积", "平方米", "3000"), ("存货价值", "万元", "120"), ("核对次数", "次", "4"))


def numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else NUMERALS[tens - 1]) + ("十" if tens else "") + (NUMERALS[ones - 1] if ones else "")


def lines() -> Iterator[tuple[str, Any]]:
    """(kind, text or cells) of everything below the number."""
    article = 0
    for chapter, name in enumerate(CHAPTERS, start=1):
        yield "chapter", f"第{numeral(chapter)}章　{name}"
        for turn in range(4):
            article += 1
            yield (
                "para",
                (
                    f"第{numeral(article)}条　样例市仓储局依照本办法对设在样例市行政区域内的第{article}类仓库实施管理，"
                    "应当遵循公开、公平、便民的原则，并接受样例市人民政府有关部门的指导和社会监督。"
                ),
            )
            if turn == 1:
                yield "para", "仓库有下列情形之一的，应当自情形发生之日起十五个工作日内，向样例市仓储局提出书面报告："
                for item in range(1, 5):
                    yield (
                        "para",
                        f"（{numeral(item)}）第{item}项存货的数量与账簿记载的数量相差百分之{item}以上，且原因不明的；",
                    )
            if turn == 2 and chapter == 3:
                yield "para", "核对的结果按照下列表格填写，由仓库负责人签字后保存不少于三年，以备查验："
                yield "table", TABLE
    yield "para", "附件：样例市仓库核对事项"
    yield "annex", "样例市仓库核对事项"
    for number, what in enumerate(("存货的种类和数量", "存货的保管条件和期限", "出库和入库的记录"), start=1):
        yield "para", f"{number}．{what}，应当逐项核对并在核对表中写明日期和核对人的姓名，不得由他人代签。"


def as_html() -> bytes:
    def shown(kind: str, text: Any) -> str:
        if kind != "table":
            return f"<p>{text}</p>"
        rows = ("".join(f"<td>{cell}</td>" for cell in row) for row in text)
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"

    body = "".join(shown(*line) for line in lines())
    return f"<html><meta charset=utf-8><body><h1>{TITLE}</h1><p>{NUMBER}</p>{body}</body></html>".encode()


def as_docx() -> bytes:
    def shown(kind: str, text: Any) -> str:
        if kind != "table":
            return paragraph(text)
        rows = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in text)
        return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"

    return docx(paragraph(TITLE) + paragraph(NUMBER) + "".join(shown(*line) for line in lines()))


def as_pages() -> list[list[Placed]]:
    """Set in type over many pages, with running heads and page numbers, every paragraph broken at the margin."""
    left, right, size = 90.0, 505.0, 16.0
    pages: list[list[Placed]] = [[]]
    top = 110.0

    def put(placed: list[tuple[float, float, str]]) -> None:
        nonlocal top
        if top > HEIGHT - 120:
            pages.append([])
            top = 110.0
        pages[-1].extend((start, top, big, text) for start, big, text in placed)
        top += size * 1.75

    for kind, text in [("title", TITLE), ("number", NUMBER), *lines()]:
        if kind == "table":
            for row in text:
                put([(left + 140 * n, 14.0, cell) for n, cell in enumerate(row)])
            continue
        big = 22.0 if kind == "title" else size
        for line, start in broken(text, left, right, big, centred=kind != "para"):
            put([(start, big, line)])
    for number, page in enumerate(pages, start=1):
        page += [(230.0, 60.0, 10.5, "样例市人民政府公报"), (280.0, HEIGHT - 50, 14.0, f"— {number} —")]
    return pages


FORMATS = {"html": as_html, "docx": as_docx, "pdf": lambda: pdf(as_pages()), "ofd": lambda: ofd(as_pages())}


def test_a_long_instrument_reads_the_same_from_every_format(cli: Cli, tmp_path: Path) -> None:
    found = {}
    for suffix, make in FORMATS.items():
        path = tmp_path / f"page.{suffix}"
        path.write_bytes(make())
        found[suffix] = read(cli, path)
    asked = found["html"]
    assert (asked["title"], asked["number"]) == (TITLE, NUMBER)
    addresses = [eid for eid, *_ in asked["clauses"]]
    assert len(addresses) > 60
    assert {"art_2__para_2__item_4", "art_11__para_6", "art_24__para_3__item_3"} <= set(addresses)
    for suffix, instrument in found.items():
        assert instrument == asked, suffix

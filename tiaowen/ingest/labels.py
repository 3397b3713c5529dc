"""Labelled values about a page: its masthead table, its line of source and date, its <meta> fields.

The names of the <meta> fields are those of 政府网站发展指引 (国办发〔2017〕47号), annex 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from tiaowen.corpus.instrument import Reading
from tiaowen.corpus.texts import NormalText
from tiaowen.text.simplify import simplify
from tiaowen.text.spans import Span

Name = Literal["title", "number", "issuer", "written", "published", "effective", "expires", "validity", "source"]

_LABELS: dict[str, Name] = {
    **dict.fromkeys(("标题", "名称", "文件名称", "法规名称", "法规标题", "文件标题"), "title"),
    **dict.fromkeys(("发文字号", "文号", "公文文号", "文件编号", "发文文号"), "number"),
    **dict.fromkeys(("发文机关", "发布机构", "制发机关", "发布机关", "发文单位", "公布机关", "制定机关"), "issuer"),
    **dict.fromkeys(("成文日期", "成文时间", "发文日期", "生成日期", "签发日期"), "written"),
    **dict.fromkeys(("发布日期", "发布时间", "发表时间", "公布日期", "公开日期", "印发日期", "公告日期"), "published"),
    **dict.fromkeys(("施行日期", "实施日期", "生效日期"), "effective"),
    **dict.fromkeys(("失效日期", "有效期至", "废止日期"), "expires"),
    **dict.fromkeys(("时效性", "有效性", "效力状态", "时效状态", "文件状态", "生效状态", "是否有效"), "validity"),
    **dict.fromkeys(("来源", "信息来源", "文章来源"), "source"),
}
_FIELDS: dict[str, Name] = {
    "articletitle": "title",
    "title": "title",
    "pubdate": "published",
    "contentsource": "source",
}
_OTHERS = (
    "索引号|主题分类|主题词|分类|浏览次数|浏览量|浏览|点击|字体|字号|字体大小|作者|责任编辑|统一编号|公开方式|体裁"
    "|法规类别|修正日期|修订日期"
)


def _spaced(word: str) -> str:
    return r"[ \u3000\xa0]*".join(word)


_ANY = "|".join(_spaced(word) for word in sorted([*_LABELS, *_OTHERS.split("|")], key=len, reverse=True))
LABEL = re.compile(rf"(?<![\u4e00-\u9fff])({_ANY})\s*[:：]|[ \t\u3000](?:浏览|字号|字体)[\s\S]*")
_BLANK = re.compile(r"\s+")
_CELL = re.compile(r"[^\t]+")
_TIMED = re.compile(
    r"\s*(?P<day>(?:19|20)\d{2}(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日))"
    r"(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?\s*(?:$|[^\w\s]|来源|作者|字体|字号|浏览|打印|分享|发布)"
    r"|\s+(?:【?字体|来源\s*[:：]|浏览|打印|分享))"
)
MAX_TABLE = 60
LEAST_COLUMNS, LEAST_PAIRS = 3, 2
MAX_LINE = 300
MAX_LINES = 150


@dataclass(frozen=True, slots=True)
class Labelled:
    """A value under its label. `in_page` tells the page's own words from its <meta> fields."""

    name: Name
    reading: Reading[str]
    in_page: bool


@dataclass(frozen=True, slots=True)
class Stated:
    """What the page says of one instrument outside its text: labelled values, ordered by trust."""

    values: tuple[Labelled, ...] = ()

    def first(self, name: Name, *, in_page: bool | None = None) -> Reading[str] | None:
        """The first value under that name."""
        fits = (v.reading for v in self.values if v.name == name and in_page in (None, v.in_page))
        return next(fits, None)


def labelled_values(normal: NormalText) -> tuple[Labelled, ...]:
    """All labelled values of the page, those in its text first."""
    return (*_in_text(normal), *_in_fields(normal))


def _in_fields(normal: NormalText) -> Iterator[Labelled]:
    wanted = sorted(
        normal.source.fields, key=lambda f: list(_FIELDS).index(n) if (n := f.name.lower()) in _FIELDS else 99
    )
    for field in wanted:
        name = _FIELDS.get(field.name.lower())
        if name and field.value.strip() and field.spans:
            yield Labelled(name, Reading(_BLANK.sub(" ", field.value).strip(), field.spans), in_page=False)


def _in_text(normal: NormalText) -> Iterator[Labelled]:
    source = normal.source
    lines = list(_lines(source.text))
    for label, place in (*_labelled(lines), *_in_columns(lines), *_timed(lines)):
        value = place.of(source.text)
        said = f"{label}：{value}" if label in _LABELS else ""
        reading = Reading(value, source.map.to_source(place), said=said)
        yield Labelled(_LABELS.get(label, "published"), reading, in_page=True)


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """The first lines of a page, each with where it begins."""
    at = 0
    for line in text.split("\n")[:MAX_LINES]:
        if line.strip() and len(line) <= MAX_LINE:
            yield line, at
        at += len(line) + 1


def _labelled(lines: Sequence[tuple[str, int]]) -> Iterator[tuple[str, Span]]:
    """Values that stand after their label and a colon, each with the label."""
    for line, at in lines:
        yield from ((label, span.shift(at)) for label, span in _pairs(line))


def _in_columns(lines: Sequence[tuple[str, int]]) -> Iterator[tuple[str, Span]]:
    """Values that stand on the line below their labels: the rows of a table, the pairs of a definition list.

    A list of documents in the text has a row of labels too; so three must stand side by side, or two one below another.
    """
    rows = [[cell for cell in _CELL.finditer(line) if cell[0].strip()] for line, _ in lines[:MAX_TABLE]]
    names = [[_bare(cell[0]) for cell in row] for row in rows]
    single = sum(len(row) == 1 and row[0] is not None for row in names)
    for index, (labels, values) in enumerate(pairwise(names)):
        wanted = len(labels) >= LEAST_COLUMNS or (len(labels) == 1 and single >= LEAST_PAIRS)
        if wanted and len(labels) == len(values) and None not in labels and not any(values):
            for label, cell in zip(labels, rows[index + 1], strict=True):
                if label in _LABELS:
                    start = lines[index + 1][1] + cell.start() + len(cell[0]) - len(cell[0].lstrip())
                    yield str(label), Span(start, start + len(cell[0].strip()))


def _bare(cell: str) -> str | None:
    """The label that a cell is, without its blanks and its colon, or None."""
    word = _BLANK.sub("", simplify(cell)).rstrip(":：")
    return word if word in _LABELS or word in _OTHERS.split("|") else None


def _timed(lines: Sequence[tuple[str, int]]) -> Iterator[tuple[str, Span]]:
    """The day a page was put up: a day with an hour, or one before 来源 or 字体, on a line without label."""
    for line, at in lines:
        match = _TIMED.match(line)
        if match:
            yield "", Span(match.start("day"), match.end("day")).shift(at)


def _pairs(line: str) -> Iterator[tuple[str, Span]]:
    folded = simplify(line)
    labels = list(LABEL.finditer(folded if len(folded) == len(line) else line))
    for index, match in enumerate(labels):
        end = labels[index + 1].start() if index + 1 < len(labels) else len(line)
        value = line[match.end() : end].strip()
        label = _BLANK.sub("", match[1] or "")
        if label in _LABELS and value:
            start = line.index(value, match.end())
            yield label, Span(start, start + len(value))

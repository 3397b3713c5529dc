"""法学引注手册 (2020), 引用法律文件: book marks, number, Arabic numbers in the path; no quote and no date of access."""

from __future__ import annotations

import re

from tiaowen.corpus.citation import Citation, in_book_marks
from tiaowen.corpus.styles import Style
from tiaowen.text.numerals import read_numeral

_STATE = "中华人民共和国"
_REVISION = re.compile(
    r"[（(〔\[](?P<said>\d{4}\s?年?(?:\d{1,2}月\d{1,2}日)?[第一二三四五六七八九十次]*修[正订改]\w{0,4})[）)〕\]]$"
)
_SHORTENED = re.compile(r"法(?:典|实施条例|实施细则)?$|条例$|宪法$")
_NUMBER = re.compile(r"第（?(?P<n>[零〇一二三四五六七八九十百千两]{1,9})）?(?=编|分编|章|节|条|款|项|目|部分|段|问)")
_GONE = ("已废止", "失效", "试行超期", "已修改", "尚未生效")


def write(citation: Citation) -> str:
    """As 《公司法》（2013年修正）第27条第2款第3项。 and 《…通知》（已废止），法发〔1993〕36号。 show."""
    if not citation.chinese:
        number = f" ({citation.number})" if citation.number else ""
        path = f", {citation.path}" if citation.path else ""
        return f"{citation.title or '[untitled]'}{number}{path}."
    name, revision = _name(citation.title or "")
    noted = "".join(f"（{note}）" for note in (revision, *_validity(citation)) if note)
    path = _NUMBER.sub(lambda found: f"第{read_numeral(found['n'])}", citation.path)
    number = f"，{citation.number}{'，' if path else ''}" if citation.number else ""
    return f"{in_book_marks(name) if name else '（无标题）'}{noted}{number}{path}。"


def _name(title: str) -> tuple[str, str]:
    """The title by its official short name, and the revision it names."""
    found = _REVISION.search(title)
    name = title[: found.start()].rstrip() if found else title
    if name.startswith(_STATE) and _SHORTENED.search(name):
        name = name.removeprefix(_STATE)
    return name, found["said"] if found else ""


def _validity(citation: Citation) -> tuple[str, ...]:
    # Only what a sentence of the page proves is ever set, so it may be said.
    return (citation.validity,) if citation.validity in _GONE else ()


plugin = Style("法学引注手册 (2020)", write)

"""Documents that say by their heading that they are official: 关于…的通知, 管理办法, 名单, an Act.

What is short or a list looks to a line model like furniture, and a notice about a site's maintenance like the site's
own message. Of a document that bears such a heading no line is to be lost: what stands under its heading, in the
element that holds both, is kept unless it is made of links or of the words of menus.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tiaowen.ingest.edges import kinds_of
from tiaowen.ingest.line_features import PageLines, Run

_KINDS = (
    "通知|公告|通告|公示|公报|办法|规定|条例|细则|规则|意见|决定|决议|方案|规划|计划|纲要|名单|目录|清单|批复|答复|复函|函"
    "|章程|标准|规范|制度|指南|指引|须知|措施|命令|公约|准则|报告|通报|简章"
)
_HEADING = re.compile(
    rf"(?:关于|对).{{2,80}}的?(?:{_KINDS})|[^\W\d_].{{2,60}}(?:{_KINDS})(?:\s?[（(].{{1,20}}[)）])?$"
    r"|.{4,40}令\s?第?\s?[〇零一二三四五六七八九十百\d]{1,5}\s?号|附件\s?\d{0,2}\s?[:：].{2,60}$|^公\s?告$|^通\s?[知告]$"
)
_HEADING_EN = re.compile(
    r"\b(?:acts?|laws?|rules|regulations?|measures|provisions|code|statutes?|decree|ordinance|constitution|directions"
    r"|guidelines|opinions on|notice (?:on|of)|circular|decision (?:on|of)|bill)\b",
    re.I,
)
_FILE = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|et|zip|rar|ofd|pptx?)\s*$|^\s*附件", re.I)
_HAN = re.compile("[\u3400-\u9fff]")
_ELEMENTS = ("h1", "h2", "h3")
_MAX_HEADING = 200
_MOST_LINKS = 0.3
_LEAST_BELOW = 8


def names_instrument(string: str) -> bool:
    """Whether a heading or a title says that an official document follows."""
    string = string.strip()
    if not string or len(string) > _MAX_HEADING:
        return False
    return bool((_HEADING if _HAN.search(string) else _HEADING_EN).search(string))


def headings(page: PageLines) -> list[int]:
    """Numbers of the lines that head an official document: no links, in a heading's element or as <title> has it."""
    found = (i for i, path in enumerate(page.paths) if path[-1][:2] in _ELEMENTS or _is_titled(page, page.strings[i]))
    return [i for i in found if page.links[i] < 0.5 and names_instrument(page.strings[i])]


def under_heading(page: PageLines, kept: Sequence[bool]) -> list[bool]:
    """The kept lines, and of an official document all that stand under its heading."""
    found = headings(page)
    if not found:
        return list(kept)
    run = _holding(page, found[-1], kept) or _beside(page, found[-1], kept)
    if run is None:
        return list(kept)
    first = max(found[-1], run.first)
    return [keep or (first <= i < run.end and _is_text(page, i)) for i, keep in enumerate(kept)]


def _is_titled(page: PageLines, string: str) -> bool:
    line = string.strip()
    return len(line) >= 4 and page.told.title.startswith(line) and not kinds_of(line)


def _holding(page: PageLines, heading: int, kept: Sequence[bool]) -> Run | None:
    """The smallest element that holds the heading, text below it and all that is kept; None if much of it is links."""
    last = max((i for i, keep in enumerate(kept) if keep), default=heading)
    for number in page.above[heading]:
        run = page.runs[number]
        below = sum(page.widths[i] for i in range(heading + 1, run.end) if _is_text(page, i))
        if below >= _LEAST_BELOW and last < run.end:
            return run if _few_links(page, run) else None
    return None


def _beside(page: PageLines, heading: int, kept: Sequence[bool]) -> Run | None:
    """The smallest element that holds all that is kept below a heading, where that stands outside it; not the page."""
    below = [i for i, keep in enumerate(kept) if keep and i > heading]
    for number in page.above[below[0]] if len(below) > 1 else ():
        run = page.runs[number]
        if heading < run.first and below[-1] < run.end:
            return run if _few_links(page, run) else None
    return None


def _few_links(page: PageLines, run: Run) -> bool:
    linked = page.sums.linked[run.end] - page.sums.linked[run.first]
    return bool(linked <= _MOST_LINKS * page.sums.width_of(run))


def _is_text(page: PageLines, i: int) -> bool:
    string = page.strings[i].strip()
    if not string or kinds_of(string):
        return False
    return page.links[i] < 0.5 or is_attachment(string)


def is_attachment(string: str) -> bool:
    """Whether a line names a file that belongs to the document."""
    return bool(_FILE.search(string))

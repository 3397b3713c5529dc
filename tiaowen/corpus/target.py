"""What instrument a reference is to: 《公司法》（2013年修正）, 国发〔2007〕19号, 中小企业促进法, 本办法, 该法."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tiaowen.corpus.docnumber import find_numbers

_NAMES = (
    "宪法|法典|法|条例|办法|规定|细则|规则|解释|决定|意见|通知|方案|规划|计划|纲要|规程|规范|修正案|决议|章程"
    "|公约|条约|协定|议定书"
)
_OWN = f"{_NAMES}|准则|守则|指引|指南|通告|标准|制度|措施|公告|令|批复|法律"
_SELF = re.compile(rf"(?:本|该|(?<!合)同|前述|上述)(?:{_OWN})$")
_BRACKETED = re.compile(r"[（(]([^（）()]{1,40})[）)]\s*$")
_MARKED = re.compile(
    r"《([^《》]{1,120}(?:〈[^〈〉]{1,80}〉[^《》]{0,60})?)》(?:中|的|之|规定的|所规定的|里|总则|分则|附则)?$"
)
_QUOTED = re.compile(rf"[“「『〈【\"]([\u4e00-\u9fff]{{1,60}}(?:{_NAMES}))[”」』〉】\"]$")
_BARE = re.compile(rf"(?<![\u4e00-\u9fff《])([\u4e00-\u9fff]{{1,40}}(?:{_NAMES}))$")
_LEADS = re.compile(
    r".*(?:依照|按照|根据|依据|违反|适用|参照|符合|对照|援引|引用|以及|或者|规定的|执行|认定|属于|构成|有|按|依|与"
    r"|和(?!国)|或|及|的|是|在|由|对|所称|受|为|被|将|属|(?<!关)于)"
)
_VERSION = re.compile(
    r"以下(?:统称|简称|称)|(?:19|20)\d{2}\s*年?.{0,6}(?:修正|修订|版|本|公布|制定|通过|施行)|试行|暂行|草案|意见稿|送审稿|已废止|已失效|修正|修订"
)
_SHORT = re.compile(
    r"(?:《(?P<marked>[^《》]{2,120})》|(?P<bare>[\u4e00-\u9fff]{4,40}))"
    r"[（(](?:[^（）()]{0,30}[，,])?以下(?:统称|简称|称)(?:为)?[“《「]?(?P<short>[^（）()”》」]{1,20})[”》」]?[）)]"
)
_OF_NUMBER = re.compile(r"(?<=号)(?:文件?|文件?中)$")
MAX_BEFORE = 160
_KINDS_EN = (
    r"(?:Law|Act|Code|Constitution|Regulations?|Measures|Rules|Provisions|Ordinance|Decree|Directive|Convention"
    r"|Treaty|Decision)"
)
_SELF_EN = re.compile(rf"\s*,?\s*(?:of|in|under)\s+((?:this|these|that|the said|the same) {_KINDS_EN})\b", re.I)
_NAME_EN = r"(?:[A-Z][\w’'&-]*|(?:of|on|and|for|the|in|to|by)(?=\s))"
_AFTER_EN = re.compile(rf"\s*,?\s*of\s+(?:the\s+)?({_NAME_EN}(?:\s{_NAME_EN}){{0,24}})")
_BEFORE_EN = re.compile(rf"((?:[A-Z][\w’'&-]*\s(?:(?:of|on|and|for|the|in|to|by)\s){{0,3}}){{0,16}}{_KINDS_EN})[\s,]+$")
_KIND_EN = re.compile(rf"\b{_KINDS_EN}\b")
_CONNECTIVES = re.compile(r"(?:\s(?:of|on|and|for|the|in|to|by))+$")


@dataclass(frozen=True, slots=True)
class Target:
    """The instrument meant: by `title` (no book marks around it), by `number` (canonical), or `this` (本办法, 该法).

    `version` is what stands in brackets after the title (2013年修正, 试行). `start` is where the words for it begin.
    """

    title: str = ""
    number: str = ""
    this: str = ""
    version: str = ""
    start: int = 0


def target_before(text: str, end: int) -> Target | None:
    """The instrument that the words right before `end` name, or None."""
    before = text[max(0, end - MAX_BEFORE) : end]
    shift = end - len(before)
    before = before.rstrip(" \u3000，,")
    before, number = _number_at_end(_OF_NUMBER.sub("", before))
    before, version = _version_at_end(before.rstrip(" \u3000，,"))
    if own := _SELF.search(before):
        return Target(this=own[0], start=shift + own.start())
    title = _title_at_end(before)
    if title:
        return Target(title[0], number[0] if number else "", "", version, shift + title[1])
    return Target(number=number[0], start=shift + number[1]) if number else None


def english_after(text: str, start: int) -> Target | None:
    """The instrument that goes on from `start`: … of this Law, … of the SME Promotion Law."""
    if own := _SELF_EN.match(text, start):
        return Target(this=own[1], start=own.start(1))
    match = _AFTER_EN.match(text, start)
    name = _CONNECTIVES.sub("", match[1]) if match else ""
    if not match or not _KIND_EN.search(name):
        return None
    alone = " " not in name and name != "Constitution"
    return Target(this=f"the {name}", start=match.start(1)) if alone else Target(title=name, start=match.start(1))


def english_before(text: str, end: int) -> Target | None:
    """The instrument named right before `end`: SME Promotion Law, art. 3."""
    shift = max(0, end - MAX_BEFORE)
    match = _BEFORE_EN.search(text[shift:end])
    name = match[1].removeprefix("The ") if match else ""
    return Target(title=name, start=shift + match.end(1) - len(name)) if match and " " in name else None


def short_names(text: str) -> dict[str, str]:
    """What 以下简称 gives a name to in `text`: short name → full title."""
    return {
        match["short"].strip("《》"): match["marked"] or _unled(match["bare"])[0] for match in _SHORT.finditer(text)
    }


def _title_at_end(before: str) -> tuple[str, int] | None:
    if marked := _MARKED.search(before) or _QUOTED.search(before):
        return marked[1], marked.start()
    if bare := _BARE.search(before):
        name, cut = _unled(bare[1])
        return (name, bare.start() + cut) if len(name) > 1 else None
    return None


def _unled(name: str) -> tuple[str, int]:
    """The name without words that lead up to it (依照…), and how many characters those are."""
    lead = _LEADS.match(name)
    return (name[lead.end() :], lead.end()) if lead and len(name) - lead.end() > 1 else (name, 0)


def _number_at_end(before: str) -> tuple[str, tuple[str, int] | None]:
    inner = before[:-1] if before.endswith(("）", ")")) else before
    for number in find_numbers(inner):
        if number.span.end == len(inner):
            start = number.span.start
            opened = inner is not before and before[:start].endswith(("（", "("))
            if inner is before or opened:
                return before[: start - opened], (number.canonical, start)
    return before, None


def _version_at_end(before: str) -> tuple[str, str]:
    match = _BRACKETED.search(before)
    if match and _VERSION.search(match[1]):
        return before[: match.start()], "" if "以下" in match[1] else match[1]
    return before, ""

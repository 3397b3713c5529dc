"""What a line of the masthead or the signature is, by its form alone."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Literal

from tiaowen.ingest.labels import LABEL
from tiaowen.text.numerals import read_numeral

Role = Literal[
    "number", "date", "note", "addressee", "issuer", "source", "contents", "title", "annex", "signer", "signed"
]

_YEAR = (
    r"(?:中华)?民国\s*(?:[0-9０-９]{1,3}|[一二三四五六七八九十百]{1,5})|[0-9０-９]{4}|[〇○零一二三四五六七八九OＯ]{4}"
)
_DAY = r"[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3}"
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
DATE = re.compile(rf"({_YEAR})\s*年\s*({_DAY})\s*月\s*({_DAY})\s*日")
DATE_EN = re.compile(rf"({'|'.join(_MONTHS)})\s+(\d{{1,2}}),?\s+(\d{{4}})", re.I)
DATE_ISO = re.compile(r"(?<!\d)((?:19|20)\d{2})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")

NUMBER = re.compile(
    r"([\u4e00-\u9fff]{1,15})\s*[〔\[［(（【]\s*((?:19|20)\d{2})\s*[〕\]］)）】]\s*第?\s*([0-9]{1,5})\s*号"
)
NUMBER_EN = re.compile(r"([A-Z][A-Za-z ]{1,90}?)\s*\[((?:19|20)\d{2})\]\s*No\.?\s*(\d{1,5})")
ORDER = re.compile(r"(?:第\s*[0-9〇零一二三四五六七八九十百]{1,6}\s*号|(?:19|20)\d{2}年第\s*\d{1,4}\s*号)")

KINDS = (
    *("决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "函"),
    *("纪要", "宪法", "法典", "法", "条例", "规定", "办法", "细则", "规则", "规程", "规范", "准则", "方案", "规划"),
    *("计划", "要点", "措施", "标准", "指南", "目录", "纲要", "解释", "解读", "令", "制度", "章程", "指引", "清单"),
    *("守则", "大纲", "修正案"),
)
_VERSION = r"(?:\s*[（(](?:[^（）()]{1,20})[）)])*"
TITLE_ABOUT = re.compile(r"关于|印发|转发|批转|公布|发布")
TITLE = re.compile(rf"[^。；！？;!?]{{1,120}}(?:{'|'.join(sorted(KINDS, key=len, reverse=True))})[》”]?{_VERSION}$")
_BODIES = "部|委|局|厅|府|院|会|室|署|行|处|中心|总队|公司|社|办|海关|军区|团|联|台|所|集团"
_ISSUER = re.compile(rf"[\u4e00-\u9fff、 \u3000\xa0]{{2,80}}(?:{_BODIES})$")
_ISSUER_EN = re.compile(r"(?:The )?[A-Z][\w’'-]*(?: (?:[A-Z][\w’'-]*|of|and|the|for|&),?){1,14}$")
_SIGNER = re.compile(
    r"(?:代)?(?:(?:国务院)?总理|(?:国家|自治区|政府)?主席|[\u4e00-\u9fff]{0,12}"
    r"(?:省长|市长|州长|县长|区长|部长|主任|局长|署长|行长|院长|检察长|委员长|司令员|会长))"
    r"[ \u3000\xa0]+[\u4e00-\u9fff·]{1,8}(?:[ \u3000\xa0]{1,4}[\u4e00-\u9fff]{1,4})?$"
)
"""Who signs an order: 省长 张某."""

_ADDRESSEE = re.compile(
    r"(?:各|[\u4e00-\u9fff]{2,20}(?:府|部|委|局|厅|院|省|市|会|行|团)(?=[、，,：:（( ]))[^。；;]{0,400}"
    r"(?<!如下)(?<!下列)[：:]$"
)
_ADDRESSEE_EN = re.compile(
    r"[^.;]{10,300}(?:provinces|departments|governments|units|corps|soldiers)[^.;]{0,80}:$", re.I
)
_NOTE = re.compile(r"[（(].*(?:通过|修订|修正|公布|批准|施行|废止|发布|年).*[）)]$")
_DATED_NOTE = re.compile(
    rf"(?:{_YEAR})年[^。；]{{0,300}}(?:通过|修订|修正|公布|批准|施行|发布|公告|令|根据|执行|会议|制定|订定)[^。；]{{0,60}}$"
)
_BARE_LABEL = re.compile(r"[\u4e00-\u9fff \u3000]{2,10}[:：]$")
_ANNEX = re.compile(r"附\s*[件录表][0-9０-９一二三四五六七八九十]{0,3}\s*[:：]?$|附[:：]$")
_CONTENTS = re.compile(r"目\s*[录次]$|Contents$", re.I)
_ANY_DATE = rf"(?:{DATE.pattern}|{DATE_EN.pattern}|{DATE_ISO.pattern})"
_WHOLE = re.compile(rf"[（(]?{_ANY_DATE}(?:\s*\d\d:\d\d(?::\d\d)?)?[）)]?\s*(?:施行|公布|发布|起施行)?$", re.I)
_NUMBER_LINE = re.compile(rf"[^。；：]{{0,30}}?{NUMBER.pattern}$|[（(]\s*{NUMBER.pattern}\s*[）)]$")
_NUMBER_LINE_EN = re.compile(rf"{NUMBER_EN.pattern}$")
_ORDER_LINE = re.compile(rf"[^。；：，]{{0,40}}{ORDER.pattern}$")

SIGNED = re.compile(rf"(?P<who>{_ISSUER.pattern.rstrip('$')})[ \u3000\xa0]+(?P<day>{DATE.pattern})$")
"""Who signs, and the day, on one line."""

_FORMS: tuple[tuple[Role, tuple[re.Pattern[str], ...]], ...] = (
    ("source", (LABEL,)),
    ("contents", (_CONTENTS,)),
    ("annex", (_ANNEX,)),
    ("date", (_WHOLE,)),
    ("signed", (SIGNED,)),
    ("number", (_NUMBER_LINE, _NUMBER_LINE_EN, _ORDER_LINE)),
    ("note", (_NOTE, _DATED_NOTE)),
    ("signer", (_SIGNER,)),
    ("addressee", (_ADDRESSEE, _ADDRESSEE_EN)),
    ("source", (_BARE_LABEL,)),
    ("title", (TITLE,)),
    ("issuer", (_ISSUER,)),
)
MAX_LINE = 400
_SPACED = re.compile(r"[ \u3000\xa0]+")
_LETTERS = re.compile(
    "|".join(r"[ \u3000\xa0]+".join(kind) for kind in sorted(KINDS, key=len, reverse=True) if len(kind) > 1) + "$"
)


def unspaced(line: str) -> str:
    """The line with the kind of document that it ends with closed up: 通　　知."""
    return _LETTERS.sub(lambda match: _SPACED.sub("", match[0]), line)


@lru_cache(maxsize=8192)
def role_of(line: str) -> Role | None:
    """The role that the form of `line` speaks for, or None for words of the text itself."""
    if len(line) > MAX_LINE:
        return None
    for role, patterns in _FORMS:
        if any(pattern.match(line) for pattern in patterns):
            return role
    return None


def read_date(text: str) -> date | None:
    """The first date written in `text`, or None; impossible days are none."""
    for pattern, order in ((DATE, "ymd"), (DATE_ISO, "ymd"), (DATE_EN, "mdy")):
        match = pattern.search(text)
        if match:
            parts = dict(zip(order, match.groups(), strict=True))
            return _date(parts["y"], parts["m"], parts["d"])
    return None


def _date(year: str, month: str, day: str) -> date | None:
    m = _MONTHS.index(month.lower()) + 1 if month.isalpha() and month.isascii() else read_numeral(month)
    if "民国" in year:
        year = str(1911 + (read_numeral(year.rpartition("国")[2].strip()) or 0))
    y, d = read_numeral(year.replace("O", "〇").replace("Ｏ", "〇")), read_numeral(day)
    try:
        return date(y or 0, m or 0, d or 0)
    except ValueError:
        return None


def is_issuer(line: str) -> bool:
    """Whether the line could be the name of an authority, or several side by side."""
    return bool(_ISSUER.match(line) or _ISSUER_EN.match(line))

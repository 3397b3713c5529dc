"""Where an instrument is from and how high it stands: province, city, level.

The level follows from who issued it and how (立法法 第二章至第五章; 规章制定程序条例): an order of the State Council
publishes an administrative regulation, an order of a ministry a departmental rule, an order of a local government a
local rule, and what bears a mere document number is a normative document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tiaowen.corpus.divisions import Division, division_at_start, division_in_english
from tiaowen.corpus.instrument import Genre, Masthead, Reading

_PEOPLES = re.compile(r"(?:最高人民法院|最高人民检察院)")
_CENTRAL = re.compile(
    r"^(?:中华人民共和国)?(?:国务院|全国人民代表大会|全国人大|中央军委|最高人民|[\u4e00-\u9fff]{2,14}(?:部|总局|署|委员会)(?:办公厅)?$|"
    r"国家[\u4e00-\u9fff]{2,12}(?:局|委|办公室)|中国[\u4e00-\u9fff]{2,16}(?:会|局|行)|中共中央|中央)"
)
_REPOSTED = re.compile(r"^[（(【][^）)】]{1,8}[）)】]\s*")
_ABOUT = re.compile(r"^(?:关于)?(?:印发|公布|发布|转发|批转|修改|废止|重新发布)?[《〈]?")
_RESOLVES = re.compile(r"(?:报告|预算|决算|计划|名单|任免)[^的]{0,12}的(?:决议|决定)$")
"""A congress that agrees to a report makes no law."""

_STATES = re.compile(r"^中华人民共和国")
_EVIDENCE = tuple(
    (re.compile(pattern), level)
    for pattern, level in (
        (r"全国人民代表大会|主席令", "法律"),
        (r"国家监察委员会", "监察法规"),
        (r"人民代表大会", "地方性法规"),
        (r"最高人民法院|最高人民检察院|^法释|^高检发释", "司法解释"),
        (r"国务院令", "行政法规"),
        (r"(?:省|市|自治区|自治州|县|区)(?:人民)?政府(?:令|命令)", "地方政府规章"),
        (r"(?<!中央军事委员会)(?<=部|局|会|署|行|室)(?:令|命令)", "部门规章"),
    )
)

Place = tuple[Reading[str] | None, Reading[str] | None]


def place_of(masthead: Masthead) -> Place:
    """(province, city): read where the title or an issuer begins with its name; a city's province is inferred."""
    for reading in (masthead.title, *masthead.issuers):
        division = _named(reading.value) if reading else None
        if reading and division:
            return _readings(reading, division)
    return _in_english(masthead)


def _named(text: str) -> Division | None:
    return division_at_start(_ABOUT.sub("", _REPOSTED.sub("", text)))


def _readings(reading: Reading[str], division: Division) -> Place:
    stated = replace(reading, value=division.province)
    city = replace(reading, value=division.city) if division.city else None
    if division.city and division.province and division.city != division.province:
        basis = f"{division.city} lies in {division.province}"
        return replace(stated, inferred=True, basis=basis), city
    return (stated if division.province else None), city


def _in_english(masthead: Masthead) -> Place:
    """An English title or issuer that names exactly one province."""
    for reading in (masthead.title, *masthead.issuers):
        named = {d.province for d in division_in_english(reading.value)} if reading else set()
        if reading and len(named) == 1:
            return replace(reading, value=named.pop()), None
    return None, None


def level_of(masthead: Masthead, notes: Sequence[Reading[str]]) -> Reading[str] | None:
    """The level, always as an inference with its basis; None for what is no law, and where nothing speaks for one.

    `notes` are the version notes (…年…月…日…通过, …令第…号公布).
    """
    if masthead.genre is None or masthead.genre.value != "law" or masthead.title is None:
        return None
    title = _STATES.sub("", masthead.title.value)
    for evidence in (masthead.number, *notes):
        level = _by_evidence(evidence.value, title) if evidence else None
        if evidence and level:
            return Reading(level, evidence.spans, inferred=True, basis=f"issued by {evidence.value[:60]}")
    return _by_title(masthead, title) or _by_issuer(masthead)


def _by_evidence(words: str, title: str) -> str | None:
    """What an order, a session of a congress or a document number speaks for."""
    level = next((level for pattern, level in _EVIDENCE if pattern.search(words)), None)
    if level == "法律" and title.startswith("宪法"):
        return "宪法"
    if level in ("法律", "地方性法规") and _RESOLVES.search(title):
        return None
    if level == "地方性法规" and re.search(r"自治条例|单行条例", title):
        return "自治条例"
    return level


def _by_title(masthead: Masthead, title: str) -> Reading[str] | None:
    if masthead.title is None:
        return None
    level = None
    if masthead.title.value.startswith("中华人民共和国") and title.endswith("法"):
        level = "法律"
    elif _PEOPLES.match(title) and re.search(r"解释|规定|批复", title):
        level = "司法解释"
    elif re.match(r"中共中央|中国共产党", title):
        level = "党内法规"
    return Reading(level, masthead.title.spans, inferred=True, basis="its title") if level else None


def _by_issuer(masthead: Masthead) -> Reading[str] | None:
    """A normative document, by who issued it."""
    for issuer in masthead.issuers:
        local = division_at_start(issuer.value) is not None
        name = (
            "地方"
            if local
            else "国务院"
            if re.match(r"国务院", issuer.value)
            else "部门"
            if _CENTRAL.match(issuer.value)
            else ""
        )
        if name:
            value, basis = f"规范性文件（{name}）", f"issued by {issuer.value}"
            return Reading(value, issuer.spans, inferred=True, basis=basis)
    return None


def _rank_of(issuer: str) -> str:
    if division_at_start(issuer):
        return "地方"
    if issuer.startswith("国务院"):
        return "国务院"
    return "部门" if _CENTRAL.match(issuer) else ""


def genre_of(title: Reading[str] | None, has_articles: bool, kind: Reading[str] | None) -> Reading[Genre] | None:
    """Law, or talk about it: by what the title says, and only then by the kind of document it names."""
    if title is None:
        return None
    for genre, pattern in _GENRES:
        if pattern.search(title.value):
            return Reading(genre, title.spans)
    if kind or has_articles:
        basis = "its title names a kind of document" if kind else "it is divided into articles"
        return Reading("law", inferred=True, basis=basis)
    return None


_GENRES: tuple[tuple[Genre, re.Pattern[str]], ...] = (
    ("draft", re.compile(r"征求意见稿|征求(?:对|关于)?.{0,60}意见|草案|送审稿")),
    (
        "commentary",
        re.compile(
            r"解读|解讀|问答|答记者问|热点\d*问|常见问题|一图读懂|一文(?:读懂|说清)|政策(?:解析|说明)|图解|详解"
        ),
    ),
    ("essay", re.compile(r"范文|模板|心得体会")),
    ("news", re.compile(r"新闻发布|记者|[！!]$|\b(?:issued|issue) measures\b|公布！|来了")),
)

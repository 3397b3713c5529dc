"""Addresses of provisions: `art_12__para_2__item_1` ↔ 第十二条第二款第（一）项 ↔ Article 12(2)(1).

An eid is a chain of steps from the outside in. Articles count through the whole instrument, so chapters are no part
of an article's address. How a path is written follows the drafting rules of 立法法 第六十五条 and the usage of
auditors: one paragraph → 第X条; items straight under the article → 第X条第（X）项; several paragraphs →
第X条第X款第（X）项. The path of a notice is written 三（二）1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tiaowen.corpus.instrument import ProvisionKind
from tiaowen.errors import UsageError
from tiaowen.text.numerals import chinese_numeral

STEP_NAMES = {
    ProvisionKind.PART: "part",
    ProvisionKind.SUBPART: "subpart",
    ProvisionKind.CHAPTER: "chap",
    ProvisionKind.SECTION: "sec",
    ProvisionKind.ARTICLE: "art",
    ProvisionKind.PARAGRAPH: "para",
    ProvisionKind.ITEM: "item",
    ProvisionKind.SUBITEM: "subitem",
    ProvisionKind.LEVEL: "level",
    ProvisionKind.ENUMERATION: "enum",
    ProvisionKind.TAIL: "tail",
    ProvisionKind.HEADING: "head",
    ProvisionKind.QUESTION: "question",
    ProvisionKind.ANNEX: "annex",
}
_KINDS = {name: kind for kind, name in STEP_NAMES.items()}
_STEP = re.compile(r"([a-z]+)_(\d{1,9}(?:-\d{1,9})*)(?:~(\d{1,9}))?")
_UNITS = {
    ProvisionKind.PART: "编",
    ProvisionKind.SUBPART: "分编",
    ProvisionKind.CHAPTER: "章",
    ProvisionKind.SECTION: "节",
    ProvisionKind.ARTICLE: "条",
}
_TAIWAN_UNITS = {
    ProvisionKind.ARTICLE: "條",
    ProvisionKind.PARAGRAPH: "項",
    ProvisionKind.ITEM: "款",
    ProvisionKind.SUBITEM: "目",
}
_WORDS = {
    ProvisionKind.PART: "Part",
    ProvisionKind.SUBPART: "Subpart",
    ProvisionKind.CHAPTER: "Chapter",
    ProvisionKind.SECTION: "Section",
    ProvisionKind.ARTICLE: "Article",
    ProvisionKind.ANNEX: "Annex",
    ProvisionKind.HEADING: "heading",
    ProvisionKind.QUESTION: "Question",
}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an address: `number` in canonical form ("3", "3-1"), `copy` above 1 where the text repeats it."""

    kind: ProvisionKind
    number: str
    copy: int = 1

    def __str__(self) -> str:
        return f"{STEP_NAMES[self.kind]}_{self.number}" + (f"~{self.copy}" if self.copy > 1 else "")


Address = tuple[Step, ...]


def parse_eid(eid: str) -> Address:
    """The steps of `eid`; UsageError, with the step and the known names, where it cannot be read."""
    steps = []
    for word in eid.split("__"):
        match = _STEP.fullmatch(word)
        if not match or match[1] not in _KINDS:
            raise UsageError(f"not an address step: “{word}” in “{eid}”; known: {', '.join(_KINDS)}, each with _NUMBER")
        steps.append(Step(_KINDS[match[1]], match[2], int(match[3] or 1)))
    return tuple(steps)


def write_eid(steps: Sequence[Step]) -> str:
    """The eid of an address."""
    return "__".join(map(str, steps))


PathForm = Literal["zh", "en", "tw"]
"""How a path is written: in Chinese, in English, or as in Taiwan, where 項 is the paragraph and 款 the item."""


def write_path(steps: Sequence[Step], form: PathForm = "zh") -> str:
    """The address as an auditor writes it: 第十二条第二款第（一）项, 三（二）1., Article 12(2)(1), 第十二條第二項."""
    if form == "en":
        return _joined_en([_write_en(step, steps[:i]) for i, step in enumerate(steps)])
    write = _write_tw if form == "tw" else _write_zh
    return "".join(write(step, steps[:i], steps[i + 1 :]) for i, step in enumerate(steps))


def _write_tw(step: Step, above: Sequence[Step], below: Sequence[Step]) -> str:
    """中央法規標準法 第八條: 條 項 款 目. The mainland's labels are never mixed in."""
    unit = _TAIWAN_UNITS.get(step.kind)
    in_article = step.kind is ProvisionKind.ARTICLE or any(s.kind is ProvisionKind.ARTICLE for s in above)
    if unit is None or not in_article:
        return _write_zh(step, above, below)
    number = _chinese(step.number)
    return f"第{number[0]}{unit}{number[1]}"


def _write_zh(step: Step, above: Sequence[Step], below: Sequence[Step]) -> str:
    kind, number = step.kind, _chinese(step.number)
    if kind in _UNITS:
        return f"第{number[0]}{_UNITS[kind]}{number[1]}"
    if kind is ProvisionKind.LEVEL:
        return _level_zh(step, above, below)
    if kind is ProvisionKind.PARAGRAPH:
        in_article = any(s.kind is ProvisionKind.ARTICLE for s in above)
        return f"第{number[0]}{'款' if in_article and above[-1].kind is ProvisionKind.ARTICLE else '段'}"
    forms = {
        ProvisionKind.ITEM: "第（{}）项",
        ProvisionKind.ENUMERATION: "“{}是”",
        ProvisionKind.QUESTION: "第{}问",
    }
    if kind is ProvisionKind.QUESTION and "-" in step.number:
        return f"第{step.number.replace('-', '.')}问"
    if kind in forms:
        return forms[kind].format(number[0] + number[1])
    return {"subitem": "第{}目", "annex": "附件{}", "head": "标题{}", "tail": "后段"}[STEP_NAMES[kind]].format(
        step.number
    )


def _level_zh(step: Step, above: Sequence[Step], below: Sequence[Step]) -> str:
    """一、 （一） 1. （1） ① by depth, the first without its comma: 三（二）1. Decimal numbers are whole: 5.1.2."""
    if "-" in step.number:
        inner = below and below[0].number.startswith(f"{step.number}-")
        return "" if inner else step.number.replace("-", ".")
    if below and below[0].number.startswith(f"{step.number}-"):
        return ""
    if any("-" in s.number or s.kind is ProvisionKind.ARTICLE for s in above):
        return f"（{step.number}）"
    depth = sum(s.kind is ProvisionKind.LEVEL for s in above)
    chinese = _chinese(step.number)[0]
    if depth == 0:
        return chinese if below and below[0].kind is ProvisionKind.LEVEL else f"第{chinese}部分"
    if depth == 4 and int(step.number) in range(1, len(_CIRCLED) + 1):
        return _CIRCLED[int(step.number) - 1]
    return {1: f"（{chinese}）", 2: f"{step.number}."}.get(depth, f"（{step.number}）")


def _chinese(number: str) -> tuple[str, str]:
    """("三", "之一") for "3-1"."""
    first, *rest = number.split("-")
    return chinese_numeral(int(first)), "".join(f"之{chinese_numeral(int(n))}" for n in rest)


def _write_en(step: Step, above: Sequence[Step]) -> str:
    if step.kind in _WORDS:
        return f"{_WORDS[step.kind]} {step.number}"
    if step.kind is ProvisionKind.TAIL:
        return "second part"
    if step.kind is ProvisionKind.PARAGRAPH and not any(s.kind is ProvisionKind.ARTICLE for s in above):
        return f"paragraph {step.number}"
    return f"({step.number})"


def _joined_en(pieces: Sequence[str]) -> str:
    """`Article 12(2)(1)`: brackets stick to what stands before them, words are set apart by commas."""
    text = ""
    for piece in pieces:
        text += piece if not text or piece.startswith("(") else f", {piece}"
    return text

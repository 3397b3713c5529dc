"""Words of duty, permission, encouragement and prohibition, where they stand in their own sense.

A text is read once from left to right and the first reading of the table that fits takes its characters, so that 不应当
is a prohibition and never the duty inside it, and 不鼓励 is neither. Texts are plain (schema.plain).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, get_args

Mode = Literal["must", "may", "encourage", "forbid"]
MODES: tuple[Mode, ...] = get_args(Mode)

_NONE = "none"
_READINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    # The same characters in another sense: 应|当事人, 适应|当前, 可以预见, 必须品 (misspelt 必需品), 禁止令, 支持公诉.
    (
        _NONE,
        (
            "应当事人",
            "应当地(?![方面质址块理表])",
            "应当时(?![刻常])",
            "[适响]应当",
            "供应当[地前日年]",
            "理所应当",
            "可以(?:说是|说[,:。]|看出|想见|预见|理解为)",
            "必须品",
            "[无毋勿胡龙触根虾]须",
            "须[知弥臾]",
            "禁止[性令类区]",
            "支持(?:公诉|起诉|诉讼)",
            "技术支持",
        ),
    ),
    # What is asked, denied or left open lays nothing down.
    (
        _NONE,
        (
            "是否(?:应当|应予|必须|可以|可予|鼓励|支持|禁止)",
            "不(?:必须|可予|务必)",
            "(?:不|不予|不再|不宜|不作|未|未予|停止)(?:鼓励|支持)",
            "(?<=应予)支持",
            "不得(?:不|已|而知)",
            "[舍巴恨怪]不得",
            "不应(?:有的|[求诉答聘考试])",
            "不准[确予许时]",
            "不许可",
            r"\b(?:not|never)(?: be)? (?:encourag|support)\w*",
        ),
    ),
    (
        "forbid",
        (
            "不得",
            "禁止",
            "严禁",
            "不应当?",
            "不可以",
            "不准",
            "不许",
            r"\b(?:shall|must|may) (?:not|never)\b",
            r"\bno (?:\w+ ){1,6}?(?:shall|must|may)\b",
            r"\b(?:prohibit(?:s|ed)?|forbid(?:s|den)?)\b",
        ),
    ),
    ("must", ("应当", "应予", "必须", "务必", "须", r"\b(?:shall|must)\b")),
    # May the month stands beside a number or after a preposition of time.
    ("may", ("可以", "可予", r"(?<!\bin )(?<!\bof )(?<!\bby )(?<!\d )\bmay\b(?! \d)")),
    ("encourage", ("鼓励", "支持", r"\bencourag(?:es?|ed|ing)\b", r"\bsupports?\b")),
)
_FIRST = "应必适响供理可无毋勿胡龙触根虾须禁支技是不未停舍巴恨怪严务鼓nsmpfe"
"""The characters that readings begin with: a quick no at all others."""
_PHRASE_END = re.compile("[,;:。!?\n]")


@cache
def _reading() -> re.Pattern[str]:
    """Finds the next reading, in a group named by mode and row. Made on first use: few queries ask for modality."""
    rows = (f"(?P<{mode}{row}>{'|'.join(words)})" for row, (mode, words) in enumerate(_READINGS))
    return re.compile(f"(?=[{_FIRST}])(?:{'|'.join(rows)})")


def modal_words(text: str) -> Iterator[tuple[Mode, int, int]]:
    """Every word of `text` that forbids, demands, permits or encourages, with its place.

    What is encouraged or supported after a Chinese prohibition in the same phrase is what it forbids.
    """
    forbidden_from = -1
    for found in _reading().finditer(text):
        reading = str(found.lastgroup)[:-1]
        if reading == _NONE:
            continue
        phrase_ends = forbidden_from < 0 or _PHRASE_END.search(text, forbidden_from, found.start())
        if reading == "encourage" and not phrase_ends:
            continue
        if reading == "forbid" and not found[0].isascii():
            forbidden_from = found.end()
        yield next(mode for mode in MODES if mode == reading), found.start(), found.end()


def modes_of(text: str) -> tuple[Mode, ...]:
    """The modes that stand in `text`, each once."""
    return tuple(dict.fromkeys(mode for mode, _, _ in modal_words(text)))

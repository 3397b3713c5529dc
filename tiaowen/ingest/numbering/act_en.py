"""English statutes and their translations: Part, Chapter, Section, Article, then (I) or (1).

Machine translation gives `Article 1:`, `ThirdArticle The`, `Chapter 1 General`: all are read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from tiaowen.corpus.instrument import ProvisionKind
from tiaowen.ingest.numbering import Marker, Scheme
from tiaowen.ingest.numbering._signs import REMEMBERED, list_sign_en
from tiaowen.text.numerals import read_numeral

_UNITS = {
    "part": (ProvisionKind.PART, 10),
    "chapter": (ProvisionKind.CHAPTER, 30),
    "section": (ProvisionKind.SECTION, 40),
    "article": (ProvisionKind.ARTICLE, 50),
}
_ORDINAL_WORDS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
    "twentieth",
)
_ORDINALS = {word: value for value, word in enumerate(_ORDINAL_WORDS, start=1)}
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_COUNTED = (
    rf"(?:(?:{_TENS})[- ]?)?(?:one|two|three|four|five|six|seven|eight|nine)|ten|eleven|twelve|thirteen|fourteen"
    rf"|fifteen|sixteen|seventeen|eighteen|nineteen|{_TENS}"
)
_AFTER = re.compile(
    rf"(Part|Chapter|Section|Article)\s?(\d{{1,4}}|[IVXL]{{1,7}}|(?<=\s)(?:{_COUNTED})\b)((?:-\d{{1,2}})?)(?![\w(-])"
    r"(\s*(?:[:：.]|,(?=\s?[A-Z](?!rticle|aragraph|ection|hapter|tem)))?\s*)",
    re.I,
)
_BEFORE = re.compile(rf"({'|'.join(_ORDINALS)})\s?(Part|Chapter|Section|Article)\b(\s*[:：.]?\s*)", re.I)
_REFERENCE = re.compile(r"(?:of|and|or|to|shall|is|are|above|below|through|,|;)\b|[,;)]")
MAX_HEADING = 120


def _weigh(lines: Sequence[str]) -> tuple[int, str]:
    kinds = [m.kind for line in lines if (m := _label(line))]
    articles, sections = kinds.count(ProvisionKind.ARTICLE), kinds.count(ProvisionKind.SECTION)
    if articles:
        return 10 * articles, f"{articles} lines open with Article"
    return (10 * sections, f"{sections} lines open with Section") if sections > 1 else (0, "")


def _mark(line: str) -> Marker | None:
    return _label(line) or list_sign_en(line)


@lru_cache(maxsize=REMEMBERED)
def _label(line: str) -> Marker | None:
    match = _AFTER.match(line)
    if match:
        word, value, branch, gap = match[1], read_numeral(match[2]), match[3], match.start(4)
    elif match := _BEFORE.match(line):
        word, value, branch, gap = match[2], _ORDINALS[match[1].lower()], "", match.start(3)
    if not match or not value or _REFERENCE.match(line[match.end() :]):
        return None
    kind, rank = _UNITS[word.lower()]
    speaks = word.lower() == "section" and line.endswith(".") and match.end() < len(line)
    titled = kind is not ProvisionKind.ARTICLE and not speaks
    if titled and len(line) > MAX_HEADING:
        return None
    end = gap + len(match[0][gap:].rstrip())
    sure = "," not in match[0]
    return Marker(word.lower(), rank, kind, f"{value}{branch}", value, end, match.end(), sure, titled)


plugin = Scheme(_mark, _weigh, item_headings=True, article_headings=True)

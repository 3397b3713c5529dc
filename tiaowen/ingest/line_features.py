"""What a line of a page looks like, as numbers for the line model: its words, its elements, what stands around it.

No word of the subject is looked at, so the numbers mean the same on news, law and lists, in Chinese and in English.
A *run* is a stretch of lines under one element; a *sentence mark* outside links is what documents have and menus lack.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import accumulate
from operator import or_
from typing import NamedTuple

from tiaowen.corpus.texts import Line
from tiaowen.ingest.told import Told, shares_of

LEAST_SHARE = 0.02
"""A line under no element with this share of the page's sentence marks is not of the document."""

_WIDE_STOPS = "。！？；…"
_STOP = re.compile(r"[.!?;](?=\s|$|[\"”’])")
_COMMAS = "，、：,:"
_HAN = re.compile("[\u3400-\u9fff]+")
_ENDS = re.compile('[。！？.!?…”"]$')
_WORD = re.compile("[\u3400-\u9fff]|[^\\W_]+")
_DATE = re.compile(
    r"(?:19|20)\d\d[-/.年]\s?\d{1,2}|\d{1,2}:\d\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d", re.I
)
_FURNITURE = re.compile(
    "版权|copyright|©|icp备|all rights reserved|上一篇|下一篇|相关(?:阅读|新闻|文章|推荐|链接|报道)|推荐阅读|热门"
    "|责任编辑|责编|编辑[：:]|来源[：:]|作者[：:]|分享|评论|登录|注册|首页|发表于|发布时间|点击|浏览|阅读[：:(（]"
    "|收藏|打印|字号|举报|回复|关注|订阅|微信|微博|客户端|声明[：:]|免责|转载"
    "|subscribe|sign up|log ?in|share|comment|related|read more|newsletter|cookie|advert|广告|follow us|privacy"
    "|terms|posted|tags?:|click here|don['’]t miss|sponsored|also on|this story",
    re.I,
)
_TURNS_AWAY = re.compile(
    r"\s*(?:\d+\s*)?(?:comments?|replies|responses|leave a (?:comment|reply)"
    "|相关(?:阅读|新闻|文章|推荐|链接|报道)|推荐阅读|热门|网友评论|评论|发表评论|我要评论|最新评论"
    "|related|you may also|more from|recommended|read next)",
    re.I,
)
_GOOD = re.compile(
    r"article|content|main|post|body|text|entry|detail|zoom|story|cont\b|news|trs|ucap|passage|blog",
    re.I,
)
_POOR = re.compile(
    r"nav|menu|foot|head(?!line)|side|comment|relat|recom|share|hot|rank|\bad|banner|copy|login|crumb|tool|widget|tags?\b"
    r"|bottom|top|hidden|promo|subscri|social|author|meta|info|button|btn|pager?\b|search|reply|aside|modal|popup|cookie"
    "|newsletter|teaser|more|link|friend|qr|tuijian|xiangguan|pinglun|daohang",
    re.I,
)
_KINDS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        "comment|reply|replies|disqus|pinglun|respond|feedback|discuss",
        r"side|aside|widget|column(?!ist)|\bright|rail",
        "foot|bottom|copyright",
        r"\bhead(?:er)?\b|masthead|banner|\btop",
        r"nav|menu|crumb|\btabs?\b",
        "relat|recom|more|hot|rank|popular|also|tuijian|xiangguan|latest|trending|teaser|promo|list|card",
        "share|social|tool|btn|button|subscri|newsletter|follow|login|form",
        r"meta|author|byline|info|date|time|source|tags?\b|categor",
        r"\bad|adv|sponsor|banner",
        r"article|story|entry|post(?!ed)|blog",
        "content|body|text|detail|zoom|trs|ucap|passage",
        "main|primary",
    )
)
_NEAREST = 4


@dataclass(frozen=True)
class Run:
    """Lines `[first, end)` under one element at `depth` (0 outermost)."""

    depth: int
    first: int
    end: int


class PageLines:
    """The lines of one page with all that is counted over them."""

    def __init__(self, text: str, lines: Sequence[Line], told: Told) -> None:
        self.lines = lines
        self.told = told
        self.strings = [line.span.of(text) for line in lines]
        self.widths = [len(s) if s.isascii() else len(s) + _count_han(s) for s in self.strings]
        self.links = [min(1.0, line.linked / max(1, len(line.span))) for line in lines]
        self.stops = [(0 if s.isascii() else _count(s, _WIDE_STOPS)) + len(_STOP.findall(s)) for s in self.strings]
        self.commas = [_count(s, _COMMAS[-2:] if s.isascii() else _COMMAS) for s in self.strings]
        self.paths = [line.element.split("/") for line in lines]
        self.title = words_of(told.title)
        self.han = _count_han(text) / max(1, len(text))
        small = text.lower()
        self.titled = shares_of(told.title_grams, small, lines)
        self.summed = shares_of(told.summary_pieces, small, lines)
        self.runs, self.above = runs_of(self.paths)
        self.sums = Sums(self)
        self.shares = [self.sums.share_of(run) for run in self.runs]
        self._looks: dict[int | None, tuple[float, ...]] = {}
        self.scores = [self._score(i) for i in range(len(lines))]
        self.top, self.second = self._best_runs()

    def looks(self, number: int | None) -> tuple[float, ...]:
        """What the run of this number looks like; None is the whole page."""
        known = self._looks.get(number)
        if known is None:
            run = Run(0, 0, len(self.lines)) if number is None else self.runs[number]
            known = self._looks[number] = self.sums.looks_of(run)
        return known

    def _score(self, i: int) -> float:
        marks = self.stops[i] + self.commas[i]
        if self.widths[i] < 40 or not marks:
            return 0.0
        return (1 + marks + min(self.widths[i] / 100, 4)) * (1 - self.links[i]) ** 2

    def _best_runs(self) -> tuple[tuple[float, Run], tuple[float, Run]]:
        """The two runs that hold most prose close by, with their scores: how readability finds a document."""
        found = [0.0] * len(self.runs)
        for i, above in enumerate(self.above):
            worth = self.scores[i] - 3 * self.links[i] * min(1.0, self.widths[i] / 20)
            if worth:
                for place, run in enumerate(above):
                    found[run] += worth * _CLOSENESS[min(place, 4)]
        whole = (0.0, Run(0, 0, len(self.lines)))
        ranked = sorted(
            ((score * self._trust(run), run) for score, run in zip(found, self.runs, strict=True) if score > 0),
            key=lambda pair: (-pair[0], pair[1].depth, pair[1].first),
        )
        ranked = [*ranked[:2], whole, whole]
        return ranked[0], ranked[1]

    def _trust(self, run: Run) -> float:
        look = _of_label(self.paths[run.first][run.depth])
        share = (self.sums.linked[run.end] - self.sums.linked[run.first]) / max(1, self.sums.width_of(run))
        return (1 - share) * (1 + 0.15 * bool(look.good) - 0.25 * bool(look.poor))


_CLOSENESS = (1.0, 1.0, 0.5, 0.25, 0.1)


def _count_han(string: str) -> int:
    return sum(map(len, _HAN.findall(string)))


def _count(string: str, signs: str) -> int:
    return sum(map(string.count, signs))


def words_of(string: str) -> frozenset[str]:
    """The different Han characters and words of a string, in small letters."""
    return frozenset(_WORD.findall(string.lower()))


class Sums:
    """Running sums over the lines of a page: entry i is that of the lines before i."""

    def __init__(self, page: PageLines) -> None:
        marks = zip(page.stops, page.commas, page.links, strict=True)
        widths = page.widths
        self.width = [0, *accumulate(widths)]
        self.linked = [0.0, *accumulate(w * share for w, share in zip(widths, page.links, strict=True))]
        self.marks = [0.0, *accumulate((stops + commas) * (1 - share) for stops, commas, share in marks)]
        self.long = [0, *accumulate(w >= 60 and s < 0.3 for w, s in zip(widths, page.links, strict=True))]
        self.short = [0, *accumulate(w < 24 for w in widths)]
        self.titled = [0.0, *accumulate(s * (1 - share) for s, share in zip(page.titled, page.links, strict=True))]
        self.summed = [0.0, *accumulate(page.summed)]
        self.all_width = self.width[-1] or 1
        self.all_marks = self.marks[-1] or 1.0

    def width_of(self, run: Run) -> int:
        """The width of a run's lines."""
        return self.width[run.end] - self.width[run.first]

    def looks_of(self, run: Run) -> tuple[float, ...]:
        """Width, links, sentence marks, shares of the page, and how many lines are long or short."""
        first, end = run.first, run.end
        width, count = self.width_of(run) or 1, end - first
        return (
            math.log1p(width),
            (self.linked[end] - self.linked[first]) / width,
            (self.marks[end] - self.marks[first]) / width * 100,
            width / self.all_width,
            self.share_of(run),
            math.log1p(count),
            (self.long[end] - self.long[first]) / count,
            (self.short[end] - self.short[first]) / count,
            self.titled[end] - self.titled[first],
            self.summed[end] - self.summed[first],
        )

    def share_of(self, run: Run) -> float:
        """The share of the page's sentence marks outside links."""
        return (self.marks[run.end] - self.marks[run.first]) / self.all_marks


def runs_of(paths: Sequence[Sequence[str]]) -> tuple[list[Run], list[list[int]]]:
    """All runs, and for each line the numbers of those it is in, innermost first."""
    runs: list[Run] = []
    above: list[list[int]] = [[] for _ in paths]
    opened: list[tuple[str, int]] = []
    for number in range(len(paths) + 1):
        path = paths[number] if number < len(paths) else ()
        same = 0
        while same < len(opened) and same < len(path) and opened[same][0] == path[same]:
            same += 1
        while len(opened) > same:
            _, first = opened.pop()
            for line in range(first, number):
                above[line].append(len(runs))
            runs.append(Run(len(opened), first, number))
        opened += [(label, number) for label in path[same:]]
    return runs, above


def is_candidate(page: PageLines, number: int) -> bool:
    """Whether a line is under an element that holds some of the page's prose."""
    return any(page.shares[run] >= LEAST_SHARE for run in page.above[number][:_NEAREST])


def feature_rows(page: PageLines) -> list[list[float] | None]:
    """A row of numbers for each line; None for lines that are no candidates."""
    around = _Around(page)
    rows: list[list[float] | None] = []
    for i in range(len(page.lines)):
        if not is_candidate(page, i):
            rows.append(None)
            continue
        rows.append([*_of_words(page, i), *_of_path(page.lines[i].element), *around.of(i), *_of_runs(page, i)])
    return rows


def _of_words(page: PageLines, i: int) -> list[float]:
    string, width, stops, commas = page.strings[i], page.widths[i], page.stops[i], page.commas[i]
    words = words_of(string) if width < 160 else frozenset()
    shared = len(words & page.title) / len(words) if words else 0.0
    short = width < 120
    return [
        math.log1p(width),
        page.links[i],
        stops > 0,
        math.log1p(commas),
        (stops + commas) / max(1, width / 10),
        bool(_ENDS.search(string)),
        short and bool(_FURNITURE.search(string)),
        short and bool(_DATE.search(string)),
        "\t" in string,
        shared,
        shared > 0.7 and width > 8,
        page.titled[i],
        page.summed[i],
        page.told.holds(string),
        page.han,
    ]


@lru_cache(maxsize=8192)
def _of_path(path: str) -> tuple[float, ...]:
    labels = path.split("/")
    name = re.split("[.#]", labels[-1], maxsplit=1)[0]
    seen = [_of_label(label) for label in labels]
    anywhere = reduce(or_, (look.kinds for look in seen))
    return (
        name == "p",
        name in ("h1", "h2", "h3", "h4"),
        name in ("li", "dd", "dt"),
        name in ("td", "th"),
        name == "div",
        sum(look.good for look in seen),
        sum(look.poor for look in seen),
        len(labels),
        *(bool(anywhere >> kind & 1) for kind in range(len(_KINDS))),
        *(bool(seen[-1].kinds >> kind & 1) for kind in range(len(_KINDS))),
    )


class _Label(NamedTuple):
    """How an element is named: good and poor words counted, and a bit for each of _KINDS."""

    good: int
    poor: int
    kinds: int


@lru_cache(maxsize=16384)
def _of_label(label: str) -> _Label:
    kinds = sum(1 << number for number, kind in enumerate(_KINDS) if kind.search(label))
    return _Label(len(_GOOD.findall(label)), len(_POOR.findall(label)), kinds)


class _Around:
    """What stands before and after a line, near and far."""

    def __init__(self, page: PageLines) -> None:
        self.page = page
        elements = [line.element for line in page.lines]
        self.elements = ["", *elements, ""]
        self.widths = [0.0, 0.0, *(math.log1p(w) for w in page.widths), 0.0, 0.0]
        self.links = [1.0, *page.links, 1.0]
        self.near = [0.0, *accumulate(page.scores)]
        self.same = self._same(elements)
        self.counts = Counter(elements)
        self.starts = Counter(e for i, e in enumerate(elements) if i == 0 or elements[i - 1] != e)
        big = [i for i, score in enumerate(page.scores) if score > 2]
        self.first, self.last = (big[0], big[-1]) if big else (0, len(elements))
        self.headings = [i for i, path in enumerate(page.paths) if path[-1][:2] in ("h1", "h2")]
        self.away = next((i for i, s in enumerate(page.strings) if page.widths[i] < 60 and _TURNS_AWAY.match(s)), None)

    def of(self, i: int) -> list[float]:
        page, sums, count = self.page, self.page.sums, len(self.page.lines)
        (score, top), (next_score, second) = page.top, page.second
        first, end, element = self.same[i][0], self.same[i][1], self.elements[i + 1]
        away = -1 if self.away is None or i < self.away else min(60, i - self.away)
        return [
            *(self.widths[i + k] for k in (0, 1, 3, 4)),
            self.links[i],
            self.links[i + 2],
            self.elements[i] == element,
            self.elements[i + 2] == element,
            math.log1p(end - first),
            (sums.width[end] - sums.width[first]) / sums.all_width,
            math.log1p(self.counts[element]),
            math.log1p(self.starts[element]),
            top.first <= i < top.end,
            sums.width_of(top) / sums.all_width,
            second.first <= i < second.end,
            math.log1p(max(0, top.first - i)),
            math.log1p(max(0, i - top.end + 1)),
            score / (1 + max(0.0, next_score)),
            math.log1p(max(0.0, score)),
            len(page.paths[i]) - top.depth,
            self.near[min(count, i + 4)] - self.near[max(0, i - 3)],
            math.log1p(max(0, self.first - i)),
            math.log1p(max(0, i - self.last)),
            sums.width[i] / sums.all_width,
            math.log1p(sums.marks[i]),
            math.log1p(sums.marks[-1] - sums.marks[i + 1]),
            sums.marks[i] / sums.all_marks,
            away,
            *self._heading(i),
        ]

    def _heading(self, i: int) -> tuple[int, bool]:
        """How far the nearest great heading is, 50 if there is none, and whether there is one above."""
        at = bisect_right(self.headings, i)
        near = self.headings[max(0, at - 1) : at + 1]
        return min((abs(i - h) for h in near), default=50), at > 0

    @staticmethod
    def _same(elements: list[str]) -> list[tuple[int, int]]:
        """For each line the stretch of lines around it with just its element path."""
        found: list[tuple[int, int]] = []
        while len(found) < len(elements):
            first = end = len(found)
            while end < len(elements) and elements[end] == elements[first]:
                end += 1
            found += [(first, end)] * (end - first)
        return found


def _of_runs(page: PageLines, i: int) -> list[float]:
    above = page.above[i]
    row: list[float] = []
    for place in range(_NEAREST):
        row += page.looks(above[place] if place < len(above) else None)
    shares = [page.shares[run] for run in above]
    row += (next((k for k, share in enumerate(shares) if share >= least), 20) for least in (0.5, 0.8))
    return row

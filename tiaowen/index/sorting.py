"""The order of hits: by score, or by what is known of their instruments, whatever the engine."""

from __future__ import annotations

from typing import Literal, get_args

from tiaowen.corpus.status import KINDS
from tiaowen.index.engines import Found
from tiaowen.index.schema import Shelf
from tiaowen.index.table import Table
from tiaowen.index.works import Works

Sort = Literal["score", "date", "authority"]
SORTS: tuple[Sort, ...] = get_args(Sort)

# 立法法 第九十八条 and following; rules of one line give way to those above and are equals among themselves.
_LEVELS = (
    ("宪法",),
    ("法律",),
    ("行政法规", "监察法规", "司法解释"),
    ("地方性法规", "自治条例", "单行条例", "经济特区法规"),
    ("部门规章", "地方政府规章"),
    ("党内法规",),
    ("国务院规范性文件", "规范性文件（国务院）"),
    ("部门规范性文件", "规范性文件（部门）"),
    ("地方规范性文件", "规范性文件（地方）", "规范性文件"),
)
_RANKS = {level: rank for rank, levels in enumerate(_LEVELS) for level in levels}
_UNKNOWN = len(_LEVELS)
_GENRES = {"law": 0, "": 1, "unknown": 1, "draft": 2}
_WITNESS = 3
_VALIDITY = {"现行有效": 0, "已修改": 2, "已废止": 3, "失效": 3}
_PLACES = 4
"""Decimals of a score in which equal scores agree."""


def in_order(table: Table, found: Found, sort: Sort, works: Works) -> list[tuple[int, float]]:
    """Ordinals with their scores: the newest first, or the highest authority and then the newest.

    What has no date comes after what has one; equals stay in the order of their scores. By score, what is in force
    comes before what is not where scores are equal, law before talk about it, and an original before a translation.
    """
    hits = list(zip(found.ordinals, found.scores, strict=True))
    if sort == "score" and len({round(score, _PLACES) for _, score in hits}) < len(hits):
        hits.sort(key=lambda hit: (-round(hit[1], _PLACES), *_standing(table.plain_shelf(hit[0]), works), hit[0]))
    if sort != "score":
        hits.sort(key=lambda hit: table.shelf(hit[0]).date, reverse=True)
    if sort == "authority":
        hits.sort(key=lambda hit: authority(table.shelf(hit[0])))
    return hits


def _standing(shelf: Shelf, works: Works) -> tuple[int, int, int]:
    """The lower, the better: whether it is in force, whether it is law, what it is as a witness."""
    member = works.member(shelf.content)
    kind = KINDS.index(member.kind) if member else 0
    return _VALIDITY.get(shelf.validity, 1), _GENRES.get(shelf.genre, _WITNESS), kind


def authority(shelf: Shelf) -> tuple[int, int]:
    """The lower, the higher: first whether it is law or talk about law, then its level."""
    return _GENRES.get(shelf.genre, _WITNESS), _RANKS.get(shelf.level, _UNKNOWN)

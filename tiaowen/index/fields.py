"""The fields a query may name, with their Chinese names."""

from __future__ import annotations

from dataclasses import dataclass

from tiaowen.index.query import Scope


@dataclass(frozen=True)
class QueryField:
    """A field: `scope` is set for those that name a part of the clause's text."""

    name: str
    scope: Scope | None = None


_TABLE = {
    QueryField("text", "text"): ("正文",),
    QueryField("lead", "lead"): ("导语", "導語"),
    QueryField("heading", "heading"): ("章节", "章節"),
    QueryField("title"): ("标题", "標題"),
    QueryField("issuer"): ("机关", "發文機關", "发文机关"),
    QueryField("number"): ("文号", "文號"),
    QueryField("province"): ("省", "省份"),
    QueryField("city"): ("市", "城市"),
    QueryField("level"): ("层级", "效力"),
    QueryField("kind"): ("文种", "文種"),
    QueryField("genre"): ("类别", "類別"),
    QueryField("validity"): ("时效", "時效"),
    QueryField("lang"): ("语言", "語言"),
    QueryField("script"): ("文字",),
    QueryField("work"): (),
    QueryField("page"): (),
    QueryField("article"): ("条", "條"),
    QueryField("year"): ("年", "年份"),
    QueryField("date"): ("日期",),
    QueryField("modality"): ("语气", "語氣"),
}

FIELDS = {name: known for known, others in _TABLE.items() for name in (known.name, *others)}

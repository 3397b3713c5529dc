"""A made-up search report for the tests of what is written out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from tiaowen.corpus.capture import Capture, Location
from tiaowen.corpus.citation import cite
from tiaowen.corpus.held import StoredClause, StoredInstrument
from tiaowen.corpus.instrument import Clause, Dates, Masthead, ProvisionKind, Reading, Validity
from tiaowen.corpus.results import Found, Searched, SearchReport
from tiaowen.corpus.snapshot import digest_of
from tiaowen.corpus.validity import Standing, status_word
from tiaowen.text.spans import Span

AT = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)


def read(value: Any) -> Reading[Any]:
    return Reading(value, (Span(0, 1),))


MEASURES = Masthead(
    title=read("示例省财政厅关于印发《特色产业集群奖补办法》的通知"),
    number=read("示财规〔2022〕7号"),
    issuers=(read("示例省财政厅"), read("示例省工业和信息化厅")),
    province=read("示例省"),
    level=read("规范性文件"),
    kind=read("通知"),
    genre=read("law"),
    dates=Dates(written=read(date(2022, 8, 30)), published=read(date(2022, 9, 1))),
    language="zh",
)
STATUTE = Masthead(
    title=read("中华人民共和国样例促进法（2021年修正）"),
    issuers=(read("样例代表大会"),),
    level=read("法律"),
    kind=read("法"),
    genre=read("law"),
    dates=Dates(published=read(date(2021, 10, 8))),
    validity=Validity("已废止", read("本法自2024年1月1日起废止。")),
    language="zh",
)
ENGLISH = Masthead(
    title=read("Measures of Sample City on 100% Loan Guarantees & Fees_{draft}"),
    issuers=(read("Sample City"),),
    genre=read("unknown"),
    language="en",
)
NAMELESS = Masthead(genre=read("news"), language="zh")


def clause(eid: str, path: str, text: str, **more: Any) -> Clause:
    spans = (Span(100, 100 + len(text)),)
    return Clause(eid, ProvisionKind.ARTICLE, "", "", path, more.pop("lead_in", ""), (), text, text, spans, **more)


def found(rank: int, masthead: Masthead, held: Clause, url: str, highlights: tuple[Span, ...] = ()) -> Found:
    page = digest_of(url.encode())
    place = Location("0001.warc.gz", 0)
    capture = Capture(url, page, "text/html", None, AT, place, place)
    instrument = StoredInstrument(page, 1, f"w{rank:010x}", masthead, capture, 1, current=True)
    citation = cite(StoredClause(held, 0, instrument))
    standing = Standing(status_word(masthead.validity.status), AT.date(), masthead.validity.proof)
    return Found(rank, 10.5 - rank, held, instrument, citation, highlights, standing)


HITS = (
    found(
        1,
        MEASURES,
        clause(
            "art_6__item_2",
            "第六条第（二）项",
            "对认定的“示范集群”，一次性奖励100万元；",
            lead_in="省财政按下列标准给予奖励：",
            cuts=(3,),
        ),
        "https://example.org/a?b=1&c={2}",
        (Span(8, 12), Span(17, 19)),
    ),
    found(
        2, STATUTE, clause("art_27__para_2__item_3", "第二十七条第二款第（三）项", "=提供融资担保。"), "file:///law.txt"
    ),
    found(3, ENGLISH, clause("art_6", "Article 6", "No fee above 1.5% shall be charged."), "https://example.org/en"),
    found(
        4,
        NAMELESS,
        clause("para_1", "第一段", "记者获悉\n\tER  - 一是减费，\x1b[31m二是让利。"),
        "https://example.org/n",
    ),
)
IN_FORCE = Standing("现行有效", AT.date(), read("本办法自2022年10月1日起施行，有效期5年。"))
HITS = (
    replace(
        HITS[0],
        standing=IN_FORCE,
        also=("w0000000001/art_6__item_2@0123abcd",),
        differs=("w0000000001/art_6__item_2@4567abcd", "w0000000001/art_6__item_2@89ababcd"),
    ),
    *HITS[1:],
)
REPORT = SearchReport(
    query="奖励 OR fee",
    understood="奖励 OR fee",
    filters={"year": "2018..2023"},
    engine="memory",
    index="0" * 64,
    at=AT,
    took_ms=12.34,
    searched=Searched(1234, 56, ("示例省", "样例省")),
    total=7,
    hits=HITS,
    as_of=AT.date(),
    notes=("令 stands in no clause that was searched",),
)
EMPTY = replace(REPORT, total=0, hits=())

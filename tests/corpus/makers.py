"""Snapshots and instruments made up for the storage tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tiaowen.corpus.findings import Finding
from tiaowen.corpus.instrument import Clause, Dates, Instrument, Masthead, Provision, ProvisionKind, Reading
from tiaowen.corpus.snapshot import Digest, Snapshot
from tiaowen.text.spans import Span

URL = "file:///corpus/%E7%A4%BA%E4%BE%8B.html"
AT = datetime(2026, 3, 5, 8, 30, 12, 345678, tzinfo=UTC)


def snapshot(body: bytes | str = "<p>第一条 为了示例。</p>", url: str = URL, hint: str | None = "gb18030") -> Snapshot:
    data = body if isinstance(body, bytes) else body.encode()
    return Snapshot.of(data, url, "text/html", AT, hint)


def clause(number: int, text: str = "为了示例，制定本办法。") -> Clause:
    return Clause(
        eid=f"art_{number}",
        kind=ProvisionKind.ARTICLE,
        label=f"第{number}条",
        heading="",
        path=f"第{number}条",
        lead_in="",
        headings=("第一章 总则",),
        text=text,
        match=text,
        spans=(Span(10 * number, 10 * number + 5), Span(10 * number + 7, 10 * number + 9)),
        cuts=(5,),
    )


def instrument(
    witness: Digest, ordinal: int = 1, work: str = "w0123456789", count: int = 3, province: str = "示例省"
) -> Instrument:
    item = Provision(ProvisionKind.ITEM, "art_1__item_1", "1", "（一）", "", Span(12, 15), Span(15, 19))
    return Instrument(
        witness,
        ordinal,
        work,
        Masthead(
            title=Reading("示例省条文办法", (Span(0, 7),)),
            issuers=(Reading("示例省人民政府", (Span(30, 37),)),),
            province=Reading(province, inferred=True, basis="the issuer's name"),
            genre=Reading("law", (Span(0, 7),)),
            dates=Dates(published=Reading(date(2021, 5, 6), (Span(40, 49),))),
        ),
        (Provision(ProvisionKind.ARTICLE, "art_1", "1", "第一条", "", Span(8, 11), None, (item,)),),
        tuple(clause(n) for n in range(1, count + 1)),
        (Finding("numbering-gap", "warning", "parse", "第二条 is missing", (Span(1, 2),)),),
    )

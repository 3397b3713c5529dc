"""Clauses become entries."""

from __future__ import annotations

from datetime import date

from tiaowen.corpus.instrument import Clause, Dates, Instrument, Masthead, ProvisionKind, Reading
from tiaowen.corpus.snapshot import digest_of
from tiaowen.index.schema import article_of, entries_of, plain_shelf
from tiaowen.text.spans import Span


def _read(value):
    return Reading(value, (Span(0, 1),))


def test_an_instrument_gives_an_entry_for_each_clause() -> None:
    head = Masthead(
        title=_read("樣例市融資擔保辦法"),
        number=_read("樣政發（2019） 12號"),
        issuers=(_read("樣例市人民政府"), _read("樣例市財政局")),
        province=Reading("樣例省", inferred=True, basis="the city lies there"),
        dates=Dates(effective=_read(date(2020, 1, 1)), written=_read(date(2019, 12, 5))),
        language="zh",
        script="Hant",
    )
    clause = Clause(
        eid="art_3__item_2",
        kind=ProvisionKind.ITEM,
        label="（二）",
        heading="",
        path="第三条第（二）项",
        lead_in="申請擔保，應當\n符合下列條件：",
        headings=("第二章　擔保",),
        text="有４０萬元以上資本；",
        match="有４０万元以上资本；",
        spans=(Span(5, 15),),
    )
    page = digest_of(b"page")
    (entry,) = entries_of(Instrument(page, 1, "w0123456789", head, (), (clause,)))
    assert entry.id == f"w0123456789/art_3__item_2@{page[:8]}"
    assert (entry.article, entry.text) == ("3", "有40万元以上资本;")
    assert entry.context == "申请担保,应当 符合下列条件:\n第二章 担保"
    assert (entry.shelf.year, entry.shelf.date, entry.shelf.lang) == (2019, "2019-12-05", "zh")
    assert plain_shelf(entry.shelf).number == "样政发〔2019〕12号"
    assert plain_shelf(entry.shelf).issuer == "样例市人民政府;样例市财政局"


def test_the_article_of_an_address() -> None:
    assert article_of("chp_2__art_12-1__para_2") == "12-1"
    assert article_of("level_3__item_2") == ""

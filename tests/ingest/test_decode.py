"""Decoding: every way one page may be stored or declared gives the same text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiaowen.errors import IngestError
from tiaowen.ingest.decode import decode
from tiaowen.ingest.limits import MAX_PAGE_BYTES

HANS = (
    "示例省人民政府办公厅关于印发示例省样例产业促进办法的通知\n"
    "第一条　为了促进样例产业发展，根据有关法律、法规，结合本省实际，制定本办法。\n"
    "第二条　县级以上人民政府应当加强对样例产业促进工作的领导，建立协调机制，所需经费列入本级预算。\n"
)
HANT = (
    "示例市樣例產業促進辦法\n第一條　為促進樣例產業發展，提升競爭力，特制定本辦法。\n"
    "第二條　本辦法所稱主管機關為示例市政府經濟發展局，應會同有關機關辦理之。\n"
)


def page(text: str, declared: str | None = None) -> str:
    meta = f'<meta charset="{declared}">' if declared else ""
    return f"<html><head>{meta}<title>样例</title></head><body><p>{text}</p></body></html>"


def hant_page(declared: str | None = None) -> str:
    return page(HANT, declared).replace("样例", "樣例")


VARIANTS: dict[str, tuple[bytes, str | None, str]] = {
    "utf-8, nothing declared": (page(HANS).encode(), None, HANS),
    "utf-8 declared utf-8": (page(HANS, "utf-8").encode(), "utf-8", HANS),
    "utf-8 with a mark": (codecs.BOM_UTF8 + page(HANS).encode(), None, HANS),
    "utf-8 declared gb2312": (page(HANS, "gb2312").encode(), "gb2312", HANS),
    "utf-8 declared iso-8859-1": (page(HANS, "iso-8859-1").encode(), "iso-8859-1", HANS),
    "utf-8, last byte cut": (page(HANS).encode()[:-1] + "终".encode()[:2], None, HANS),
    "utf-8, one bad byte": (page(HANS).encode().replace(b"<p>", b"<p>\xff", 1), "utf-8", HANS),
    "utf-16 little-endian with a mark": (codecs.BOM_UTF16_LE + page(HANS).encode("utf-16-le"), None, HANS),
    "utf-16 big-endian with a mark": (codecs.BOM_UTF16_BE + page(HANS).encode("utf-16-be"), "utf-8", HANS),
    "utf-16 without a mark": (page(HANS).encode("utf-16-le"), None, HANS),
    "gbk declared gb2312": (page(HANS.replace("样例", "朱镕基喆"), "gb2312").encode("gbk"), "gb2312", "朱镕基喆"),
    "gb18030, nothing declared": (page(HANS).encode("gb18030"), None, HANS),
    "gb18030 declared utf-8": (page(HANS, "utf-8").encode("gb18030"), "utf-8", HANS),
    "gbk declared big5": (page(HANS, "big5").encode("gbk"), "big5", HANS),
    "gb18030, last byte cut": ((page(HANS) + "终").encode("gb18030")[:-1], "gbk", HANS),
    "gbk, one bad byte": (page(HANS, "gbk").encode("gbk").replace(b"<p>", b"<p>\xff", 1), "gbk", HANS),
    "big5-hkscs declared big5": (hant_page("big5").encode("big5hkscs"), "big5", HANT),
    "big5, nothing declared": (hant_page().encode("big5"), None, HANT),
    "big5 declared gb2312": (hant_page("gb2312").encode("big5"), "gb2312", HANT),
    "big5-hkscs with Cantonese characters": (
        hant_page("big5-hkscs").replace("特制定", "啲嘅咗").encode("big5hkscs"),
        None,
        "啲嘅咗",
    ),
    "a charset nobody knows": (page(HANS, "x-unheard-of").encode("gbk"), "x-unheard-of", HANS),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_every_variant_of_a_page_is_read(name: str) -> None:
    body, hint, expected = VARIANTS[name]
    assert expected in decode(body, hint).text


def test_a_bad_byte_is_replaced_and_found() -> None:
    decoded = decode("第一条 为了".encode() * 300 + b"\xff" + "制定".encode())
    (finding,) = decoded.findings
    (span,) = finding.spans
    assert finding.code == "undecodable-bytes"
    assert span.of(decoded.text) == "\ufffd"


def test_a_byte_order_mark_is_not_text() -> None:
    assert decode(codecs.BOM_UTF8 + "示例".encode()).text == "示例"


def test_western_quotes_are_not_read_as_chinese() -> None:
    decoded = decode("It\x92s the Province\x92s measure, \x93in force\x94.".encode("latin-1"))
    assert (decoded.charset, decoded.text) == ("cp1252", "It’s the Province’s measure, “in force”.")


@pytest.mark.parametrize("body", [b"", b"x" * (MAX_PAGE_BYTES + 1)])
def test_nothing_and_too_much_are_refused(body: bytes) -> None:
    with pytest.raises(IngestError, match=r"empty|over the limit"):
        decode(body)


@given(st.binary(min_size=1, max_size=400), st.sampled_from([None, "gbk", "big5", "utf-16", "rot13", "\0", "latin-1"]))
def test_any_bytes_decode(body: bytes, hint: str | None) -> None:
    decoded = decode(body, hint)
    decoded.text.encode("utf-8")  # no lone surrogate is left
    for finding in decoded.findings:
        assert all(span.of(decoded.text) == "\ufffd" for span in finding.spans)

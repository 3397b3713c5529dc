"""Files that hold pages: every page comes out as it went in, and what cannot is said."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.ingest.wording import docx, paragraph, zipped
from tests.quickly import within
from tiaowen.corpus.snapshot import Snapshot
from tiaowen.ingest.unpack import Holder, Refusal, unpacker_of

NOW = datetime(2026, 3, 5, tzinfo=UTC)
PAGE = "<html><p>第一条　为了示例。</p></html>"
FETCHED = "2026-02-03T04:05:06Z"


def unpacked(name: str, body: bytes) -> list[Snapshot | Refusal]:
    unpacker = unpacker_of(name)
    assert unpacker is not None
    return list(unpacker.unpack(io.BytesIO(body), Holder(f"file:///{name}", NOW)))


def messages(name: str, body: bytes) -> list[str]:
    return [found.message if isinstance(found, Refusal) else "" for found in unpacked(name, body)]


def warc(*records: tuple[str, str, bytes, dict[str, str] | None], packed: bool = True) -> bytes:
    """A WARC file of (type, URL, payload, HTTP headers or None)."""
    made = io.BytesIO()
    writer = WARCWriter(made, gzip=packed)
    for kind, url, payload, headers in records:
        status = (headers or {}).pop(":status", "200 OK")
        http = StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1") if headers is not None else None
        record = writer.create_warc_record(
            url, kind, io.BytesIO(payload), len(payload), http_headers=http, warc_headers_dict={"WARC-Date": FETCHED}
        )
        writer.write_record(record)
    return made.getvalue()


HTML = {"Content-Type": "text/html; charset=gbk"}


@pytest.mark.parametrize("packed", [True, False])
def test_pages_of_a_crawl(packed: bool) -> None:
    gbk = PAGE.encode("gbk")
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(gbk), gbk)
    body = warc(
        ("warcinfo", "", b"software: x\r\n", None),
        ("response", "https://a.example/1", gbk, dict(HTML)),
        ("request", "https://a.example/1", b"", {"Host": "a.example", ":status": "GET / HTTP/1.1"}),
        ("response", "https://a.example/2", gzip.compress(gbk), {**HTML, "Content-Encoding": "gzip"}),
        ("response", "https://a.example/3", chunked, {**HTML, "Transfer-Encoding": "chunked"}),
        ("response", "https://a.example/4", gbk, {**HTML, "Content-Encoding": "gzip"}),
        ("response", "https://a.example/404", gbk, {**HTML, ":status": "404 Not Found"}),
        ("conversion", "https://a.example/5", "第一条".encode(), None),
        packed=packed,
    )
    found = unpacked("crawl.warc.gz" if packed else "crawl.warc", body)
    pages = [page for page in found if isinstance(page, Snapshot)]
    assert pages == found
    assert [page.url[-1] for page in pages] == list("12345")
    assert [page.body for page in pages] == [gbk] * 4 + ["第一条".encode()]
    assert {page.retrieved for page in pages} == {datetime.fromisoformat(FETCHED)}
    assert [(page.media_type, page.charset_hint) for page in pages[-2:]] == [("text/html", "gbk"), ("text/plain", None)]


def test_a_file_under_one_gzip_member_is_read_too() -> None:
    plain = warc(("response", "https://a.example/1", PAGE.encode(), dict(HTML)), packed=False)
    assert len(unpacked("crawl.warc.gz", gzip.compress(plain * 3))) == 3


def test_a_page_that_is_no_text_is_refused_and_the_rest_goes_on() -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(30)
    body = warc(
        ("response", "https://a.example/1", picture, {"Content-Type": "image/png"}),
        ("response", "https://a.example/2", PAGE.encode(), dict(HTML)),
    )
    refusal, page = unpacked("crawl.warc.gz", body)
    assert isinstance(refusal, Refusal)
    assert refusal.name == "https://a.example/1"
    assert isinstance(page, Snapshot)


def test_what_follows_damage_is_said_to_be_unread() -> None:
    body = warc(
        *[("response", f"https://a.example/{n}", PAGE.encode() * 50, dict(HTML)) for n in range(3)], packed=False
    )
    *pages, refusal = unpacked("crawl.warc", body[:-900])
    assert len(pages) == 2
    assert isinstance(refusal, Refusal)
    assert "ends within the record of https://a.example/2" in refusal.message
    assert "begins with" in messages("crawl.warc", b"no WARC file at all\n" * 9)[0]
    assert "cannot be read further" in messages("crawl.warc.gz", gzip.compress(body)[:-40])[-1]


def test_a_package_of_crawls() -> None:
    inner = warc(("response", "https://a.example/1", PAGE.encode(), dict(HTML)))
    (page,) = unpacked("crawl.wacz", zipped({"archive/data.warc.gz": inner, "datapackage.json": "{}"}))
    assert isinstance(page, Snapshot)
    assert page.url == "https://a.example/1"
    assert "without WARC files" in messages("crawl.wacz", zipped({"datapackage.json": "{}"}))[0]


def test_members_of_a_zip_file() -> None:
    made = zipped(
        {"甲/一.html": PAGE, "乙 二.docx": docx(paragraph("第一条")), "图.png": b"\x89PNG\r\n\x1a\n", "z.zip": b""}
    )
    first, second, picture, inner = unpacked("all.zip", made)
    assert isinstance(first, Snapshot)
    assert first.url == "file:///all.zip#%E7%94%B2/%E4%B8%80.html"
    assert isinstance(second, Snapshot)
    assert second.media_type.endswith("wordprocessingml.document")
    assert isinstance(picture, Refusal)
    assert "PNG image" in picture.message
    assert isinstance(inner, Refusal)
    assert "archive inside an archive" in inner.message


def test_names_in_a_chinese_charset() -> None:
    made = zipped({"abcd.html": PAGE})
    (page,) = unpacked("all.zip", made.replace(b"abcd.html", "示例".encode("gbk") + b".html"))
    assert isinstance(page, Snapshot)
    assert page.url == "file:///all.zip#%E7%A4%BA%E4%BE%8B.html"


def test_one_page_under_gzip() -> None:
    (page,) = unpacked("a.html.gz", gzip.compress(PAGE.encode()))
    assert isinstance(page, Snapshot)
    assert (page.url, page.media_type, page.body) == ("file:///a.html.gz", "text/html", PAGE.encode())
    assert "not a whole gzip file" in messages("a.html.gz", gzip.compress(PAGE.encode())[:-9])[0]


@pytest.mark.parametrize("name", ["a.zip", "a.warc", "a.warc.gz", "a.wacz", "a.gz"])
@given(data=st.binary(max_size=200))
@settings(max_examples=25, deadline=None)
def test_any_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    for body in (data, gzip.compress(data), zipped({"archive/a.warc": data}), b"WARC/1.0\r\n" + data):
        unpacked(name, body)


class Zeros(io.RawIOBase):
    """A stream of zeros under deflate, without end as far as anybody looks."""

    def __init__(self, sign: bytes, length: int) -> None:
        self.sign, self.left = sign, length

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        count = min(len(view), self.left)
        view[:count] = self.sign * count
        self.left -= count
        return count


def bombs() -> Iterator[tuple[str, bytes]]:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, count in (("big.html", 60), ("bigger.html", 120)):
            with package.open(name, "w") as part:
                for _ in range(count):
                    part.write(bytes(1_000_000))
    yield "a.zip", made.getvalue()
    line = gzip.compress(b"WARC/1.0\r\nX: " + bytes(60_000_000))
    yield "a.warc.gz", line
    yield "a.warc.gz", gzip.compress(b"WARC/1.0\r\n" + b"a: b\r\n" * 5_000_000)
    yield (
        "a.warc.gz",
        warc(("response", "https://a.example/", gzip.compress(bytes(60_000_000)), {"Content-Encoding": "gzip"})),
    )
    yield "a.warc.gz", warc(("resource", "https://a.example/", bytes(30_000_000), None))
    yield "a.html.gz", gzip.compress(bytes(60_000_000))


def test_bombs_are_refused_soon_and_small() -> None:
    for name, body in bombs():
        tracemalloc.start()
        found = unpacked(name, body)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert found
        assert all(isinstance(each, Refusal) for each in found), name
        assert peak < 150_000_000, name
        assert within(5, lambda name=name, body=body: unpacked(name, body)), name

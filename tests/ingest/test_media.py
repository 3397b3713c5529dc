"""What a file really is."""

from __future__ import annotations

import pytest

from tiaowen.errors import IngestError
from tiaowen.ingest.media import media_type_of

PAGE = b"<!DOCTYPE html><html><body>x"

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("name", "head", "media_type"),
    [
        ("a.html", PAGE, "text/html"),
        ("a.HTM", "只有片段".encode(), "text/html"),
        ("a.txt", "第一条".encode(), "text/plain"),
        ("a.txt", PAGE, "text/html"),
        ("a.md", "# 样例".encode(), "text/markdown"),
        ("https://example.org/zwgk/post_1", PAGE, "text/html"),
        ("https://example.org/a.html?b=c.png", PAGE, "text/html"),
        ("README", b"plain", "text/plain"),
        ("a.html", PAGE.decode().encode("utf-16"), "text/html"),
        ("a.txt", "第一条".encode("utf-16"), "text/plain"),
        ("a.txt", b"%PDF-1.4", "application/pdf"),
        ("a.docx", b"PK\x03\x04", DOCX),
        ("https://example.org/download?id=1", b"PK\x03\x04....word/document.xml", DOCX),
        ("a.ofd", b"PK\x03\x04", "application/ofd"),
        ("https://example.org/download?id=2", b"PK\x03\x04....OFD.xml", "application/ofd"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
    ],
)
def test_known_files(name: str, head: bytes, media_type: str) -> None:
    assert media_type_of(name, head) == media_type


@pytest.mark.parametrize(
    ("name", "head", "message"),
    [
        ("a.html", b"", "a.html is empty"),
        ("a.html", b"\x89PNG\r\n\x1a\n\0\0", "a.html is a PNG image"),
        ("a.jar", b"PK\x03\x04", "ZIP archive"),
        ("a.xlsx", b"PK\x03\x04....xl/workbook.xml", "ZIP archive"),
        ("a.html", b"\0\1\2\3" * 20, "binary data"),
        ("a.json", b"{}", r"no extractor reads files named \.json; known: .*\.html"),
    ],
)
def test_what_is_no_page_is_refused(name: str, head: bytes, message: str) -> None:
    with pytest.raises(IngestError, match=message):
        media_type_of(name, head)

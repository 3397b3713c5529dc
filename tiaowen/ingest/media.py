"""What a file really is: by its first bytes, whatever its name says."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from tiaowen.errors import IngestError
from tiaowen.ingest.extract import EXTRACTORS
from tiaowen.ingest.limits import HEAD_BYTES

ZIP = "application/zip"

# Formats that are ZIP packages, told by their suffix, else by the name of a part that stands near the beginning.
_PACKAGES = (
    (".docx", b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (".docm", b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (".ofd", b"OFD.xml", "application/ofd"),
)

_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png", "a PNG image"),
    (b"\xff\xd8\xff", "image/jpeg", "a JPEG image"),
    (b"GIF8", "image/gif", "a GIF image"),
    (b"RIFF", "application/octet-stream", "a media file (RIFF)"),
    (b"BM\x00", "image/bmp", "a bitmap image"),
    (b"%PDF-", "application/pdf", "a PDF file"),
    (b"PK\x03\x04", ZIP, "a ZIP archive (docx, xlsx, ofd and wps files are such)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword", "an old Word or Excel file"),
    (b"{\\rtf", "application/rtf", "an RTF file"),
    (b"\x1f\x8b", "application/gzip", "a gzip archive"),
    (b"Rar!", "application/vnd.rar", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed", "a 7z archive"),
    (b"\x7fELF", "application/octet-stream", "a program"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3", "a SQLite database"),
)

_CONTROL = bytes(byte for byte in range(27) if byte < 9 or byte > 13)
_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")

_MARKUP = re.compile(
    rb"\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,20})?(?:<!--[^>]{0,400}-->\s{0,20})?<(?:!doctype|html|head|body|meta|div|table|p)\b",
    re.I,
)


def media_type_of(name: str, head: bytes) -> str:
    """The media type of the file or page `name` (a path or URL), from its first HEAD_BYTES bytes and its suffix.

    Raises IngestError, saying what it is instead, for an empty file, one whose bytes are not what its name says,
    and one no extractor reads.
    """
    head = head[:HEAD_BYTES]
    if not head:
        raise IngestError(f"{name} is empty (0 bytes): fetch it again")
    for signature, media_type, noun in _SIGNATURES:
        if head.startswith(signature):
            found = _package_type(name, head) if media_type == ZIP else media_type
            return _known(found, f"{name} is {noun}, not a page of text")
    if _is_binary(head):
        raise IngestError(f"{name} is binary data, not a page of text: no signature known here fits it")
    if _MARKUP.match(_narrow(head)):
        return "text/html"
    return _by_suffix(name)


def _package_type(name: str, head: bytes) -> str:
    by_suffix = (media_type for suffix, _, media_type in _PACKAGES if _suffix(name) == suffix)
    by_part = (media_type for _, part, media_type in _PACKAGES if part in head)
    return next(by_suffix, None) or next(by_part, ZIP)


def _suffix(name: str) -> str:
    return PurePosixPath(re.split(r"[?#]", name, maxsplit=1)[0]).suffix.lower()


def _known(media_type: str, message: str) -> str:
    if any(media_type in extractor.media_types for _, extractor in EXTRACTORS.all()):
        return media_type
    raise IngestError(f"{message}: {_FIRST.get(media_type, 'save its text as html, txt or md first')}")


_FIRST = {
    "application/gzip": "unpack it first",
    "application/vnd.rar": "unpack it first",
    "application/x-7z-compressed": "unpack it first",
    "image/png": "make a PDF of it, whose text the extra `ocr` recognises",
    "image/jpeg": "make a PDF of it, whose text the extra `ocr` recognises",
}
"""What to do with a file of a media type that is not read, where it is not to save its text."""


def _is_binary(head: bytes) -> bool:
    """NUL bytes where the text is not UTF-16, or many control characters no text file holds."""
    if head.startswith(_MARKS) or _narrow(head) is not head:
        return False
    control = len(head) - len(head.translate(None, _CONTROL))
    return b"\0" in head or control * 20 > len(head)


def _narrow(head: bytes) -> bytes:
    """UTF-16 markup as ASCII; anything else untouched."""
    bare = head[2:] if head.startswith((b"\xff\xfe", b"\xfe\xff")) else head
    if bare.startswith((b"<\0", b"\0<")):
        return bare.replace(b"\0", b"")
    return bare[3:] if bare.startswith(b"\xef\xbb\xbf") else head


def _by_suffix(name: str) -> str:
    suffix = _suffix(name)
    for _, extractor in EXTRACTORS.all():
        if suffix in extractor.suffixes:
            return extractor.media_types[0]
    if "://" in name or not suffix:
        return "text/plain"
    known = ", ".join(sorted(s for _, extractor in EXTRACTORS.all() for s in extractor.suffixes))
    raise IngestError(f"{name}: no extractor reads files named {suffix}; known: {known}")

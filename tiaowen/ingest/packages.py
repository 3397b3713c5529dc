"""ZIP files, and those that are packages of XML parts (DOCX, OFD): opened and read within limits, without DTDs."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import IO
from xml.etree import ElementTree as ET

from tiaowen.errors import IngestError
from tiaowen.ingest.limits import (
    FREE_EXPANSION,
    MAX_EXPANSION,
    MAX_PART_BYTES,
    MAX_PARTS,
    MAX_TAGS,
    MAX_UNPACKED_BYTES,
)

UNREADABLE = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError)
"""What the standard library raises on a ZIP file that is damaged, encrypted or compressed in an unknown way."""

_LOCKED = 0x1
_FORBIDDEN = re.compile(rb"<!\s{0,99}(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def open_package(body: bytes, name: str) -> zipfile.ZipFile:
    """The ZIP file in `body`; `name` is for messages. Raises IngestError when it is none, or has too many parts."""
    file = io.BytesIO(body)
    try:
        package = zipfile.ZipFile(file)
    except UNREADABLE as error:
        raise IngestError(f"{name} is not a readable ZIP package: {error}; fetch it again if it was cut off") from error
    if len(package.infolist()) > MAX_PARTS:
        raise IngestError(f"{name} has {len(package.infolist()):,} parts, over the limit of {MAX_PARTS:,}")
    check_expansion(package, file, name, MAX_UNPACKED_BYTES)
    return package


def check_expansion(package: zipfile.ZipFile, file: IO[bytes], name: str, most: int | None = None) -> None:
    """Raise IngestError when the parts are to unpack to over `most` bytes, or to far more than the file's size.

    The sizes are those that the package declares; more than that is never read of a part.
    """
    unpacked, packed = sum(info.file_size for info in package.infolist()), file.seek(0, io.SEEK_END)
    if unpacked > max(FREE_EXPANSION, MAX_EXPANSION * packed):
        raise IngestError(f"{name} unpacks to over {MAX_EXPANSION} times its size, as no honest file does: not read")
    if most is not None and unpacked > most:
        raise IngestError(f"{name} unpacks to {unpacked:,} bytes, over the limit of {most:,}: unpack it first")


def read_part(package: zipfile.ZipFile, part: str | zipfile.ZipInfo, limit: int = MAX_PART_BYTES) -> bytes:
    """The bytes of a part of the package. Raises KeyError when there is none, IngestError when it cannot be read.

    A part that inflates to more than `limit` bytes is refused, whatever its header says, before it is in memory.
    """
    info = package.getinfo(part) if isinstance(part, str) else part
    if info.flag_bits & _LOCKED:
        raise IngestError(f"{info.filename} in the package is locked with a password: unpack it first")
    try:
        with package.open(info) as stream:
            return _at_most(stream, limit, info.filename)
    except UNREADABLE as error:
        raise IngestError(f"{info.filename} in the package cannot be read: {error}") from error


def read_xml(package: zipfile.ZipFile, part: str) -> ET.Element:
    """The root element of an XML part. Raises as `read_part`, and IngestError for what is no plain XML."""
    data = read_part(package, part)
    if _FORBIDDEN.search(data.replace(b"\0", b"")):  # in UTF-16 every other byte is zero
        raise IngestError(f"{part} in the package has a DTD; no honest file of this kind has one")
    if data.count(b"<") > MAX_TAGS:
        raise IngestError(f"{part} in the package has over {MAX_TAGS:,} tags: split the file")
    try:
        return ET.fromstring(data)  # noqa: S314  # no DTD, so no entities; size and tags are bounded above
    except ET.ParseError as error:
        raise IngestError(f"{part} in the package is not well-formed XML: {error}") from error


def _at_most(stream: IO[bytes], limit: int, part: str) -> bytes:
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise IngestError(f"{part} in the package inflates to more than {limit:,} bytes")
    return data

"""ZIP archives of pages and files. Nothing is written to disk, so that no name in the archive can do harm."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO
from urllib.parse import quote

from tiaowen.corpus.snapshot import Snapshot
from tiaowen.errors import IngestError
from tiaowen.ingest.limits import MAX_PAGE_BYTES, MAX_PARTS, MAX_UNPACKED_BYTES
from tiaowen.ingest.media import media_type_of
from tiaowen.ingest.packages import UNREADABLE, check_expansion, read_part
from tiaowen.ingest.unpack import Holder, Refusal, unpacker_of

_UTF8_NAME = 0x800


class Zip:
    """application/zip."""

    suffixes: tuple[str, ...] = (".zip",)

    def unpack(self, file: BinaryIO, holder: Holder) -> Iterator[Snapshot | Refusal]:
        """Every member as a page of its own, whose URL is the archive's with the member's path as fragment."""
        try:
            archive = zipfile.ZipFile(file)
        except UNREADABLE as error:
            yield Refusal(holder.url, f"{holder.url} is not a readable ZIP archive: {error}")
            return
        with archive:
            try:
                check_expansion(archive, file, holder.url, MAX_UNPACKED_BYTES)
            except IngestError as error:
                yield Refusal(holder.url, str(error))
                return
            yield from _members(archive, holder)


def _members(archive: zipfile.ZipFile, holder: Holder) -> Iterator[Snapshot | Refusal]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MAX_PARTS:
        yield Refusal(holder.url, f"{holder.url} has {len(infos):,} members, over the limit of {MAX_PARTS:,}")
        return
    for info in infos:
        name = _name_of(info)
        url = f"{holder.url}#{quote(name)}"
        try:
            body = _body(archive, info, name)
            yield Snapshot.of(body, url, media_type_of(name, body), holder.retrieved)
        except IngestError as error:
            yield Refusal(url, str(error))


def _body(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    if unpacker_of(name) is not None:
        raise IngestError(f"{name} is an archive inside an archive: unpack it first")
    return read_part(archive, info, MAX_PAGE_BYTES)


def _name_of(info: zipfile.ZipInfo) -> str:
    """The member's path. Without the UTF-8 flag, Chinese programs write UTF-8 or GBK where the standard has CP437."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        for charset in ("utf-8", "gb18030"):
            try:
                name = info.filename.encode("cp437").decode(charset)
                break
            except UnicodeError:
                continue
    return str(PurePosixPath(name.replace("\\", "/")))


plugin = Zip()

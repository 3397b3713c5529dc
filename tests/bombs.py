"""Little that unpacks to much: deflate streams of any length, made without compressing all they unpack to."""

from __future__ import annotations

import struct
import zlib

_BLOCK = 1 << 24
_GZIP_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
_END = b"\x03\0"  # an empty last block
_NO_CHECK = bytes(8)  # whoever comes this far has unpacked it all


def deflated(gigabytes: float, sign: bytes = b" ", before: bytes = b"") -> bytes:
    """A raw deflate stream of `before`, then that many gigabytes of `sign`, a thousandth of it in size.

    After a full flush a block refers to nothing before it, so that it can be repeated.
    """
    compress = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    first = compress.compress(before) + compress.flush(zlib.Z_FULL_FLUSH)
    block = compress.compress(sign * (_BLOCK // len(sign))) + compress.flush(zlib.Z_FULL_FLUSH)
    return first + block * round(gigabytes * 1e9 / _BLOCK) + _END


def gzipped(gigabytes: float, sign: bytes = b" ", before: bytes = b"") -> bytes:
    """The same as a gzip member."""
    return _GZIP_HEAD + deflated(gigabytes, sign, before) + _NO_CHECK


def zlibbed(gigabytes: float, sign: bytes = b" ") -> bytes:
    """The same under zlib's header, as in HTTP's `deflate` and PDF's FlateDecode."""
    return b"\x78\xda" + deflated(gigabytes, sign) + _NO_CHECK


def zip_of(name: str, packed: bytes, size: int) -> bytes:
    """A ZIP file with one member whose deflate stream is given, said to unpack to `size` bytes."""
    encoded, said = name.encode(), min(size, 0xFFFFFFFE)
    fields = (20, 0x800, 8, 0, 0x21, 0, len(packed), said, len(encoded), 0)
    local = struct.pack("<4s5H3I2H", b"PK\3\4", *fields) + encoded + packed
    central = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, *fields, 0, 0, 0, 0, 0) + encoded
    return local + central + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(central), len(local), 0)

"""Little that unpacks to much: deflate streams of any length, made without compressing all they unpack to."""

from __future__ import annotations

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

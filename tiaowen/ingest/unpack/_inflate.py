"""Gzip streams that are refused when they unpack to far more than they were made of."""

from __future__ import annotations

import gzip
from typing import IO, cast

from tiaowen.errors import IngestError
from tiaowen.ingest.limits import FREE_EXPANSION, MAX_EXPANSION


class Inflated:
    """What a gzip file of one or many members holds, read from its beginning to its end; `name` is for messages.

    Raises IngestError when it has given far more than it took, besides what `gzip.GzipFile` raises.
    """

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._packed = _Counted(file)
        self._stream = gzip.GzipFile(fileobj=cast("IO[bytes]", self._packed))
        self._name = name
        self._given = 0

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; fewer only at the end."""
        return self._counted(self._stream.read(size))

    def readline(self, size: int) -> bytes:
        """A line, or its first `size` bytes."""
        return self._counted(self._stream.readline(size))

    def _counted(self, data: bytes) -> bytes:
        self._given += len(data)
        if self._given > max(FREE_EXPANSION, MAX_EXPANSION * self._packed.count):
            raise IngestError(
                f"{self._name} unpacks to over {MAX_EXPANSION} times its size, as no honest file does; the rest is not "
                "read"
            )
        return data


class _Counted:
    """A file with the bytes read of it counted."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.count += len(data)
        return data

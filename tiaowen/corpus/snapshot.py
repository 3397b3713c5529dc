"""Snapshots: the bytes of a page or file as they were received, named by their digest."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

Digest = NewType("Digest", str)
"""SHA-256 of stored bytes, 64 lower-case hexadecimal digits."""

_HEX = re.compile(r"[0-9a-f]{64}")


def digest_of(body: bytes) -> Digest:
    """The digest that names `body`."""
    return Digest(hashlib.sha256(body).hexdigest())


def as_digest(value: str) -> Digest:
    """`value` as a digest; ValueError if it is none (values from outside become paths and keys)."""
    if not _HEX.fullmatch(value):
        raise ValueError(f"not a SHA-256 digest: {value!r}")
    return Digest(value)


@dataclass(frozen=True)
class Snapshot:
    """One capture: `body` as received from `url` at `retrieved` (UTC).

    `media_type` is a MIME type without parameters. `charset_hint` is what the transport declared, or None; the bytes
    may say otherwise. `digest` is that of `body`.
    """

    url: str
    media_type: str
    charset_hint: str | None
    retrieved: datetime
    body: bytes
    digest: Digest

    @classmethod
    def of(
        cls, body: bytes, url: str, media_type: str, retrieved: datetime, charset_hint: str | None = None
    ) -> Snapshot:
        """A snapshot of `body`, with its digest computed."""
        if retrieved.tzinfo is None:
            raise ValueError("the time of retrieval needs a time zone")
        return cls(url, media_type, charset_hint, retrieved, body, digest_of(body))

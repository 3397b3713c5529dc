"""A single page under gzip, as page.html.gz."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from tiaowen.corpus.snapshot import Snapshot
from tiaowen.errors import IngestError
from tiaowen.ingest.limits import MAX_PAGE_BYTES
from tiaowen.ingest.media import media_type_of
from tiaowen.ingest.unpack import Holder, Refusal


class Gzip:
    """application/gzip around one page."""

    suffixes: tuple[str, ...] = (".gz",)

    def unpack(self, file: BinaryIO, holder: Holder) -> Iterator[Snapshot | Refusal]:
        """The one page; its URL is that of the file."""
        try:
            with gzip.open(file) as stream:
                body = stream.read(MAX_PAGE_BYTES + 1)
            if len(body) > MAX_PAGE_BYTES:
                raise IngestError(f"{holder.url} inflates to more than {MAX_PAGE_BYTES:,} bytes")
            yield Snapshot.of(body, holder.url, media_type_of(holder.url.removesuffix(".gz"), body), holder.retrieved)
        except (OSError, EOFError, zlib.error) as error:
            yield Refusal(holder.url, f"{holder.url} is not a whole gzip file: {error}")
        except IngestError as error:
            yield Refusal(holder.url, str(error))


plugin = Gzip()

"""Limits on what is read: a hostile page is refused, or cut short with a finding, before it costs time or memory."""

from __future__ import annotations

MAX_PAGE_BYTES = 20_000_000
"""Bytes of one page or file. The longest statute is 0.6 MB of text, the heaviest real page seen 3 MB."""

MAX_PATH = 16
"""Elements in the path of a line. A page nested deeper is read all the same; its paths name the innermost ones."""

HEAD_BYTES = 4096
"""Bytes looked at for a signature and a declared charset."""

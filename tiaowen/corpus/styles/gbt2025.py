"""GB/T 7714—2025 (in force from 2026-07-01): pages on the web are [EB/OL], other documents [Z]."""

from __future__ import annotations

from tiaowen.corpus.citation import Citation
from tiaowen.corpus.styles import Style
from tiaowen.corpus.styles._gbt import entry


def write(citation: Citation) -> str:
    """国务院. …的通知: 国发〔2007〕19号[EB/OL]. (2007-07-11)[2026-01-05]. https://…. 第三条."""
    return entry(citation, "EB/OL" if citation.online else "Z")


plugin = Style("GB/T 7714—2025", write)

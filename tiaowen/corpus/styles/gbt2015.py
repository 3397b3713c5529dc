"""GB/T 7714—2015, 信息与文献 参考文献著录规则: official documents are [A], read on the web [A/OL]."""

from __future__ import annotations

from tiaowen.corpus.citation import Citation
from tiaowen.corpus.styles import Style
from tiaowen.corpus.styles._gbt import entry


def write(citation: Citation) -> str:
    """国务院. …的通知: 国发〔2007〕19号[A/OL]. (2007-07-11)[2026-01-05]. https://…. 第三条."""
    return entry(citation, "A/OL" if citation.online else "A")


plugin = Style("GB/T 7714—2015", write)

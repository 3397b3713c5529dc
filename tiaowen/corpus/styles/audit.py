"""Audit form: full title, number, path and the words themselves."""

from __future__ import annotations

from tiaowen.corpus.citation import Citation
from tiaowen.corpus.styles import Style

plugin = Style("audit working papers: full title, number, path, quoted text", Citation.written)

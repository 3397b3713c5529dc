"""Normal texts made in the test, for stages that start from one."""

from __future__ import annotations

from tiaowen.corpus.snapshot import digest_of
from tiaowen.corpus.texts import Language, NormalText, SourceText
from tiaowen.text.spans import OffsetMap


def plain(text: str, language: Language = "zh") -> NormalText:
    """A normal text that is its raw page, unchanged."""
    same = OffsetMap.identity(len(text))
    source = SourceText(digest_of(text.encode("utf-8", "surrogatepass")), "text/plain", "utf-8", text, text, same, ())
    return NormalText(source, text, same, text, same, (), "Latn" if language == "en" else "Hans", language)

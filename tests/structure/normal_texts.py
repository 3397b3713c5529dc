"""Normal texts made in the test, for stages that start from one."""

from __future__ import annotations

from dataclasses import replace

from tiaowen.corpus.snapshot import digest_of
from tiaowen.corpus.texts import Language, NormalText, SourceText
from tiaowen.text.script import script_of
from tiaowen.text.simplify import propose_simplified
from tiaowen.text.spans import OffsetMap, apply_edits


def plain(text: str, language: Language = "zh") -> NormalText:
    """A normal text that is its raw page, unchanged."""
    same = OffsetMap.identity(len(text))
    source = SourceText(digest_of(text.encode("utf-8", "surrogatepass")), "text/plain", "utf-8", text, text, same, ())
    return NormalText(source, text, same, text, same, (), "Latn" if language == "en" else "Hans", language)


def simplified(text: str, language: Language = "zh") -> NormalText:
    """The same, with its characters simplified for matching if it is in Traditional ones."""
    normal = plain(text, language)
    if script_of(text) != "Hant":
        return normal
    changed, script_map = apply_edits(text, propose_simplified(text))
    return replace(normal, text=changed, script_map=script_map, script="Hant")

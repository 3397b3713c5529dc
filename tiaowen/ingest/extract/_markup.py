"""HTML as tokens with their place in the raw page; linear in its length whatever the page holds.

Written for offsets: no parser at hand gives the places of text. The grammar is the tokenizer of HTML Living Standard,
§13.2.5, in one pass: tags, comments, raw text elements; anything else is text.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from html.entities import html5
from typing import Literal

Kind = Literal["text", "open", "close", "markup", "raw"]


Token = tuple[Kind, int, int, str, str]
"""A piece `[start, end)` of the raw page: its kind, start and end, the name of its element, and its attributes.

It is text, a start or end tag of the element, other markup, or the inside of a raw text element such as script.
Attributes are a start tag's text after its name. A plain tuple, for there is one for every tag of a page.
"""


RAW_TEXT = frozenset(("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"))
"""Elements in which no tag is read but their own end."""

# Quotes count only after an equals sign; a "<" outside them means that the one before was text. Possessive, so that
# a tag without an end costs one look as far as the next "<".
_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/<>]*+)((?:[^<>=]++|=\s*+(?:"[^"]*+"|'[^']*+')|=)*+)>""")
_CUT_TAG = re.compile(r"<[a-zA-Z][\w:-]*+\s[^<>=]*+=[^<>]*+\Z")
_DECLARATION = re.compile(r"<(?:[!?]|/(?=[^a-zA-Z]))[^>]*+>")
_ATTRIBUTE = re.compile(r"""([^\s=/"'<>]+)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]+))""")
_CHARACTER = re.compile(r"&(?:#(?:[0-9]{1,8}|[xX][0-9a-fA-F]{1,6});?|([a-zA-Z][a-zA-Z0-9]{1,31};?))")

# What follows an escaped ampersand that was one of these before: no page means to show them.
_AGAIN = re.compile(
    r"(?:amp;){0,8}(#(?:[0-9]{2,7}|[xX][0-9a-fA-F]{2,6})|[lr][ds]quo|[mn]dash|hellip|middot|bull|times|nbsp|ensp|emsp);"
)

# Numeric references to C1 controls mean Windows-1252 (§13.2.5.80).
_CONTROLS = {number: bytes((number,)).decode("cp1252", "replace") for number in range(0x80, 0xA0)}


def tokens(raw: str, position: int = 0) -> Iterator[Token]:
    """The tokens of a page from `position` on, in order and without gaps."""
    endless: set[str] = set()
    while (start := raw.find("<", position)) >= 0:
        if position < start:
            yield ("text", position, start, "", "")
        match = _TAG.match(raw, start)
        if match is None:
            end = _declaration_end(raw, start, endless)
            yield ("markup" if end else "text", start, end or start + 1, "", "")
            position = end or start + 1
            continue
        closing, name, attributes = match.groups()
        name, position = name.lower(), match.end()
        yield ("close" if closing else "open", start, position, name, attributes)
        if name in RAW_TEXT and not closing and name not in endless:
            end = _raw_text_end(raw, position, name)
            if end is None:
                endless.add(name)
            elif position < end:
                yield ("raw", position, end, name, "")
                position = end
    if position < len(raw):
        yield ("text", position, len(raw), "", "")


def attributes_of(text: str, wanted: Container[str] | None = None) -> dict[str, str]:
    """The attributes in a start tag's text, names in lower case, first ones kept; those without a value left out.

    Only those of the `wanted` names, if any are named.
    """
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        lower = name.lower()
        if lower not in found and (wanted is None or lower in wanted):
            found[lower] = unescape(double or single or bare)
    return found


def characters(raw: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Character references in `raw[start:end]`, each with its place and what it stands for.

    One that was escaped once more on its way to the page, as `&amp;ldquo;`, is what it was.
    """
    for match in _CHARACTER.finditer(raw, start, end):
        value, length = _reference(match)
        if value == "&" and (again := _AGAIN.match(raw, match.start() + length, end)):
            yield match.start(), again.end(), unescape(f"&{again[1]};")
        elif value:
            yield match.start(), match.start() + length, value


def unescape(text: str) -> str:
    """`text` with its character references read."""
    if "&" not in text:
        return text
    out: list[str] = []
    position = 0
    for start, end, value in characters(text, 0, len(text)):
        out += (text[position:start], value)
        position = end
    return "".join((*out, text[position:]))


def _declaration_end(raw: str, start: int, endless: set[str]) -> int | None:
    """Where the comment or declaration at `start` ends; None if there is none, or it never does."""
    if raw.startswith("<!--", start):
        if raw.startswith((">", "->"), start + 4):
            return raw.index(">", start) + 1
        end = -1 if "<!--" in endless else raw.find("-->", start + 4)
        if end >= 0:
            return end + 3
        endless.add("<!--")
    if ">" in endless:
        return None
    match = _DECLARATION.match(raw, start) or _CUT_TAG.match(raw, start)
    if match is None and raw.startswith(("<!", "<?", "</"), start):
        endless.add(">")
    return match.end() if match else None


def _raw_text_end(raw: str, start: int, name: str) -> int | None:
    match = re.compile(f"</{name}(?=[\\s/>])", re.I).search(raw, start)
    return match.start() if match else None


def _reference(match: re.Match[str]) -> tuple[str, int]:
    """The character a reference stands for and the reference's length; "" where it stands for nothing."""
    name = match[1]
    if name is None:
        digits = match[0][2:].rstrip(";")
        number = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
        value = _CONTROLS.get(
            number, chr(number) if 0 < number <= 0x10FFFF and not 0xD800 <= number < 0xE000 else "\ufffd"
        )
        return value, len(match[0])
    for length in range(len(name), 1, -1):
        if name[:length] in html5:
            return html5[name[:length]], length + 1
    return "", 0

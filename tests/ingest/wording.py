"""Makes small DOCX files for the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/numbering.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/></Types>'
)


def docx(body: str, numbering: str = "", styles: str = "") -> bytes:
    """A DOCX file whose body, lists and styles are the WordprocessingML given."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "word/document.xml": f"<w:document {_SPACE}><w:body>{body}</w:body></w:document>",
    }
    parts["_rels/.rels"] = _related(("officeDocument", "word/document.xml"))
    parts["word/_rels/document.xml.rels"] = _related(("numbering", "numbering.xml"), ("styles", "styles.xml"))
    if numbering:
        parts["word/numbering.xml"] = f"<w:numbering {_SPACE}>{numbering}</w:numbering>"
    if styles:
        parts["word/styles.xml"] = f"<w:styles {_SPACE}>{styles}</w:styles>"
    return zipped(parts)


def _related(*targets: tuple[str, str]) -> str:
    space = "http://schemas.openxmlformats.org"
    made = "".join(
        f'<Relationship Id="r{kind}" Type="{space}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        for kind, target in targets
    )
    return f'<Relationships xmlns="{space}/package/2006/relationships">{made}</Relationships>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP file of the parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return made.getvalue()


def paragraph(text: str, list_name: str = "", level: int = 0, style: str = "") -> str:
    """A paragraph, in a list or of a style."""
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_name}"/></w:numPr>' if list_name else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{styled}{listed}</w:pPr>{run}</w:p>"


def levels(*formats: tuple[str, str]) -> str:
    """The levels of a list: (numerals, text with %1 …)."""
    return "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (kind, text) in enumerate(formats)
    )


def lists(
    abstract: Mapping[str, str], numbers: Mapping[str, str], overrides: Sequence[tuple[str, int, int]] = ()
) -> str:
    """The numbering part: abstract lists with their levels, lists by name, and (list, level, start) they start anew."""
    made = "".join(f'<w:abstractNum w:abstractNumId="{name}">{text}</w:abstractNum>' for name, text in abstract.items())
    for name, of in numbers.items():
        anew = "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            for which, level, start in overrides
            if which == name
        )
        made += f'<w:num w:numId="{name}"><w:abstractNumId w:val="{of}"/>{anew}</w:num>'
    return made

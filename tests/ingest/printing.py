"""Makes small PDF and OFD files out of lines with positions, for the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

Placed = tuple[float, float, float, str]
"""Left and baseline in points from the top left corner of an A4 page, type size, text."""

WIDTH, HEIGHT = 595.0, 842.0


def pdf(pages: Sequence[Sequence[Placed]], extra: bytes = b"") -> bytes:
    """A PDF whose text layer reads as given, each character a square of the type size, or half of it."""
    signs = sorted({sign for lines in pages for *_, text in lines for sign in text})
    codes = {sign: divmod(number, 200) for number, sign in enumerate(signs)}
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    fonts = []
    for start in range(0, len(signs), 200):
        fonts.append(b"/F%d %d 0 R" % (start // 200, _add_font(objects, signs[start : start + 200])))
    kids = []
    for lines in pages:
        content = b"\n".join(_shown(*line, codes) for line in lines) + extra
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Resources << /Font << %s >> >> >>"
            % (WIDTH, HEIGHT, len(objects), b" ".join(fonts))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    return written(objects)


def _add_font(objects: list[bytes], signs: list[str]) -> int:
    """Add a Type 3 font for `signs` with its ToUnicode map; the number of its object."""
    mapped = b"\n".join(b"<%02x> <%s>" % (n, sign.encode("utf-16-be").hex().encode()) for n, sign in enumerate(signs))
    cmap = (
        b"/CIDInit /ProcSet findresource begin begincmap /CMapName /T def 1 begincodespacerange <00> <ff> "
        b"endcodespacerange %d beginbfchar\n%s\nendbfchar endcmap end" % (len(signs), mapped)
    )
    objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap))
    unicode = len(objects)
    drawn = {
        500: b"500 0 0 -120 500 880 d1 0 -120 500 1000 re f",
        1000: b"1000 0 0 -120 1000 880 d1 0 -120 1000 1000 re f",
    }
    for glyph in drawn.values():
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(glyph), glyph))
    half, full = len(objects) - 1, len(objects)
    widths = b" ".join(b"1000" if _wide(sign) else b"500" for sign in signs)
    glyphs = b" ".join(b"/g%d %d 0 R" % (n, full if _wide(sign) else half) for n, sign in enumerate(signs))
    names = b" ".join(b"/g%d" % n for n in range(len(signs)))
    objects.append(
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 -120 1000 880] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 0 "
        b"/LastChar %d /Widths [%s] /CharProcs << %s >> /Encoding << /Type /Encoding /Differences [0 %s] >> "
        b"/Resources << >> /ToUnicode %d 0 R >>" % (len(signs) - 1, widths, glyphs, names, unicode)
    )
    return len(objects)


def _wide(sign: str) -> bool:
    return sign > "\u2000"


def _shown(left: float, base: float, size: float, text: str, codes: dict[str, tuple[int, int]]) -> bytes:
    out = [b"BT 1 0 0 1 %g %g Tm" % (left, HEIGHT - base)]
    for sign in text:
        font, code = codes[sign]
        out.append(b"/F%d %g Tf <%02x> Tj" % (font, size, code))
    return b" ".join([*out, b"ET"])


def written(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, data in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, data)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def ofd(pages: Sequence[Sequence[Placed]]) -> bytes:
    """An OFD file (GB/T 33190) with one TextObject a line."""
    made = io.BytesIO()
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    box = f"0 0 {_mm(WIDTH)} {_mm(HEIGHT)}"
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "OFD.xml",
            f'<ofd:OFD {space} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>0</ofd:DocID>'
            "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        )
        package.writestr(
            "Doc_0/Document.xml",
            f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>{box}</ofd:PhysicalBox>"
            f"</ofd:PageArea></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        )
        for number, lines in enumerate(pages):
            shown = "".join(_text_object(*line) for line in lines)
            package.writestr(
                f"Doc_0/Pages/Page_{number}/Content.xml",
                f'<ofd:Page {space}><ofd:Content><ofd:Layer ID="9">{shown}</ofd:Layer></ofd:Content></ofd:Page>',
            )
    return made.getvalue()


def _text_object(left: float, base: float, size: float, text: str) -> str:
    deltas = " ".join(_mm(size if _wide(sign) else size / 2) for sign in text[:-1])
    box = f"{_mm(left)} {_mm(base - size * 0.88)} 200 {_mm(size)}"
    return (
        f'<ofd:TextObject ID="1" Font="1" Size="{_mm(size)}" Boundary="{box}">'
        f'<ofd:TextCode X="0" Y="{_mm(size * 0.88)}" DeltaX="{deltas}">{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


def _mm(points: float) -> str:
    return f"{points * 25.4 / 72:.3f}"

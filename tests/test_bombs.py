"""Files that mean harm, of every format that unpacks, unfolds or repeats: refused soon, in little memory, with why."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bombs import deflated, gzipped, zip_of, zlibbed
from tests.ingest.printing import ofd, pdf, written
from tests.ingest.test_unpack import warc
from tests.ingest.wording import docx, zipped
from tests.measured import Measured, measured

pytest.importorskip("pypdfium2", reason="the extra tiaowen[pdf] is not installed")
pytest.importorskip("ofdkit", reason="the extra tiaowen[ofd] is not installed")

pytestmark = pytest.mark.slow

ENTITIES = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
HTML = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
FONT = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
OFD = [[(80.0, 100.0, 12.0, "第一条　示例。")]]


def a_page(
    content: bytes, filters: bytes, resources: bytes = FONT, more: tuple[bytes, ...] = (), times: int = 1
) -> bytes:
    """A PDF whose one content stream is shown on `times` pages."""
    return written(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count %d /Kids [%s] >>" % (times, b"3 0 R " * times),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources %s >>" % resources,
            b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), filters, content),
            *more,
        ]
    )


def forms() -> bytes:
    """Forms of which each shows the next ten times."""
    shown = b"/X Do " * 10
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >> /Length %d >>"
    more = [form % (min(n + 1, 20), len(shown)) + b"\nstream\n" + shown + b"\nendstream" for n in range(5, 21)]
    return a_page(b"/X Do", b"", b"<< /XObject << /X 5 0 R >> >>", tuple(more))


def changed(body: bytes, change: Callable[[str, bytes], bytes], **more: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        parts: dict[str, str | bytes] = {name: change(name, package.read(name)) for name in package.namelist()}
    return zipped(parts | more)


def composites() -> bytes:
    """An OFD file whose graphic units each show the next ten times."""

    def unit(number: int) -> str:
        shown = f'<CompositeObject ResourceID="u{number + 1}"/>' * 10
        return f'<CompositeGraphicUnit ID="u{number}"><Content>{shown}</Content></CompositeGraphicUnit>'

    units = "".join(map(unit, range(30)))

    def change(_: str, part: bytes) -> bytes:
        part = part.replace(b"</ofd:CommonData>", b"<ofd:PublicRes>/units.xml</ofd:PublicRes></ofd:CommonData>")
        return part.replace(b"<ofd:TextObject", b'<ofd:CompositeObject ResourceID="u0"/><ofd:TextObject', 1)

    return changed(
        ofd(OFD), change, **{"units.xml": f"<Res><CompositeGraphicUnits>{units}</CompositeGraphicUnits></Res>"}
    )


def head(kind: bytes) -> bytes:
    return b"WARC/1.0\r\nWARC-Type: " + kind + b"\r\nContent-Length: 99999999999\r\n\r\n"


def soon() -> dict[str, tuple[bytes, str]]:
    """File name → (file, words of the reason)."""
    pages = b'<ofd:Page ID="7" BaseLoc="Pages/Page_0/Content.xml"/>'
    return {
        "page.html.gz": (gzipped(10), "inflates to more than"),
        "thrice.gz": (gzip.compress(gzip.compress(gzipped(10))), "is a gzip archive"),
        "one.zip": (zip_of("a.html", deflated(10), 10**10), "times its size"),
        "many.zip": (zipped({f"{n}.html": b"<p>%d" % n + b" " * 4_000_000 for n in range(30)}), "times its size"),
        "bomb.wacz": (zip_of("archive/a.warc", deflated(10), 10**10), "times its size"),
        "inner.wacz": (zipped({"archive/a.warc.gz": gzipped(10, before=head(b"request"))}), "times its size"),
        "skipped.warc.gz": (gzipped(10, before=head(b"request")), "times its size"),
        "large.warc.gz": (gzipped(10, before=head(b"response")), "times its size"),
        "page.warc.gz": (warc(("response", "https://a.example/", gzipped(1), dict(HTML))), "inflates to more than"),
        "twice.warc.gz": (
            warc(
                ("response", "https://a.example/", gzip.compress(gzipped(1)), HTML | {"Content-Encoding": "gzip, gzip"})
            ),
            "'gzip, gzip' is not read here",
        ),
        "line.txt": ("样".encode() * 6_000_000, "characters, over"),
        "lines.txt": ("样\n".encode() * 4_000_000, "lines, over"),
        "codes.html": (b"<p>" + b"&amp;" * 3_000_000, "at over"),
        "spaces.html": (b"<p>" + b"a\n " * 5_000_000, "at over"),
        "entities.docx": (zipped({"word/document.xml": f"{ENTITIES}<a>&b;</a>"}), "has a DTD"),
        "utf16.docx": (
            zipped({"word/document.xml": f"<?xml version='1.0'?>{ENTITIES}<a>&b;</a>".encode("utf-16")}),
            "has a DTD",
        ),
        "part.docx": (zip_of("word/document.xml", deflated(10), 10**10), "times its size"),
        "tags.docx": (docx("<w:p/>" * 1_600_000), "tags"),
        "deep.docx": (docx("<w:sdt>" * 50_000 + "</w:sdt>" * 50_000), "nests"),
        "entities.ofd": (zipped({"OFD.xml": f"{ENTITIES}<OFD>&b;</OFD>"}), "DTD"),
        "pages.ofd": (
            changed(ofd(OFD), lambda _, part: part.replace(b"</ofd:Pages>", pages * 9999 + b"</ofd:Pages>")),
            "pages",
        ),
        "text.ofd": (
            changed(ofd(OFD), lambda _, part: part.replace("第一条".encode(), "样".encode() * 5_000_000)),
            "split",
        ),
        "stream.pdf": (a_page(zlibbed(10), b"/Filter /FlateDecode"), "memory"),
        "streams.pdf": (
            a_page(zlib.compress(zlibbed(10)), b"/Filter [/FlateDecode /FlateDecode]"),
            "memory",
        ),
        "text.pdf": (
            a_page(
                zlib.compress(b"BT /F1 1 Tf " + (b"(" + b"a" * 30_000 + b") Tj ") * 7 + b"ET"), b"/Filter /FlateDecode"
            ),
            "cannot be read",
        ),
        "forms.pdf": (forms(), "memory"),
        "pages.pdf": (pdf([[]] * 10_000), "10,000 pages"),
        "loop.pdf": (pdf([[]]).replace(b"/Kids [4 0 R", b"/Kids [2 0 R"), "cannot be read"),
    }


def taken(folder: Path, files: dict[str, bytes]) -> Measured:
    (folder / "in").mkdir()
    for name, body in files.items():
        (folder / "in" / name).write_bytes(body)
    assert measured(["init", str(folder / "corpus")], folder).status == 0
    return measured(["ingest", "--corpus", str(folder / "corpus"), str(folder / "in")], folder)


def test_what_unpacks_to_too_much_is_refused_with_the_reason(tmp_path: Path) -> None:
    files = soon()
    took = taken(tmp_path, {name: body for name, (body, _) in files.items()})
    assert took.status == 3
    assert f"{len(files)} pages: 0 added, 0 new version, 0 unchanged, {len(files)} failed" in took.stdout
    said = took.stderr.splitlines()
    for name, (_, reason) in files.items():
        assert any(reason in line for line in said if name.removesuffix(".gz") in line or "a.example" in line), (
            name,
            took.stderr,
        )
    # Some 6 s of processor time for all of them and 450 MB, which PDFium may take at most.
    assert took.cpu < 60
    assert took.peak < 500_000_000


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("units.ofd", composites),
        ("pages.pdf", lambda: a_page(b"BT /F1 9 Tf (abcdefgh) Tj ET " * 9_000, b"", times=1500)),
    ],
)
def test_what_unfolds_without_end_is_stopped(tmp_path: Path, name: str, make: Callable[[], bytes]) -> None:
    took = taken(tmp_path, {name: make()})
    assert took.status == 3
    assert "too much time" in took.stderr or "more text" in took.stderr
    # It is given eight seconds of processor time; starting and giving up takes one.
    assert took.cpu < 20
    assert took.peak < 500_000_000

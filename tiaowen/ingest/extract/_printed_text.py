"""From printed lines to a source text: the layer is the lines in reading order, the edits take printing back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from tiaowen.corpus.findings import Finding
from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.texts import Place, SourceText
from tiaowen.ingest.extract._layer import LayerWriter, layer_text
from tiaowen.ingest.extract._print import Printed
from tiaowen.ingest.extract._wrapped import edits_of
from tiaowen.text.spans import Edit, Span

# Kangxi radicals and CJK radicals that fonts' tables give for the characters they look like (Unicode, CJKRadicals.txt).
_RADICALS = re.compile("[\u2f00-\u2fd5]")


def printed_text(
    snapshot: Snapshot, lines: Sequence[Printed], reader: str, findings: tuple[Finding, ...]
) -> SourceText:
    """The source text of `lines`; `reader` names what found them in the file."""
    writer = LayerWriter(snapshot.url)
    for line in lines:
        piece = line.piece
        box = (piece.left, piece.top, piece.right, piece.bottom)
        writer.add(piece.text, Place(Span(0, 0), "page", line.page, box), "table/tr" if line.table else "")
    layer = writer.finish()
    edits = list(edits_of(lines, [place.span for place in layer.places]))
    taken = [edit.span for edit in edits]
    edits += [edit for edit in _radicals(layer.raw) if not any(span.overlaps(edit.span) for span in taken)]
    return layer_text(snapshot, layer, reader, edits, findings)


def _radicals(raw: str) -> Iterator[Edit]:
    for match in _RADICALS.finditer(raw):
        span = Span(match.start(), match.end())
        yield Edit(span, _unified(match[0]), "print.radical", "a radical that stands for a character", aligned=True)


def _unified(radical: str) -> str:
    return unicodedata.normalize("NFKC", radical)

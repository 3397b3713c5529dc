"""The text layer of a file that is no text: printed lines one after another, each with its place in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from tiaowen.corpus.findings import Finding
from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.texts import Line, Place, SourceText
from tiaowen.errors import IngestError
from tiaowen.ingest.decode import Decoded
from tiaowen.ingest.extract._lines import lines_of, source_text
from tiaowen.ingest.limits import MAX_CHARACTERS
from tiaowen.text.spans import Edit, OffsetMap, Span


@dataclass(frozen=True)
class Layer:
    """The raw text, and for each of its pieces its place and element."""

    raw: str
    places: tuple[Place, ...]
    elements: tuple[str, ...]


class LayerWriter:
    """Puts a layer together line by line."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._pieces: list[str] = []
        self._places: list[Place] = []
        self._elements: list[str] = []
        self._length = 0

    def add(self, text: str, place: Place, element: str = "") -> None:
        """Add a line at `place`, whose span is left to the writer. Raises IngestError when the layer grows too long."""
        self._places.append(replace(place, span=Span(self._length, self._length + len(text))))
        self._elements.append(element)
        self._pieces.append(text)
        self._length += len(text) + 1
        if self._length > MAX_CHARACTERS:
            raise IngestError(f"{self._name} holds more than {MAX_CHARACTERS:,} characters of text: split it")

    def finish(self) -> Layer:
        """The layer. Raises IngestError when it holds no text at all."""
        if not self._pieces:
            raise IngestError(
                f"{self._name} holds no text; if its pages are pictures, recognise the text in them first"
            )
        return Layer("\n".join(self._pieces), tuple(self._places), tuple(self._elements))


def layer_text(
    snapshot: Snapshot, layer: Layer, reader: str, edits: Iterable[Edit] = (), findings: tuple[Finding, ...] = ()
) -> SourceText:
    """The source text of a layer with `edits` made; `reader` names what read the file, with its version."""
    decoded = Decoded(layer.raw, reader, findings)
    made = source_text(snapshot, decoded, edits, _lines_with(layer))
    return replace(made, places=layer.places)


def _lines_with(layer: Layer) -> Callable[[str, OffsetMap], tuple[Line, ...]]:
    """Splits the edited text into lines, each with the element of the piece it begins with."""

    def lines(text: str, offsets: OffsetMap) -> tuple[Line, ...]:
        elements = {}
        for place, element in zip(layer.places, layer.elements, strict=True):
            for found in offsets.to_output(place.span)[:1] if element else ():
                elements[found.start] = element
        return tuple(replace(line, element=elements.get(line.span.start, "")) for line in lines_of(text, offsets))

    return lines

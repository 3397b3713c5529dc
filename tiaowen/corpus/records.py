"""Records to JSON and back: the one serialiser for everything the store keeps, typed and without pickle."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from cattrs import Converter
from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError

from tiaowen.errors import CorpusError
from tiaowen.text.spans import Span

T = TypeVar("T")


def dump(record: object) -> str:
    """The record (or tuple of records) as compact JSON; fields that have their default are left out."""
    return json.dumps(_CONVERTER.unstructure(record), ensure_ascii=False, separators=(",", ":"))


def load(text: str, kind: type[T]) -> T:
    """The record of type `kind` that `dump` made `text` from. Raises CorpusError when it is not one."""
    try:
        return _CONVERTER.structure(json.loads(text), kind)
    except (ValueError, TypeError, KeyError, RecursionError, BaseValidationError, ForbiddenExtraKeysError) as error:
        name = getattr(kind, "__name__", str(kind))
        raise CorpusError(
            f"a stored record is not a readable {name}: {error}; run `tiaowen doctor`, and `tiaowen rebuild` to make "
            "the store again from the snapshots"
        ) from error


def _span(value: Any, _: object) -> Span:
    start, end = value
    return Span(_exactly(start, int), _exactly(end, int))


def _exactly(value: Any, kind: type[T]) -> T:
    """`value`, which must be of that very type: nothing is coerced, so that damage shows."""
    if type(value) is not kind:
        raise TypeError(f"{value!r:.40} is not of type {kind.__name__}")
    return value


def _make_converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, omit_if_default=True, detailed_validation=False)
    for primitive in (str, int, bool):
        converter.register_structure_hook(primitive, _exactly)
    converter.register_structure_hook(StrEnum, lambda value, kind: kind(value))
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    converter.register_unstructure_hook(Span, lambda span: [span.start, span.end])
    converter.register_structure_hook(Span, _span)
    return converter


_CONVERTER = _make_converter()

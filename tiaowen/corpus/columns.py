"""What of an instrument stands in columns of its own in the store, to be counted."""

from __future__ import annotations

from typing import Any

from tiaowen.corpus.instrument import Masthead, Reading


def columns_of(masthead: Masthead) -> tuple[str, str, str, str, str]:
    """The values that are counted: province, level, kind, genre, year; "" where the text does not say."""
    return (
        _value(masthead.province),
        _value(masthead.level),
        _value(masthead.kind),
        _value(masthead.genre),
        str(masthead.day.value.year) if masthead.day else "",
    )


def _value(reading: Reading[Any] | None) -> str:
    return str(reading.value) if reading else ""

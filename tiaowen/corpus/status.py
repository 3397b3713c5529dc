"""The words for what an instrument is on a day, and for what a page is as a witness of it."""

from __future__ import annotations

from typing import Literal

Status = Literal["尚未生效", "现行有效", "已修改", "已废止", "失效", "试行超期", "未知"]
STATUSES: tuple[Status, ...] = ("现行有效", "已修改", "已废止", "失效", "试行超期", "尚未生效", "未知")

WitnessKind = Literal["official", "copy", "translation", "spun"]
KINDS: tuple[WitnessKind, ...] = ("official", "copy", "translation", "spun")
"""What a page is as a witness, the best first."""

"""Charts by matplotlib (extra `plot`), in a font that has every character, or not at all."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from math import isnan
from typing import TYPE_CHECKING

from tiaowen.corpus.counts._words import shown, title
from tiaowen.corpus.facets import CountReport
from tiaowen.errors import MissingExtra, UsageError
from tiaowen.text.columns import clip

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TITLE = 100
LABEL = 40
"""Columns of the title and of a label; longer ones are clipped."""
MOST = 60
"""Bars, or lines and columns of a map, that can be read."""


def plot(report: CountReport, form: str) -> Iterator[bytes]:
    """The count as a picture: bars by one field, a map of numbers by two. Raises UsageError, MissingExtra."""
    try:
        from matplotlib import rc_context  # noqa: PLC0415  (only who wants a picture pays)
        from matplotlib.figure import Figure  # noqa: PLC0415
    except ImportError:
        raise MissingExtra("matplotlib", "plot") from None
    _check(report)
    above = clip(title(report), TITLE)
    labels = {clip(shown(value), LABEL) for cell in report.facets[0].cells for value in cell.values}
    settings = {
        "font.family": font_for("".join((above, *report.by, *labels))),
        "svg.hashsalt": report.index,  # the same count, the same file
        "svg.fonttype": "path",  # read on machines without the font
    }
    with rc_context(settings):
        figure = Figure(layout="constrained")
        axes = figure.subplots()
        axes.set_title(above, fontsize="medium")
        (_bars if len(report.by) == 1 else _map)(report, figure, axes)
        out = io.BytesIO()
        figure.savefig(out, format=form, dpi=150, metadata={"Date": None} if form == "svg" else None)
    yield out.getvalue()


def font_for(text: str) -> str:
    """A font on this machine with a sign for every character of `text`.

    Raises UsageError, naming the characters, when there is none: a box in place of 江 is worse than no picture.
    """
    from matplotlib import font_manager  # noqa: PLC0415

    needed = {ord(char) for char in text if not char.isspace()}
    fewest = needed
    preferred = [font_manager.findfont(font_manager.FontProperties())]
    others = sorted(font_manager.findSystemFonts(), key=lambda path: ("CJK" not in path, path))
    for path in dict.fromkeys((*preferred, *others)):
        lacking = needed - _signs(path)
        if not lacking:
            font_manager.fontManager.addfont(path)
            return font_manager.FontProperties(fname=path).get_name()
        fewest = min(fewest, lacking, key=len)
    raise UsageError(
        f"no font on this machine has {''.join(map(chr, sorted(fewest)[:20]))}; install one with Chinese characters, "
        "such as Noto Sans CJK (Debian: fonts-noto-cjk; Fedora: google-noto-sans-cjk-fonts)"
    )


def _signs(path: str) -> set[int]:
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415

    try:
        return set(FT2Font(path).get_charmap())
    except (OSError, RuntimeError):  # a broken font is none
        return set()


def _check(report: CountReport) -> None:
    if len(report.by) > 2:
        raise UsageError(f"a picture shows one field or two, not {len(report.by)}: {','.join(report.by)}")
    if any(len(facet.cells) > MOST for facet in report.facets[1:]) or not report.facets[0].cells:
        raise UsageError(
            f"there is nothing to draw, or more than {MOST} values of a field: filter, or take --format csv"
        )


def _bars(report: CountReport, figure: Figure, axes: Axes) -> None:
    found = {cell.values[0]: cell.found.clauses for cell in report.facets[0].cells}
    values = _axis(report.by[0], list(found))
    labels = [clip(shown(value), LABEL) for value in values]
    numbers = [found.get(value, 0) for value in values]
    if report.by[0] == "year":
        figure.set_size_inches(max(5.0, 0.45 * len(values) + 1.5), 4)
        shown_numbers = [str(found.get(value, "")) for value in values]  # none where nothing is held
        axes.bar_label(axes.bar(labels, numbers), shown_numbers, fontsize="small")
        axes.tick_params("x", rotation=60)
        axes.set_ylabel("clauses")
    else:
        figure.set_size_inches(8, max(2.5, 0.28 * len(values) + 1.2))
        axes.bar_label(axes.barh(labels, numbers), fontsize="small", padding=2)
        axes.invert_yaxis()
        axes.set_xlabel("clauses")


def _map(report: CountReport, figure: Figure, axes: Axes) -> None:
    whole, by_rows, by_columns = report.facets
    rows = _axis(report.by[0], [cell.values[0] for cell in by_rows.cells])
    heads = _axis(report.by[1], [cell.values[0] for cell in by_columns.cells])
    found = {cell.values: cell.found.clauses for cell in whole.cells}
    values = [[found.get((row, head), float("nan")) for head in heads] for row in rows]
    figure.set_size_inches(max(5.0, 0.5 * len(heads) + 3), max(2.5, 0.32 * len(rows) + 1.6))
    axes.set_facecolor("0.85")
    drawn = axes.imshow(values, aspect="auto", cmap="Blues", vmin=0, vmax=max(1, *found.values()))
    axes.set_xticks(range(len(heads)), [clip(shown(head), LABEL // 2) for head in heads], rotation=60, ha="right")
    axes.set_yticks(range(len(rows)), [clip(shown(row), LABEL) for row in rows])
    axes.set_xlabel(f"{report.by[1]} (clauses; grey: nothing held)")
    _number(axes, values, max(found.values()))
    figure.colorbar(drawn, ax=axes)


def _axis(name: str, values: list[str]) -> list[str]:
    """The values of an axis; of years those between, too, so that a gap is seen as one."""
    years = [int(value) for value in values if value.isdigit()]
    if name != "year" or not years or max(years) - min(years) >= MOST:
        return values
    return [*map(str, range(min(years), max(years) + 1)), *(value for value in values if not value.isdigit())]


def _number(axes: Axes, values: Sequence[Sequence[float]], most: float) -> None:
    for y, line in enumerate(values):
        for x, value in enumerate(line):
            if not isnan(value):  # something is held
                colour = "white" if value > most / 2 else "black"
                axes.text(x, y, str(int(value)), ha="center", va="center", fontsize="x-small", color=colour)

"""The figures of benchmarks/structure.py may rise and never quietly fall."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.structure import FLOORS, SECONDS, measures


@pytest.mark.data
@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", FLOORS)
def test_no_figure_falls_below_its_floor(shared: Path, name: str) -> None:
    measure = measures()[name](shared, 1)
    assert measure.total
    assert measure.share >= FLOORS[name], "\n".join(measure.wrong[:20])
    if name == "statutes":  # a neighbour may slow a run to half its speed: the benchmark states the bound itself
        assert measure.seconds <= 2 * SECONDS

"""Fixtures for all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("TIAOWEN_SHARED") or Path(__file__).resolve().parents[2] / "shared")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared data sets; the test skips, saying so, where it is absent. Use with `@pytest.mark.data`."""
    if not (SHARED / "data").is_dir():
        pytest.skip(f"the shared data sets are not at {SHARED} (set TIAOWEN_SHARED to their folder)")
    return SHARED

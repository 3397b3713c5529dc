"""Fixtures for all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.cli import Cli
from tiaowen.sample import PAGES

# A busy machine is no bug: pytest-timeout bounds every test, so single examples need no deadline of their own.
# Continuous integration tries the same examples each time, so that a change is judged by what it changes; everybody's
# own runs keep looking for new ones.
settings.register_profile("tiaowen", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("tiaowen")

SHARED = Path(os.environ.get("TIAOWEN_SHARED") or Path(__file__).resolve().parents[2] / "shared")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared data sets; the test skips, saying so, where it is absent. Use with `@pytest.mark.data`."""
    if not (SHARED / "data").is_dir():
        pytest.skip(f"the shared data sets are not at {SHARED} (set TIAOWEN_SHARED to their folder)")
    return SHARED


@pytest.fixture
def cli() -> Cli:
    """The command line, without a corpus."""
    return Cli()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """The command line on an indexed corpus of the sample pages; not to be written to."""
    cli = Cli(tmp_path_factory.mktemp("sample") / "corpus")
    assert cli("init", str(cli.corpus)).exit_code == 0
    assert cli("ingest", str(PAGES)).exit_code == 0
    assert cli("index").exit_code == 0
    return cli

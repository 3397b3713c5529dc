"""The corpus folder: made once, recognised, and refused when newer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tiaowen.corpus.layout import Corpus
from tiaowen.errors import CorpusError, NotFound


def test_a_corpus_is_made_and_opened(tmp_path: Path) -> None:
    made = Corpus.create(tmp_path / "a" / "corpus")
    assert Corpus.open(tmp_path / "a" / "corpus") == made
    assert {path.name for path in made.path.iterdir()} == {"archive", "index", "corpus.json", "store.sqlite"}


def test_where_there_is_none_the_message_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=f"tiaowen init {tmp_path}"):
        Corpus.open(tmp_path)
    with pytest.raises(NotFound, match="tiaowen init"):
        Corpus.open(tmp_path / "absent")


def test_nothing_is_made_over_what_is_there(tmp_path: Path) -> None:
    Corpus.create(tmp_path / "corpus")
    with pytest.raises(CorpusError, match="is a corpus already"):
        Corpus.create(tmp_path / "corpus")
    with pytest.raises(CorpusError, match="not an empty folder"):
        Corpus.create(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(CorpusError, match="not an empty folder"):
        Corpus.create(tmp_path / "file")


@pytest.mark.parametrize(
    ("marker", "message"),
    [
        ('{"format": 2}', "use a newer tiaowen"),
        ('{"format": true}', "names no corpus format"),
        ("[]", "not a corpus marker"),
        ("[" * 60000, "not a corpus marker"),
        (" " * 70000, "not a corpus marker"),
    ],
)
def test_a_marker_that_cannot_be_followed_is_refused(tmp_path: Path, marker: str, message: str) -> None:
    (tmp_path / "corpus.json").write_text(marker)
    with pytest.raises(CorpusError, match=message):
        Corpus.open(tmp_path)

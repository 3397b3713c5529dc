"""What `doctor` asks of an index."""

from __future__ import annotations

from collections.abc import Iterator

from tiaowen.corpus.doctor import Problem
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.store import Store
from tiaowen.errors import MissingIndex, SearchError
from tiaowen.index.manifest import check_state, read_manifest


def examine_index(corpus: Corpus, store: Store) -> Iterator[Problem]:
    """For `doctor`: whether the index, if one was built, is of the state the store is in."""
    try:
        check_state(read_manifest(corpus.index), store.state())
    except MissingIndex:
        return
    except SearchError as error:
        yield Problem("index-stale", "warning", str(corpus.index), str(error), "run `tiaowen index`")

"""The dictionary on disk cuts as jieba does."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.index.shelves import installed
from tiaowen.index.analyzer import SEGMENTERS
from tiaowen.index.segmenters.jieba import policy_words

POLICY = "".join(sorted({sign for word, _ in policy_words() for sign in word}))
TEXTS = st.text(st.one_of(st.sampled_from(POLICY), st.sampled_from("aZ09+#&._%- \r\n，。㐀〇𠀀é")), max_size=30)


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory):
    directory = tmp_path_factory.mktemp("lexicon") / "words"
    SEGMENTERS.get("jieba").save(directory)
    return SEGMENTERS.get("jieba").open(directory)


@pytest.fixture(scope="module")
def others():
    return [SEGMENTERS.get(name) for name in installed(SEGMENTERS) if name.endswith("jieba")]


@settings(deadline=None)
@given(TEXTS)
@example("\r\n")
@example("\n\r\n甲")
def test_it_cuts_as_jieba_does(lexicon, others, text: str) -> None:
    for segmenter in others:
        assert lexicon.cut(text) == segmenter.cut(text)


@pytest.mark.data
def test_it_cuts_statutes_as_jieba_does(lexicon, others, shared: Path) -> None:
    text = (shared / "data" / "articles" / "verified.jsonl").read_text(encoding="utf-8")[:200_000]
    for line in text.splitlines():
        for segmenter in others:
            assert lexicon.cut(line) == segmenter.cut(line)


def test_policy_words_stand_as_one(lexicon) -> None:
    assert lexicon.cut("产业集群") == ["产业集群"]
    assert all(lexicon.cut(word) == [word] for word, _ in policy_words())

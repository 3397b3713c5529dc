"""The store: versions, lookups, counts, and a state that changes with the content alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from makers import URL, instrument, snapshot

from tiaowen.corpus.findings import Finding
from tiaowen.corpus.ids import ClauseId
from tiaowen.corpus.intake import Intake, rebuilt_store
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.store import Store
from tiaowen.errors import CorpusError, NotFound, UsageError

WORK = "w0123456789"


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus.create(tmp_path / "corpus")


@pytest.fixture
def intake(corpus: Corpus) -> Iterator[Intake]:
    with Intake.open(corpus) as opened:
        yield opened


def keep(intake: Intake, page: Snapshot, **changes: object) -> str:
    return intake.keep(page, [instrument(page.digest, **changes)])  # type: ignore[arg-type]


def test_an_instrument_comes_back_as_it_went_in(intake: Intake) -> None:
    page = snapshot()
    whole = instrument(page.digest)
    finding = Finding("bad-bytes", "warning", "decode", "two bytes are no UTF-8")
    assert intake.keep(page, [whole, instrument(page.digest, 2, work="w9999999999")], [finding]) == "new"
    store = intake.store
    assert store.instrument(page.digest, 1) == whole
    assert store.findings(page.digest) == (finding,)
    stored = store.clause(ClauseId(WORK, "art_2", page.digest[:8]))
    assert stored.clause == whole.clauses[1]
    assert (stored.instrument.masthead, stored.instrument.ordinal) == (whole.masthead, 1)
    assert intake.archive.folder.exists()
    assert str(stored.id) == f"{WORK}/art_2@{page.digest[:8]}"
    assert [each.ordinal for each in store.instruments_of(page.digest)] == [1, 2]


def test_the_same_bytes_again_change_nothing(intake: Intake) -> None:
    keep(intake, snapshot())
    before = intake.store.state()
    assert keep(intake, snapshot()) == "same"
    assert intake.store.state() == before
    assert len(intake.store.versions(URL)) == 1


def test_changed_bytes_add_a_version_and_going_back_another(intake: Intake) -> None:
    old, new = snapshot("old"), snapshot("new")
    assert [keep(intake, page) for page in (old, new, old)] == ["new", "version", "version"]
    versions = intake.store.versions(URL)
    assert [(v.number, v.current, v.capture.digest) for v in versions] == [
        (1, False, old.digest),
        (2, False, new.digest),
        (3, True, old.digest),
    ]
    assert versions[2].capture.body == versions[0].capture.body != versions[2].capture.record
    assert {c.instrument.witness for c in intake.store.clauses()} == {old.digest}
    assert {c.instrument.witness for c in intake.store.clauses(superseded=True)} == {old.digest, new.digest}


def test_an_id_without_a_page_means_the_current_one(intake: Intake) -> None:
    for body in ("old", "new"):
        keep(intake, snapshot(body))
    assert intake.store.clause(ClauseId(WORK, "art_1")).instrument.witness == snapshot("new").digest
    assert not intake.store.clause(ClauseId(WORK, "art_1", snapshot("old").digest[:8])).instrument.current


def test_an_ambiguous_id_is_refused_with_the_candidates(intake: Intake) -> None:
    pages = [snapshot(body, f"https://www.example.invalid/{body}") for body in ("one", "two")]
    for page in pages:
        keep(intake, page)
    with pytest.raises(UsageError) as refused:
        intake.store.clause(ClauseId(WORK, "art_1"))
    assert all(f"{WORK}/art_1@{page.digest[:8]}  {page.url}" in str(refused.value) for page in pages)


def test_several_ids_give_their_clauses_in_order(intake: Intake) -> None:
    pages = [snapshot(), snapshot("<p>第一条 为了样例。</p>", "https://sample.example/other")]
    for page in pages:
        keep(intake, page)
    ids = [ClauseId(WORK, eid, page.digest[:8]) for eid in ("art_2", "art_1") for page in pages]
    store = intake.store
    assert store.clauses_named(ids) == tuple(map(store.clause, ids))
    assert store.clauses_named([]) == ()
    with pytest.raises(NotFound, match="art_9"):
        store.clauses_named([*ids, ClauseId(WORK, "art_9", pages[0].digest[:8])])
    with pytest.raises(UsageError, match="say which"):
        store.clauses_named([ClauseId(WORK, "art_1")])


def test_what_is_not_held_is_said(intake: Intake) -> None:
    keep(intake, snapshot())
    with pytest.raises(NotFound, match="of the work are held: art_1, art_2, art_3"):
        intake.store.clause(ClauseId(WORK, "art_99"))
    with pytest.raises(NotFound, match="the work w0000000000 is not held"):
        intake.store.clause(ClauseId("w0000000000", "art_1"))
    with pytest.raises(NotFound):
        intake.store.instrument(snapshot("other").digest, 1)


def test_neighbours_stay_in_the_instrument(intake: Intake) -> None:
    page = snapshot()
    intake.keep(page, [instrument(page.digest, n, work=f"w000000000{n}") for n in (1, 2)])
    middle = intake.store.clause(ClauseId("w0000000002", "art_1"))
    assert [c.clause.eid for c in intake.store.neighbours(middle, 1)] == ["art_1", "art_2"]
    assert [c.position for c in intake.store.neighbours(middle, 5)] == [0, 1, 2]


def test_counts(intake: Intake) -> None:
    for body, province in (("a", "示例省"), ("b", "示例省"), ("c", "样例省")):
        keep(intake, snapshot(body, f"https://www.example.invalid/{body}"), province=province)
    keep(intake, snapshot("a", "https://mirror.example.invalid/a"))
    counts = intake.store.counts()
    assert (counts.captures, counts.urls, counts.pages, counts.instruments, counts.clauses) == (4, 4, 3, 3, 9)
    assert counts.by_province == {"示例省": 2, "样例省": 1}
    assert (counts.by_year, counts.by_kind, counts.by_genre) == ({"2021": 3}, {"": 3}, {"law": 3})


def test_an_empty_store_counts_nothing(intake: Intake) -> None:
    counts = intake.store.counts()
    assert (counts.captures, counts.instruments, counts.by_year) == (0, 0, {})


def test_the_state_does_not_depend_on_the_order(tmp_path: Path) -> None:
    pages = [snapshot(body, f"https://www.example.invalid/{body}") for body in "abc"]
    states = set()
    for number, order in enumerate((pages, pages[::-1])):
        with Intake.open(Corpus.create(tmp_path / str(number))) as intake:
            empty = intake.store.state()
            for page in order:
                keep(intake, page)
            states.add(intake.store.state())
    assert len(states) == 1
    assert empty not in states


def test_a_page_is_stored_whole_or_not_at_all(intake: Intake) -> None:
    page = snapshot()
    broken = [instrument(page.digest), instrument(page.digest)]  # the same ordinal twice
    before = intake.store.state()
    with pytest.raises(CorpusError, match="nothing of this was stored"):
        intake.keep(page, broken)
    assert intake.store.state() == before
    assert intake.store.counts().clauses == 0
    assert keep(intake, page) == "new"


def test_readers_read_beside_the_writer_and_cannot_write(corpus: Corpus, intake: Intake) -> None:
    keep(intake, snapshot())
    with Store.open(corpus) as reader:
        streamed = reader.clauses()
        next(streamed)
        keep(intake, snapshot("more", "https://www.example.invalid/more"))
        assert len(list(streamed)) == 2
        assert reader.state() == intake.store.state()
        capture = replace(next(reader.captures()).capture, url="https://www.example.invalid/third")
        with pytest.raises(CorpusError, match="readonly"):
            reader.add(capture, [])


def test_a_second_writer_is_refused(corpus: Corpus, intake: Intake) -> None:
    with pytest.raises(CorpusError, match="another process is writing"), Intake.open(corpus):
        pass


def test_a_rebuilt_store_is_the_same(corpus: Corpus) -> None:
    pages = [snapshot("old"), snapshot("new"), snapshot("new", "https://www.example.invalid/")]
    with Intake.open(corpus) as intake:
        for page in pages:
            keep(intake, page)
        state, captures = intake.store.state(), list(intake.store.captures())
    with Store.open(corpus) as reader, rebuilt_store(corpus) as fresh:
        for version in captures:
            fresh.add(version.capture, [instrument(version.capture.digest)])
        assert reader.counts().captures == 3
    with Store.open(corpus) as store:
        assert store.state() == state
        assert list(store.captures()) == captures


def test_a_rebuild_that_fails_leaves_the_old_store(corpus: Corpus) -> None:
    with Intake.open(corpus) as intake:
        keep(intake, snapshot())
    with pytest.raises(NotFound), rebuilt_store(corpus) as fresh:
        fresh.instrument(snapshot().digest, 1)
    with Store.open(corpus) as store:
        assert store.counts().clauses == 3


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        ("PRAGMA user_version = 99", "schema version 99"),
        ("PRAGMA application_id = 1", "not a store of tiaowen"),
        ("UPDATE clauses SET record = '{\"eid\":1}'", "not a readable Clause"),
        ("UPDATE clauses SET record = json_set(record, '$.text', 5)", "5 is not of type str"),
        ("DELETE FROM captures", "tiaowen doctor"),
    ],
)
def test_a_damaged_store_is_said(corpus: Corpus, damage: str, message: str) -> None:
    with Intake.open(corpus) as intake:
        keep(intake, snapshot())
    with sqlite3.connect(corpus.store) as db:
        db.execute(damage)
    db.close()
    with pytest.raises(CorpusError, match=message), Store.open(corpus) as store:
        list(store.clauses(superseded=True))


def test_a_lost_store_is_not_an_empty_one(corpus: Corpus) -> None:
    corpus.store.unlink()
    with pytest.raises(NotFound, match="tiaowen rebuild"), Store.open(corpus):
        pass
    corpus.store.write_bytes(b"no SQLite file at all, however long it may be" * 100)
    with pytest.raises(CorpusError, match="not a readable store"), Store.open(corpus):
        pass

"""The archive: what is written is on disk, is read back checked, and passes `warcio check`."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from makers import URL, snapshot

from tiaowen.corpus.archive import Archive, ArchiveWriter
from tiaowen.corpus.capture import Capture
from tiaowen.corpus.members import Damage
from tiaowen.corpus.warc import LARGEST_BODY, Exchange
from tiaowen.errors import DigestMismatch, IngestError, NotFound

ANSWER = Exchange("200 OK", (("Content-Type", "text/html; charset=gb18030"), ("Content-Encoding", "gzip")))


def written(folder: Path, *bodies: bytes) -> list[Capture]:
    with ArchiveWriter(folder) as writer:
        return [writer.add(snapshot(body, f"{URL}?{n}")) for n, body in enumerate(bodies)]


def sound(folder: Path) -> bool:
    files = [str(path) for path in folder.iterdir()]
    checked = subprocess.run([sys.executable, "-m", "warcio.cli", "check", *files], capture_output=True, check=False)
    return checked.returncode == 0 and not checked.stdout and not checked.stderr


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(st.lists(st.binary(max_size=300), min_size=1, max_size=4, unique=True), st.booleans())
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[bytes], http: bool
) -> None:
    folder = tmp_path_factory.mktemp("archive")
    snapshots = [snapshot(body, f"https://www.example.invalid/{n}") for n, body in enumerate(bodies)]
    with ArchiveWriter(folder) as writer:
        captures = [writer.add(each, exchange=ANSWER if http else None) for each in snapshots]
    archive = Archive(folder)
    assert [archive.snapshot(capture) for capture in captures] == snapshots
    assert list(archive.scan()) == captures


def test_records_of_every_kind_pass_the_check(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, rotate_at=1500) as writer:
        page = snapshot()
        first = writer.add(page)
        for n in range(4):
            writer.add(snapshot(f"第{n}条", f"https://www.example.invalid/{n}"), exchange=ANSWER)
        again = writer.add(replace(page, url=URL + "?again"), held=first)
        fetched = writer.add(replace(page, url="https://www.example.invalid/"), held=first, exchange=ANSWER)
        empty = writer.add(snapshot(b"", "file:///empty"))
    assert len(list(tmp_path.iterdir())) > 1
    assert sound(tmp_path)
    assert again.body == fetched.body == first.body != again.record
    assert list(Archive(tmp_path).scan())[-3:] == [again, fetched, empty]
    assert Archive(tmp_path).snapshot(fetched).body == page.body


def test_each_run_has_a_file_of_its_own(tmp_path: Path) -> None:
    captures = written(tmp_path, b"one") + written(tmp_path, b"two") + written(tmp_path)
    assert [path.name for path in Archive(tmp_path).files()] == [capture.record.file for capture in captures]
    assert [path.name.rpartition("-")[2] for path in Archive(tmp_path).files()] == ["000001.warc.gz", "000002.warc.gz"]


def test_a_record_is_readable_while_the_run_goes_on(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path) as writer:
        capture = writer.add(snapshot())
        assert Archive(tmp_path).snapshot(capture) == snapshot()
    assert Archive(tmp_path).snapshot(capture) == snapshot()


@pytest.mark.parametrize("torn", [1, 20, 200])
def test_a_torn_record_is_said_and_sealed_off(tmp_path: Path, torn: int) -> None:
    whole, lost = written(tmp_path, b"whole", random.Random(1).randbytes(500))
    path = tmp_path / whole.record.file
    path.write_bytes(path.read_bytes()[: lost.record.offset + torn])
    path.rename(f"{path}.open")
    found = list(Archive(tmp_path).scan())
    assert found[0] == whole
    assert isinstance(found[1], Damage)
    assert found[1].torn
    assert found[1].length == torn
    (after,) = written(tmp_path, b"after")
    assert list(Archive(tmp_path).scan()) == [whole, after]
    assert sound(tmp_path)


def test_damage_in_the_middle_loses_one_record(tmp_path: Path) -> None:
    random_bytes = random.Random(2)
    captures = written(tmp_path, *(random_bytes.randbytes(9000) for _ in range(4)))
    path = tmp_path / captures[1].record.file
    data = bytearray(path.read_bytes())
    data[captures[1].record.offset + 4000] ^= 0x55
    path.write_bytes(data)
    found = list(Archive(tmp_path).scan())
    assert [each for each in found if not isinstance(each, Damage)] == [captures[0], *captures[2:]]
    assert [each.location for each in found if isinstance(each, Damage)] == [captures[1].record]
    with pytest.raises(DigestMismatch):
        Archive(tmp_path).snapshot(captures[1])


def test_other_bytes_at_the_place_are_not_taken_for_those_named(tmp_path: Path) -> None:
    one, two = written(tmp_path, b"one", b"two")
    archive = Archive(tmp_path)
    with pytest.raises(DigestMismatch, match="not those of digest"):
        archive.snapshot(replace(one, body=two.body))
    with pytest.raises(NotFound, match="is gone"):
        archive.snapshot(replace(one, body=replace(one.body, file=one.body.file.replace("000001", "000009"))))
    with pytest.raises(NotFound, match="not the name"):
        archive.snapshot(replace(one, body=replace(one.body, file="../../etc/passwd")))


@pytest.mark.parametrize(
    "other",
    [
        {"url": "https://example.org/another"},
        {"retrieved": datetime(2020, 1, 1, tzinfo=UTC)},
        {"media_type": "text/markdown"},
        {"charset_hint": "big5"},
    ],
)
def test_what_a_capture_says_is_what_its_record_says(tmp_path: Path, other: dict[str, Any]) -> None:
    (one,) = written(tmp_path, b"one")
    with pytest.raises(DigestMismatch, match="the store says"):
        Archive(tmp_path).snapshot(replace(one, **other))


@pytest.mark.parametrize("url", ["relative", "https://x/a b", "https://x/\r\nWARC-Type: y", "https://x/示例", "file:"])
def test_a_url_that_would_break_the_record_is_refused(tmp_path: Path, url: str) -> None:
    with ArchiveWriter(tmp_path) as writer, pytest.raises(IngestError, match="not a URI"):
        writer.add(snapshot(url=url))
    assert not list(tmp_path.iterdir())


def test_a_body_over_the_limit_is_refused(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path) as writer, pytest.raises(IngestError, match="the largest that is kept"):
        writer.add(snapshot(bytes(LARGEST_BODY + 1)))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_any_bytes_can_be_scanned(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("archive")
    (folder / "tiaowen-20260101T000000Z-000001.warc.gz").write_bytes(data)
    assert all(isinstance(each, Damage) for each in Archive(folder).scan())

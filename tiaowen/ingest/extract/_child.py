"""Asking a process of its own what a hostile file holds."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from tiaowen.corpus.snapshot import Snapshot
from tiaowen.errors import IngestError
from tiaowen.ingest.limits import PAGES_SECONDS

_RUNNER = Path(__file__).with_name("_bounded.py")


def asked(reader: str, snapshot: Snapshot, memory: int, *numbers: int) -> dict[str, Any]:
    """What the reader in the file `reader` beside this one says of the snapshot, given `memory` bytes.

    Raises IngestError with the reason when it says none or does not come to an end.
    """
    child = Path(__file__).with_name(reader)
    command = [sys.executable, "-P", str(_RUNNER), str(child), str(memory), *map(str, numbers)]
    try:
        done = subprocess.run(  # noqa: S603  # our own files and numbers, no shell
            command, input=snapshot.body, capture_output=True, timeout=PAGES_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise IngestError(f"{snapshot.url}: reading it took over {PAGES_SECONDS} s: split it") from error
    if done.returncode:
        raise IngestError(f"{snapshot.url}: {_why(done.returncode, done.stderr)}")
    answer: dict[str, Any] = json.loads(done.stdout.rpartition(b"\n")[2])
    if "error" in answer:
        raise IngestError(f"{snapshot.url}: {answer['error']}")
    return answer


def _why(status: int, said: bytes) -> str:
    if -status == signal.SIGXCPU:
        return "reading it took too much time for what it holds: it is hostile, or to be split"
    last = said.decode("utf-8", "replace").strip().rpartition("\n")[2]
    return f"reading it broke down for want of memory or over damage (status {status}{': ' if last else ''}{last:.100})"

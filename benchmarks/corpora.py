"""A corpus of statutes for each engine, made by the commands as users make one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.floors import say


def corpora(statutes: Path, work: Path) -> dict[str, Path]:
    """A corpus with an index for each engine in `work`; what is there is used again."""
    first = work / "corpus-whoosh"
    if not (first / "index" / "manifest.json").exists():
        shutil.rmtree(first, ignore_errors=True)
        _run("init", str(first))
        seconds, _ = _run("ingest", "--corpus", str(first), str(statutes))
        say("ingest, s", seconds)
        _index(first, "whoosh")
    second = work / "corpus-tantivy"
    if not (second / "index" / "manifest.json").exists():
        shutil.rmtree(second, ignore_errors=True)
        without_index = shutil.ignore_patterns("generation-*", "manifest*")
        shutil.copytree(first, second, copy_function=os.link, ignore=without_index)
        _index(second, "tantivy")
    return {"whoosh": first, "tantivy": second}


def command(*args: str) -> list[str]:
    """`tiaowen` with `args`, as the shell starts it."""
    return [str(Path(sys.executable).with_name("tiaowen")), *args]


def run(*args: str) -> tuple[float, float, str]:
    """CPU seconds, peak megabytes and output of a command in a process of its own."""
    call = [sys.executable, "-c", _WATCH, *command(*args)]
    ended = subprocess.run(call, check=False, capture_output=True, text=True)
    seconds, peak, status = ended.stderr.splitlines()[-1].split()
    if status != "0":
        raise SystemExit(f"{' '.join(args)} ended with {status}:\n{ended.stderr}")
    return float(seconds), float(peak) / 1024, ended.stdout


_WATCH = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:]).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss, status, file=sys.stderr)
"""
"""Stands between: a process counts as its own peak that of the one it was split from, and this one is small."""


def _run(*args: str) -> tuple[float, float]:
    return run(*args)[:2]


def _index(corpus: Path, engine: str) -> None:
    seconds, peak = _run("index", "--corpus", str(corpus), "--engine", engine)
    say(f"{engine} index, store and cutting included, s", seconds)
    say(f"{engine} index peak MB", peak)

"""Running `tiaowen` as a process of its own, and what that one process took: seconds and memory."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.crawl.runner import ROOT, environment

# `ru_maxrss` of a child begins at what its parent held when it started it, so that a process seems as large as the
# tests that run it. `VmHWM` is of the program itself. What it starts in turn begins at its own size, which is no harm.
_RUN = """
import json, resource, sys
from pathlib import Path
from tiaowen.cli import main
written = Path(sys.argv.pop(1))
try:
    main()
finally:
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    own, usage = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    written.write_text(json.dumps({
        "own": int(status["VmHWM"].split()[0]) * 1024,
        "children": usage.ru_maxrss * 1024,
        "cpu": own.ru_utime + own.ru_stime + usage.ru_utime + usage.ru_stime,
    }))
"""


@dataclass(frozen=True)
class Measured:
    """How a command ended. `peak` is bytes of its largest process, `cpu` seconds of it and all it started."""

    status: int
    stdout: str
    stderr: str
    seconds: float
    cpu: float
    peak: int


def measured(words: Sequence[str], scratch: Path, timeout: float = 280) -> Measured:
    """Run `tiaowen` with these words; `scratch` is a folder for what it took."""
    written = scratch / "took.json"
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(written), *words],
        capture_output=True,
        text=True,
        timeout=timeout,
        env=environment(),
        cwd=ROOT,
        check=False,
    )
    seconds = time.monotonic() - began
    took = json.loads(written.read_text())
    return Measured(done.returncode, done.stdout, done.stderr, seconds, took["cpu"], max(took["own"], took["children"]))

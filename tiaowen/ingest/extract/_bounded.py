"""Run as a process of its own: a reader of hostile files under limits that it sets itself before it looks at the file.

    python _bounded.py READER BYTES-OF-MEMORY [NUMBER…] < FILE

READER is a file with a function `read(body, allow, *numbers)` that gives what is to be written as JSON; the last line
written is the answer, since libraries log above it. A crash, an endless loop or a flood of memory ends this process and
not the ingest. Nothing of tiaowen is imported, which would cost more than many a file.
"""

from __future__ import annotations

import json
import resource
import runpy
import sys

_FIRST = 8.0
_A_PAGE = 0.01
_A_CHARACTER = 20e-6
_ALL = 200


def main() -> None:
    """Read the file on standard input with the reader named on the command line."""
    reader, memory, *numbers = sys.argv[1], *map(int, sys.argv[2:])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    allow(0, 0)
    body = sys.stdin.buffer.read()
    try:
        answer = runpy.run_path(reader)["read"](body, allow, *numbers)
    except MemoryError:
        answer = {"error": "it needs more memory than one file is given: it is hostile, or to be split"}
    sys.stdout.write("\n" + json.dumps(answer))


def allow(pages: int, characters: int, seconds: float = _FIRST) -> None:
    """Let the process go on: `seconds` of processor time in all, and some for what it has read so far.

    An honest page takes a thousandth of a second and a character five millionths; what takes long and gives nothing
    is a loop.
    """
    soft = min(round(seconds + pages * _A_PAGE + characters * _A_CHARACTER), max(_ALL, round(seconds)))
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    main()

"""Bounds on time that hold on a busy machine: processor time, and the best of several tries."""

from __future__ import annotations

import time
from collections.abc import Callable


def within(seconds: float, action: Callable[[], object], tries: int = 3) -> bool:
    """Whether `action` takes no more processor time than that, at least once: a neighbour may slow a try."""
    for _ in range(tries):
        began = time.process_time()
        action()
        if time.process_time() - began <= seconds:
            return True
    return False

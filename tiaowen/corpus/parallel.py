"""Work done by several processes and handed back in order, with little of it under way at once."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Generic, TypeVar

from tiaowen.errors import ProcessDied

Item = TypeVar("Item")
Made = TypeVar("Made")

_AHEAD = 16
"""Items under way for each process: enough to keep the others busy while one is at a long item."""

_BYTES_AHEAD = 64_000_000
"""Bytes of all items under way: however many there are, no more is read before some are done."""


@dataclass(frozen=True)
class _Waiting(Generic[Item, Made]):
    item: Item
    size: int
    future: Future[Made] | None

    @property
    def done(self) -> bool:
        return self.future is None or self.future.done()

    def finished(self) -> tuple[Item, Made | None]:
        try:
            return self.item, self.future.result() if self.future else None
        except BrokenProcessPool as error:
            raise ProcessDied(
                "one of several processes died, perhaps for want of memory; what came before is kept. Run the same "
                "again with --jobs 1 to see at which page"
            ) from error


def in_order(
    work: Callable[[Item], Made],
    items: Iterable[Item],
    needs_work: Callable[[Item], bool],
    jobs: int,
    size_of: Callable[[Item], int] = lambda _: 0,
) -> Iterator[list[tuple[Item, Made | None]]]:
    """Every item, in order, with what `work` makes of it in one of `jobs` processes, or None if it needs no work.

    They come in groups: as many as are done by now, at least one. `size_of` is what an item takes in bytes. `work` must
    be a function at the top of a module and must not raise. Raises ProcessDied when a process dies.
    """
    most = jobs * _AHEAD if jobs > 1 else 1
    with _executor(jobs) as executor:
        waiting: deque[_Waiting[Item, Made]] = deque()
        size = 0
        for item in items:
            future = executor.submit(work, item) if needs_work(item) else None
            waiting.append(_Waiting(item, size_of(item), future))
            size += waiting[-1].size
            if len(waiting) >= most or size >= _BYTES_AHEAD:
                yield _taken(waiting)
                size = sum(each.size for each in waiting)
        while waiting:
            yield _taken(waiting)


def _taken(waiting: deque[_Waiting[Item, Made]]) -> list[tuple[Item, Made | None]]:
    """The first of those that wait, once it is done, and those after it that are done too."""
    group = [waiting.popleft().finished()]
    while waiting and waiting[0].done:
        group.append(waiting.popleft().finished())
    return group


def _executor(jobs: int) -> Executor:
    # Spawned, not forked: a fork would share the open archive and store.
    if jobs == 1:
        return _Here()
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_end_with_parent)


def _end_with_parent() -> None:
    """End this process when the one that started it is gone: a killed ingest must leave none behind."""
    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
        os._exit(1)

    Thread(target=watch, daemon=True).start()


class _Here(Executor):
    """Does the work at once, in this process."""

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        """A future that is done."""
        future: Future[object] = Future()
        future.set_result(fn(*args, **kwargs))
        return future

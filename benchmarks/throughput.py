"""From a WARC file to clauses, also at rest in a corpus: pages and megabytes a second, beside trafilatura.

    python benchmarks/throughput.py crawl.warc.gz --jobs 1 --jobs 2 --repeat 4

Every page is read `repeat` times, so that a small crawl outlasts the start of the processes, which is not counted.
trafilatura (`pip install trafilatura`) only finds the main text; it is the plainest thing that does part of our work.

A machine that others use says little by its clock. By processor seconds, N processes can be no faster than one takes by
itself over an Nth of what they take together, nor than the one process that reads and writes for them: `at best`.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from itertools import chain, repeat
from pathlib import Path
from tempfile import TemporaryDirectory

from tiaowen.corpus.intake import Intake
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.parallel import in_order
from tiaowen.corpus.snapshot import Snapshot
from tiaowen.errors import IngestError
from tiaowen.ingest.unpack import Refusal
from tiaowen.pipeline import derive, ingest, pages_in

Reader = Callable[[Snapshot], int]


@dataclass(frozen=True)
class Measure:
    """What one run took for `pages` of `size` bytes, from which `made` clauses or texts came.

    `seconds` are of the wall clock, `cpu` of processor time in all processes: steadier on a machine that is not idle.
    `own` is that of the process that hands out the work, alone.
    """

    name: str
    jobs: int
    seconds: float
    cpu: float
    own: float
    pages: int
    size: int
    made: int

    def __str__(self) -> str:
        rate, megabytes = self.pages / self.seconds, self.size / self.seconds / 1e6
        speed = f"{rate:8.1f} pages/s {megabytes:6.2f} MB/s"
        processor = f"{self.cpu:8.2f} CPU s ({self.own:.2f})"
        return f"{self.name:12} {self.jobs:4} {self.seconds:8.2f} s {processor} {speed} {self.made:8}"


def clauses(page: Snapshot) -> int:
    """Our whole way: the number of clauses, 0 for a page that is refused."""
    try:
        return len(derive(page).clauses)
    except IngestError:
        return 0


def main_text(page: Snapshot) -> int:
    """trafilatura's: 1 for a page it finds a main text on."""
    import trafilatura  # noqa: PLC0415  # not a dependency

    return int(bool(trafilatura.extract(page.body)))


def timed(reader: Reader, page: Snapshot) -> tuple[int, float]:
    """What the reader makes of a page, and the processor seconds it took."""
    start = time.process_time()
    return reader(page), time.process_time() - start


def measure(name: str, reader: Reader, pages: Callable[[], Iterable[Snapshot]], jobs: int) -> Measure:
    """Read all pages; the clock starts when every process has read one."""
    first = next(iter(pages()))
    warm = 8 * jobs
    groups = in_order(partial(timed, reader), chain(repeat(first, warm), pages()), lambda _: True, jobs)
    results = chain.from_iterable(groups)
    for _ in range(warm):
        next(results)
    start, own, count, size, made, cpu = time.perf_counter(), time.process_time(), 0, 0, 0, 0.0
    for page, found in results:
        assert found
        count, size, made, cpu = count + 1, size + len(page.body), made + found[0], cpu + found[1]
    own = time.process_time() - own
    return Measure(name, jobs, time.perf_counter() - start, own if jobs == 1 else own + cpu, own, count, size, made)


def kept(pages: Callable[[], Iterable[Snapshot]], jobs: int) -> Measure:
    """Read all pages into a corpus, the start of the processes included; every page is another."""
    told = (Snapshot.of(b"%s<!-- %d -->" % (p.body, n), f"{p.url}#{n}", p.media_type, p.retrieved, p.charset_hint)
            for n, p in enumerate(pages()))  # fmt: skip
    size = made = count = 0
    with TemporaryDirectory() as folder, Intake.open(Corpus.create(Path(folder) / "corpus")) as intake:
        start, own, others = time.perf_counter(), time.process_time(), of_children()
        for outcome in ingest(told, intake, jobs):
            count, made = count + 1, made + sum(len(each.clauses) for each in outcome.instruments)
        seconds, own, others = time.perf_counter() - start, time.process_time() - own, of_children() - others
    size = sum(len(page.body) for page in pages())
    return Measure("kept", jobs, seconds, own + others, own, count, size, made)


def of_children() -> float:
    """Processor seconds of the processes that ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Print a line for each run, and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("warc", type=Path)
    parser.add_argument("--jobs", type=int, action="append")
    parser.add_argument("--repeat", type=int, default=4)
    arguments = parser.parse_args()

    def pages() -> Iterator[Snapshot]:
        for _ in range(arguments.repeat):
            yield from (page for page in pages_in(arguments.warc) if not isinstance(page, Refusal))

    readers: dict[str, Reader] = {"tiaowen": clauses}
    if find_spec("trafilatura"):
        readers["trafilatura"] = main_text
    taken: dict[tuple[str, int], Measure] = {}
    for jobs in arguments.jobs or [1]:
        for name, reader in readers.items():
            taken[name, jobs] = measure(name, reader, pages, jobs)
            print(taken[name, jobs], flush=True)
        taken["kept", jobs] = kept(pages, jobs)
        print(taken["kept", jobs], flush=True)
    for (name, jobs), run in taken.items():
        one, other = taken.get((name, 1)), taken.get(("trafilatura", jobs))
        if jobs > 1 and one:
            best = one.cpu / max(run.cpu / jobs, run.own)
            print(f"{name}: {one.seconds / run.seconds:.2f} × with {jobs} processes, at best {best:.2f} ×")
        if name == "tiaowen" and other:
            print(f"with {jobs}: {other.cpu / run.cpu:.2f} × the speed of trafilatura by CPU seconds")


if __name__ == "__main__":
    main()

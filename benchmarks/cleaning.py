"""How well pages are cleaned: what is removed, what of a page is its document, and at what speed.

    python -m benchmarks.cleaning [MEASURE…] [--shared FOLDER] [--step N] [--rivals] [--wrong]

Measures: seeds, spam_zh, spam_en, statutes, extraction_zh, extraction_en, extraction_held_out (pages of sites that the
model has not seen), gov_cn, offsets, speed. `--step` reads every N-th record, `--rivals` sets trafilatura,
readability-lxml and resiliparse beside (extra `bench`), `--wrong` lists what is not right. FLOORS are held by
tests/ingest/test_cleaning_floors.py.
"""

from __future__ import annotations

import argparse
import json
import os
import tarfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import held_out
from benchmarks.pages import NOW, document, normal_of, records
from benchmarks.shingles import f1
from tiaowen.corpus.snapshot import Snapshot
from tiaowen.corpus.texts import NormalText
from tiaowen.errors import IngestError
from tiaowen.ingest.extract import extract
from tiaowen.text.spans import Span

FLOORS: dict[str, float] = {
    "seeds precision": 0.998,
    "seeds recall": 0.98,
    "seeds flag kinds": 1.0,
    "spam_zh precision": 0.999,
    "spam_zh recall": 0.97,
    "spam_en precision": 0.995,
    "spam_en recall": 0.93,
    "extraction_zh F1": 0.945,
    "extraction_en F1": 0.96,
    "extraction_held_out zh F1": 0.945,
    "extraction_held_out en F1": 0.955,
    "gov_cn body F1": 0.999,
    "gov_cn table cells kept": 1.0,
    "speed against trafilatura": 1.0,
}
"""Figures that may rise and never quietly fall."""

CEILINGS: dict[str, float] = {
    "spam_zh removed from untouched": 0,
    "spam_en removed from untouched": 0,
    "statutes removed": 200,
    "extraction_zh pages below .1": 4,
    "offsets wrong": 0,
}
"""Figures that may fall and never quietly rise."""


@dataclass
class Tally:
    """Characters removed rightly (`hit`), wrongly (`false`), and not removed that should be (`missed`)."""

    hit: int = 0
    false: int = 0
    missed: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of what was removed that should be."""
        return self.hit / max(1, self.hit + self.false)

    @property
    def recall(self) -> float:
        """The share of what should be removed that was."""
        return self.hit / max(1, self.hit + self.missed)

    def add(self, name: str, raw: str, removed: set[int], gold: set[int], free: set[int]) -> int:
        """One text more; `free` may be removed or not. Returns how many characters were removed wrongly."""
        false = removed - gold - free
        self.hit += len(removed & gold)
        self.missed += len(gold - removed)
        self.false += len(false)
        self.wrong += (f"{name}: removed {p.of(raw)[:60]!r} at {p.start}" for p in stretches(false))
        self.wrong += (f"{name}: kept {p.of(raw)[:60]!r} at {p.start}" for p in stretches(gold - removed))
        return len(false)


def stretches(places: set[int]) -> Iterator[Span]:
    """Places next to each other as spans."""
    start = last = None
    for place in sorted(places):
        if last is None or place != last + 1:
            if start is not None and last is not None:
                yield Span(start, last + 1)
            start = place
        last = place
    if start is not None and last is not None:
        yield Span(start, last + 1)


@dataclass
class Report:
    """Figures by name, and what was not right."""

    figures: dict[str, float] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def places(spans: Iterable[Span]) -> set[int]:
    """All offsets in the spans."""
    return {offset for span in spans for offset in range(span.start, span.end)}


def seeds(shared: Path, _: int) -> Report:
    """Removed characters and flag kinds of the seeds against gold."""
    tally, report = Tally(), Report()
    kinds = found = 0
    for path in sorted((shared / "gold" / "seeds").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        body = (shared / "seeds" / gold["seed"]).read_bytes()
        normal = normal_of(body, gold["seed"], "text/plain")
        noise = gold["noise"]
        wanted = places(Span(n["start"], n["end"]) for n in noise if n["action"] == "remove")
        loose = [Span(*n["loose"]) for n in noise if "loose" in n]
        free = places([*loose, *(Span(n["start"], n["end"]) for n in noise if n["action"] != "remove")])
        tally.add(gold["seed"], normal.source.raw, places(r.span for r in normal.removals), wanted, free)
        flagged = [span for finding in normal.findings for span in finding.spans]
        for kind in {flag["type"] for flag in gold["flags"]}:
            flags = [Span(f["start"], f["end"]) for f in gold["flags"] if f["type"] == kind]
            hit = any(span.overlaps(flag) for flag in flags for span in flagged)
            kinds, found = kinds + 1, found + hit
            if not hit:
                report.wrong.append(f"{gold['seed']}: no flag of kind {kind} found")
    report.figures = {
        "seeds precision": tally.precision,
        "seeds recall": tally.recall,
        "seeds flag kinds": found / max(1, kinds),
    }
    report.wrong += tally.wrong
    return report


def spam(language: str) -> Callable[[Path, int], Report]:
    """The measure of clean texts with injected noise, in one language."""

    def measure(shared: Path, step: int) -> Report:
        tally, untouched = Tally(), 0
        for record in records(shared / "data" / "spam" / f"{language}.jsonl", step):
            normal = normal_of(record["raw"].encode(), record["id"], "text/plain")
            gold = places(Span(s["start"], s["end"]) for s in record["spans"] if s["action"] == "remove")
            removed = places(r.span for r in normal.removals)
            false = tally.add(record["id"], record["raw"], removed, gold, set())
            untouched += 0 if record["spans"] else false
        name = f"spam_{language}"
        figures = {f"{name} precision": tally.precision, f"{name} recall": tally.recall}
        return Report({**figures, f"{name} removed from untouched": untouched}, tally.wrong)

    return measure


def statutes(shared: Path, step: int) -> Report:
    """Characters removed from statutes as text, where nothing should be."""
    report, removed, characters = Report(), 0, 0
    with tarfile.open(shared / "data" / "statutes.tar.gz") as archive:
        members = [m for m in archive if m.isfile() and m.name.endswith(".md")][::step]
        for member in members:
            file = archive.extractfile(member)
            body = file.read() if file else b""
            normal = normal_of(body, member.name, "text/plain")
            spans = [r.span for r in normal.removals if not r.rule.startswith("text.")]
            removed += sum(map(len, spans))
            characters += len(normal.source.raw)
            report.wrong += (f"{member.name}: removed {s.of(normal.source.raw)[:60]!r}" for s in spans)
    report.figures = {"statutes removed": removed, "statutes characters": characters}
    return report


def extraction(language: str) -> Callable[[Path, int], Report]:
    """The measure of main text, in one language."""

    def measure(shared: Path, step: int) -> Report:
        report, scores = Report(), []
        for record in records(shared / "data" / "extraction" / f"{language}.jsonl.gz", step):
            score = f1(document(record["html"]), record["text"])
            scores.append(score)
            if score < 0.8:
                report.wrong.append(f"{record['id']}: {score:.2f}")
        name = f"extraction_{language}"
        low = sum(score < 0.1 for score in scores)
        report.figures = {f"{name} F1": sum(scores) / len(scores), f"{name} pages below .1": low}
        return report

    return measure


def unseen(shared: Path, step: int) -> Report:
    """The measure of main text on pages of sites that the model has not seen."""
    return Report(held_out.figures(shared, step))


def gov_cn(shared: Path, _: int) -> Report:
    """The body of State Council pages against the isolated one, and the cells of its tables."""
    report, scores, cells, kept = Report(), [], 0, 0
    for path in sorted((shared / "data" / "pages" / "gov_cn").glob("B_*.content.html")):
        page = path.with_name(path.name.replace(".content", ""))
        gold = extract(Snapshot.of(b"<table>" + path.read_bytes(), "file:gold", "text/html", NOW)).text
        ours = normal_of(page.read_bytes(), page.name, "text/html").clean
        scores.append(f1(ours, gold))
        cells, kept = cells + gold.count("\t"), kept + min(gold.count("\t"), ours.count("\t"))
    report.figures = {"gov_cn body F1": sum(scores) / len(scores), "gov_cn table cells kept": kept / max(1, cells)}
    return report


def offsets(shared: Path, step: int) -> Report:
    """Characters that are not what the raw text has at their mapped place, or are neither kept nor removed."""
    report, wrong = Report(), 0
    for name, body, media_type in every_page(shared, step):
        try:
            normal = normal_of(body, name, media_type)
        except IngestError:
            continue
        bad = misplaced(normal)
        wrong += bad
        if bad:
            report.wrong.append(f"{name}: {bad} places")
    report.figures = {"offsets wrong": wrong}
    return report


def misplaced(normal: NormalText) -> int:
    """How many aligned characters differ from the raw ones, and how many edges of pieces do not meet."""
    raw, bad = normal.source.raw, 0
    for run in normal.clean_map.runs:
        if run.aligned:
            ours, theirs = run.out.of(normal.clean), run.src[0].of(raw)
            bad += sum(b not in (a, "\r") for a, b in zip(ours, theirs, strict=True))
    pieces = sorted([*(p for run in normal.clean_map.runs for p in run.src), *(r.span for r in normal.removals)])
    edges = [0, *(edge for piece in pieces for edge in (piece.start, piece.end)), len(raw)]
    return bad + sum(a != b for a, b in zip(edges[::2], edges[1::2], strict=True))


def every_page(shared: Path, step: int) -> Iterator[tuple[str, bytes, str]]:
    """Name, bytes and media type of the pages of all sets."""
    for path in sorted((shared / "seeds").glob("*.txt")):
        yield path.name, path.read_bytes(), "text/plain"
    for path in sorted((shared / "data" / "pages").glob("*/*.html")):
        yield path.name, path.read_bytes(), "text/html"
    for language in ("zh", "en"):
        for record in records(shared / "data" / "spam" / f"{language}.jsonl", step):
            yield record["id"], record["raw"].encode(), "text/plain"
    for language in ("zh", "en", "other"):
        for record in records(shared / "data" / "extraction" / f"{language}.jsonl.gz", step):
            yield record["id"], record["html"].encode("utf-8", "replace"), "text/html"


def speed(shared: Path, step: int) -> Report:
    """Seconds of CPU from bytes to clean text, and what trafilatura needs for its text alone."""
    import trafilatura  # noqa: PLC0415  an extra: only this measure needs it

    pages = [
        record["html"].encode("utf-8", "replace")
        for language in ("zh", "en", "other")
        for record in records(shared / "data" / "extraction" / f"{language}.jsonl.gz", step)
    ]
    document("<p>warm</p>")
    ours = theirs = 0.0
    for page in pages:  # page by page in turn, so that what else the machine does falls on both
        mine, other = (
            seconds(lambda page=page: document(page.decode())),
            seconds(lambda page=page: trafilatura.extract(page)),
        )
        ours, theirs = ours + mine, theirs + other
    megabytes = sum(map(len, pages)) / 1e6
    return Report({"speed against trafilatura": theirs / ours, "speed MB/s": megabytes / ours})


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds that `work` takes, the best of three runs."""
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best


def rivals(shared: Path, step: int) -> Iterator[tuple[str, str, float, int]]:
    """Tool, language, F1 and pages below .1 of other extractors."""
    import lxml.html  # noqa: PLC0415
    import trafilatura  # noqa: PLC0415
    from readability import Document  # noqa: PLC0415
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415

    def readability(html: str) -> str:
        try:
            return str(lxml.html.fromstring(Document(html).summary()).text_content())
        except (ValueError, lxml.etree.LxmlError):
            return ""

    tools: dict[str, Callable[[str], str]] = {
        "trafilatura": lambda html: trafilatura.extract(html, include_comments=False, include_tables=False) or "",
        "readability-lxml": readability,
        "resiliparse": lambda html: extract_plain_text(html, main_content=True),
    }
    for language in ("zh", "en"):
        pages = list(records(shared / "data" / "extraction" / f"{language}.jsonl.gz", step))
        for tool, text_of in tools.items():
            scores = [f1(text_of(page["html"]), page["text"]) for page in pages]
            yield tool, language, sum(scores) / len(scores), sum(score < 0.1 for score in scores)


MEASURES: dict[str, Callable[[Path, int], Report]] = {
    "seeds": seeds,
    "spam_zh": spam("zh"),
    "spam_en": spam("en"),
    "statutes": statutes,
    "extraction_zh": extraction("zh"),
    "extraction_en": extraction("en"),
    "extraction_held_out": unseen,
    "gov_cn": gov_cn,
    "offsets": offsets,
    "speed": speed,
}


def verdict(name: str, value: float) -> str:
    """Whether a figure holds its floor or ceiling; "" where it has none."""
    if name in FLOORS:
        return f"{'holds' if value >= FLOORS[name] else 'BELOW'} ≥ {FLOORS[name]:g}"
    if name in CEILINGS:
        return f"{'holds' if value <= CEILINGS[name] else 'ABOVE'} ≤ {CEILINGS[name]:g}"
    return ""


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("measures", nargs="*", choices=[*MEASURES, []], help="all of them where none is named")
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("TIAOWEN_SHARED", "../shared")))
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--rivals", action="store_true")
    parser.add_argument("--wrong", action="store_true")
    options = parser.parse_args()
    for name in options.measures or MEASURES:
        report = MEASURES[name](options.shared, options.step)
        for figure, value in report.figures.items():
            shown = f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.4f}"
            print(f"{figure:36} {shown:>12}  {verdict(figure, value)}", flush=True)
        for line in report.wrong if options.wrong else ():
            print(f"    {line}")
    if options.rivals:
        for tool, language, score, low in rivals(options.shared, options.step):
            print(f"{f'extraction_{language} F1, {tool}':36} {score:12.4f}  {low} pages below .1", flush=True)


if __name__ == "__main__":
    main()

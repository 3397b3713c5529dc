"""How well structure is read: articles, trees, headings and mastheads against the shared data sets.

    python -m benchmarks.structure [MEASURE…] [--shared FOLDER] [--step N]

Each measure says how many of how many are right, in what time, and lists what is not. FLOORS are held by
tests/structure/test_floors.py.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import tarfile
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.mastheads import gov_cn, guangzhou
from benchmarks.measure import Measure
from benchmarks.pages import normal_of
from tiaowen.corpus.instrument import Instrument, Provision, ProvisionKind
from tiaowen.corpus.texts import NormalText
from tiaowen.ingest.parse import parse
from tiaowen.text.numerals import read_numeral
from tiaowen.text.spans import Span


def statute_files(shared: Path, step: int = 1) -> Iterator[tuple[str, bytes]]:
    """The statutes with their paths, every `step`th."""
    with tarfile.open(shared / "data" / "statutes.tar.gz") as archive:
        files = (member for member in archive if member.isfile() and member.name.endswith(".md"))
        for index, member in enumerate(files):
            handle = archive.extractfile(member)
            if index % step == 0 and handle:
                yield member.name, handle.read()


def walk(instruments: tuple[Instrument, ...]) -> Iterator[Provision]:
    """All provisions in the order of the text."""
    for instrument in instruments:
        for provision in instrument.provisions:
            yield from provision.walk()


_ARTICLE_LINE = re.compile(
    r"(?:^|(?<=。 ))第\s?([零〇○一二三四五六七八九十百千]+)\s?条"
    r"((?:之[一二三四五六七八九十]+)?)(?=[\s\u3000]|(?<=\s条)\S)",
    re.M,
)


def article_lines(text: str) -> list[str]:
    """The numbers of the lines that open with 第…条 and a blank, in canonical form.

    One text runs its articles together on one line: there a full stop and a blank stand for the line break.
    """
    body = "\n".join(line.strip() for line in text.rpartition("INFO END -->")[2].split("\n"))
    found = []
    for match in _ARTICLE_LINE.finditer(body + "\n"):
        branch = read_numeral(match[2][1:]) if match[2] else None
        found.append(f"{read_numeral(match[1])}" + (f"-{branch}" if branch else ""))
    return found


def statutes(shared: Path, step: int) -> Measure:
    """Documents whose article numbers equal the article lines; the time is that of cleaning and parsing."""
    measure = Measure("statutes")
    for name, body in statute_files(shared, step):
        text = body.decode("utf-8")
        start = time.process_time()
        instruments = parse(normal_of(body, name, "text/markdown"))
        measure.seconds += time.process_time() - start
        measure.characters += len(text)
        found = [p.number for p in walk(instruments) if p.kind is ProvisionKind.ARTICLE]
        wanted = article_lines(text)
        missing, extra = [n for n in wanted if n not in found], [n for n in found if n not in wanted]
        measure.count(found == wanted, f"{name}: missing {missing[:5]}, extra {extra[:5]}")
    return measure


_BLANKS = re.compile(r"\s+")
LAWS = {
    "CRIMINAL_LAW": "/刑法/刑法.md",
    "COMPANY_LAW": "/公司法(2023-12-29).md",
    "TAX_ADMIN_LAW": "/税收征收管理法(2015-04-24).md",
    "VAT_LAW": "/增值税法(2024-12-25).md",
}


_ADDED = re.compile(r'【[^】]*罪】|^【[^】]*】|HYPERLINK|\\l *"[A-Z0-9_]+"')
"""What the collection adds to the law's words: names of offences in 【】, left-overs of hyperlinks."""


DAMAGED = {
    "CRIMINAL_LAW_12_v1": "lost a line",
    "CRIMINAL_LAW_187_v1": "has 账 for 帐",
    "CRIMINAL_LAW_190_v1": "lost two commas",
    "CRIMINAL_LAW_451_v1": "swallowed the heading 附则",
    "CRIMINAL_LAW_452_v1": "swallowed both annexes",
}
"""Records that are not the article's text as published; not counted."""


def squeezed(text: str) -> str:
    """A text in which blanks and the width of punctuation do not count."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text.replace("︰", "：")))


def whole(provision: Provision, text: str) -> str:
    """All words of a provision but its own label."""
    inner = [
        f"{p.head.of(text)}{p.own.of(text) if p.own else ''}" for child in provision.children for p in child.walk()
    ]
    return (provision.own.of(text) if provision.own else "") + "".join(inner)


def verified(shared: Path, step: int) -> Measure:
    """Verified articles found under their number with exactly their text, in the version that is among the statutes."""
    measure = Measure("verified")
    held = _held_articles(shared)
    for line in (shared / "data" / "articles" / "verified.jsonl").read_text(encoding="utf-8").splitlines()[::step]:
        record = json.loads(line)
        articles = held.get(record["law_code"], {})
        number = "-".join(re.findall(r"\d+|(?<=之)[一二三四五六七八九十]+", record["article_number"]))
        number = "-".join(str(read_numeral(n)) for n in number.split("-"))
        wanted = squeezed(_ADDED.sub("", record["content"]))
        if articles and record["id"] not in DAMAGED:
            measure.count(
                articles.get(number) == wanted, f"{record['id']} {number}: {articles.get(number, 'absent')[:60]}"
            )
    return measure


def _held_articles(shared: Path) -> dict[str, dict[str, str]]:
    held: dict[str, dict[str, str]] = {}
    for name, body in statute_files(shared):
        for code, suffix in LAWS.items():
            if f"/{name}".endswith(suffix):
                normal = normal_of(body, name, "text/markdown")
                provisions = [p for p in walk(parse(normal)) if p.kind is ProvisionKind.ARTICLE]
                held[code] = {p.number: squeezed(whole(p, normal.text)) for p in provisions}
    return held


def taiwan(shared: Path, step: int) -> Measure:
    """Provisions of Taiwan's laws (條項款目) with the right path and text."""
    measure = Measure("taiwan")
    with tarfile.open(shared / "data" / "bilingual" / "taiwan_laws.tar.gz") as archive:
        trees = sorted(name for name in archive.getnames() if "tree/" in name and name.endswith(".json"))
        for name in trees[::step]:
            handle, original = archive.extractfile(name), archive.extractfile(name.replace("tree/", "zh/"))
            assert handle
            assert original
            _taiwan_law(measure, name, json.load(handle), json.load(original))
    return measure


def _taiwan_law(measure: Measure, name: str, tree: dict, original: dict) -> None:  # type: ignore[type-arg]
    lines = [original["法規名稱"]]
    for article in original["法規內容"]:
        words = article["條文內容"].replace("\r\n", "\n") if "條文內容" in article else ""
        lines.append(f"{article['條號']}\n{words}" if "條號" in article else next(iter(article.values())))
    start = time.process_time()
    normal = normal_of("\n".join(lines).encode(), name, "text/plain")
    instruments = parse(normal)
    measure.seconds += time.process_time() - start
    found = {path: text for instrument in instruments for path, text in _paths(instrument, normal)}
    for article in tree["articles"]:
        number, branch = divmod(article["number"], 100)
        top = f"{number}-{branch}" if branch else f"{number}"
        for path, text in _tree_paths(article.get("content", ()), (top,)):
            measure.count(
                found.get(path) == squeezed(text), f"{name} {path}: {text[:30]} / {found.get(path, 'absent')[:30]}"
            )


def _tree_paths(nodes: list, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:  # type: ignore[type-arg]
    for index, node in enumerate(nodes, start=1):
        yield (*above, str(index)), node.get("text") or node["table"]
        yield from _tree_paths(node.get("children", []), (*above, str(index)))


_LEVELS = (ProvisionKind.ITEM, ProvisionKind.SUBITEM, ProvisionKind.LEVEL)


def _paths(instrument: Instrument, normal: NormalText) -> Iterator[tuple[tuple[str, ...], str]]:
    """(article, paragraph, item, sub-item …) of each provision, with its label and words in the page's script."""

    def clean(start: int, end: int) -> str:
        spans = normal.clean_spans(Span(start, end))
        return squeezed("".join(span.of(normal.clean) for span in spans))

    def below(provision: Provision, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
        for child in provision.children:
            number = child.number if child.kind is ProvisionKind.PARAGRAPH or len(path) > 1 else None
            here = (*path, child.number) if number else (*path, "1", child.number)
            if child.own:
                yield here, clean(child.head.start, child.own.end)
            yield from below(child, here)

    for article in walk((instrument,)):
        if article.kind is ProvisionKind.ARTICLE:
            if article.own:
                yield (article.number, "1"), clean(article.own.start, article.own.end)
            yield from below(article, (article.number,))


FLOORS = {"statutes": 0.997, "verified": 1.0, "taiwan": 0.985, "gov_cn": 0.99, "guangzhou": 0.95}
"""Shares that may rise and never quietly fall."""

SECONDS = 90.0
"""All statutes from bytes to clauses, in seconds of one core."""


def measures() -> dict[str, Callable[[Path, int], Measure]]:
    """Every measure by its name."""
    return {"statutes": statutes, "verified": verified, "taiwan": taiwan, "gov_cn": gov_cn, "guangzhou": guangzhou}


def main() -> None:
    """Print the figures asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("measure", nargs="*", default=list(FLOORS), help=", ".join(FLOORS))
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("TIAOWEN_SHARED", "../shared")))
    parser.add_argument("--step", type=int, default=1, help="take every Nth record")
    parser.add_argument("--wrong", type=int, default=20, help="how many errors to list")
    options = parser.parse_args()
    for name in options.measure:
        measure = measures()[name](options.shared, options.step)
        speed = f", {measure.characters / 1e6 / measure.seconds:.2f} M characters/s" if measure.characters else ""
        print(f"{name}: {measure.right}/{measure.total} = {measure.share:.4%} in {measure.seconds:.1f} s of CPU{speed}")
        for wrong in measure.wrong[: options.wrong]:
            print(f"    {wrong}")


if __name__ == "__main__":
    main()

"""How well mastheads are read: gov.cn against the pages' own tables, Guangzhou against a silver list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.measure import Measure
from benchmarks.pages import normal_of
from tiaowen.corpus.docnumber import canonical_number
from tiaowen.corpus.instrument import Masthead
from tiaowen.ingest.parse import parse
from tiaowen.ingest.roles import read_date
from tiaowen.ingest.titles import title_key

DAMAGED = {"doc_1": "gives its number the title of another measure, and the date of another page"}
"""Records of the silver list that are wrong; not counted."""

_LIST = re.compile(r"[、，,\s]+")


def mastheads_of(path: Path) -> list[Masthead]:
    """The mastheads of the instruments on a stored page."""
    return [i.masthead for i in parse(normal_of(path.read_bytes(), path.name, "text/html"))]


def gov_cn(shared: Path, step: int) -> Measure:
    """Title, 文号, issuers, 成文日期 and 发布日期, each exactly as the page's table has it."""
    measure = Measure("gov_cn")
    folder = shared / "data" / "pages" / "gov_cn"
    for line in (folder / "meta.jsonl").read_text(encoding="utf-8").splitlines()[::step]:
        gold = json.loads(line)
        path = folder / f"{gold['file']}.html"
        table = normal_of(path.read_bytes(), path.name, "text/html").source.text
        wanted = {
            "title": gold["title"],
            "number": gold["release_number"],
            "issuers": _LIST.split(gold["release_office"]),
            "written": read_date(re.findall(r"成文日期：\t?([^\t\n]*)", table)[0]),
            "published": read_date(re.findall(r"发布日期：\t?([^\t\n]*)", table)[0]),
        }
        _count_fields(measure, gold["file"], wanted, [_fields(m) for m in mastheads_of(path)])
    return measure


def _fields(masthead: Masthead) -> dict[str, Any]:
    dates = masthead.dates
    return {
        "title": masthead.title.value if masthead.title else None,
        "number": masthead.number.value if masthead.number else None,
        "issuers": [reading.value for reading in masthead.issuers],
        "written": dates.written.value if dates.written else None,
        "published": dates.published.value if dates.published else None,
    }


def _count_fields(measure: Measure, name: str, wanted: dict[str, Any], found: list[dict[str, Any]]) -> None:
    best = max(found, key=lambda fields: sum(fields[key] == value for key, value in wanted.items()))
    for key, value in wanted.items():
        measure.count(best[key] == value, f"{name} {key}: {best[key]} / {value}")


def guangzhou(shared: Path, step: int) -> Measure:
    """Title, 文号, issuer and date of the pages that the silver list describes under the same number or title.

    The list is machine-made and names one of a page's instruments: its title may be the attached measure's, its issuer
    one of several, its date that of the signature, of the table or of the site.
    """
    measure = Measure("guangzhou")
    folder = shared / "data" / "pages" / "guangzhou"
    listed = [json.loads(line) for line in (folder / "documents.jsonl").read_text(encoding="utf-8").splitlines()]
    for path in sorted(folder.glob("*.html"))[::step]:
        mastheads = mastheads_of(path)
        for record in _described(listed, mastheads):
            _count_record(measure, f"{path.name[:12]} {record['id']}", record, mastheads)
    return measure


def _described(listed: list[dict[str, str]], mastheads: list[Masthead]) -> Iterator[dict[str, str]]:
    numbers = {canonical_number(m.number.value) for m in mastheads if m.number}
    titles = {title_key(m.title.value) for m in mastheads if m.title}
    for record in listed:
        if record["id"] in DAMAGED:
            continue
        if canonical_number(record["doc_no"]) in numbers or title_key(record["title"]) in titles:
            yield record


def _count_record(measure: Measure, name: str, record: dict[str, str], mastheads: list[Masthead]) -> None:
    titles = [title_key(m.title.value) for m in mastheads if m.title]
    wanted = title_key(record["title"])
    measure.count(any(wanted in title for title in titles), f"{name} title: {titles} / {wanted}")
    issuers = {r.value for m in mastheads for r in m.issuers}
    named = [_short(issuer) for issuer in issuers]
    measure.count(
        any(short in _short(record["source"]) for short in named), f"{name} issuer: {issuers} / {record['source']}"
    )
    if "号" in record["doc_no"] and "依据" not in record["doc_no"]:
        numbers = {canonical_number(m.number.value) for m in mastheads if m.number}
        measure.count(canonical_number(record["doc_no"]) in numbers, f"{name} number: {numbers} / {record['doc_no']}")
    dates = {r.value for m in mastheads for r in (m.dates.written, m.dates.published) if r}
    measure.count(read_date(record["publish_date"]) in dates, f"{name} date: {dates} / {record['publish_date']}")


def _short(issuer: str) -> str:
    """An issuer's name without the city's and without 和, which official names drop at will."""
    return re.sub(r"^(?:广州)?市|和|\s", "", issuer)

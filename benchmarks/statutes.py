"""Statutes in Markdown as entries, one a line: enough like clauses to measure search with, whatever the parser does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from tiaowen.index.schema import Entry, Shelf, plain
from tiaowen.text.numerals import read_numeral

_ARTICLE = re.compile(r"第([一二三四五六七八九十百千零〇]+)条(?:之([一二三四五六七八九十]+))?[\s　]*")
_DATE = re.compile(r"\((\d{4})-(\d{2})-(\d{2})\)$")
_NOT_PROVINCES = {"DLC", "其他"}


def entries(directory: Path, limit: int | None = None) -> Iterator[Entry]:
    """The lines of every statute below `directory`, in the order of their paths."""
    count = 0
    for path in sorted(directory.rglob("*.md")):
        for entry in _statute(path, path.relative_to(directory)):
            yield entry
            count += 1
            if count == limit:
                return


def _statute(path: Path, name: Path) -> Iterator[Entry]:
    head, _, body = path.read_text(encoding="utf-8").partition("<!-- INFO END -->")
    shelf = _shelf(head, name)
    page = sha256(str(name).encode()).hexdigest()
    headings: list[str] = []
    article, line_number = "", 0
    for raw in filter(None, map(str.strip, body.splitlines())):
        line = raw
        if line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            headings[level - 2 :] = [plain(line.strip("# "))]
            continue
        number = _ARTICLE.match(line)
        if number:
            article, line_number = _number(number), 0
            line = line[number.end() :]
        line_number += 1
        if line:
            eid = f"art_{article or 0}__para_{line_number}"
            yield Entry(f"{shelf.work}/{eid}@{page[:8]}", article, plain(line), "", tuple(headings), shelf)


def _shelf(head: str, name: Path) -> Shelf:
    title = head.strip().splitlines()[0].strip("# ") if head.strip() else name.stem
    digest = sha256(str(name).encode()).hexdigest()
    day = _DATE.search(name.stem)
    return Shelf(
        work="w" + digest[:10],
        page=digest,
        title=title,
        province=name.parts[1] if name.parts[0] == "DLC" and len(name.parts) > 2 else "",
        level=name.parts[0],
        lang="zh",
        script="Hans",
        genre="law",
        year=int(day[1]) if day else 0,
        date="-".join(day.groups()) if day else "",
    )


def _number(found: re.Match[str]) -> str:
    main = str(read_numeral(found[1]) or 0)
    return f"{main}-{read_numeral(found[2])}" if found[2] else main

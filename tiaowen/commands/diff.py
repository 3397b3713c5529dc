"""`tiaowen diff`: what changed between two versions, clause by clause."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from tiaowen.commands._options import corpus_option, format_option
from tiaowen.corpus.changes import Change, changes, wording
from tiaowen.corpus.held import Version
from tiaowen.corpus.instrument import Clause, Instrument
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.store import Store
from tiaowen.errors import NotFound, UsageError
from tiaowen.text.visible import visible

NOT_THE_SAME = 1

_NAME = re.compile(r"(?P<what>.{1,2000})@v(?P<number>\d{1,6})")
_WORK = re.compile(r"w[0-9a-f]{10}")


@click.command("diff")
@corpus_option
@click.argument("old", metavar="ID@vN")
@click.argument("new", metavar="ID@vM")
@format_option("text", "jsonl", default="text")
def plugin(corpus_path: Path, old: str, new: str, form: str) -> None:
    """Compare two versions clause by clause: what changed, moved, was added, was removed.

    ID is a work (as w5f0c2a91d3) or the URL of its page, N the number of the capture there; `tiaowen crawl --update`
    makes versions. The exit status is 1 when anything differs.
    """
    with Store.open(Corpus.open(corpus_path)) as store:
        before, after = _instruments(store, _version(store, old), _version(store, new), old, new)
    found = changes(before, after)
    lines = _jsonl(found) if form == "jsonl" else _text(found)
    for line in lines:
        click.echo(line)
    if any(change.kind != "same" for change in found):
        sys.exit(NOT_THE_SAME)


@dataclass(frozen=True)
class _Held:
    """A version of a URL, and the work asked for, if it was named."""

    version: Version
    work: str | None


def _version(store: Store, name: str) -> _Held:
    match = _NAME.fullmatch(name)
    if not match:
        raise UsageError(f"not a version: “{name}”; write WORK@v1 or URL@v1")
    what, number = match["what"], int(match["number"])
    work = what if _WORK.fullmatch(what) else None
    url = _url_of(store, work) if work else what
    versions = store.versions(url)
    for version in versions:
        if version.number == number:
            return _Held(version, work)
    held = f"held are v1 to v{len(versions)}" if versions else "nothing of it is held"
    raise NotFound(f"no version {number} of {url}: {held}")


def _url_of(store: Store, work: str) -> str:
    """The one URL whose captures give the work."""
    found = (i for i in store.instruments(superseded=True) if i.work == work)
    urls = dict.fromkeys(v.capture.url for i in found for v in store.captures_of(i.witness))
    if not urls:
        raise NotFound(f"the work {work} is not held")
    if len(urls) > 1:
        names = "\n".join(f"  {url}@v1" for url in urls)
        raise UsageError(f"{work} is held from {len(urls)} places; name the version by one of them:\n{names}")
    return next(iter(urls))


def _instruments(store: Store, old: _Held, new: _Held, *names: str) -> tuple[Instrument, Instrument]:
    """The two instruments: of the work that was named, else the first of each page."""
    found = []
    for held, name in zip((old, new), names, strict=True):
        digest = held.version.capture.digest
        instruments = store.instruments_of(digest)
        if not instruments:
            raise NotFound(f"{name} is a page without an instrument")
        ordinal = next((i.ordinal for i in instruments if i.work == held.work), instruments[0].ordinal)
        found.append(store.instrument(digest, ordinal))
    return found[0], found[1]


def _text(found: tuple[Change, ...]) -> Iterator[str]:
    counts = Counter(change.kind for change in found)
    yield ", ".join(f"{counts[kind]} {kind}" for kind in ("same", "changed", "moved", "added", "removed"))
    for change in found:
        if change.kind == "same":
            continue
        where = " → ".join(dict.fromkeys(_address(c) for c in (change.old, change.new) if c))
        yield visible(f"{change.kind}  {where}")
        yield "  " + "".join(_pieces(change))


def _pieces(change: Change) -> Iterator[str]:
    """The wording, what is gone in ⟦−…⟧ and what is new in ⟦+…⟧."""
    old, new = (change.old.quote if change.old else ""), (change.new.quote if change.new else "")
    for piece in wording(old, new):
        text = visible(piece.text)
        if piece.kind == "both":
            yield text
        else:
            sign, colour = ("−", "red") if piece.kind == "old" else ("+", "green")
            yield click.style(f"⟦{sign}{text}⟧", fg=colour)


def _jsonl(found: tuple[Change, ...]) -> Iterator[str]:
    for change in found:
        yield json.dumps(
            {"kind": change.kind, "old": _clause(change.old), "new": _clause(change.new)}, ensure_ascii=False
        )


def _clause(clause: Clause | None) -> dict[str, str] | None:
    kept = ("eid", "path", "lead_in", "text")
    return {key: value for key, value in asdict(clause).items() if key in kept} if clause else None


def _address(clause: Clause) -> str:
    return clause.path or clause.eid

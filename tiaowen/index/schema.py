"""What is indexed: an `Entry` for each clause, and the `Shelf` fields of the instrument it stands in.

Entries hold text for matching only, Simplified and folded; people are always shown the clause from the store.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import cache, lru_cache
from itertools import islice, product

from tiaowen.corpus.held import StoredInstrument
from tiaowen.corpus.ids import clause_id
from tiaowen.corpus.instrument import Clause, Instrument, Reading
from tiaowen.text.fold import fold
from tiaowen.text.script import hant_only
from tiaowen.text.simplify import simplify
from tiaowen.text.tables import traditional_to_simplified

_BRACKETS = str.maketrans("()[]【】{}", "〔〕〔〕〔〕〔〕")
_FORMS = 8
_ARTICLE = re.compile(r"(?:^|__)art_([0-9-]+)")


@dataclass(frozen=True)
class Shelf:
    """The fields of one instrument that filters and counts read. Unknown values are "" or 0, dates ISO 8601.

    `date` is the day of the masthead (`Masthead.day`), `year` its year. `work` names the work, `page` is the digest
    of the page, `content` that of the instrument as it was read, "" where that is not known.
    """

    work: str = ""
    page: str = ""
    title: str = ""
    issuer: str = ""
    number: str = ""
    province: str = ""
    city: str = ""
    level: str = ""
    kind: str = ""
    genre: str = ""
    validity: str = ""
    lang: str = ""
    script: str = ""
    year: int = 0
    date: str = ""
    content: str = ""


SHELF_FIELDS = tuple(f.name for f in fields(Shelf))
ISSUER_SEPARATOR = ("；", ";")
"""Stands between the issuers of a shelf, as read and plain."""

_FIXED = frozenset({"work", "page", "year", "date", "content"})


@dataclass(frozen=True)
class Entry:
    """One clause as it is indexed. `id` is the clause's id; `article` its article's number ("3", "3-1") or "".

    `text`, `lead_in` and each of `headings` are Simplified and folded; `text` has the length of the clause's `match`.
    """

    id: str
    article: str
    text: str
    lead_in: str
    headings: tuple[str, ...]
    shelf: Shelf

    @property
    def context(self) -> str:
        """Lead-in and headings, one a line: searched beside the text and weighted lightly."""
        return "\n".join((self.lead_in, *self.headings))


def plain(text: str) -> str:
    """`text` as the index holds it: Simplified characters, folded. Clauses and queries pass the same way."""
    return fold(simplify(text))


def plain_forms(text: str) -> tuple[str, ...]:
    """All forms in which the index may hold `text`, the likeliest first.

    Which Simplified character a Traditional one becomes can depend on the words around it (著, 乾, 藉), and a query is
    torn from them.
    """
    form = plain(text)
    choices = [dict.fromkeys((now, *_other_forms(was, now))) for was, now in zip(fold(text), form, strict=True)]
    return tuple(map("".join, islice(product(*choices), _FORMS)))


def _other_forms(was: str, now: str) -> tuple[str, ...]:
    if now.isascii():
        return ()
    kept = (was,) if was != now and was in traditional_to_simplified().outputs else ()
    return (*kept, *_in_phrases().get(now, ()))


@cache
def _in_phrases() -> dict[str, tuple[str, ...]]:
    """Characters that Simplified texts have too, with what they become in some words."""
    found: dict[str, dict[str, None]] = {}
    for before, after in traditional_to_simplified().phrases.items():
        for was, now in zip(before, after, strict=True):
            if was != now and was not in hant_only():
                found.setdefault(was, {})[now] = None
    return {was: tuple(forms) for was, forms in found.items()}


def plain_number(text: str) -> str:
    """A document number in the form compared: plain, without spaces, all brackets as 〔〕."""
    return "".join(plain(text).split()).translate(_BRACKETS)


@lru_cache(maxsize=4096)
def plain_shelf(shelf: Shelf) -> Shelf:
    """`shelf` with its fields in the form filters compare."""
    forms = {name: plain_number if name == "number" else plain for name in SHELF_FIELDS}
    changed = {name: form(str(getattr(shelf, name))) for name, form in forms.items() if name not in _FIXED}
    return replace(shelf, **changed)  # type: ignore[arg-type]


def shelf_of(instrument: Instrument | StoredInstrument) -> Shelf:
    """The filter fields of `instrument`."""
    head = instrument.masthead
    return Shelf(
        work=instrument.work,
        page=instrument.witness,
        title=_text(head.title),
        issuer=ISSUER_SEPARATOR[0].join(issuer.value for issuer in head.issuers),
        number=_text(head.number),
        province=_text(head.province),
        city=_text(head.city),
        level=_text(head.level),
        kind=_text(head.kind),
        genre=head.genre.value if head.genre else "",
        validity=head.validity.status,
        lang=head.language,
        script=head.script,
        year=head.day.value.year if head.day else 0,
        date=head.day.value.isoformat() if head.day else "",
        content=instrument.content if isinstance(instrument, StoredInstrument) else "",
    )


def entry_of(clause: Clause, clause_id: str, shelf: Shelf) -> Entry:
    """The entry of `clause`, whose full id is `clause_id`, in the instrument of `shelf`."""
    above = tuple(h for h in (clause.heading, *clause.headings) if h and h not in clause.text)
    return Entry(
        id=clause_id,
        article=article_of(clause.eid),
        text=fold(clause.match),
        lead_in=_line(clause.lead_in),
        headings=tuple(_line(h) for h in above),
        shelf=shelf,
    )


def entries_of(instrument: Instrument) -> Iterator[Entry]:
    """The entries of all clauses of `instrument`."""
    shelf = shelf_of(instrument)
    for clause in instrument.clauses:
        yield entry_of(clause, str(clause_id(instrument.work, clause.eid, instrument.witness)), shelf)


def article_of(eid: str) -> str:
    """The article number inside an eid, or ""."""
    found = _ARTICLE.search(eid)
    return found[1] if found else ""


@lru_cache(maxsize=4096)
def _line(text: str) -> str:
    return plain(text).replace("\n", " ")


def _text(reading: Reading[str] | None) -> str:
    return reading.value if reading else ""

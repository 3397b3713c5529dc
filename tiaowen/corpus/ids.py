"""Ids of works and clauses: `wWORK/EID@PAGE` (docs/adr/0002-ids.md), made from content alone."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from tiaowen.corpus.snapshot import Digest
from tiaowen.errors import UsageError

WORK_DIGITS = 10
PAGE_DIGITS = 8

_CLAUSE = re.compile(r"(?P<work>w[0-9a-f]{10})/(?P<eid>[a-z][a-z0-9_~-]*)(?:@(?P<page>[0-9a-f]{8,64}))?")
_WRAPPERS = " \t\r\n\u3000<>《》〈〉「」“”‘’\"'`()[]（）【】,;。，；"
_UNMEANT = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class ClauseId:
    """A clause: the `work`, the `eid` in it, and the `page` (first eight digits of its SHA-256) it was read from."""

    work: str
    eid: str
    page: str | None = None

    def __str__(self) -> str:
        return f"{self.work}/{self.eid}" + (f"@{self.page}" if self.page else "")


def clause_id(work: str, eid: str, witness: Digest) -> ClauseId:
    """The full id of clause `eid` of `work` as the page `witness` gives it."""
    return ClauseId(work, eid, witness[:PAGE_DIGITS])


def is_clause_id(text: str) -> bool:
    """Whether `text` means to be a clause id rather than a citation."""
    return re.match(r"w[0-9a-f]{2,}/", _bare(text)) is not None


def _bare(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip(_WRAPPERS).lower()


def parse_clause_id(text: str) -> ClauseId:
    """The clause id that `text` is.

    Forgives quotes, brackets and blanks around it, capitals and full-width signs, a longer page digest. Raises
    UsageError, saying what an id looks like, for anything else.
    """
    match = _CLAUSE.fullmatch(_bare(text))
    if not match:
        raise UsageError(
            f"not a clause id: “{text}”; expected wWORK/EID or wWORK/EID@PAGE, "
            "such as w5f0c2a91d3/art_6__item_2@3e8d119d"
        )
    page = match["page"]
    return ClauseId(match["work"], match["eid"], page[:PAGE_DIGITS] if page else None)


def work_id(*, title: str, number: str, issuer: str, written: str, witness: Digest, ordinal: int) -> str:
    """The id of a work.

    Made from `number` (文号) and `title`; without a number from title, `issuer` and `written` (成文日期, ISO 8601);
    without a title from the digest of the page and the instrument's `ordinal` on it. "" stands for what is not known.
    Width, blanks, punctuation and case do not count.
    """
    parts: tuple[str, ...]
    if not _key(title):
        parts = ("page", witness, str(ordinal))
    elif _key(number):
        parts = ("number", _key(number), _key(title))
    else:
        parts = ("title", _key(title), _key(issuer), written)
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return "w" + digest[:WORK_DIGITS]


def _key(text: str) -> str:
    return _UNMEANT.sub("", unicodedata.normalize("NFKC", text)).casefold()

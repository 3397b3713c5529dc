"""Citations: a quote, where it stands, and the stored bytes that prove it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tiaowen.corpus.held import StoredClause
from tiaowen.corpus.instrument import Clause, Masthead
from tiaowen.corpus.snapshot import Digest
from tiaowen.text.spans import Span

HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True)
class Citation:
    """One clause, ready to be cited.

    `day` is that of publication, else of writing or taking effect; `genre`, `kind` and `level` are in the masthead's
    words, "" where it does not say; `validity` is the page's own word, or what was found of it on some day. `quote` is
    the page's own wording with every cut marked. `spans` place it in the raw text of the snapshot `digest`, retrieved
    from `url` at `retrieved` (UTC). `cautions` are sentences whoever cites it has to know.
    """

    id: str
    title: str | None
    number: str | None
    issuers: tuple[str, ...]
    path: str
    quote: str
    url: str
    digest: Digest
    retrieved: datetime
    spans: tuple[Span, ...]
    day: date | None = None
    genre: str = ""
    kind: str = ""
    level: str = ""
    validity: str = ""
    cautions: tuple[str, ...] = ()

    @property
    def online(self) -> bool:
        """Whether the page came from the web, so that others can ask for it."""
        return self.url.startswith(("http://", "https://"))

    @property
    def chinese(self) -> bool:
        """Whether it is cited in the signs of Chinese."""
        return bool(HAN.search(self.path + self.quote))

    @property
    def notes(self) -> tuple[str, ...]:
        """What formats have no field for: the proof, and the cautions."""
        place = "" if self.online else f", {self.url}"
        return (f"{self.id}, sha256 {self.digest}{place}", *self.cautions)

    def written(self) -> str:
        """The citation in audit form: full title, number, path, quoted text, in the signs of the quote's language."""
        return _in_chinese(self) if self.chinese else _in_english(self)

    def as_json(self) -> dict[str, Any]:
        """The citation as plain JSON values."""
        return {
            "id": self.id,
            "citation": self.written(),
            "title": self.title,
            "number": self.number,
            "issuers": list(self.issuers),
            "path": self.path,
            "quote": self.quote,
            "source": {
                "url": self.url,
                "digest": self.digest,
                "retrieved": self.retrieved.isoformat(timespec="seconds"),
                "spans": [[s.start, s.end] for s in self.spans],
            },
            "cautions": list(self.cautions),
        }


def cite(stored: StoredClause) -> Citation:
    """The citation of a stored clause."""
    masthead, clause, capture = stored.instrument.masthead, stored.clause, stored.instrument.capture
    return Citation(
        id=str(stored.id),
        title=masthead.title.value if masthead.title else None,
        number=masthead.number.value if masthead.number else None,
        issuers=tuple(issuer.value for issuer in masthead.issuers),
        path=clause.path,
        quote=clause.quote,
        url=capture.url,
        digest=capture.digest,
        retrieved=capture.retrieved,
        spans=clause.spans,
        day=masthead.day.value if masthead.day else None,
        genre=masthead.genre.value if masthead.genre else "",
        kind=masthead.kind.value if masthead.kind else "",
        level=masthead.level.value if masthead.level else "",
        validity=masthead.validity.status,
        cautions=cautions_of(masthead, clause),
    )


def cautions_of(masthead: Masthead, clause: Clause) -> tuple[str, ...]:
    """What whoever cites the clause has to know: sentences, none if there is nothing."""
    cautions = []
    genre = masthead.genre.value if masthead.genre else "unknown"
    if genre not in ("law", "unknown"):
        cautions.append(f"this page is {_GENRES[genre]}: a witness, not a source")
    if masthead.title is None:
        cautions.append("the page does not say the instrument's title")
    elif masthead.title.inferred:
        cautions.append(f"title inferred: {masthead.title.basis}")
    if clause.cuts:
        cautions.append("[…] marks where injected text was cut out of the page; see `tiaowen show --raw`")
    return tuple(cautions)


_GENRES = {
    "commentary": "commentary (解读)",
    "news": "a news report",
    "essay": "a model text (范文)",
    "draft": "a draft (征求意见稿)",
}


def in_book_marks(title: str) -> str:
    """`title` in 《》, its own book marks as 〈〉 (GB/T 15834—2011, 4.15)."""
    return "《" + title.replace("《", "〈").replace("》", "〉") + "》"


def _in_chinese(citation: Citation) -> str:
    # An audit quote stands in “ ” with inner quotes single.
    title = in_book_marks(citation.title) if citation.title else "（无标题）"
    number = f"（{citation.number}）" if citation.number else ""
    quote = citation.quote.replace("“", "‘").replace("”", "’")
    return f"{title}{number}{citation.path}：“{quote}”"


def _in_english(citation: Citation) -> str:
    number = f" ({citation.number})" if citation.number else ""
    path = f", {citation.path}" if citation.path else ""
    quote = citation.quote.replace("“", "‘").replace("”", "’")
    return f"{citation.title or '[untitled]'}{number}{path}: “{quote}”"

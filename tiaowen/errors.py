"""Every exception this package raises on purpose.

    TiaowenError                 exit status 1
    ├── UsageError               2  the command, a name, a query or an address is not understood
    │   ├── UnknownPlugin            a name no plug-in file bears; the known ones are listed
    │   ├── MissingExtra             an optional package is not installed; the command that installs it
    │   └── QuerySyntaxError         a query cannot be read; carries the position in code points
    ├── IngestError              3  a page or file cannot be taken in
    ├── CorpusError              4  the corpus at rest: not found, damaged, of another version
    │   ├── NotFound                 no such corpus, snapshot, instrument or clause
    │   └── DigestMismatch           stored bytes are not the bytes their digest names
    └── SearchError              5  an engine or its index
        ├── MissingIndex             no index has been built yet
        └── StaleIndex               the index was built from another state of the corpus

A message says what, where and what to do next.
"""

from __future__ import annotations


class TiaowenError(Exception):
    """The root; `exit_status` is what the command line ends with."""

    exit_status = 1


class UsageError(TiaowenError):
    """The caller's words are not understood."""

    exit_status = 2


class UnknownPlugin(UsageError):
    """No plug-in file of that name in the family."""

    def __init__(self, family: str, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"no {family} named “{name}”; known: {', '.join(known) or 'none'}")


class MissingExtra(UsageError):
    """An optional package is needed and absent."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"this needs the package {package}; install it with: pip install 'tiaowen[{extra}]'")


class QuerySyntaxError(UsageError):
    """A query cannot be read at `position` (code points into the query as typed)."""

    AROUND = 60
    """Code points of a long query shown on either side of the place."""

    def __init__(self, message: str, query: str, position: int) -> None:
        start, end = max(0, position - self.AROUND), position + self.AROUND
        shown = ("…" if start else "") + query[start:end] + ("…" if end < len(query) else "")
        column = position - start + bool(start)
        super().__init__(f"{message}\n  {shown}\n  {' ' * column}^ at character {position + 1}")
        self.query = query
        self.position = position


class IngestError(TiaowenError):
    """A page or file cannot be taken in; the run goes on with the next."""

    exit_status = 3


class ProcessDied(IngestError):
    """One of several processes that work for this one has died."""


class CorpusError(TiaowenError):
    """Something is wrong with the corpus at rest."""

    exit_status = 4


class NotFound(CorpusError):
    """No such corpus, snapshot, instrument or clause."""


class DigestMismatch(CorpusError):
    """Stored bytes are not what their digest says."""


class SearchError(TiaowenError):
    """An engine or its index failed."""

    exit_status = 5


class MissingIndex(SearchError):
    """No index has been built yet."""


class StaleIndex(SearchError):
    """The index was built from another state of the corpus."""

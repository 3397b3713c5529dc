"""A crawl joined: answers into the archive, documents into the store, what became of each into the ledger."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from tiaowen.corpus.archive import Exchange, charset_of
from tiaowen.corpus.capture import Capture
from tiaowen.corpus.intake import Intake
from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.ledger import Ledger, Mode, Outcome, Place, Role, Run, Target, Task, Visit
from tiaowen.corpus.snapshot import Digest, Snapshot
from tiaowen.errors import IngestError
from tiaowen.ingest.crawl import follow
from tiaowen.ingest.crawl.alarms import alarms
from tiaowen.ingest.crawl.fetch import Answer, Manners, Miss, fetch
from tiaowen.ingest.crawl.judge import Judgement
from tiaowen.ingest.crawl.receive import MARKUP, judgement, read
from tiaowen.ingest.crawl.site import ListPage
from tiaowen.ingest.crawl.sources import Source
from tiaowen.ingest.crawl.urls import absolute, host_of, key_of, shape_of
from tiaowen.ingest.unpack import Holder, unpacker_of
from tiaowen.pipeline import derive, ingest

ATTEMPTS = 3
"""How often a page is asked for in one run."""

BEGUN = 12
"""How often a page may be begun and the run die over it: a kill is mostly not the page's fault."""

HOPS = 5
"""Redirects that are followed one after another."""

DEPTH = 6
"""How deep the general spider follows, counted in lists of lists."""

BARREN = 20
"""Pages of one shape that led nowhere, after which the general spider takes the shape for a trap (as a calendar)."""

HOST_FAILURES = 10
"""Failures of a host in a row after which it is left alone."""

LONGEST_PAUSE = 3600.0
"""Seconds of the longest Retry-After that is waited for; longer, and the page is left for another run."""

_AGAIN = {408, 425, 429, 500, 502, 503, 504}
_REDIRECTS = {301, 302, 303, 307, 308}
_VANISHED = ("http-404", "http-410", "soft-404")
_LISTED = 3_000_000
"""Code points of a list that are read; no list page has more."""


@dataclass(frozen=True)
class Scope:
    """How much of the sources to visit: documents not older than `since`, at most `most` pages, held ones again.

    `backoff` is the seconds before a second attempt.
    """

    since: date | None = None
    most: int | None = None
    mode: Mode = "crawl"
    restart: bool = False
    backoff: float = 10.0


@dataclass(frozen=True)
class _Document:
    """An answer that was judged a document, at rest."""

    answer: Answer
    snapshot: Snapshot
    capture: Capture
    judged: Judgement
    page: ListPage


@dataclass
class _Course:
    """One source on its way through a crawl."""

    source: Source
    run: Run
    hosts: dict[str, None]
    fetched: int = 0
    limited: bool = False
    barren: Counter[str] = field(default_factory=Counter)
    bodies: set[Digest] = field(default_factory=set)
    failures: Counter[str] = field(default_factory=Counter)


def crawl(corpus: Corpus, sources: Sequence[Source], scope: Scope, manners: Manners) -> tuple[Run, ...]:
    """Crawl the sources into the corpus, or go on where a run was stopped; the runs as they are now.

    A run that is not finished can be gone on with by the same call.
    """
    with Intake.open(corpus) as intake, Ledger.open(corpus, write=True) as ledger:
        work = Crawl(intake, ledger, sources, scope)
        fetch(work, manners)
        return work.finished()


class Crawl:
    """The work of a crawl; `fetch` asks it for tasks and brings it answers."""

    def __init__(self, intake: Intake, ledger: Ledger, sources: Iterable[Source], scope: Scope) -> None:
        self._intake, self._ledger, self._scope = intake, ledger, scope
        self._courses: dict[int, _Course] = {}
        for source in sources:
            least = source.site.expect.least if source.site else None
            run = ledger.begin(source.name, source.seeds, scope.mode, least, scope.restart)
            self._courses[run.id] = _Course(source, run, dict.fromkeys(ledger.hosts(run.id)))

    def hosts(self) -> tuple[str, ...]:
        """Hosts that were ever to be visited."""
        return tuple(dict.fromkeys(host for course in self._courses.values() for host in course.hosts))

    def pending(self) -> bool:
        """Whether anything is left that the scope lets be visited."""
        return any(not course.limited and self._ledger.pending(run) for run, course in self._courses.items())

    def take(self, host: str) -> Task | None:
        """The next task for `host`; what was begun too often is given up here."""
        for run, course in self._courses.items():
            while host in course.hosts and not course.limited:
                if self._scope.most is not None and course.fetched >= self._scope.most:
                    course.limited = True
                    break
                task = self._ledger.take(run, host)
                if task is None:
                    break
                if task.attempts > BEGUN:
                    self._ledger.finish(task, _failed(0, "too-often", f"begun {BEGUN} times and never ended"))
                elif course.barren[shape_of(task.target.url)] >= BARREN and task.target.role == "page":
                    self._ledger.finish(task, Visit("passed", code="trap", message="pages of this shape lead nowhere"))
                else:
                    return task
        return None

    def conditions(self, task: Task) -> dict[str, str]:
        """If-None-Match and If-Modified-Since for a document that is held."""
        place = self._place(task)
        if place is None or place.gone:
            return {}
        headers = {"If-None-Match": place.etag, "If-Modified-Since": place.last_modified}
        return {name: value for name, value in headers.items() if value}

    def witnessed(self, answer: Answer, what: str) -> None:
        """Archive an answer that belongs to no task."""
        self._archive(answer, "text/plain", what)

    def missed(self, task: Task, miss: Miss) -> None:
        """Note that no answer came, or have it tried again."""
        if miss.code == "robots-first":
            self._ledger.put_back(task, _in(0), counted=False)
        elif miss.again and task.attempts < ATTEMPTS:
            self._ledger.put_back(task, _in(self._scope.backoff * 2 ** (task.attempts - 1)))
        else:
            self._fail(task, _failed(0, miss.code, miss.message))

    def answered(self, task: Task, answer: Answer) -> float:
        """Archive the answer, then see what it is; returns the seconds its host asks to be left alone."""
        course = self._courses[task.run]
        course.fetched += 1
        if answer.status == 304:
            self._archive(answer, "text/plain", "not-modified")
            self._unchanged(task)
        elif answer.status in _REDIRECTS:
            self._archive(answer, "text/html", "redirect")
            self._redirected(task, answer)
        elif answer.status in _AGAIN or (answer.status == 403 and answer.header("retry-after")):
            self._archive(answer, "text/html", f"http-{answer.status}")
            return self._later(task, answer)
        else:
            self._received(course, task, answer)
        return 0.0

    def finished(self) -> tuple[Run, ...]:
        """The runs, ended where nothing is left of them."""
        return tuple(self._finished(course) for course in self._courses.values())

    def _finished(self, course: _Course) -> Run:
        if self._ledger.pending(course.run.id):
            return self._ledger.run(course.run)
        run = self._ledger.run(course.run)
        doubts = Counter(self._ledger.codes(run, "new")) + Counter(self._ledger.codes(run, "changed"))
        whole = self._scope.since is None
        failed, before = self._ledger.codes(run, "failed"), self._ledger.previous(run)
        found = alarms(run, before, failed=failed, doubts=doubts, site=course.source.site, whole=whole)
        return self._ledger.end(run, found)

    def _unchanged(self, task: Task) -> None:
        place = self._place(task)
        if place is None:
            self._fail(task, _failed(304, "http-304", "“not modified”, though nothing of it is held"))
        else:
            said = (place.digest, place.etag, place.last_modified)
            self._ledger.finish(task, Visit("same", 304, "", "", *said))

    def _redirected(self, task: Task, answer: Answer) -> None:
        url = absolute(answer.url, answer.header("location").encode("latin-1", "replace").decode("utf-8", "replace"))
        old = task.target
        course = self._courses[task.run]
        if not url or old.hops >= HOPS:
            self._fail(task, _failed(answer.status, "redirect-loop", f"redirects lead nowhere: {url or 'no address'}"))
        elif not self._within(course, url):
            self._fail(task, _failed(answer.status, "redirect-elsewhere", f"it leads off the site, to {url}"[:300]))
        elif old.role in ("document", "attachment") and urlsplit(url).path in ("", "/"):
            self._refused(task, answer.status, Judgement("refused", "soft-404", "it leads to the front page"), None)
        elif key_of(url, old.body) == old.key:
            self._ledger.put_back(task, _in(0), counted=False, url=url)
        else:
            new = Target(url, key_of(url), host_of(url), old.role, old.depth, "", old.parent, old.title, old.hops + 1)
            self._finish(task, Visit("redirect", answer.status, "", url), (new,))

    def _later(self, task: Task, answer: Answer) -> float:
        asked = _retry_after(answer.header("retry-after"))
        pause = self._scope.backoff * 2 ** (task.attempts - 1) if asked is None else asked
        if task.attempts >= ATTEMPTS or pause > LONGEST_PAUSE:
            message = f"status {answer.status} in {task.attempts} attempts; asked to wait {pause:.0f} s"
            self._fail(task, _failed(answer.status, f"http-{answer.status}", message))
            return min(pause, LONGEST_PAUSE) if asked else 0.0
        self._ledger.put_back(task, _in(pause))
        return pause if asked is not None else 0.0

    def _received(self, course: _Course, task: Task, answer: Answer) -> None:
        """A whole answer: its bytes go into the archive, whatever becomes of the reading."""
        evidence, media_type = "unread", "application/octet-stream"
        try:
            media_type, text = read(answer)
            judged = judgement(course.source.site, task.target.role, answer, media_type, text)
            evidence = "" if judged.kind == "document" else judged.code or judged.kind
        finally:
            snapshot, capture = self._archive(answer, media_type, evidence)
        page = ListPage(answer.url, text[:_LISTED], task.target.body)
        if judged.kind == "document":
            self._document(course, task, _Document(answer, snapshot, capture, judged, page))
        elif judged.kind == "list":
            self._list(course, task, page, snapshot.digest)
        elif judged.code == "no-extractor":
            self._ledger.finish(task, self._unpacked(task, answer, snapshot.digest) or _kept(judged, snapshot.digest))
        else:
            self._refused(task, answer.status, judged, snapshot.digest)

    def _document(self, course: _Course, task: Task, document: _Document) -> None:
        course.failures[task.target.host] = 0
        snapshot, target = document.snapshot, task.target
        try:
            derived = derive(snapshot)
        except IngestError as error:
            self._fail(task, _failed(document.answer.status, "unreadable", str(error)[:300], snapshot.digest))
            return
        self._intake.store.add(document.capture, derived.instruments, derived.findings)
        if target.role == "page" and snapshot.digest in course.bodies:
            course.barren[shape_of(target.url)] += 1
        course.bodies.add(snapshot.digest)
        found: tuple[Target, ...] = ()
        if snapshot.media_type in MARKUP:
            found = follow.of_document(course.source.site, document.page, target.depth, target.url).targets
        self._finish(task, self._taken(course, task, document), found)

    def _taken(self, course: _Course, task: Task, document: _Document) -> Visit:
        """The visit of a document that was taken in, compared with what was held before."""
        answer, digest, place = document.answer, document.snapshot.digest, self._place(task)
        said = (digest, answer.header("etag"), answer.header("last-modified"))
        if place is not None and place.digest == digest:
            return Visit("same", answer.status, "", "", *said)
        code = _doubt(document.judged, course.source, task.target.role)
        return Visit("changed" if place else "new", answer.status, code, "", *said)

    def _unpacked(self, task: Task, answer: Answer, digest: Digest) -> Visit | None:
        """The visit of an archive of files, each taken in as a page of its own; None where nothing in it is read."""
        unpacker = unpacker_of(urlsplit(answer.url).path)
        if unpacker is None:
            return None
        holder = Holder(answer.url, datetime.now(UTC))
        members = list(ingest(unpacker.unpack(io.BytesIO(answer.body), holder), self._intake))
        failed = [member for member in members if member.status == "failed"]
        if len(failed) == len(members):
            return None
        place = self._place(task)
        outcome: Outcome = "new" if place is None else "same" if place.digest == digest else "changed"
        message = f"{len(failed)} of {len(members)} members are not read: {failed[0].message}"[:300] if failed else ""
        code = "partly-read" if failed else ""
        return Visit(outcome, 200, code, message, digest, answer.header("etag"), answer.header("last-modified"))

    def _list(self, course: _Course, task: Task, page: ListPage, digest: Digest) -> None:
        course.failures[task.target.host] = 0
        depth, since, site = task.target.depth, self._scope.since, course.source.site
        if site is not None:
            lead = follow.of_list(site, page, depth, since)
        else:
            lead = follow.of_page(page, depth, course.source.prefixes, since)
        empty = not lead.targets and not lead.older
        if empty and lead.entries:
            message = f"the list names {lead.entries} pages, none on the site's hosts"
            self._fail(task, _failed(200, "leads-elsewhere", message, digest))
            return
        if empty and (depth == 0 or (site is not None and not lead.read)):
            message = "the list names nothing: it is empty, written by a script, or of a kind not known here"
            self._fail(task, _failed(200, "empty-list", message, digest))
            return
        if site is None:
            self._count_barren(course, task.target, lead.targets, digest)
        self._finish(task, Visit("list" if lead.targets else "passed", 200, "", "", digest), lead.targets)

    def _count_barren(self, course: _Course, here: Target, leads: tuple[Target, ...], digest: Digest) -> None:
        """A page whose leads are all known, or all of its own shape, or that was seen before, led nowhere."""
        shape = shape_of(here.url)
        unseen = self._ledger.unseen(course.run.id, leads)
        if digest in course.bodies or all(shape_of(lead.url) == shape for lead in unseen):
            course.barren[shape] += 1
        else:
            course.barren[shape] = 0
        course.bodies.add(digest)

    def _refused(self, task: Task, status: int, judged: Judgement, digest: Digest | None) -> None:
        if judged.code in _VANISHED and self._place(task) is not None:
            self._ledger.finish(task, Visit("gone", status, judged.code, judged.message, digest))
        else:
            self._fail(task, _failed(status, judged.code, judged.message, digest))

    def _fail(self, task: Task, visit: Visit) -> None:
        """The task failed; a host that fails over and over is left alone for this run."""
        self._ledger.finish(task, visit)
        course, host = self._courses[task.run], task.target.host
        course.failures[host] = 0 if visit.code in (*_VANISHED, "unreadable") else course.failures[host] + 1
        if course.failures[host] >= HOST_FAILURES:
            message = f"left alone after {HOST_FAILURES} failures in a row, the last: {visit.code}"
            self._ledger.give_up(task.run, host, _failed(0, "given-up", message))

    def _finish(self, task: Task, visit: Visit, found: tuple[Target, ...] = ()) -> None:
        """The task is done; of what it found, documents that are held are left alone unless they are visited again."""
        course = self._courses[task.run]
        found = tuple(t for t in found if t.depth <= DEPTH or course.source.site is not None)
        known: list[Target] = []
        if self._scope.mode == "crawl":
            known = [t for t in found if t.role != "list" and self._held(course, t)]
        left = set(known)
        self._ledger.finish(task, visit, [t for t in found if t not in left], known)
        course.hosts |= dict.fromkeys(t.host for t in found)

    def _held(self, course: _Course, found: Target) -> bool:
        place = self._ledger.place(course.source.name, found.key)
        return place is not None and place.gone is None

    def _within(self, course: _Course, url: str) -> bool:
        site, host = course.source.site, host_of(url)
        if site is not None:
            return site.owns(host)
        bare = host.removeprefix("www.")
        return any(seed.host.removeprefix("www.") == bare for seed in course.source.seeds)

    def _place(self, task: Task) -> Place | None:
        return self._ledger.place(self._courses[task.run].source.name, task.target.key)

    def _archive(self, answer: Answer, media_type: str, evidence: str) -> tuple[Snapshot, Capture]:
        hint = charset_of(answer.header("content-type"))
        snapshot = Snapshot.of(answer.body, answer.url, media_type, datetime.now(UTC), hint)
        held = None if evidence else next(iter(self._intake.store.captures_of(snapshot.digest)), None)
        exchange = Exchange(answer.status_line, answer.headers, evidence)
        return snapshot, self._intake.archive.add(snapshot, held.capture if held else None, exchange)


def _doubt(judged: Judgement, source: Source, role: Role) -> str:
    """What a new document lacks that its site leads to expect, in a word; "" when nothing."""
    site = source.site
    if site is None or role == "attachment":
        return ""
    if not judged.laid_out:
        return "layout-changed"
    if site.expect.title and not judged.title:
        return "no-title"
    return "no-number" if site.expect.number and not judged.number else ""


def _kept(judged: Judgement, digest: Digest) -> Visit:
    return Visit("kept", 200, judged.code, judged.message, digest)


def _failed(status: int, code: str, message: str, digest: Digest | None = None) -> Visit:
    return Visit("failed", status, code, message, digest)


def _in(seconds: float) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)


def _retry_after(value: str) -> float | None:
    """Seconds a Retry-After header asks for, given as a number or a date; None where it asks for nothing readable."""
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None

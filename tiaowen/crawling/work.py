"""The work of a crawl: which place is asked for next, again or no more, and to whom its answer goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from tiaowen.corpus.intake import Intake
from tiaowen.corpus.ledger import Ledger
from tiaowen.corpus.ledger_records import Run, Target, Task, Visit
from tiaowen.crawling.course import Course, Scope, at_rest, failed
from tiaowen.crawling.taking import received
from tiaowen.ingest.crawl.alarms import alarms
from tiaowen.ingest.crawl.fetch import Answer, Miss
from tiaowen.ingest.crawl.judge import Judgement
from tiaowen.ingest.crawl.sources import Source
from tiaowen.ingest.crawl.urls import absolute, host_of, key_of

ATTEMPTS = 3
"""How often a page is asked for in one run."""

BEGUN = 12
"""How often a page may be begun and the run die over it: a kill is mostly not the page's fault."""

HOPS = 5
"""Redirects that are followed one after another."""

LONGEST_PAUSE = 3600.0
"""Seconds of the longest Retry-After that is waited for; longer, and the page is left for another run."""

_AGAIN = {408, 425, 429, 500, 502, 503, 504}
_REDIRECTS = {301, 302, 303, 307, 308}


class Crawl:
    """The work of a crawl; `fetch` asks it for tasks and brings it answers."""

    def __init__(self, intake: Intake, ledger: Ledger, sources: Iterable[Source], scope: Scope) -> None:
        self._intake, self._ledger, self._scope = intake, ledger, scope
        self._courses: dict[int, Course] = {}
        for source in sources:
            least = source.site.expect.least if source.site else None
            run = ledger.begin(source.name, source.seeds, scope.mode, least, scope.restart)
            self._courses[run.id] = Course(source, run, ledger, intake, scope, dict.fromkeys(ledger.hosts(run.id)))

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
                    self._ledger.finish(task, failed(0, "too-often", f"begun {BEGUN} times and never ended"))
                elif course.trapped(task.target):
                    self._ledger.finish(task, Visit("passed", code="trap", message="pages of this shape lead nowhere"))
                else:
                    return task
        return None

    def conditions(self, task: Task) -> dict[str, str]:
        """If-None-Match and If-Modified-Since for a document that is held."""
        place = self._courses[task.run].place(task)
        if place is None or place.gone:
            return {}
        headers = {"If-None-Match": place.etag, "If-Modified-Since": place.last_modified}
        return {name: value for name, value in headers.items() if value}

    def witnessed(self, answer: Answer, what: str) -> None:
        """Archive an answer that belongs to no task."""
        at_rest(self._intake, answer, "text/plain", what)

    def missed(self, task: Task, miss: Miss) -> None:
        """Note that no answer came, or have it tried again."""
        if miss.code == "robots-first":
            self._ledger.put_back(task, _in(0), counted=False)
        elif miss.again and task.attempts < ATTEMPTS:
            self._ledger.put_back(task, _in(self._scope.backoff * 2 ** (task.attempts - 1)))
        else:
            self._courses[task.run].fail(task, failed(0, miss.code, miss.message))

    def answered(self, task: Task, answer: Answer) -> float:
        """Archive the answer, then see what it is; returns the seconds its host asks to be left alone."""
        course = self._courses[task.run]
        course.fetched += 1
        if answer.status == 304:
            at_rest(self._intake, answer, "text/plain", "not-modified")
            _unchanged(course, task)
        elif answer.status in _REDIRECTS:
            at_rest(self._intake, answer, "text/html", "redirect")
            self._redirected(course, task, answer)
        elif answer.status in _AGAIN or (answer.status == 403 and answer.header("retry-after")):
            at_rest(self._intake, answer, "text/html", f"http-{answer.status}")
            return self._later(course, task, answer)
        else:
            received(course, task, answer)
        return 0.0

    def finished(self) -> tuple[Run, ...]:
        """The runs, ended where nothing is left of them."""
        return tuple(self._finished(course) for course in self._courses.values())

    def _finished(self, course: Course) -> Run:
        if self._ledger.pending(course.run.id):
            return self._ledger.run(course.run)
        run = self._ledger.run(course.run)
        doubts = Counter(self._ledger.codes(run, "new")) + Counter(self._ledger.codes(run, "changed"))
        whole = self._scope.since is None
        before, failures = self._ledger.previous(run), self._ledger.codes(run, "failed")
        found = alarms(run, before, failed=failures, doubts=doubts, site=course.source.site, whole=whole)
        return self._ledger.end(run, found)

    def _redirected(self, course: Course, task: Task, answer: Answer) -> None:
        url = absolute(answer.url, answer.header("location").encode("latin-1", "replace").decode("utf-8", "replace"))
        old = task.target
        if not url or old.hops >= HOPS:
            course.fail(task, failed(answer.status, "redirect-loop", f"redirects lead nowhere: {url or 'no address'}"))
        elif not course.within(url):
            course.fail(task, failed(answer.status, "redirect-elsewhere", f"it leads off the site, to {url}"[:300]))
        elif old.role in ("document", "attachment") and urlsplit(url).path in ("", "/"):
            course.refuse(task, answer.status, Judgement("refused", "soft-404", "it leads to the front page"), None)
        elif key_of(url, old.body) == old.key:
            self._ledger.put_back(task, _in(0), counted=False, url=url)
        else:
            new = Target(url, key_of(url), host_of(url), old.role, old.depth, "", old.parent, old.title, old.hops + 1)
            course.finish(task, Visit("redirect", answer.status, "", url), (new,))

    def _later(self, course: Course, task: Task, answer: Answer) -> float:
        asked = _retry_after(answer.header("retry-after"))
        pause = self._scope.backoff * 2 ** (task.attempts - 1) if asked is None else asked
        if task.attempts >= ATTEMPTS or pause > LONGEST_PAUSE:
            message = f"status {answer.status} in {task.attempts} attempts; asked to wait {pause:.0f} s"
            course.fail(task, failed(answer.status, f"http-{answer.status}", message))
            return min(pause, LONGEST_PAUSE) if asked else 0.0
        self._ledger.put_back(task, _in(pause))
        return pause if asked is not None else 0.0


def _unchanged(course: Course, task: Task) -> None:
    place = course.place(task)
    if place is None:
        course.fail(task, failed(304, "http-304", "“not modified”, though nothing of it is held"))
    else:
        course.finish(task, Visit("same", 304, "", "", place.digest, place.etag, place.last_modified))


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

"""Fetching with Scrapy: one request at a time a host, with a delay, robots.txt kept, sizes and times bounded.

Scrapy does HTTP, TLS, decompression, delays and AutoThrottle. What it keeps in memory or writes only when it is stopped
gently (its queue, retries, redirects, robots.txt) is done here over a `Work`, which is on disk after every answer.
"""

from __future__ import annotations

import time
import traceback
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol

import scrapy
from scrapy import signals
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.http import Request, Response

from tiaowen import __version__
from tiaowen.corpus.ledger_records import Task
from tiaowen.ingest.crawl.robots import Rules, robots_url
from tiaowen.ingest.crawl.urls import host_of

AGENT = "tiaowen"
"""The word by which robots.txt calls this program."""

LARGEST = 50_000_000
"""Bytes of the largest answer, before and after decompression."""


@dataclass(frozen=True)
class Manners:
    """How a host is treated: `delay` seconds between requests at least, `timeout` seconds for a whole answer.

    `contact` is an address or page by which the host's people reach whoever crawls. With `any_certificate` pages are
    taken from hosts that do not prove who they are.
    """

    contact: str
    delay: float = 2.0
    timeout: float = 60.0
    any_certificate: bool = False

    @property
    def user_agent(self) -> str:
        """Who is asking, honestly."""
        return f"{AGENT}/{__version__} (+{self.contact})"


@dataclass(frozen=True)
class Answer:
    """What a server sent, any content coding undone."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def status_line(self) -> str:
        """The status with its usual words: “404 Not Found”."""
        known = self.status in set(HTTPStatus)
        return f"{self.status} {HTTPStatus(self.status).phrase if known else 'Unknown'}"

    def header(self, name: str) -> str:
        """The first value of a header, or ""."""
        return next((value for key, value in self.headers if key.lower() == name), "")


@dataclass(frozen=True)
class Miss:
    """No answer: `code` in kebab-case; `again` when another attempt may do better."""

    code: str
    message: str
    again: bool = True


class Work(Protocol):
    """What is to be fetched and what becomes of it. Every call leaves it fit to go on after a kill."""

    def hosts(self) -> tuple[str, ...]:
        """Hosts with something left."""
        ...

    def take(self, host: str) -> Task | None:
        """The next task for a host, or None when none is ready."""
        ...

    def pending(self) -> bool:
        """Whether anything is left to wait for."""
        ...

    def conditions(self, task: Task) -> dict[str, str]:
        """Headers that ask for the page only if it changed."""
        ...

    def answered(self, task: Task, answer: Answer) -> float:
        """Take an answer in; returns the seconds its host asks to be left alone."""
        ...

    def missed(self, task: Task, miss: Miss) -> None:
        """Note that no answer came."""
        ...

    def witnessed(self, answer: Answer, what: str) -> None:
        """Keep an answer that belongs to no task."""
        ...


def fetch(work: Work, manners: Manners) -> bool:
    """Work until nothing is left; false when somebody stopped it before. Errors of `work` end it and are raised."""
    process = CrawlerProcess(_settings(manners))
    crawler = process.create_crawler(_Spider)
    ended = _Ended()
    process.crawl(crawler, work=work, manners=manners, ended=ended)
    process.start()
    if ended.error is not None:
        raise ended.error
    return ended.reason == "finished"


@dataclass
class _Ended:
    reason: str = ""
    error: BaseException | None = None


class _Spider(scrapy.Spider):
    """Hands answers over to the work; the scheduler makes the requests."""

    name = "tiaowen"

    def __init__(self, work: Work, manners: Manners, ended: _Ended) -> None:
        super().__init__()
        self.work, self.manners, self.ended = work, manners, ended
        self.rules: dict[str, Rules] = {}
        self.attempts: dict[str, int] = {}
        self.nobody: dict[str, Miss] = {}
        self.busy: set[str] = set()
        self.ready_at: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> _Spider:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.crashed, signal=signals.spider_error)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        none: tuple[Request, ...] = ()
        for request in none:
            yield request

    def closed(self, reason: str) -> None:
        self.ended.reason = reason

    def crashed(self, failure: Any, response: Response, spider: scrapy.Spider) -> None:
        self.end_for(failure.value)

    def end_for(self, error: BaseException) -> None:
        """An error of our own ends the crawl: going on would lose pages without a word."""
        self.ended.error = self.ended.error or error
        self.crawler.stop()

    def answered(self, response: Response) -> None:
        task = response.meta["task"]
        pause = self.work.answered(task, _answer(response))
        self._release(task.target.host, pause)

    def missed(self, failure: Any) -> None:
        task = failure.request.meta["task"]
        self.work.missed(task, _miss(failure.value))
        _let_go(failure.value)
        self._release(task.target.host)

    def robots_answered(self, response: Response) -> None:
        host = response.meta["host"]
        self.work.witnessed(_answer(response), "robots")
        rules = Rules.of(response.status, response.body)
        self._robots_are(host, rules, again=not rules.reachable)

    def robots_missed(self, failure: Any) -> None:
        host, miss = failure.request.meta["host"], _miss(failure.value)
        _let_go(failure.value)
        if miss.code in _NOBODY_THERE:
            self.nobody[host] = miss
        self._robots_are(host, Rules(None, reachable=False), again=miss.again)

    def _robots_are(self, host: str, rules: Rules, again: bool) -> None:
        self.attempts[host] = self.attempts.get(host, 0) + 1
        if not again or self.attempts[host] >= 3:
            self.rules[host] = rules
        self._release(host, self.manners.delay if again else 0.0)

    def _release(self, host: str, pause: float = 0.0) -> None:
        self.busy.discard(host)
        rules = self.rules.get(host)
        # The delay itself is kept by Scrapy; what the host asks for beyond it is added here.
        asked = rules.delay(AGENT) if rules else 0.0
        extra = max(pause, asked if asked > self.manners.delay else 0.0)
        if extra:
            self.ready_at[host] = time.monotonic() + extra


class _Scheduler(BaseScheduler):
    """Scrapy's way of asking for the next request: the hosts in turn, each only when its last answer is dealt with."""

    spider: _Spider

    def open(self, spider: scrapy.Spider) -> None:
        assert isinstance(spider, _Spider)
        self.spider = spider
        self.turn: deque[str] = deque()

    def has_pending_requests(self) -> bool:
        return self.spider.ended.error is None and self.spider.work.pending()

    def enqueue_request(self, request: Request) -> bool:
        raise AssertionError("only the work makes requests")

    def next_request(self) -> Request | None:
        if self.spider.ended.error is not None:
            return None
        try:
            return self._next()
        except BaseException as error:
            self.spider.end_for(error)  # Scrapy would only log it and ask again, for ever
            raise

    def _next(self) -> Request | None:
        spider = self.spider
        for host in spider.work.hosts():
            if host not in self.turn:
                self.turn.append(host)
        for _ in range(len(self.turn)):
            self.turn.rotate(-1)
            host = self.turn[-1]
            if host in spider.busy or time.monotonic() < spider.ready_at.get(host, 0.0):
                continue
            if request := self._request(host):
                spider.busy.add(host)
                return request
        return None

    def _request(self, host: str) -> Request | None:
        spider = self.spider
        while task := spider.work.take(host):
            rules = spider.rules.get(host)
            if rules is None:
                spider.work.missed(task, Miss("robots-first", "the host's robots.txt is asked for first"))
                return self._robots_request(task)
            if rules.allows(task.target.url, AGENT):
                return self._page_request(task)
            spider.work.missed(task, self._barred(host, rules))
        return None

    def _barred(self, host: str, rules: Rules) -> Miss:
        if rules.reachable:
            return Miss("robots-disallowed", "the host's robots.txt does not allow it", again=False)
        if nobody := self.spider.nobody.get(host):
            return Miss(nobody.code, nobody.message, again=False)
        message = f"robots.txt cannot be had in {self.spider.attempts[host]} attempts, which allows nothing (RFC 9309)"
        return Miss("robots-unreachable", message, again=False)

    def _robots_request(self, task: Task) -> Request:
        spider, host = self.spider, task.target.host
        return Request(
            robots_url(task.target.url),
            callback=spider.robots_answered,
            errback=spider.robots_missed,
            meta={"host": host, "download_slot": host},
        )

    def _page_request(self, task: Task) -> Request:
        spider, target = self.spider, task.target
        headers = {**spider.work.conditions(task), **({"Content-Type": "application/json"} if target.body else {})}
        return Request(
            target.url,
            method="POST" if target.body else "GET",
            body=target.body,
            headers=headers,
            callback=spider.answered,
            errback=spider.missed,
            meta={"task": task, "download_slot": host_of(target.url)},
        )


def _settings(manners: Manners) -> dict[str, Any]:
    return {
        "SCHEDULER": _Scheduler,
        "USER_AGENT": manners.user_agent,
        "DEFAULT_REQUEST_HEADERS": {"Accept": "*/*", "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"},
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": manners.delay,
        "DOWNLOAD_DELAY_JITTER": 0,
        # Without a delay the server is one's own, as in a test.
        "AUTOTHROTTLE_ENABLED": manners.delay > 0,
        "AUTOTHROTTLE_START_DELAY": manners.delay,
        "DOWNLOAD_TIMEOUT": manners.timeout,
        "DOWNLOAD_VERIFY_CERTIFICATES": not manners.any_certificate,
        "DOWNLOAD_MAXSIZE": LARGEST,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_HANDLERS": {"data": None, "file": None, "s3": None, "ftp": None},
        "HTTPERROR_ALLOW_ALL": True,
        # Done over the work, so that each is on disk, archived and bounded.
        "RETRY_ENABLED": False,
        "REDIRECT_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "ROBOTSTXT_OBEY": False,
        "COOKIES_ENABLED": False,
        "REFERER_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "LOG_LEVEL": "CRITICAL",
        "LOG_INSTALL_ROOT_HANDLER": False,
        "EXTENSIONS": {"scrapy.extensions.logstats.LogStats": None, "scrapy.extensions.memusage.MemoryUsage": None},
    }


def _answer(response: Response) -> Answer:
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )
    return Answer(response.url, response.status, headers, response.body)


_MISSES = {
    "DownloadTimeoutError": Miss("timeout", "the answer did not end in time"),
    "DownloadCancelledError": Miss("too-large", f"the answer has more than {LARGEST:,} bytes", again=False),
    "IgnoreRequest": Miss("too-large", f"the answer unpacks to more than {LARGEST:,} bytes", again=False),
    "ResponseDataLossError": Miss("cut-short", "the connection ended before the answer did"),
    "CannotResolveHostError": Miss("no-such-host", "the host's name leads nowhere"),
    "DownloadConnectionRefusedError": Miss("no-connection", "the host refuses connections"),
    "BadGzipFile": Miss("bad-coding", "the answer is not packed as it says"),
    "EOFError": Miss("bad-coding", "the answer is not packed as it says"),
    "error": Miss("bad-coding", "the answer is not packed as it says"),  # zlib's and brotli's
    "ZstdError": Miss("bad-coding", "the answer is not packed as it says"),
}


_NOBODY_THERE = ("bad-certificate", "no-such-host", "no-connection")
"""Why a robots.txt cannot be had that is why nothing can be had."""


def _let_go(error: BaseException | None) -> None:
    """Drop what the frames of an error hold: fifty megabytes of a refused answer, till a collection comes upon them."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


def _miss(error: BaseException) -> Miss:
    if "certificate verify failed" in str(error):
        return Miss("bad-certificate", "the host's certificate does not prove that it is this host", again=False)
    return _MISSES.get(type(error).__name__) or Miss("no-answer", f"{type(error).__name__}: {error}"[:300])

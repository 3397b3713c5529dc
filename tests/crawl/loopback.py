"""A public body's site on loopback, with the habits of real ones, that writes down who asked for what and when."""

from __future__ import annotations

import gzip
import json
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NUMERALS = "一二三四五六七八九十"


@dataclass
class Request:
    """One request as the server saw it; times in seconds."""

    path: str
    began: float
    ended: float
    agent: str
    headers: dict[str, str]
    status: int


@dataclass
class Reply:
    """What a route answers."""

    body: bytes | str = b""
    status: int = 200
    type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    endless: float = 0.0  # seconds between the bytes of an answer that never ends


Route = Callable[[str, dict[str, str]], "Reply | None"]


@dataclass
class Loopback:
    """The running site; `routes` are asked in order, the first that answers wins."""

    port: int
    log: list[Request]
    routes: list[Route]
    scheme: str = "http"

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def asked(self, *paths: str) -> list[Request]:
        return [r for r in self.log if r.path in paths or not paths]

    def page(self, path: str, reply: Reply | str) -> None:
        """Answer `path` like this from now on."""
        answer = Reply(reply) if isinstance(reply, str) else reply
        self.routes.insert(0, lambda p, _: answer if p == path else None)


@contextmanager
def loopback(*routes: Route, tls: ssl.SSLContext | None = None) -> Iterator[Loopback]:
    """A site that answers by `routes` while the block runs, with `tls` over HTTPS."""
    log: list[Request] = []
    table = list(routes)
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            began = ended = time.monotonic()
            length = int(self.headers.get("Content-Length") or 0)
            headers = {k.lower(): v for k, v in self.headers.items()} | {":body": self.rfile.read(length).decode()}
            reply = next((r for route in list(table) if (r := route(self.path, headers))), Reply("no", 404))
            body = reply.body.encode() if isinstance(reply.body, str) else reply.body
            try:
                self.send_response(reply.status)
                self.send_header("Content-Type", reply.type)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if not reply.endless and "Content-Length" not in reply.headers:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                ended = time.monotonic()  # not later: the next request may be under way before this thread goes on
                self.wfile.write(body)
                while reply.endless:
                    time.sleep(reply.endless)
                    self.wfile.write(b"x" * 1024)
                    ended = time.monotonic()
            except OSError:
                self.close_connection = True
            with lock:
                agent = self.headers.get("User-Agent", "")
                log.append(Request(self.path, began, ended, agent, headers, reply.status))

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # a client that hangs up is no error of ours
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield Loopback(server.server_address[1], log, table, "https" if tls else "http")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def document(number: int, extra: str = "", content: str = "TRS_Editor", attachment: str = "") -> str:
    """The page of an invented rule; each number gives another one."""
    articles = "".join(
        f"<p>第{NUMERALS[n]}条　样例市第{number}号仓库应当在每年第{n + 1}季度核对一次存货，"
        f"并将结果报送样例市仓储局。{extra}</p>"
        for n in range(3)
    )
    title = f"样例市第{number}号仓库核对办法"
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}_样例市人民政府</title></head>"
        "<body><div class='nav'><a href='/'>首页</a> <a href='/zcfg/index.html'>政策</a></div>"
        f"<h1>{title}</h1><p>样政发〔2023〕{number}号</p><div class='{content}'>{articles}{attachment}</div>"
        "<div class='foot'><a href='/about/'>关于我们</a></div></body></html>"
    )


def path_of(number: int) -> str:
    return f"/zcfg/2023{number % 12 + 1:02}/t2023{number % 12 + 1:02}{number % 28 + 1:02}_{number}.html"


def row(number: int) -> str:
    day = f"2023-{number % 12 + 1:02}-{number % 28 + 1:02}"
    title = f"样例市第{number}号仓库核对办法"
    return f"<li><a href='{path_of(number)}' title='{title}'>{title[:6]}…</a><span>{day}</span></li>"


@dataclass
class Archive:
    """A TRS site: lists in pages counted by createPageHTML, documents, conditional answers."""

    count: int
    per_page: int = 20
    changed: dict[int, str] = field(default_factory=dict)
    missing: dict[int, Reply] = field(default_factory=dict)
    content: str = "TRS_Editor"
    conditional: bool = True

    def __call__(self, path: str, headers: dict[str, str]) -> Reply | None:
        if path == "/robots.txt":
            return Reply("User-agent: *\nDisallow: /private/\n", type="text/plain")
        if path.startswith("/zcfg/index"):
            return self._list(path)
        number = path.rpartition("_")[2].removesuffix(".html")
        if not number.isdigit() or int(number) >= self.count or path != path_of(int(number)):
            return None
        return self.missing.get(int(number)) or self._document(int(number), headers)

    def _list(self, path: str) -> Reply | None:
        page = path.removeprefix("/zcfg/index").removesuffix(".html").removeprefix("_") or "0"
        pages = -(-self.count // self.per_page)
        if not page.isdigit() or int(page) >= max(pages, 1):
            return None
        rows = "".join(
            row(n) for n in range(int(page) * self.per_page, min(self.count, (int(page) + 1) * self.per_page))
        )
        script = f'<script>createPageHTML({pages}, {page}, "index", "html");</script>'
        return Reply(f"<html><head><title>政策法规</title></head><body><ul>{rows}</ul>{script}</body></html>")

    def _document(self, number: int, headers: dict[str, str]) -> Reply:
        tag = f'"{number}-{zlib.crc32(self.changed.get(number, "").encode())}"'
        if self.conditional and headers.get("if-none-match") == tag:
            return Reply(status=304, headers={"ETag": tag})
        return Reply(document(number, self.changed.get(number, ""), self.content), headers={"ETag": tag})


def bomb(size: int) -> bytes:
    """`size` zero bytes, as gzip."""
    return gzip.compress(b"\0" * size)


def as_json(value: object) -> Reply:
    return Reply(json.dumps(value, ensure_ascii=False), type="application/json")

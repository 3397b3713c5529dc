"""Every way in which a site does not give what was asked for has its name, its status and a word on what to do."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest

pytest.importorskip("scrapy", reason="the crawl needs the extra `crawl`")

from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError

from tests.crawl.loopback import Archive, Loopback, Reply, loopback, path_of
from tests.crawl.runner import Crawled
from tiaowen.commands._advice import advice
from tiaowen.corpus.ledger import Ledger
from tiaowen.ingest.crawl.fetch import _miss

SEED = "/zcfg/index.html"
LOGIN = "<title>样例市统一身份认证</title><form>用户名<input><input type='password'><button>登录</button></form>"
CHALLENGE = "<html><title>安全验证</title><body><p>请完成下列验证后继续访问</p></body></html>"


def everywhere(reply: Reply) -> Callable[[Loopback], None]:
    """A site that gives the same answer whatever is asked."""
    return lambda site: site.routes.insert(0, lambda path, _: reply if path != "/robots.txt" else None)


def at(path: str, reply: Reply | str) -> Callable[[Loopback], None]:
    return lambda site: site.page(path, reply)


SITES: dict[str, tuple[Callable[[Loopback], None], set[str]]] = {
    "challenge": (everywhere(Reply(CHALLENGE)), {"challenge-page", "nothing-found"}),
    "log-in": (everywhere(Reply(LOGIN)), {"login-page", "nothing-found"}),
    "soft 404": (everywhere(Reply("<title>提示</title><p>您访问的页面不存在</p>")), {"soft-404", "nothing-found"}),
    "an empty list": (at(SEED, "<title>政策</title>" + "<p>栏目的说明文字</p>" * 9), {"empty-list", "nothing-found"}),
    "nothing at all": (everywhere(Reply("")), {"empty-answer", "nothing-found"}),
    "a loop": (at(SEED, Reply(status=302, headers={"Location": SEED})), {"redirect-loop", "nothing-found"}),
    "a move": (
        at(SEED, Reply(status=301, headers={"Location": "http://example.org/"})),
        {"redirect-elsewhere", "nothing-found"},
    ),
    "forbidden": (everywhere(Reply("no", 403, headers={"Retry-After": "0"})), {"http-403", "nothing-found"}),
    "too many": (everywhere(Reply("slow", 429, headers={"Retry-After": "99999"})), {"http-429", "nothing-found"}),
    "closed to robots": (
        at("/robots.txt", Reply("User-agent: *\nDisallow: /\n", type="text/plain")),
        {"robots-disallowed", "nothing-found"},
    ),
    "no robots.txt": (at("/robots.txt", Reply("down", 503)), {"robots-unreachable", "nothing-found"}),
    "broken gzip": (
        at(path_of(1), Reply(b"not gzip at all", headers={"Content-Encoding": "gzip"})),
        {"bad-coding"},
    ),
    "an endless trickle": (at(path_of(1), Reply(endless=0.2)), {"timeout"}),
    "an endless flood": (at(path_of(1), Reply("x", headers={"Content-Length": "60000000"})), {"too-large"}),
}


def certificate(folder: Path) -> ssl.SSLContext:
    """That of a server which nobody vouches for."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "own.pem").write_bytes(made.public_bytes(pem) + secret)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "own.pem")
    return context


def test_each_has_its_name_its_status_and_what_to_do(tmp_path: Path) -> None:
    crawled = Crawled.empty(tmp_path)
    with ExitStack() as stack:
        seeds = {}
        for name, (spoil, _) in SITES.items():
            site = stack.enter_context(loopback(Archive(3)))
            spoil(site)
            seeds[f"{site.url}{SEED}"] = name
        options = ("--contact", "crawl@example.org", "--delay", "0", "--backoff", "0", "--timeout", "5")
        done = crawled.crawl(*seeds, options=options)
    assert done.returncode == 3, done.stderr
    with Ledger.open(crawled.corpus) as ledger:
        runs = [(status, status.runs[-1]) for status in ledger.sources()]
        found = {
            next(name for seed, name in seeds.items() if status.name in seed): {
                *ledger.codes(run, "failed"),
                *(alarm.code for alarm in run.alarms),
            }
            for status, run in runs
        }
    assert found == {name: codes for name, (_, codes) in SITES.items()}
    assert "status 403 in 3 attempts" in done.stdout
    assert "status 429 in 1 attempts; asked to wait 99999 s" in done.stdout
    assert not any(status.last_success for status, _ in runs)
    for code in set().union(*found.values()) - {"empty-answer", "nothing-found"}:
        assert f"what to do about {code}: " in done.stdout
    assert len(done.stdout.splitlines()) < 10 * len(SITES), "no screen full for one site"


def test_a_host_that_does_not_prove_who_it_is(tmp_path: Path) -> None:
    crawled = Crawled.empty(tmp_path)
    with loopback(Archive(3), tls=certificate(tmp_path)) as site:
        refused = crawled.crawl(f"{site.url}{SEED}")
        assert refused.returncode == 3
        assert set(crawled.failures().values()) == {"bad-certificate"}
        assert "--any-certificate" in refused.stdout
        taken = crawled.crawl("--any-certificate", f"{site.url}{SEED}")
    assert taken.returncode == 0, taken.stdout
    assert len(crawled.held()) == 3


@pytest.mark.parametrize(
    ("error", "code"),
    [(CannotResolveHostError("x"), "no-such-host"), (DownloadConnectionRefusedError("x"), "no-connection")],
)
def test_a_host_that_is_not_there(error: Exception, code: str) -> None:
    assert _miss(error).code == code
    assert list(advice([code]))

"""URLs in one form, so that a page is fetched once, and their shapes, so that a trap is recognised."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

from tiaowen.corpus.ledger_records import Role, Target

LONGEST = 2000
"""Code points of the longest URL that is followed; growing paths (a/a/a/…) end there."""

# Parameters that name a visit, not a page. A parameter named only `id` or `sid` may name the page and stays.
_OF_A_VISIT = re.compile(
    r"(?i)^(jsessionid|phpsessid|aspsessionid\w*|sessionid|session_id|cftoken|utm_\w+|spm|from_source|_t|timestamp|random)$"
)
# Object stores sign an address anew each time it is asked for.
_OF_A_SIGNATURE = re.compile(r"(?i)^(x-(amz|obs|oss)-\w[\w-]*|expires|signature|(oss|aws)?accesskeyid)$")
_SESSION_IN_PATH = re.compile(r"(?i);jsessionid=[^/?#;]*|/\(S\([a-z0-9]{24}\)\)")
_DEFAULT_PORTS = {"http": "80", "https": "443"}


def absolute(base: str, link: str) -> str | None:
    """The address `link` on the page `base` leads to, cleaned of visit ids; None where it leads to no web page."""
    try:
        parts = urlsplit(urljoin(base, link.strip()))
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not host or parts.username or len(link) > LONGEST:
        return None
    netloc = host if port is None or str(port) == _DEFAULT_PORTS[parts.scheme] else f"{host}:{port}"
    path = _SESSION_IN_PATH.sub("", parts.path) or "/"
    try:
        url = safe_url_string(urlunsplit((parts.scheme, netloc, path, _without_visit(parts.query), "")))
    except ValueError:
        return None
    return url if url.isascii() and len(url) <= LONGEST else None


def key_of(url: str, body: str = "") -> str:
    """What `url` (as `absolute` gives it) is recognised by.

    Parameters in order and without signatures, http and https as one.
    """
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode(sorted(pair for pair in pairs if not _OF_A_SIGNATURE.match(pair[0])))
    path = re.sub(r"/(index|default)\.(s?html?|jsp|aspx|php)$", "/", parts.path)
    return urlunsplit(("http", parts.netloc, path, query, "")) + (f"\n{body}" if body else "")


def host_of(url: str) -> str:
    """The host of `url` with its port, if that is not the usual one."""
    return urlsplit(url).netloc


def shape_of(url: str) -> str:
    """The URL with numbers and ids as signs: pages made by one template share it."""
    parts = urlsplit(url)
    path = re.sub(r"(?i)(?<![a-z0-9])(?=[a-z_-]*\d)[0-9a-z_-]{8,}", "X", parts.path)
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    return f"{parts.netloc}{re.sub(r'[0-9]+', 'N', path)}?{'&'.join(names)}"


def target(url: str, role: Role, *, depth: int = 0, body: str = "", parent: str = "", title: str = "") -> Target:
    """The target of a cleaned URL."""
    return Target(url, key_of(url, body), host_of(url), role, depth, body, parent, title)


def with_parameter(url: str, name: str, value: str) -> str:
    """The URL with that query parameter set, in its place or at the end."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if any(pair[0] == name for pair in pairs):
        pairs = [(pair[0], value if pair[0] == name else pair[1]) for pair in pairs]
    else:
        pairs.append((name, value))
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(pairs), ""))


def parameter(url: str, name: str) -> str | None:
    """The value of that query parameter."""
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True)).get(name)


def _without_visit(query: str) -> str:
    return "&".join(pair for pair in query.split("&") if not _OF_A_VISIT.match(pair.partition("=")[0]))

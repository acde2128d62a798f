"""One page from the web, politely and within limits: to public addresses only, by http or https, so long and so large."""

import http.client
import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from flows import __version__

AGENT = f"wirehouse/{__version__}"
_REDIRECTS = (301, 302, 303, 307, 308)
_LATER = (429, 500, 502, 503, 504)


@dataclass(frozen=True)
class Manners:
    """How to behave on the web: seconds between two requests to a host, seconds and bytes at most a request, tries, first wait."""

    delay_seconds: float = 1.0
    timeout_seconds: float = 20.0
    max_bytes: int = 20_000_000
    tries: int = 3
    backoff_seconds: float = 2.0
    longest_wait_seconds: float = 30.0
    redirects: int = 5
    allow_private: bool = False


class Fetched(NamedTuple):
    """An answer: status 0 when there was none, with the reason in ``error``; ``retry_after`` in seconds where the server asks for it."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes
    error: str | None = None
    retry_after: float | None = None


@dataclass
class Web:
    """What one round of fetching remembers: when each host was last asked, and what its robots.txt says."""

    manners: Manners = field(default_factory=Manners)
    asked: dict[str, float] = field(default_factory=dict)
    robots: dict[str, RobotFileParser] = field(default_factory=dict)


def fetch(web: Web, url: str, headers: dict[str, str] | None = None) -> Fetched:
    """Get a page, following redirects, robots.txt and the server's wish to be asked later; never raises for what the web does."""
    manners = web.manners
    answer = Fetched(url, 0, {}, b"", "not asked")
    for attempt in range(manners.tries):
        answer = _follow(web, url, headers or {})
        if answer.status not in _LATER or attempt == manners.tries - 1:
            break
        wait = answer.retry_after if answer.retry_after is not None else manners.backoff_seconds * 2**attempt
        if wait > manners.longest_wait_seconds:
            break
        time.sleep(wait)
    return answer


def _follow(web: Web, url: str, headers: dict[str, str]) -> Fetched:
    at = url
    try:
        for _ in range(web.manners.redirects + 1):
            if urlsplit(at).scheme not in ("http", "https"):
                return Fetched(at, 0, {}, b"", f"not http or https: {at[:100]}")
            if not _allowed(web, at):
                return Fetched(at, 0, {}, b"", "robots.txt forbids it")
            answer = _ask(web, at, headers)
            if answer.status not in _REDIRECTS or not answer.headers.get("location"):
                return answer._replace(url=at)
            at = urljoin(at, answer.headers["location"])
    except ValueError as error:  # urllib's, on addresses that are none
        return Fetched(at, 0, {}, b"", f"no address ({error})")
    return Fetched(at, 0, {}, b"", f"more than {web.manners.redirects} redirects")


def _allowed(web: Web, url: str) -> bool:
    """Whether the host's robots.txt allows the page; one that cannot be read allows all, a forbidden one nothing (RFC 9309)."""
    parts = urlsplit(url)
    root = f"{parts.scheme}://{parts.netloc}"
    if root not in web.robots:
        rules = RobotFileParser()
        answer = _ask(web, f"{root}/robots.txt", {})
        if answer.status in _REDIRECTS and answer.headers.get("location"):
            answer = _ask(web, urljoin(f"{root}/robots.txt", answer.headers["location"]), {})
        if answer.status in (401, 403):
            rules.disallow_all = True  # type: ignore[attr-defined]
        elif answer.status == 200:
            rules.parse(answer.body[:500_000].decode("utf-8", "replace").splitlines())
        else:
            rules.allow_all = True  # type: ignore[attr-defined]
        web.robots[root] = rules
    return web.robots[root].can_fetch(AGENT, url)


def _ask(web: Web, url: str, headers: dict[str, str]) -> Fetched:
    """One request, no redirect followed; waits for the host's turn first."""
    parts = urlsplit(url)
    try:
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        return Fetched(url, 0, {}, b"", f"no address ({error})")
    if parts.scheme not in ("http", "https") or not host:
        return Fetched(url, 0, {}, b"", f"not http or https: {url[:100]}")
    rules = web.robots.get(f"{parts.scheme}://{parts.netloc}")
    delay = max(web.manners.delay_seconds, min(float(rules.crawl_delay(AGENT) or 0), 30.0) if rules and rules.mtime() else 0.0)
    time.sleep(max(0.0, web.asked.get(host, -1e9) + delay - time.monotonic()))
    web.asked[host] = time.monotonic()
    deadline = time.monotonic() + web.manners.timeout_seconds
    connection: http.client.HTTPConnection | None = None
    try:
        address = _address(host, port, allow_private=web.manners.allow_private)
        connection = http.client.HTTPConnection(host, port, timeout=web.manners.timeout_seconds)
        connection.sock = socket.create_connection((address, port), timeout=web.manners.timeout_seconds)
        if parts.scheme == "https":
            connection.sock = ssl.create_default_context().wrap_socket(connection.sock, server_hostname=host)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(
            "GET", target, headers={"Host": parts.netloc.rpartition("@")[2], "User-Agent": AGENT, "Accept-Encoding": "identity", **headers}
        )
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        body = b""
        while piece := response.read1(65536):
            body += piece
            if len(body) > web.manners.max_bytes:
                return Fetched(url, 0, found, b"", f"more than {web.manners.max_bytes} bytes")
            if time.monotonic() > deadline:
                return Fetched(url, 0, found, b"", f"took more than {web.manners.timeout_seconds:g} s")
        return Fetched(url, response.status, found, body, None, _seconds(found.get("retry-after")))
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Fetched(url, 0, {}, b"", f"{type(error).__name__}: {error}"[:300])
    finally:
        if connection is not None:
            connection.close()


def _address(host: str, port: int, *, allow_private: bool) -> str:
    """The address to connect to: looked up once, so that what was checked is what is asked. Raises ValueError for a private one."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for each in found:
        if allow_private or ipaddress.ip_address(each.partition("%")[0]).is_global:
            return each
    raise ValueError(f"{host} is a private address; --allow-private lets it through")


def _seconds(value: str | None) -> float | None:
    return float(value) if value and value.isdigit() else None

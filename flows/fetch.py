"""One page from the web, politely and within limits: to public addresses only, by http or https, so long and so large."""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

import idna

from flows import __version__

AGENT = f"wirehouse/{__version__}"
_REDIRECTS = (301, 302, 303, 307, 308)
FORBIDDEN = "robots.txt forbids it"
_LATER = (429, 500, 502, 503, 504)

_ROBOTS_BYTES = 500 * 1024  # as much of a robots.txt as RFC 9309 asks to be read
_ROBOTS_REDIRECTS = 5
_PLAIN = "/%:@!$&'()*+,;=~-._"  # what an address's path holds as it is
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")  # an IPv4 address, as networks of IPv6 alone write it
_TUNNELS = tuple(map(ipaddress.IPv6Network, ("::/96", "2001::/32", "2002::/16", "64:ff9b:1::/48", "fec0::/10")))


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
    """What one round of fetching remembers: when each host was last asked, what its robots.txt says, or why it cannot be had."""

    manners: Manners = field(default_factory=Manners)
    asked: dict[str, float] = field(default_factory=dict)
    robots: dict[str, RobotFileParser] = field(default_factory=dict)
    silent: dict[str, str] = field(default_factory=dict)


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
            at = ascii_address(at)
            if urlsplit(at).scheme not in ("http", "https"):
                return Fetched(at, 0, {}, b"", f"not http or https: {at[:100]}")
            if refused := _refusal(web, at):
                return Fetched(at, 0, {}, b"", refused)
            answer = _ask(web, at, headers)
            if answer.status not in _REDIRECTS or not answer.headers.get("location"):
                return answer._replace(url=at)
            at = urljoin(at, _location(answer))
    except ValueError as error:  # urllib's, on addresses that are none
        return Fetched(at, 0, {}, b"", f"no address ({error})")
    return Fetched(at, 0, {}, b"", f"more than {web.manners.redirects} redirects")


def ascii_address(url: str) -> str:
    """An address as it is asked for: letters beyond ASCII in percent signs, those of the host in IDNA; raises ValueError for none.

    >>> ascii_address("http://bücher.example/straße a?q=ü%20")
    'http://xn--bcher-kva.example/stra%C3%9Fe%20a?q=%C3%BC%20'
    """
    parts = urlsplit(url.strip())
    host = parts.hostname or ""
    if not host.isascii():
        host = idna.encode(host, uts46=True).decode("ascii")
    place = f"[{host}]" if ":" in host else host
    if parts.port is not None:
        place += f":{parts.port}"
    return urlunsplit((parts.scheme, place, quote(parts.path, safe=_PLAIN), quote(parts.query, safe=f"{_PLAIN}?[]"), ""))


def _location(answer: Fetched) -> str:
    """Where a redirect leads; its bytes are UTF-8, which http.client reads as Latin-1."""
    told = answer.headers["location"]
    try:
        return told.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return told


def _refusal(web: Web, url: str) -> str | None:
    """Why the page must not be asked for, by its host's robots.txt, which is asked once a round; None where it may (RFC 9309).

    A host without one, or that keeps it to itself (a status of 4xx), allows all; where it cannot be had, for the server is ill
    or silent, nothing is allowed for now.
    """
    parts = urlsplit(url)
    root = f"{parts.scheme}://{parts.netloc}"
    if root not in web.robots:
        rules = RobotFileParser()
        at = f"{root}/robots.txt"
        answer = _ask(web, at, {}, most=_ROBOTS_BYTES)
        for _ in range(_ROBOTS_REDIRECTS):
            if answer.status not in _REDIRECTS or not answer.headers.get("location"):
                break
            at = ascii_address(urljoin(at, _location(answer)))
            answer = _ask(web, at, {}, most=_ROBOTS_BYTES)
        if answer.status == 0 or answer.status == 429 or answer.status >= 500:
            web.silent[root] = f"its robots.txt cannot be had ({answer.error or f'status {answer.status}'})"
        elif answer.status == 200:
            rules.parse(answer.body.decode("utf-8", "replace").splitlines())
        else:
            rules.allow_all = True  # type: ignore[attr-defined]
        web.robots[root] = rules
    if root in web.silent:
        return web.silent[root]
    return None if web.robots[root].can_fetch(AGENT, url) else FORBIDDEN


def _ask(web: Web, url: str, headers: dict[str, str], *, most: int | None = None) -> Fetched:
    """One request, no redirect followed; waits for the host's turn first. Of a body longer than ``most`` bytes the rest is left."""
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
    answers: list[Fetched] = []
    sockets: list[socket.socket] = []

    def exchange() -> None:
        try:
            answers.append(_exchange(url, host, port, headers, web.manners, most, sockets))
        except (OSError, http.client.HTTPException, ValueError) as error:
            answers.append(Fetched(url, 0, {}, b"", f"{type(error).__name__}: {error}"[:300]))
        finally:
            for each in sockets:
                each.close()

    # In a thread of its own: neither a slow look-up of a name nor headers that come letter by letter heed a socket's own limit.
    thread = threading.Thread(target=exchange, daemon=True)
    thread.start()
    thread.join(web.manners.timeout_seconds)
    if thread.is_alive():
        for each in sockets:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        return Fetched(url, 0, {}, b"", f"took more than {web.manners.timeout_seconds:g} s")
    return answers[0] if answers else Fetched(url, 0, {}, b"", "no answer")


def _exchange(
    url: str, host: str, port: int, headers: dict[str, str], manners: Manners, most: int | None, sockets: list[socket.socket]
) -> Fetched:
    """Ask and read the answer; the socket is put into ``sockets`` for whoever waits to shut it."""
    parts = urlsplit(url)
    address = _address(host, port, allow_private=manners.allow_private)
    connection = http.client.HTTPConnection(host, port, timeout=manners.timeout_seconds)
    connection.sock = socket.create_connection((address, port), timeout=manners.timeout_seconds)
    sockets.append(connection.sock)
    if parts.scheme == "https":
        connection.sock = ssl.create_default_context().wrap_socket(connection.sock, server_hostname=host)
        sockets.append(connection.sock)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    fixed = {"Host": parts.netloc, "User-Agent": AGENT, "Accept-Encoding": "identity", "Connection": "close"}
    connection.request("GET", target, headers={**fixed, **headers})
    response = connection.getresponse()
    found = {name.lower(): value for name, value in response.getheaders()}
    whole = response.length  # by Content-Length; None where the end of the connection, or of the last chunk, is the end
    body = b""
    while (whole is None or len(body) < whole) and (piece := response.read1(65536)):
        body += piece
        if most is not None and len(body) >= most:
            return Fetched(url, response.status, found, body[:most])
        if len(body) > manners.max_bytes:
            return Fetched(url, 0, found, b"", f"more than {manners.max_bytes} bytes")
    if whole is not None and len(body) < whole:
        return Fetched(url, 0, found, b"", f"cut off after {len(body)} of {whole} bytes")
    return Fetched(url, response.status, found, body, None, _seconds(found.get("retry-after")))


def _address(host: str, port: int, *, allow_private: bool) -> str:
    """The address to connect to: looked up once, so that what was checked is what is asked. Raises ValueError for a private one."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for each in found:
        if allow_private or is_public(each.partition("%")[0]):
            return each
    raise ValueError(f"{host} is a private address; --allow-private lets it through")


def is_public(address: str) -> bool:
    """Whether an IP address is one host of the open Internet: none of a private network, none that hides such a one, no group.

    >>> is_public("93.184.216.34"), is_public("64:ff9b::7f00:1")
    (True, False)
    """
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        if found in _TRANSLATED:
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
        if any(found in network for network in _TUNNELS):
            return False
    return found.is_global and not found.is_multicast


def _seconds(value: str | None) -> float | None:
    return float(value) if value and value.isdigit() else None

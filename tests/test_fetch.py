"""What servers do to a client: answers cut short, headers without end, robots.txt that fails, addresses in any script."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from flows.fetch import FORBIDDEN, Manners, Web, ascii_address, fetch, is_public

QUICK = Manners(delay_seconds=0, timeout_seconds=1, max_bytes=600_000, tries=1, allow_private=True)
Answer = Callable[[socket.socket, str], None]


def say(text: str, client: socket.socket, _: str) -> None:
    client.sendall(text.encode("latin-1"))


def page(body: str = "A page.", status: str = "200 OK", **headers: str) -> str:
    told = {"Content-Length": str(len(body)), **headers}
    return f"HTTP/1.1 {status}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in told.items()) + f"\r\n{body}"


class Server:
    """A server of bare sockets: ``answers`` by path, 404 else; ``asked`` holds the request lines."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        while True:
            try:
                client, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.answer, args=(client,), daemon=True).start()

    def answer(self, client: socket.socket) -> None:
        with client:
            request = client.recv(65536).decode("latin-1")
            path = request.split(" ")[1]
            self.asked.append(path)
            try:
                self.answers.get(path, partial(say, page("", "404 Not Found")))(client, path)
            except OSError:
                return


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.socket.close()


def drip(client: socket.socket, _: str) -> None:
    client.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in range(100):
        client.sendall(f"X-{number}: y\r\n".encode())
        time.sleep(0.1)


def hold(client: socket.socket, _: str) -> None:
    """A whole page on a connection that stays open."""
    client.sendall(page().encode())
    time.sleep(5)


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(page("half a page", **{"Content-Length": "1000"}), id="by its length"),
        pytest.param("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf", id="within a chunk"),
        pytest.param("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", id="between chunks"),
    ],
)
def test_an_answer_that_is_cut_off_is_none(server: Server, sent: str) -> None:
    server.answers["/a"] = partial(say, sent)
    answer = fetch(Web(QUICK), f"{server.url}/a")
    assert (answer.status, answer.body) == (0, b"") and answer.error


def test_a_whole_answer_is_not_waited_after(server: Server) -> None:
    server.answers["/a"] = hold
    started = time.monotonic()
    assert fetch(Web(QUICK), f"{server.url}/a").body == b"A page."
    assert time.monotonic() - started < 0.9


def test_headers_without_end_are_cut_off(server: Server) -> None:
    server.answers["/a"] = drip
    started = time.monotonic()
    answer = fetch(Web(QUICK), f"{server.url}/a")
    assert (answer.status, answer.error) == (0, "took more than 1 s")
    assert time.monotonic() - started < 3


def test_a_name_that_nobody_answers_for_is_cut_off(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*_: object, **__: object) -> list[object]:
        time.sleep(2)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    started = time.monotonic()
    assert "took more than 1 s" in (fetch(Web(QUICK), "http://slow.example/").error or "")
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    ("robots", "is_asked"),
    [
        pytest.param(partial(say, page("", "404 Not Found")), True, id="none"),
        pytest.param(partial(say, page("", "403 Forbidden")), True, id="kept to itself"),
        pytest.param(partial(say, page("", "503 Service Unavailable")), False, id="an ill server"),
        pytest.param(partial(say, page("", "429 Too Many Requests")), False, id="too busy"),
        pytest.param(drip, False, id="a silent server"),
        pytest.param(partial(say, page("", "302 Found", Location="/r1")), False, id="three redirects off"),
        pytest.param(partial(say, page("", "302 Found", Location="/robots.txt")), True, id="redirects in a circle"),
        pytest.param(partial(say, page("User-agent: *\nDisallow: /a\n" + "# \n" * 300_000)), False, id="very long"),
    ],
)
def test_what_becomes_of_robots_txt(server: Server, robots: Answer, is_asked: bool) -> None:
    server.answers = {
        "/robots.txt": robots,
        "/r1": partial(say, page("", "301 Moved", Location="/r2")),
        "/r2": partial(say, page("", "301 Moved", Location="/r3")),
        "/r3": partial(say, page("User-agent: *\nDisallow: /a")),
        "/a": partial(say, page()),
        "/b": partial(say, page()),
    }
    web = Web(QUICK)
    answer = fetch(web, f"{server.url}/a")
    assert ("/a" in server.asked, answer.status == 200) == (is_asked, is_asked)
    assert is_asked or answer.error == FORBIDDEN or "robots.txt cannot be had" in (answer.error or "")
    asked = server.asked.count("/robots.txt")
    fetch(web, f"{server.url}/b")
    assert server.asked.count("/robots.txt") == asked


def test_addresses_in_any_script_are_asked_for(server: Server) -> None:
    server.answers["/stra%C3%9Fe%20a?q=%C3%BC&p=%20"] = partial(
        say, page("", "302 Found", Location="/caf\u00c3\u00a9")
    )  # UTF-8 as it is sent
    server.answers["/caf%C3%A9"] = partial(say, page())
    answer = fetch(Web(QUICK), f"{server.url}/straße a?q=ü&p=%20#part")
    assert (answer.status, answer.url) == (200, f"{server.url}/caf%C3%A9")


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        pytest.param("https://Bücher.example/Ä?x[]=1", "https://xn--bcher-kva.example/%C3%84?x[]=1", id="a name with umlauts"),
        pytest.param("https://straße.example/", "https://xn--strae-oqa.example/", id="a name with ß"),
        pytest.param(
            "http://пример.example:8080/новости",
            "http://xn--e1afmkfd.example:8080/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8",
            id="Cyrillic",
        ),
        pytest.param("http://[::1]:80/a", "http://[::1]:80/a", id="IPv6"),
        pytest.param("http://a.example/100%25;x=1?a=b%2Fc", "http://a.example/100%25;x=1?a=b%2Fc", id="as it is"),
    ],
)
def test_addresses_as_they_are_asked_for(given: str, asked: str) -> None:
    assert ascii_address(given) == asked


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "10.1.2.3",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "fe80::1",
            "fc00::1",
        ),
        *(
            "fec0::1",
            "ff02::1",
            "ff0e::1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::7f00:1",
            "2002:7f00:1::",
            "2001:0:7f00:1::",
        ),
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)

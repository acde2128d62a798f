"""Feeds from a real server on loopback: conditional requests, manners, limits, and what is refused."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest

from flows.errors import InputNotFound
from flows.fetch import Manners, Web, fetch
from flows.load.inputs import Input
from flows.poll import _leave_out, _links, poll, read_feed_list
from flows.settings import Settings
from tests.test_ledger import rows
from tests.test_runs import STORY

SETTINGS = Settings(workers=1)
MANNERS = Manners(delay_seconds=0, timeout_seconds=2, max_bytes=200_000, backoff_seconds=0.05, longest_wait_seconds=1, allow_private=True)


class Site(ThreadingHTTPServer):
    """A news site of the tests: pages by path, what was asked of it, and how often it says to come later."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.asked: list[tuple[str, float, str | None]] = []
        self.busy = 0
        self.robots = ""
        self.ill: set[str] = set()
        self.told = "times"
        self.etag = '"one"'
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def paths(self) -> list[str]:
        return [path for path, _, _ in self.asked if path != "/robots.txt"]


class Answer(BaseHTTPRequestHandler):
    server: Site

    def log_message(self, *_: object) -> None:
        pass

    def send(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        site = self.server
        site.asked.append((self.path, time.monotonic(), self.headers.get("If-None-Match")))
        if self.path == "/robots.txt":
            self.send(200, site.robots.encode()) if site.robots else self.send(404)
        elif site.busy > 0:
            site.busy -= 1
            self.send(503, Retry_After="0")
        elif self.path in site.ill:
            self.send(500)
        elif self.path == "/feed.xml":
            if self.headers.get("If-None-Match") == site.etag:
                self.send(304, ETag=site.etag)
                return
            items = "".join(
                f"<item><title>Item {n}</title><link>{site.url}/story/{n}</link><description>Ministers met {n} {site.told} in Lisbon.</description></item>"
                for n in range(2)
            )
            self.send(
                200,
                f'<rss version="2.0"><channel><title>Example</title>{items}</channel></rss>'.encode(),
                ETag=site.etag,
                Content_Type="application/rss+xml",
            )
        elif self.path.startswith("/story/"):
            self.send(
                200,
                f"<html><h1>Story {self.path[-1]}</h1><p>{'</p><p>'.join(STORY.splitlines())}</p></html>".encode(),
                Content_Type="text/html; charset=utf-8",
            )
        elif self.path.startswith("/to?"):
            self.send(302, Location=self.path[4:])
        elif self.path == "/loop":
            self.send(302, Location="/loop")
        elif self.path == "/large":
            self.send(200, b"x" * 300_000)
        elif self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(50):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.1)
        else:
            self.send(404)


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_a_feed_is_asked_for_what_is_new_only(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    first = poll(path, [f"{site.url}/feed.xml"], SETTINGS, manners=MANNERS)
    assert first.summary is not None and (first.new, first.summary.new) == (1, 2)
    again = poll(path, [f"{site.url}/feed.xml"], SETTINGS, manners=MANNERS)
    assert again == (0, 1, 0, 0, [], None)
    site.etag = '"two"'
    third = poll(path, [f"{site.url}/feed.xml"], SETTINGS, manners=MANNERS)
    assert third.summary is not None and (third.summary.new, third.summary.present) == (0, 2)
    assert [etag for asked, _, etag in site.asked if asked == "/feed.xml"] == [None, '"one"', '"one"']
    assert rows(path, "select source_uri from main.documents order by 1") == [
        (f"{site.url}/feed.xml#{site.url}/story/{n}",) for n in range(2)
    ]


def test_linked_pages_are_fetched_once(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    assert poll(path, [f"{site.url}/feed.xml"], SETTINGS, full=True, manners=MANNERS).pages == 2
    site.etag = '"two"'
    assert poll(path, [f"{site.url}/feed.xml"], SETTINGS, full=True, manners=MANNERS).pages == 0
    assert site.paths().count("/story/1") == 1
    found = rows(
        path,
        "select url, fetched_at is not null, contains(text, 'Jaime Gama') from main.documents where source_uri like 'pages#%' order by url",
    )
    assert found == [(f"{site.url}/story/{n}", True, True) for n in range(2)]


def test_the_page_stands_and_not_what_the_feed_tells_of_it(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    bodies = "select url, contains(text, 'Jaime Gama') from main.documents where is_current order by url"
    feed = [f"{site.url}/feed.xml"]
    site.ill = {"/story/1"}
    first = poll(path, feed, SETTINGS, full=True, manners=MANNERS)
    assert (first.pages, first.failures) == (1, [(f"{site.url}/story/1", "status 500")])
    assert rows(path, bodies) == [(f"{site.url}/story/0", True), (f"{site.url}/story/1", False)]
    for full in (True, False):  # the feed tells it in other words, and later the page is there
        site.etag, site.told = f'"{full}"', f"full {full} times"
        poll(path, feed, SETTINGS, full=full, manners=MANNERS)
        assert rows(path, bodies) == [(f"{site.url}/story/0", True), (f"{site.url}/story/1", False)]
    assert rows(path, "select count(*) from marts.current_articles where contains(body, 'Jaime Gama')") == [(1,)]
    assert site.paths().count("/story/1") == 3, "three tries in the first round, none before five minutes are over"


def test_a_page_that_could_not_be_had_is_asked_for_again(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    feed = [f"{site.url}/feed.xml"]
    site.ill = {"/story/1"}
    poll(path, feed, SETTINGS, full=True, manners=MANNERS)
    site.ill = set()
    assert poll(path, feed, SETTINGS, full=True, manners=MANNERS) == (0, 1, 0, 0, [], None)
    with sqlite3.connect(tmp_path / ".w.duckdb.feeds") as memory:
        memory.execute("update links set not_before = '2001-01-01'")
    again = poll(path, feed, SETTINGS, full=True, manners=MANNERS)
    assert (again.unchanged, again.pages, again.failures) == (1, 1, [])
    assert rows(path, "select count(*) from marts.current_articles where contains(body, 'Jaime Gama')") == [(2,)]
    assert sqlite3.connect(tmp_path / ".w.duckdb.feeds").execute("select count(*) from links").fetchone() == (0,)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "<rss><channel>{0}</channel></rss>|<item><title>{0}</title><link>https://a.example/{0}</link><description>Told {0}.</description></item>",
            id="rss",
        ),
        pytest.param(
            '<feed xmlns="http://www.w3.org/2005/Atom">{0}</feed>|<entry><title>{0}</title><link href="https://a.example/{0}"/><summary>Told {0}.</summary></entry>',
            id="atom",
        ),
        pytest.param(
            '{{"version": "https://jsonfeed.org/version/1.1", "items": [{0}]}}|{{"id": "{0}", "url": "https://a.example/{0}", "content_text": "Told {0}."}}',
            id="json",
        ),
    ],
)
def test_entries_of_held_pages_are_left_out(tmp_path: Path, text: str) -> None:
    whole, _, entry = text.partition("|")
    file = tmp_path / "feed.xml"
    file.write_text(whole.format(("," if "json" in whole else "\n").join(entry.format(name) for name in ("a", "ü", "c"))))
    feed = Input("feed", file)
    links = _links(feed, SETTINGS)
    assert links == [f"https://a.example/{name}" for name in ("a", "ü", "c")]
    assert _leave_out(feed, links, {"https://a.example/ü", "https://b.example/"})
    assert _links(feed, SETTINGS) == ["https://a.example/a", "https://a.example/c"]
    assert not _leave_out(feed, links[::2], {"https://a.example/a", "https://a.example/c"})


def test_a_busy_server_is_asked_again_and_then_left_alone(site: Site, tmp_path: Path) -> None:
    site.busy = 2
    assert poll(tmp_path / "w.duckdb", [f"{site.url}/feed.xml"], SETTINGS, manners=MANNERS).new == 1
    site.busy, site.etag = 100, '"two"'
    assert poll(tmp_path / "w.duckdb", [f"{site.url}/feed.xml"], SETTINGS, manners=MANNERS).failures == [
        (f"{site.url}/feed.xml", "status 503")
    ]
    asked = len(site.asked)
    assert poll(tmp_path / "w.duckdb", [f"{site.url}/feed.xml"], SETTINGS, manners=MANNERS).put_off == 1
    assert len(site.asked) == asked


def test_robots_are_obeyed(site: Site) -> None:
    site.robots = "User-agent: *\nDisallow: /story/"
    web = Web(MANNERS)
    assert fetch(web, f"{site.url}/story/1").error == "robots.txt forbids it"
    assert fetch(web, f"{site.url}/feed.xml").status == 200
    assert site.paths() == ["/feed.xml"]


def test_a_host_is_not_asked_too_often(site: Site) -> None:
    web = Web(Manners(delay_seconds=0.3, allow_private=True))
    for number in range(3):
        fetch(web, f"{site.url}/story/{number}")
    moments = [moment for _, moment, _ in site.asked]
    assert all(after - before >= 0.28 for before, after in pairwise(moments))


@pytest.mark.parametrize(
    ("path", "says"),
    [
        pytest.param("/large", "more than 200000 bytes", id="too large"),
        pytest.param("/slow", "took more than 2 s", id="too slow"),
        pytest.param("/loop", "more than 5 redirects", id="redirects in a circle"),
        pytest.param("/to?file:///etc/passwd", "not http or https", id="redirect to a file"),
        pytest.param("/to?ftp://example.org/", "not http or https", id="redirect to ftp"),
        pytest.param("/to?http://[", "", id="redirect to nonsense"),
    ],
)
def test_what_is_refused(site: Site, path: str, says: str) -> None:
    answer = fetch(Web(MANNERS), f"{site.url}{path}")
    assert answer.status == 0 and answer.body == b"" and says in (answer.error or "")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254", "0.0.0.0", "2130706433", "[::ffff:127.0.0.1]"]
)
def test_private_addresses_are_refused(site: Site, host: str) -> None:
    answer = fetch(Web(Manners(delay_seconds=0, timeout_seconds=1)), f"http://{host}:{site.server_address[1]}/feed.xml")
    assert answer.status == 0 and site.asked == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            '<opml><body><outline text="a"><outline type="rss" xmlUrl="https://a.example/f?x=1&amp;y=2"/></outline></body></opml>',
            id="opml",
        ),
        pytest.param("name,url\nA,https://a.example/f?x=1&y=2\n", id="csv"),
        pytest.param("https://a.example/f?x=1&y=2\n\nhttps://a.example/f?x=1&y=2\n", id="lines, one twice"),
    ],
)
def test_lists_of_feeds(tmp_path: Path, text: str) -> None:
    (tmp_path / "feeds").write_text(text)
    assert read_feed_list(tmp_path / "feeds").feeds == ["https://a.example/f?x=1&y=2"]


@pytest.mark.parametrize(
    ("text", "feeds", "skipped"),
    [
        pytest.param(
            '<opml><body><outline text="News > World" xmlUrl="https://a.example/f"/><!-- <outline xmlUrl="https://c.example/"/> -->'
            '<outline title=\'"B" & more\' xmlurl=\'https://b.example/f?x=1&y=2\'></outline><outline xmlUrl="feed:b"/></body></opml>',
            ["https://a.example/f", "https://b.example/f?x=1&y=2"],
            ["feed:b"],
            id="opml that is not quite XML",
        ),
        pytest.param(
            '<!DOCTYPE opml [<!ENTITY e SYSTEM "file:///etc/hostname">]><opml><outline xmlUrl="https://a.example/&e;"/></opml>',
            ["https://a.example/&e;"],
            [],
            id="entities stay as they are",
        ),
        pytest.param("https://a.example/f?ids=1,2,3\nhttps://b.example/f, B\n", ["https://a.example/f?ids=1,2,3", "https://b.example/f"], [], id="commas"),
        pytest.param("# mine\nhttps://a.example/f\nftp://b.example/f\nwww.c.example\n", ["https://a.example/f"], ["ftp://b.example/f", "www.c.example"], id="others"),
        pytest.param("name,url\nA,https://a.example/f\nB,b.example\nC,\n", ["https://a.example/f"], ["b.example"], id="csv"),
    ],
)  # fmt: skip
def test_lists_of_feeds_say_what_is_none(tmp_path: Path, text: str, feeds: list[str], skipped: list[str]) -> None:
    (tmp_path / "feeds").write_text(text)
    assert read_feed_list(tmp_path / "feeds") == (feeds, skipped)


def test_a_list_without_feeds_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "feeds.csv").write_text("name,url\nA,file:///etc/passwd\n")
    with pytest.raises(InputNotFound, match="no feed in it"):
        read_feed_list(tmp_path / "feeds.csv")

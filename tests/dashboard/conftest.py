"""A dashboard in a process of its own, on the samples and on pages that mean harm, and a real browser to open it with."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bench.browser import CHROMIUM, DRAWN, FLAGS, start
from tests.conftest import SAMPLES

MISSING = next((f"no {name}" for name in ("streamlit", "playwright") if importlib.util.find_spec(name) is None), "")
WAIT_MS = 60_000  # a machine that does much else besides is slow, not wrong

HARM = """<script>alert('script')</script> <img src=x onerror=alert('img')> Reagan said he would *meet* [Gorbachev](javascript:alert('link'))

WASHINGTON, Dec. 8, 1987 — U.S. President Ronald Reagan met Soviet leader Mikhail Gorbachev in Washington on Tuesday, December 8, 1987.

"![pixel](https://evil.example/pixel.png) <svg onload=alert('svg')> We [trust](https://evil.example/a) but verify $x^2$ :red[now]," Reagan said on Tuesday.

<iframe src="https://evil.example/frame"></iframe> <a href="javascript:alert('a')">Read more about the summit of the two leaders here</a> and \u202egnp.live\u202c https://evil.example/auto www.evil.example were printed in the paper.

Reagan told reporters: "</blockquote></div><script>fetch('https://evil.example/quote')</script> The wall <style>*{display:none}</style> will fall," and left for Camp David.
"""


class Server(NamedTuple):
    """A running dashboard: its address and the warehouse that it shows."""

    url: str
    warehouse: Path


@pytest.fixture(scope="session")
def harmed_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, and a page whose every part tries to be more than text."""
    from flows.load.inputs import find_inputs
    from flows.runs import run_directly
    from flows.settings import Settings

    folder = tmp_path_factory.mktemp("dashboard")
    (folder / "harm").mkdir()
    (folder / "harm" / "harm.txt").write_text(HARM, encoding="utf-8")
    path = folder / "news.duckdb"
    run_directly(path, find_inputs([str(SAMPLES), str(folder / "harm")]), Settings(workers=1))
    return path


@pytest.fixture(scope="session")
def server(harmed_warehouse: Path) -> Iterator[Server]:
    """A dashboard that all tests look at."""
    process, url = start(harmed_warehouse)
    yield Server(url, harmed_warehouse)
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's chromium, without a window; the test is skipped where it, playwright or streamlit is missing."""
    if MISSING or not CHROMIUM:
        pytest.skip(MISSING or "no chromium on this machine: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


class Visit:
    """A tab that notes what should not happen: errors in the console, dialogs, requests to elsewhere."""

    def __init__(self, browser: Any, url: str, width: int = 1280, height: int = 900) -> None:
        """``browser`` is one, or a context of one: tabs of a context share what they fetched, which saves the most of a visit."""
        self.url = url
        self.faults: list[str] = []
        self.page = browser.new_page(viewport={"width": width, "height": height}) if hasattr(browser, "new_context") else browser.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("console", self._note)
        self.page.on("dialog", lambda dialog: (self.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.page.on("request", self._check)

    def _note(self, message: Any) -> None:
        # a deep link makes streamlit look for its server below the page's path first, and find it above
        if message.type == "error" and "/_stcore/" not in str(message.location.get("url")):
            self.faults.append(f"console: {message.text}")

    def _check(self, request: Any) -> None:
        if not request.url.startswith((self.url, self.url.replace("http", "ws"), "data:", "blob:")):
            self.faults.append(f"request: {request.url}")

    def open(self, path: str, heading: str = "") -> None:
        """Open a page by its address and wait until it is drawn."""
        self.page.goto(f"{self.url}/{path}")
        self.rest(heading)

    def rest(self, heading: str = "") -> None:
        """Wait until the page of this heading is drawn."""
        self.page.locator("h1", has_text=heading).first.wait_for(timeout=WAIT_MS)
        self.page.wait_for_function(DRAWN, timeout=WAIT_MS)

    def close(self) -> None:
        """Close the tab; nothing that should not happen may have happened."""
        self.page.close()
        assert not self.faults


@pytest.fixture(scope="session")
def laptop(browser: Any) -> Iterator[Any]:
    """What all tabs at the width of a laptop share."""
    found = browser.new_context(viewport={"width": 1280, "height": 900})
    yield found
    found.close()


@pytest.fixture
def visit(laptop: Any, server: Server) -> Iterator[Visit]:
    """A tab on the dashboard at the width of a laptop."""
    found = Visit(laptop, server.url)
    yield found
    found.close()

"""The dashboard in the real browser: how long a page takes to its first paint, and a turn of its filters to the drawn answer."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from flows.warehouse import connect_reader

PAGES = ["Today", "Meetings", "Said", "Timeline", "Countries", "Outlets", "Article", "Search", "Quality", "SQL"]
FILTERED = ["Today", "Meetings", "Said", "Timeline", "Countries", "Outlets"]
CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), "")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DRAWN = "() => !document.querySelector('[data-testid=stStatusWidget]') && document.querySelector('[data-test-script-state=notRunning]')"
_WAIT_MS = 120_000
ROOT = Path(__file__).parents[1]


class Server(NamedTuple):
    """A running dashboard: its address, and its process."""

    url: str
    pid: int

    def cpu_seconds(self) -> float:
        """What it has computed until now; 0 where the system does not say."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Took(NamedTuple):
    """Seconds from a click until all is drawn, and those of CPU that the server took."""

    what: str
    wall: float
    cpu: float


def start(warehouse: Path, *arguments: str, **environment: str) -> tuple[subprocess.Popen[bytes], str]:
    """A dashboard of a warehouse, ready to answer, and its address; the caller ends it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "flows.cli", "dashboard", "-w", str(warehouse.absolute()), "--port", str(port), *arguments]
    said = tempfile.TemporaryFile()  # noqa: SIM115, a pipe that nobody empties would stop it
    process = subprocess.Popen(
        command,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=said,
        stderr=subprocess.STDOUT,
        cwd=warehouse.parent,
    )
    url = f"http://127.0.0.1:{port}"
    for _ in range(600):
        with contextlib.suppress(urllib.error.URLError, OSError):
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=1)
            return process, url
        if process.poll() is not None:
            break
        time.sleep(0.1)
    process.kill()
    said.seek(0)
    raise RuntimeError(f"the dashboard did not answer: {said.read().decode(errors='replace')[-2000:]}")


@contextlib.contextmanager
def serving(warehouse: Path) -> Iterator[Server]:
    """A dashboard of the warehouse, with nothing of it asked yet."""
    process, url = start(warehouse)
    try:
        yield Server(url, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


def address(page: str) -> str:
    """A page's path."""
    return "" if page == "Today" else page.lower()


def seconds_to_open(browser: Any, url: str, page: str) -> tuple[float, float]:
    """Open a page in a fresh tab without a cache; seconds until its heading is painted, and until all of it is drawn."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    started = time.perf_counter()
    tab.goto(f"{url}/{address(page)}")
    tab.locator("h1", has_text=page).first.wait_for(timeout=_WAIT_MS)
    painted = time.perf_counter() - started
    tab.wait_for_function(DRAWN, timeout=_WAIT_MS)
    drawn = time.perf_counter() - started
    context.close()
    return painted, drawn


def offered(warehouse: Path) -> dict[str, list[str]]:
    """What the filters for people and outlets offer: the most frequent names."""
    with connect_reader(warehouse) as con:
        people = con.execute(
            "select name from main.mentions join main.entities using (entity_id) where kind = 'person' "
            "group by entity_id, name order by count(*) desc, entity_id limit 60"
        ).fetchall()
        outlets = con.execute("select outlet from main.articles group by outlet order by count(*) desc, outlet limit 60").fetchall()
    return {"People": [name for (name,) in people], "Outlets": [name for (name,) in outlets]}


def stopwatch(tab: Any, server: Server, took: list[Took]) -> Any:
    """A function that clicks, waits until the condition holds and all is drawn, and notes what that took."""

    def clock(what: str, click: Any, until: str, shown: Any = None) -> None:
        started, spent = time.perf_counter(), server.cpu_seconds()
        click()
        tab.wait_for_function(until, timeout=_WAIT_MS)
        if shown is not None:
            shown.wait_for(timeout=_WAIT_MS)
        tab.wait_for_function(DRAWN, timeout=_WAIT_MS)
        took.append(Took(what, time.perf_counter() - started, server.cpu_seconds() - spent))
        tab.wait_for_timeout(200)

    return clock


def seconds_to_turn(browser: Any, server: Server, page: str, choices: dict[str, list[str]], turn: int) -> list[Took]:
    """Choose a person, then an outlet, then clear both; seconds from each click until all is drawn."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.goto(f"{server.url}/{address(page)}")
    tab.locator("h1", has_text=page).first.wait_for(timeout=_WAIT_MS)
    tab.wait_for_function(DRAWN, timeout=_WAIT_MS)
    took: list[Took] = []

    clock = stopwatch(tab, server, took)
    for label, name in (("People", "person"), ("Outlets", "outlet")):
        said = choices[label][turn % len(choices[label])]
        box = tab.get_by_role("combobox", name=label)
        box.click()
        box.fill(said)
        option = tab.get_by_role("option", name=said, exact=True).first
        option.wait_for()
        clock(f"{page}: choose one of {label.lower()}", option.click, f"() => location.search.includes('{name}=')")
        tab.locator("h1").first.click()
    clock(
        f"{page}: clear the filters",
        tab.get_by_role("button", name="Clear all filters").click,
        "() => !location.search.includes('person=')",
    )
    context.close()
    return took


def seconds_elsewhere(browser: Any, server: Server, turn: int) -> list[Took]:
    """What is done on the other pages: go through the sidebar, search, open an article and a fact, run a query."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    took: list[Took] = []

    clock = stopwatch(tab, server, took)
    tab.goto(f"{server.url}/search")
    tab.locator("h1", has_text="Search").first.wait_for(timeout=_WAIT_MS)
    tab.wait_for_function(DRAWN, timeout=_WAIT_MS)
    box = tab.get_by_role("textbox", name="Words")
    words = ["missile treaty", "joint communiqué", "news agency", "wall", "北京大学", "minister talks", "forces", "empty-handed"][turn % 8]
    box.fill(words)
    clock("Search: words", lambda: box.press("Enter"), "() => location.search.includes('q=')", shown=tab.locator("ol li").first)
    clock("Search: open an article", tab.locator("ol li a").nth(turn % 5).click, "() => location.pathname.endsWith('/article')")
    fact = tab.locator(".clean .fact").nth(turn % 5)
    fact.wait_for(timeout=_WAIT_MS)
    clock("Article: a fact's row", fact.click, "() => document.querySelector('[role=dialog]')")
    tab.keyboard.press("Escape")
    for page in PAGES:
        link = tab.get_by_test_id("stSidebar").get_by_role("link", name=page, exact=True)
        clock(
            "Any page from the sidebar", link.click, f"() => [...document.querySelectorAll('h1')].some(each => each.innerText == '{page}')"
        )
    clock("SQL: run a query", tab.get_by_role("button", name="Run", exact=True).click, "() => document.querySelector('[role=tab]')")
    context.close()
    return took


def measure_dashboard(warehouse: Path, turns: int) -> None:
    """Print the seconds to the first paint of every page, first and later visits, and p50 and p95 of what is done on it.

    CPU is the server's: where other programs share the machine, it tells more than the clock.
    """
    from playwright.sync_api import sync_playwright

    if not CHROMIUM:
        print("\nNo chromium on this machine: the dashboard is not measured.")
        return
    choices = offered(warehouse)
    with sync_playwright() as play, serving(warehouse) as server:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        seconds_to_open(browser, server.url, "SQL")  # streamlit imports its pages with the first visit
        print(f"\n{'Page, seconds':<28}{'painted':>9}{'drawn':>9}{'CPU':>7}{'again: painted':>16}{'drawn':>9}{'CPU':>7}")
        for page in PAGES:
            told: list[float] = []
            for _ in range(2):
                spent = server.cpu_seconds()
                told += [*seconds_to_open(browser, server.url, page), server.cpu_seconds() - spent]
            print(f"{page:<28}{told[0]:>9.2f}{told[1]:>9.2f}{told[2]:>7.2f}{told[3]:>16.2f}{told[4]:>9.2f}{told[5]:>7.2f}", flush=True)
        took: dict[str, list[Took]] = {}
        for turn in range(turns):
            turned = [each for page in FILTERED for each in seconds_to_turn(browser, server, page, choices, turn)]
            for each in turned + seconds_elsewhere(browser, server, turn):
                took.setdefault(each.what, []).append(each)
        print(f"\n{'What is done, ms':<36}{'p50':>8}{'p95':>8}{'CPU p50':>9}{'CPU p95':>9}")
        for what, done in [*took.items(), ("All of it", [each for times in took.values() for each in times])]:
            told = [1000 * quantile([getattr(each, kind) for each in done], share) for kind in ("wall", "cpu") for share in (0.5, 0.95)]
            print(f"{what:<36}{told[0]:>8.0f}{told[1]:>8.0f}{told[2]:>9.0f}{told[3]:>9.0f}", flush=True)
        browser.close()


def quantile(values: list[float], share: float) -> float:
    """The value that so large a share of all does not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]

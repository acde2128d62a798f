"""The dashboard in the real browser: how long a page takes to its first paint, and a turn of its filters to the drawn answer."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flows.warehouse import connect_reader

PAGES = ["Today", "Meetings", "Said", "Timeline", "Countries", "Outlets", "Article", "Search", "Quality", "SQL"]
FILTERED = ["Today", "Meetings", "Said", "Timeline", "Countries", "Outlets"]
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
]
_DRAWN = "() => !document.querySelector('[data-testid=stStatusWidget]') && document.querySelector('[data-test-script-state=notRunning]')"
_WAIT_MS = 120_000


@contextlib.contextmanager
def serving(warehouse: Path) -> Iterator[str]:
    """The address of a dashboard of the warehouse, with nothing of it asked yet."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "flows.cli", "dashboard", "-w", str(warehouse), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ))
    url = f"http://127.0.0.1:{port}"
    try:
        while True:
            with contextlib.suppress(urllib.error.URLError, OSError):
                urllib.request.urlopen(f"{url}/_stcore/health", timeout=1)
                break
            if process.poll() is not None:
                raise RuntimeError("the dashboard ended before it answered")
            time.sleep(0.1)
        yield url
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
    tab.wait_for_function(_DRAWN, timeout=_WAIT_MS)
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


def seconds_to_turn(browser: Any, url: str, page: str, choices: dict[str, list[str]], turn: int) -> list[tuple[str, float]]:
    """Choose a person, then an outlet, then clear both; seconds from each click until all is drawn."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.goto(f"{url}/{address(page)}")
    tab.locator("h1", has_text=page).first.wait_for(timeout=_WAIT_MS)
    tab.wait_for_function(_DRAWN, timeout=_WAIT_MS)
    took = []

    def clock(what: str, click: Any, until: str) -> None:
        started = time.perf_counter()
        click()
        tab.wait_for_function(until, timeout=_WAIT_MS)
        tab.wait_for_function(_DRAWN, timeout=_WAIT_MS)
        took.append((what, time.perf_counter() - started))
        tab.wait_for_timeout(200)

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


def seconds_elsewhere(browser: Any, url: str, warehouse: Path, turn: int) -> list[tuple[str, float]]:
    """What is done on the other pages: go through the sidebar, search, open an article and a fact, run a query."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    took = []

    def clock(what: str, click: Any, until: str) -> None:
        started = time.perf_counter()
        click()
        tab.wait_for_function(until, timeout=_WAIT_MS)
        tab.wait_for_function(_DRAWN, timeout=_WAIT_MS)
        took.append((what, time.perf_counter() - started))
        tab.wait_for_timeout(200)

    tab.goto(f"{url}/search")
    tab.locator("h1", has_text="Search").first.wait_for(timeout=_WAIT_MS)
    tab.wait_for_function(_DRAWN, timeout=_WAIT_MS)
    box = tab.get_by_role("textbox", name="Words")
    words = ["missile treaty", "joint communiqué", "news agency", "wall", "北京大学", "minister talks", "forces", "empty-handed"][turn % 8]
    box.fill(words)
    clock("Search: words", lambda: box.press("Enter"), "() => location.search.includes('q=') && document.querySelector('ol li')")
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
    """Print the seconds to the first paint of every page, first and later visits, and p50 and p95 of what is done on it."""
    from playwright.sync_api import sync_playwright

    chromium = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
    if chromium is None:
        print("\nNo chromium on this machine: the dashboard is not measured.")
        return
    choices = offered(warehouse)
    with sync_playwright() as play, serving(warehouse) as url:
        browser = play.chromium.launch(executable_path=chromium, args=_FLAGS)
        seconds_to_open(browser, url, "SQL")  # streamlit imports its pages with the first visit
        print(f"\n{'Page, seconds':<28}{'painted':>9}{'drawn':>9}{'again: painted':>16}{'drawn':>9}")
        for page in PAGES:
            first, again = seconds_to_open(browser, url, page), seconds_to_open(browser, url, page)
            print(f"{page:<28}{first[0]:>9.2f}{first[1]:>9.2f}{again[0]:>16.2f}{again[1]:>9.2f}", flush=True)
        took: dict[str, list[float]] = {}
        for turn in range(turns):
            found = [each for page in FILTERED for each in seconds_to_turn(browser, url, page, choices, turn)]
            for what, seconds in found + seconds_elsewhere(browser, url, warehouse, turn):
                took.setdefault(what, []).append(seconds)
        print(f"\n{'What is done, ms':<36}{'p50':>8}{'p95':>8}")
        for what, seconds in [*took.items(), ("All of it", [each for times in took.values() for each in times])]:
            ordered = sorted(seconds)
            middle, late = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
            print(f"{what:<36}{1000 * middle:>8.0f}{1000 * late:>8.0f}", flush=True)
        browser.close()

"""Every page in a real browser: it opens, its filters work and stand in the address, its links lead to the article and back."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.dashboard.conftest import Server, Visit, start

expect = pytest.importorskip("playwright.sync_api").expect
pytestmark = pytest.mark.browser
PAGES = ["Today", "Meetings", "Said", "Timeline", "Countries", "Outlets", "Article", "Search", "Quality", "SQL"]
CHARTS = {"Today": 2, "Meetings": 3, "Said": 1, "Timeline": 1, "Countries": 3, "Outlets": 2, "Quality": 3}


def is_drawn(picture: bytes, width: int = 1280, height: int = 900) -> bool:
    """Whether a picture has its size and shows more than a plain page: a compressed blank is tiny."""
    size = int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")
    return size == (width, height) and len(picture) > 12_000


def test_every_page_opens_from_the_sidebar_without_an_error(visit: Visit) -> None:
    visit.open("", "Today")
    for name in PAGES:
        visit.page.get_by_test_id("stSidebar").get_by_role("link", name=name, exact=True).click()
        visit.rest(name)
        if name in CHARTS:
            visit.page.wait_for_function(
                "count => document.querySelectorAll('[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg').length >= count",
                arg=CHARTS[name],
                timeout=10_000,
            )
        assert not visit.page.get_by_test_id("stException").count()
        assert is_drawn(visit.page.screenshot()), name


def test_a_page_opens_by_its_address_with_the_filters_in_it(visit: Visit) -> None:
    visit.open("meetings?country=CHN&from=1972-01-01&to=1972-12-31", "Meetings")
    sidebar = visit.page.get_by_test_id("stSidebar")
    sidebar.get_by_text("China").first.wait_for()
    visit.page.locator("ol .lead").first.wait_for()
    leads = visit.page.locator("ol .lead").all_inner_texts()
    assert leads and all("1972" in lead for lead in leads)
    sidebar.get_by_role("link", name="Said", exact=True).click()
    visit.rest("Said")
    assert "country=CHN" in visit.page.url and "from=1972-01-01" in visit.page.url


def test_a_filter_lands_in_the_address_and_goes_with_clear(visit: Visit) -> None:
    visit.open("said", "Said")
    lines, speakers = visit.page.locator("ol li"), visit.page.locator("ol li strong")
    lines.first.wait_for()
    before = lines.count()
    box = visit.page.get_by_role("combobox", name="People")
    box.click()
    box.type("Gorbachev")
    visit.page.get_by_role("option", name="Mikhail Gorbachev").first.click()
    visit.page.wait_for_url("**/said?person=*")
    expect(lines).not_to_have_count(before)
    visit.rest("Said")
    assert set(speakers.all_inner_texts()) == {"Mikhail Gorbachev"}
    visit.page.locator("h1").click()  # closes the list of options
    visit.page.get_by_role("button", name="Clear all filters").click()
    visit.page.wait_for_function("() => !location.search.includes('person')")
    expect(lines).to_have_count(before)


def test_filters_that_leave_nothing_say_what_to_do(visit: Visit) -> None:
    visit.open("timeline?from=1801-01-01&to=1801-01-02", "Timeline")
    visit.page.get_by_text("The filters leave no dated events.").wait_for()


def test_a_link_leads_to_the_article_a_fact_to_its_row_and_back(visit: Visit) -> None:
    visit.open("said?person=person%2Fronald-reagan", "Said")
    link = visit.page.locator("ol li a").last
    assert link.get_attribute("href").startswith("article?article=")  # it also opens in another tab
    link.click()
    visit.page.wait_for_url("**/article?*fact=quote-*")
    visit.rest()
    assert "person=person" in visit.page.url
    marked = visit.page.locator(".clean .fact.quote")
    marked.first.wait_for()
    assert visit.page.locator(".raw .block.body").first.get_attribute("title").startswith("body, kept")
    marked.first.focus()
    visit.page.keyboard.press("Enter")
    dialog = visit.page.get_by_role("dialog")
    dialog.wait_for()
    assert dialog.get_by_text("as it stands in").count() == 1
    visit.page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    while "/article" in visit.page.url:
        visit.page.go_back()
        visit.page.wait_for_timeout(150)
    visit.rest("Said")
    assert "person=person" in visit.page.url


def test_search_finds_marks_and_stands_in_the_address(visit: Visit) -> None:
    visit.open("search?q=missile", "Search")
    assert visit.page.locator("ol li mark").first.inner_text().lower().startswith("missile")
    box = visit.page.get_by_role("textbox", name="Words")
    box.fill("zzzznothing")
    box.press("Enter")
    visit.page.wait_for_url("**q=zzzznothing*")
    visit.page.get_by_text("Try fewer words").wait_for()


def test_the_console_takes_a_question_and_answers(visit: Visit) -> None:
    visit.open("sql", "SQL")
    visit.page.get_by_role("button", name="Run", exact=True).click()
    visit.page.get_by_role("tab", name="Table").wait_for()
    visit.page.get_by_role("tab", name="Chart").click()
    visit.page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg").first.wait_for()
    visit.page.get_by_role("textbox", name="Query").fill("copy articles to '/tmp/stolen.csv'")
    visit.page.get_by_role("textbox", name="Query").press("Control+Enter")
    visit.rest("SQL")
    visit.page.get_by_role("button", name="Run", exact=True).click()
    visit.page.get_by_text("The query has no answer.").wait_for()


def test_pages_fit_a_phone(browser: Any, server: Server) -> None:
    phone = Visit(browser, server.url, 390, 844)
    for path, name in (("", "Today"), ("meetings", "Meetings"), ("said", "Said"), ("article", "Article")):
        phone.open(path, name)
        assert phone.page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390, name
        assert is_drawn(phone.page.screenshot(), 390, 844), name
    phone.close()


def test_new_data_appears_without_a_restart(visit: Visit, server: Server, tmp_path: Path) -> None:
    from flows.load.inputs import find_inputs
    from flows.runs import run_directly
    from flows.settings import Settings

    visit.open("search?q=unheardof", "Search")
    visit.page.get_by_text("Try fewer words").wait_for()
    page = tmp_path / "new.txt"
    page.write_text(
        "An unheardof treaty\n\nVIENNA, June 4, 1961 — President John F. Kennedy met Soviet leader Nikita Khrushchev in Vienna on Sunday.\n",
        encoding="utf-8",
    )
    run_directly(server.warehouse, find_inputs([str(page)]), Settings(workers=1))
    visit.open("search?q=unheardof", "Search")
    expect(visit.page.locator("ol li").first).to_contain_text("unheardof")


def test_alarms_of_the_last_run_ring_on_today(visit: Visit, server: Server) -> None:
    import duckdb

    changed = server.warehouse.with_name("changed.duckdb")
    shutil.copy(server.warehouse, changed)
    with duckdb.connect(str(changed)) as con:
        last = "(select run_id from ops.runs order by started_at desc limit 1)"
        con.execute(
            f"insert into ops.alarms values ({last}, 'silent.example', 'no pages', 12, 0, 'pages a run'), ('long-ago', 'old.example', 'no pages', 9, 0, '')"
        )
        con.execute(
            f"update ops.checks set passed = false, failing_rows = 3 where run_id = {last} and \"check\" = 'blocks__cover_the_page'"
        )
    changed.replace(server.warehouse)
    visit.open("", "Today")
    visit.page.get_by_text("1 alarm of the last run").wait_for()
    visit.page.get_by_text("checks do not hold in the last run").wait_for()
    table = visit.page.locator("canvas table[role=grid]").first  # drawn as a picture; this is what a screen reader reads
    table.wait_for(state="attached")
    expect(table).to_contain_text("silent.example")
    assert "old.example" not in str(table.text_content())
    visit.open("quality", "Quality")
    visit.page.get_by_text("checks do not hold after the last run").wait_for()


def test_another_address_than_loopback_asks_for_a_token_first(browser: Any, harmed_warehouse: Path) -> None:
    process, url = start(harmed_warehouse, "--host", "0.0.0.0", WIREHOUSE_TOKEN="open sesame")
    try:
        tab = Visit(browser, url)
        tab.open("meetings", "Wirehouse")
        shown = tab.page.locator("body").inner_text()
        assert "Meetings" not in shown and "Nixon" not in shown
        box = tab.page.get_by_label("Token", exact=True)
        box.fill("open barley")
        tab.page.get_by_role("button", name="Open").click()
        tab.page.get_by_text("That is not the token.").wait_for()
        box.fill("open sesame")
        tab.page.get_by_role("button", name="Open").click()
        tab.rest("Meetings")
        tab.close()
    finally:
        process.terminate()
        process.wait(timeout=20)

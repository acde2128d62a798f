"""An article that tries to be more than text, in a real browser: it is shown, and nothing of it runs, loads or becomes a link."""

import pytest

from tests.dashboard.conftest import Server, Visit

pytestmark = pytest.mark.browser

INJECTED = """() => {
  const roots = [document];
  const seen = [];
  while (roots.length) {
    const root = roots.pop();
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) roots.push(element.shadowRoot);
      const text = [element.getAttribute('src'), element.getAttribute('href'), element.getAttribute('onerror'), element.getAttribute('onload')].join(' ');
      if (/evil\\.example|javascript:|alert\\(/.test(text) || element.localName === 'iframe' && /evil/.test(element.outerHTML)) seen.push(element.outerHTML.slice(0, 200));
    }
  }
  return seen;
}"""


def harmful_article(server: Server) -> str:
    from flows.warehouse import connect_reader

    with connect_reader(server.warehouse) as con:
        row = con.execute("select article_id from articles join documents using (document_id) where source_uri like '%harm.txt'").fetchone()
    assert row
    return str(row[0])


@pytest.mark.parametrize(
    "path",
    ["", "meetings?from=1987-12-01", "said", "timeline", "countries", "outlets", "search?q=evil.example", "search?q=%3Cscript%3Ealert('q')%3C/script%3E", "article", "quality",
     "article?article=%3Cimg%20src=x%20onerror=alert(1)%3E", "said?person=%3Cimg%20src=x%20onerror=alert(1)%3E&outlet=%5Ba%5D(javascript:alert(1))"],
)  # fmt: skip
def test_nothing_of_it_runs_on(visit: Visit, path: str) -> None:
    visit.open(path)
    visit.page.wait_for_timeout(150)
    assert visit.page.evaluate(INJECTED) == []


def test_its_own_page_shows_it_as_text(visit: Visit, server: Server) -> None:
    article = harmful_article(server)
    visit.open(f"article?article={article}&fact=quote-1")
    visit.page.locator(".clean .block").first.wait_for()
    assert visit.page.evaluate(INJECTED) == []
    raw = visit.page.locator(".raw").inner_text()
    assert (
        "<script>alert('script')</script>" in raw
        and "javascript:alert('link')" in raw
        and "![pixel](https://evil.example/pixel.png)" in raw
    )
    assert "\u202e" not in raw and "�" in raw  # what turns the line around is shown, not obeyed
    assert "<script>" in visit.page.locator("h1").first.inner_text() or "img src=x" in visit.page.locator("h1").first.inner_text()
    visit.page.get_by_role("button", name="Show the row of quote 1").click()
    visit.page.get_by_role("dialog").wait_for()
    assert visit.page.evaluate(INJECTED) == []


def test_the_console_shows_it_as_text(visit: Visit) -> None:
    visit.open("sql", "SQL")
    query = visit.page.get_by_role("textbox", name="Query")
    query.fill("""select title as "<img src=x onerror=alert(1)>", body, 1 as n from articles where body like '%evil%'""")
    query.press("Control+Enter")
    visit.rest("SQL")
    visit.page.get_by_role("button", name="Run", exact=True).click()
    visit.page.get_by_role("tab", name="Chart").click()
    visit.page.wait_for_timeout(400)
    assert visit.page.evaluate(INJECTED) == []

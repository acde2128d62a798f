"""What an HTML page tells of itself: title, authors, dates, with the source that decided."""

import json
from pathlib import Path

import pytest

from flows.load.html import read_html
from flows.load.html_dates import date_in_url, find_dates, read_stamp
from flows.load.html_jsonld import read_linked_articles
from flows.load.html_metadata import HtmlMetadata
from flows.load.html_titles import cut_site, site_keys
from flows.reference.html_hints import load_html_hints

HINTS = load_html_hints(Path(__file__).parents[2] / "flows" / "reference")
URL = "https://www.daily-tidings.example/world/talks-open"


def metadata(html: str, url: str | None = URL) -> HtmlMetadata:
    return read_html(html, url=url, hints=HINTS).metadata


def linked(*values: object) -> str:
    return "".join(f"<script type='application/ld+json'>{json.dumps(value)}</script>" for value in values)


def meta(**names: str) -> str:
    return "".join(f'<meta property="{name.replace("__", ":")}" content="{content}">' for name, content in names.items())


def test_everything_from_a_graph() -> None:
    found = metadata(
        "<html lang='en-GB'>"
        + linked(
            {
                "@context": "https://schema.org",
                "@graph": [
                    {"@type": "WebSite", "name": "Daily Tidings"},
                    {"@type": "Person", "@id": "#ann", "name": "Ann Poe"},
                    {
                        "@type": ["NewsArticle", "Article"],
                        "headline": "Talks open &amp; close",
                        "datePublished": "2024-05-03T23:10:00+02:00",
                        "dateModified": "2024-05-09T10:00:00+02:00",
                        "author": [{"@id": "#ann"}, {"@type": "Person", "name": "John Roe"}, {"@type": "Organization", "name": "Wire Co"}],
                        "publisher": {"@type": "Organization", "name": "Daily Tidings"},
                        "isAccessibleForFree": "False",
                        "articleSection": ["World", "Europe"],
                        "description": "Two days in a customs house.",
                    },
                ],
            }
        )
        + "<link rel=canonical href='/world/talks'><h1>Talks open &amp; close</h1><p>Rain fell.</p>"
    )
    assert found == HtmlMetadata(
        title="Talks open & close",
        title_basis="h1",
        authors=("Ann Poe", "John Roe"),
        byline="Ann Poe, John Roe, Wire Co",
        byline_basis="json-ld",
        published="2024-05-03T23:10:00+02:00",
        published_basis="json-ld",
        modified="2024-05-09T10:00:00+02:00",
        site_name="Daily Tidings",
        url="https://www.daily-tidings.example/world/talks",
        language="en",
        description="Two days in a customs house.",
        section="World",
        paywalled=True,
    )


@pytest.mark.parametrize("html", ["", "plain text", "<", "<meta><link><title></title><h1></h1><time></time>", linked([], None, 3, "x", {})])
def test_a_page_that_tells_nothing(html: str) -> None:
    assert metadata(html, url=None) == HtmlMetadata()


@pytest.mark.parametrize(
    ("html", "title", "basis"),
    [
        pytest.param("<title>Talks open - Daily Tidings</title>", "Talks open", "title tag", id="site behind"),
        pytest.param("<title>Daily Tidings: Talks open</title>", "Daily Tidings: Talks open", "title tag", id="a colon parts no site"),
        pytest.param("<title>Daily Tidings | Talks open</title>", "Talks open", "title tag", id="site before"),
        pytest.param(
            meta(og__title="Talks open | World | Daily Tidings"), "Talks open | World", "meta", id="short title keeps its section"
        ),
        pytest.param(meta(og__title="Talks open - then close"), "Talks open - then close", "meta", id="a dash of its own"),
        pytest.param(
            "<h1>Daily Tidings</h1>" + meta(og__title="Talks open in Geneva"), "Talks open in Geneva", "meta", id="h1 is the site"
        ),
        pytest.param(
            "<h1>Opinion</h1><h1>Why talks fail in winter</h1>" + meta(og__title="Opinion | Why talks fail in winter"),
            "Why talks fail in winter",
            "h1",
            id="two h1",
        ),
        pytest.param(
            "<h1><span>Geneva</span> <span>Talks open without Moscow</span></h1>" + meta(og__title="Geneva: Talks open without Moscow"),
            "Geneva: Talks open without Moscow",
            "h1",
            id="kicker parted as declared",
        ),
        pytest.param(
            "<h1><span>Peace talks</span> <span>Delegations meet for a third day</span></h1>"
            + meta(og__title="Delegations meet for a third day"),
            "Delegations meet for a third day",
            "h1",
            id="kicker left out as declared",
        ),
        pytest.param(
            "<h1>Ministers agree on a grain corridor</h1>" + meta(og__title="Grain deal done"),
            "Ministers agree on a grain corridor",
            "h1",
            id="the page's own words before those for sharing",
        ),
        pytest.param("<h2>Talks open in Geneva</h2>" + meta(og__title="Talks open in Geneva"), "Talks open in Geneva", "meta", id="no h1"),
        pytest.param("<h1>حكومة جديدة في عمان</h1>", "حكومة جديدة في عمان", "h1", id="right to left"),
        pytest.param("<title>両国が会談を再開 - Daily Tidings</title><h1>両国が会談を再開</h1>", "両国が会談を再開", "h1", id="no spaces"),
        pytest.param("<title>Daily Tidings</title>", None, None, id="nothing but the site"),
    ],
)
def test_title(html: str, title: str | None, basis: str | None) -> None:
    found = metadata(html)
    assert (found.title, found.title_basis) == (title, basis)


ARTICLE = "<p>" + "The delegations met for a third day in the old customs house. " * 4 + "</p>"
ARTICLE_LINKED = linked({"@type": "NewsArticle", "headline": "Talks", "datePublished": "2024-05-03T23:30:00Z"})


@pytest.mark.parametrize(
    ("html", "url", "day", "basis"),
    [
        pytest.param(
            meta(article__published_time="2024-05-03T10:00:00Z", article__modified_time="2024-06-01"), URL, "2024-05-03", "meta", id="meta"
        ),
        pytest.param(
            linked({"@type": "NewsArticle", "datePublished": "2024-05-03"}) + meta(article__published_time="2024-05-04"),
            URL,
            "2024-05-03",
            "json-ld",
            id="json-ld before meta",
        ),
        pytest.param(
            linked({"@type": "NewsArticle", "datePublished": "2019-01-01"})
            + meta(article__published_time="2024-05-04")
            + f"<h1>Talks open</h1><time datetime=2024-05-04>4 May 2024</time>{ARTICLE}",
            URL,
            "2024-05-04",
            "meta",
            id="two against one",
        ),
        pytest.param(
            ARTICLE_LINKED + f"<h1>Talks</h1><p>4 May 2024, 1:30 am</p>{ARTICLE}", URL, "2024-05-04", "printed", id="UTC gives way to print"
        ),
        pytest.param(
            ARTICLE_LINKED + f"<h1>Talks</h1><p>Updated 4 May 2024</p>{ARTICLE}", URL, "2024-05-03", "json-ld", id="but not to an update"
        ),
        pytest.param(ARTICLE_LINKED, "https://t.example/2024/05/04/talks", "2024-05-04", "url", id="UTC gives way to the address"),
        pytest.param(
            f"<h1>Talks open</h1><time datetime='2024-05-03T10:00+02:00'>Friday</time>{ARTICLE}"
            "<div class=related><a href=x>Other</a><time datetime=2024-06-01>1 June</time></div>",
            URL,
            "2024-05-03",
            "time",
            id="time near the headline",
        ),
        pytest.param(
            f"<div class='related-stories'><time datetime=2024-06-01>1 June 2024</time><a>Other</a></div><h1>Talks open</h1>{ARTICLE}",
            URL,
            None,
            None,
            id="time in a teaser alone",
        ),
        pytest.param(
            f"<h1>Talks open</h1><p>Veröffentlicht am 3. Mai 2024 | Aktualisiert 9. Mai 2024</p>{ARTICLE}",
            URL,
            "2024-05-03",
            "printed",
            id="German",
        ),
        pytest.param(
            f"<h1>Talks open</h1><p>Updated May 9, 2024 | Published May 3, 2024</p>{ARTICLE}",
            URL,
            "2024-05-03",
            "printed",
            id="update printed first",
        ),
        pytest.param(f"<html lang=en-US><h1>Talks open</h1><p>05/03/2024</p>{ARTICLE}", URL, "2024-05-03", "printed", id="American order"),
        pytest.param(f"<h1>Talks open</h1><p>05/13/2024</p>{ARTICLE}", URL, "2024-05-13", "printed", id="no thirteenth month"),
        pytest.param("<h1>Talks in Bern</h1><p>Roe met Doe in Bern on 3 May 2013.</p>", URL, None, None, id="a date in a sentence"),
        pytest.param(
            "<h1>Talks in Bern</h1><p>The report was published on 3 May 2013 and led to talks.</p>",
            URL,
            None,
            None,
            id="another's publication",
        ),
        pytest.param("<h1>Talks in Bern</h1><h2>Roe saw Doe in Bern on 3 May 2013</h2>", URL, None, None, id="a date in a subhead"),
        pytest.param(f"<h1>Talks</h1><p>By Ann Roe, 3 May 2013</p>{ARTICLE}", URL, "2013-05-03", "printed", id="byline and date"),
        pytest.param(
            f"<h1>Talks</h1><p>This article was published on 3 May 2013.</p>{ARTICLE}", URL, "2013-05-03", "printed", id="its own"
        ),
        pytest.param(f"<html lang=en-GB><h1>Talks open</h1><p>03/05/2024</p>{ARTICLE}", URL, "2024-05-03", "printed", id="British order"),
        pytest.param(f"<html lang=ja><h1>会談再開</h1><p>2024年5月3日</p>{ARTICLE}", URL, "2024-05-03", "printed", id="Japanese"),
        pytest.param(f"<html lang=ru><h1>Переговоры</h1><p>3 мая 2024</p>{ARTICLE}", URL, "2024-05-03", "printed", id="Russian"),
        pytest.param(f"<h1>Talks open</h1>{ARTICLE}<footer>© 2024-05-03 Daily Tidings</footer>", URL, None, None, id="copyright line"),
        pytest.param("<h1>Talks open</h1>", "https://t.example/2024/05/03/talks", "2024-05-03", "url", id="address alone"),
        pytest.param(
            f"<article><h1>Talks open</h1><span itemprop=datePublished content=2024-05-03>today</span>{ARTICLE}</article>",
            URL,
            "2024-05-03",
            "microdata",
            id="microdata",
        ),
        pytest.param(
            meta(og__updated_time="2024-05-09") + "<h1>Talks open</h1>", URL, "2024-05-09", "modified", id="change where nothing else"
        ),
        pytest.param(
            f"<h1>Regen</h1>{ARTICLE}<p>Dieser Beitrag wurde am Samstag, 3. Mai 2014 um 12:10 Uhr veröffentlicht und unter Wetter abgelegt.",
            URL,
            "2014-05-03",
            "printed",
            id="a note below the entry",
        ),
        pytest.param(
            f"<h1>Rain</h1><div><span>Ann Poe</span><span>Oct 17, 2013</span><span>5757 shares</span></div>{ARTICLE}",
            URL,
            "2013-10-17",
            "printed",
            id="a year and a number parted by a tag alone",
        ),
        pytest.param(
            f'<h1>Rain</h1>{ARTICLE}<script>var page = {{"publishedAt": "2014-05-03T10:00:00Z", "id": 7}}</script>',
            URL,
            "2014-05-03",
            "script",
            id="data of a script",
        ),
        pytest.param(
            f'<h1>Rain</h1>{ARTICLE}<script>[{{"publishedAt": "2014-05-03"}}, {{"publishedAt": "2014-05-04"}}]</script>',
            URL,
            None,
            None,
            id="data of several articles",
        ),
        pytest.param(
            f'<h1>Rain</h1>{ARTICLE}<script>var page = {{"publishedAt": 1399111200000, "views": 1399911200}}</script>',
            URL,
            "2014-05-03",
            "script",
            id="seconds in a script",
        ),
        pytest.param(
            meta(og__updated_time="2014-05-03")
            + f'<h1>Rain</h1>{ARTICLE}<script>{{"owner": {{"createdAt": "2014-06-09T10:00:00Z"}}}}</script>',
            URL,
            "2014-05-03",
            "modified",
            id="a script's day after the last change",
        ),
        pytest.param(
            meta(description="Un anno di pioggia (Notizia del 14 gennaio 2020)") + f"<html lang=it><h1>Pioggia</h1>{ARTICLE}",
            URL,
            "2020-01-14",
            "meta",
            id="a note in the description",
        ),
        pytest.param(
            meta(description="The news came in a report published on 14 January 2020") + f"<h1>Rain</h1>{ARTICLE}",
            URL,
            None,
            None,
            id="a date told in the description",
        ),
        pytest.param(
            f"<h1>Rain</h1>{ARTICLE}<aside><ul><li><a href=/rain-1>Rain</a><span>3. Mai 2014</span>"
            "<li><a href=/snow-2>Snow</a><span>9. Mai 2014</span></ul></aside>",
            "https://t.example/rain-1",
            "2014-05-03",
            "printed",
            id="its own entry in a list",
        ),
        pytest.param(
            f"<h1>Rain</h1>{ARTICLE}<aside><ul><li><a href=/rain-1>Rain</a><li><a href=/snow-2>Snow</a><span>9. Mai 2014</span></ul></aside>",
            "https://t.example/rain-1",
            None,
            None,
            id="another's entry in a list",
        ),
        pytest.param(
            f"<h1>Rain</h1><table><tr><td>26 | 01 | 2022<td>Weather</table>{ARTICLE}", URL, "2022-01-26", "printed", id="between bars"
        ),
        pytest.param(
            "<h1>Which coat?</h1><div class=comment><div>Poe<span>28.09.19</span><span>12:44</span></div><p>Which one keeps dry?</div>"
            "<div class=comment><div>Roe<span>30.09.19</span><span>09:10</span></div><p>The green one.</div>",
            URL,
            "2019-09-28",
            "printed",
            id="a thread",
        ),
        pytest.param(
            f"<h1>Rain</h1>{ARTICLE}<div class=comment><div>Roe<span>30.09.19</span><span>09:10</span></div><p>Wet!</div>",
            URL,
            None,
            None,
            id="a comment below the article",
        ),
        pytest.param(linked({"@type": "NewsArticle", "datePublished": "yesterday"}), URL, None, None, id="no date"),
        pytest.param("<h1>Talks open</h1><p>31.02.2024</p>", URL, None, None, id="no such day"),
    ],
)
def test_published(html: str, url: str, day: str | None, basis: str | None) -> None:
    found = metadata(html, url)
    assert (found.published and found.published[:10], found.published_basis) == (day, basis)


@pytest.mark.parametrize(
    ("html", "authors", "byline"),
    [
        pytest.param(
            "<h1>Talks open</h1><p class=byline>By Ann Poe and John Roe, Staff Writers</p>",
            ("Ann Poe", "John Roe"),
            "Ann Poe, John Roe",
            id="two",
        ),
        pytest.param("<h1>Talks open</h1><p>By ANN POE</p>", ("ANN POE",), "ANN POE", id="printed in capitals"),
        pytest.param(
            "<h1>Talks open</h1><p>Von Karl Maria Hof und Eva Tal</p>",
            ("Karl Maria Hof", "Eva Tal"),
            "Karl Maria Hof, Eva Tal",
            id="German",
        ),
        pytest.param("<h1>Talks open</h1><p>By the time they met, rain fell.</p>", (), None, id="a sentence with by"),
        pytest.param(
            "<h1>Talks open</h1><div class=author>Ann Poe | 3 May 2024 | 2 min read</div>", ("Ann Poe",), "Ann Poe", id="date behind"
        ),
        pytest.param("<h1>Talks open</h1><a rel=author href=/a>Ann Poe</a>", ("Ann Poe",), "Ann Poe", id="rel"),
        pytest.param(meta(author="ann-poe"), ("Ann Poe",), "Ann Poe", id="a name as it stands in addresses"),
        pytest.param(meta(author="By Ann Poe, ann@t.example"), ("Ann Poe",), "Ann Poe", id="mail address"),
        pytest.param(meta(article__author="https://social.example/tidings"), (), None, id="an address is no name"),
        pytest.param(meta(author="Reuters"), (), "Reuters", id="an agency is in the byline alone"),
        pytest.param(meta(author="Newsroom", og__site_name="Daily Tidings"), (), "Newsroom", id="a desk is in the byline alone"),
        pytest.param(
            meta(author="Daily Tidings", og__site_name="Daily Tidings") + "<h1>Talks open</h1><p>By Ann Poe</p>",
            ("Ann Poe",),
            "Ann Poe",
            id="print before outlet",
        ),
        pytest.param(
            linked({"@type": "NewsArticle", "author": {"@type": "Person", "name": ["Ann Poe", "John Roe"]}}),
            ("Ann Poe", "John Roe"),
            "Ann Poe, John Roe",
            id="names in a list",
        ),
        pytest.param(
            '<meta name=citation_author content="Poe, Ann"><meta name=citation_author content="Roe, John">',
            ("Ann Poe", "John Roe"),
            "Ann Poe, John Roe",
            id="family name first",
        ),
        pytest.param(
            linked({"@type": "Article", "author": {"@type": "Organization", "name": "Centre for Rivers"}}),
            (),
            "Centre for Rivers",
            id="an institute keeps its name whole",
        ),
        pytest.param("<h1>Talks open</h1><p class=author>Sat 3 May 2024</p>", (), None, id="a weekday is no author"),
        pytest.param(linked({"@type": "NewsArticle", "author": "李明"}), ("李明",), "李明", id="Chinese"),
        pytest.param(
            f"<h1>Talks open</h1>{ARTICLE}<section class=comments><p class=author>Grumpy77</p></section>",
            (),
            None,
            id="a commenter is no author",
        ),
    ],
)
def test_authors(html: str, authors: tuple[str, ...], byline: str | None) -> None:
    found = metadata(html)
    assert (found.authors, found.byline) == (authors, byline)


def test_a_date_in_digits_that_can_be_read_two_ways_is_given_both_ways() -> None:
    found = metadata(f"<h1>Talks open</h1><p>05/03/2024</p>{ARTICLE}", URL)
    assert (found.published, found.published_basis) == ("2024-05-03 or 2024-03-05", "printed")


@pytest.mark.parametrize(
    ("script", "headline", "published"),
    [
        pytest.param('{"@type":"NewsArticle","headline":"A","datePublished":"2024-05-03",}', "A", "2024-05-03", id="stray comma"),
        pytest.param('<!-- {"@type":"NewsArticle","headline":"A"} -->', "A", "", id="comment"),
        pytest.param('//<![CDATA[\n{"@type":"NewsArticle","headline":"A"}\n//]]>', "A", "", id="cdata"),
        pytest.param('{"@type":"NewsArticle","headline":"A\n\tB"}', "A B", "", id="control characters"),
        pytest.param("{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;A&quot;}", "A", "", id="entities"),
        pytest.param('{"@type":"NewsArticle","headline":"A\\ud800\\u0000"}', "A\ufffd\ufffd", "", id="half a character"),
        pytest.param('{"@type":"WebSite"} {"@type":"BlogPosting","headline":"A"}', "A", "", id="two in a row"),
        pytest.param('{"@type":"NewsArticle","headline":"A","datePublished":"2024-05-03","body":"cut of', "A", "2024-05-03", id="cut off"),
        pytest.param('[{"@type":"BreadcrumbList"},[{"@type":"Article","headline":"A"}]]', "A", "", id="lists in lists"),
        pytest.param('{"@type":"WebPage","name":"P","mainEntity":{"@type":"Article","headline":"A"}}', "A", "", id="article before page"),
    ],
)
def test_broken_scripts(script: str, headline: str, published: str) -> None:
    article = read_linked_articles([script])[0]
    assert (article.headline, article.published) == (headline, published)


def test_listed_articles_are_not_the_page() -> None:
    listing = {"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Other"}]}
    assert read_linked_articles([json.dumps(listing)]) == []


@pytest.mark.parametrize(
    ("text", "month_first", "days"),
    [
        ("Published May 3rd, 2024 at 10:00", True, ["2024-05-03"]),
        ("3 de mayo de 2024", False, ["2024-05-03"]),
        ("3/5/2024 and 13/5/2024", True, ["2024-03-05", "2024-05-13"]),
        ("3.5.24", True, ["2024-05-03"]),
        ("2024. 5. 3.", False, []),
        ("2024년 5월 3일", False, ["2024-05-03"]),
        ("١٥ مايو ٢٠٢٤", False, ["2024-05-15"]),
        ("03-May-24", True, ["2024-05-03"]),
        ("26 | 01 | 2022 | Praxis", False, ["2022-01-26"]),
        ("7 | 26 | 01 | 2022", False, []),
        ("2 | 1 | 2022", False, []),
        ("May 2024", True, []),
        ("call 555-12-1999 or 10.10.10.10", True, []),
        ("", True, []),
    ],
)
def test_dates_in_text(text: str, month_first: bool, days: list[str]) -> None:
    assert [date.day for date in find_dates(text, HINTS.months, month_first=month_first)] == days


def test_stamps_and_addresses() -> None:
    assert read_stamp("2024-05-03 10:00:00", {}, month_first=True) == "2024-05-03 10:00:00"
    assert read_stamp("1714730400000", {}, month_first=True) == "2024-05-03T10:00:00+00:00"
    assert read_stamp("20240503T100000", {}, month_first=True) == "2024-05-03"
    assert read_stamp("soon", HINTS.months, month_first=True) is None
    assert date_in_url("https://t.example/2024/05/03/talks") == date_in_url("https://t.example/a-20240503.html") == "2024-05-03"
    assert date_in_url("https://t.example/2024/12/keine-zeit") is None and date_in_url(None) is None


def test_site_names() -> None:
    keys = site_keys(["The Daily Tidings"], "https://www.dailytidings.co.example/a")
    assert cut_site("Talks open | Daily Tidings", keys) == cut_site("DailyTidings.co - Talks open", keys) == "Talks open"
    assert cut_site("", keys) == "" and site_keys([None, ""], "http://[bad") == frozenset()

"""The day of publication: which evidence decides, what bounds follow without a day, and what does not count."""

import datetime as dt
from pathlib import Path

import pytest

from flows.enrich.dates import find_dates, resolve_dates
from flows.enrich.dates_order import both_readings, order_of
from flows.enrich.dating import date_article, day_in_url, read_day
from flows.enrich.story import Block, Mention, Published, Story, make_story
from flows.reference.dates import load_date_lexicon
from flows.reference.model import Office

LEXICON = load_date_lexicon(Path(__file__).parents[2] / "flows" / "reference")


def office(person: str, title: str, country: str, start: str, end: str | None) -> Office:
    first, last = dt.date.fromisoformat(start), dt.date.fromisoformat(end) if end else None
    return Office(person, f"{title} of {country}", title, country, None, first, last, 1, None)


OFFICES = (
    office("gerald-ford", "President|leader", "USA", "1974-08-09", "1977-01-20"),
    office("ronald-reagan", "President|leader", "USA", "1981-01-20", "1989-01-20"),
    office("margaret-thatcher", "Prime Minister|PM", "GBR", "1979-05-04", "1990-11-28"),
    office("mikhail-gorbachev", "General Secretary|leader", "SUN", "1985-03-11", "1991-08-24"),
    office("grover-cleveland", "President", "USA", "1885-03-04", "1889-03-04"),
    office("grover-cleveland", "President", "USA", "1893-03-04", "1897-03-04"),
    office("still-there", "Foreign Minister", "CHN", "2022-12-30", None),
)
NAMES = {
    "Gerald Ford": "person/gerald-ford",
    "Ronald Reagan": "person/ronald-reagan",
    "Margaret Thatcher": "person/margaret-thatcher",
    "Grover Cleveland": "person/grover-cleveland",
    "Still There": "person/still-there",
    "US": "country/USA",
    "American": "country/USA",
    "U.S.": "country/USA",
    "British": "country/GBR",
    "Chinese": "country/CHN",
}


def story_of(*lines: tuple[str, str], **about: object) -> Story:
    """A story of (role, text) blocks, one a line."""
    blocks, at = [], 0
    for no, (role, text) in enumerate(lines, 1):
        blocks.append(Block(no, role, role in ("body", "subhead"), at, text))
        at += len(text) + 1
    return make_story(page_text="\n".join(text for _, text in lines), blocks=blocks, **{"language": "en", **about})


def mentions_of(story: Story) -> list[Mention]:
    out = []
    for name, entity in NAMES.items():
        words = name.split()
        for at in range(len(story.words)):
            if story.words[at : at + len(words)] == words:
                end = at + len(words)
                sentence = story.sentences[story.sentence_of[at]]
                kind = entity.split("/")[0]
                span = (story.starts[at], story.ends[end - 1])
                out.append(Mention(entity, kind, sentence.block_no, *span, sentence.sentence_no, "gazetteer", at, end))
    return out


def dated(*lines: tuple[str, str], **about: object) -> Published:
    story = story_of(*lines, **about)
    return date_article(story, find_dates(story, LEXICON), mentions_of(story), OFFICES, LEXICON)


BODY = ("body", "The two sides met in Geneva and spoke of arms.")
HEAD = ("headline", "Sides meet in Geneva")
CRAWLED = dt.datetime(1986, 1, 5, 10, 0)


@pytest.mark.parametrize(
    ("lines", "about", "on", "code"),
    [
        pytest.param([HEAD, ("byline", "By Ann Roe | November 20, 1985"), BODY], {}, "1985-11-20", "byline", id="byline"),
        pytest.param([HEAD, ("dateline", "20 November 1985, 14:30"), BODY], {}, "1985-11-20", "byline", id="dateline block"),
        pytest.param([HEAD, ("widget", "Published Nov. 20, 1985"), BODY], {}, "1985-11-20", "byline", id="widget beside headline"),
        pytest.param(
            [HEAD, ("byline", "Published: 20.11.1985 Updated: 22.11.1985"), BODY], {}, "1985-11-20", "byline", id="published before updated"
        ),
        pytest.param(
            [HEAD, ("byline", "Updated 22 November 1985. Published 20 November 1985"), BODY], {}, "1985-11-20", "byline", id="updated first"
        ),
        pytest.param(
            [HEAD, ("byline", "Updated 22 November 1985"), BODY],
            {"record_published": "1985-11-20"},
            "1985-11-20",
            "record",
            id="an update yields to the record",
        ),
        pytest.param([HEAD, ("byline", "Updated 22 November 1985"), BODY], {}, "1985-11-22", "byline", id="only an update"),
        pytest.param([HEAD, ("body", "Ann Roe November 20, 1985 Comment"), BODY], {}, "1985-11-20", "byline", id="a short line as body"),
        pytest.param(
            [HEAD, ("byline", "Wed, Nov 20"), ("body", "They met on May 3, 1983.")], {}, "1985-11-20", "byline", id="weekday tells the year"
        ),
        pytest.param([HEAD, ("byline", "Nov 20"), BODY], {"url": "https://example.com/1985/11/21/a"}, "1985-11-20", "byline", id="no year"),
        pytest.param(
            [HEAD, ("body", "GENEVA, Nov 20, 1985 (Reuters) - The sides met.")], {}, "1985-11-20", "dateline", id="dateline in the body"
        ),
        pytest.param(
            [HEAD, ("body", "GENEVA, Nov 20 (Reuters) - The sides met.")],
            {"record_published": "1985-12-01"},
            "1985-11-20",
            "dateline",
            id="dateline without year",
        ),
        pytest.param([HEAD, BODY], {"record_published": "1985-11-20T23:10:00Z"}, "1985-11-20", "record", id="record"),
        pytest.param([HEAD, BODY], {"page_published": "1985-11-20"}, "1985-11-20", "page metadata", id="metadata"),
        pytest.param([HEAD, BODY], {"url": "https://example.com/news/1985/11/20/geneva"}, "1985-11-20", "url", id="address"),
        pytest.param(
            [HEAD, BODY, BODY, BODY, ("dateline", "11 April 1985")],
            {"page_published": "1985-11-20", "page_published_basis": "json-ld"},
            "1985-11-20",
            "page metadata",
            id="a date far below yields to the tags",
        ),
        pytest.param([HEAD, BODY, BODY, BODY, ("dateline", "11 April 1985")], {}, "1985-04-11", "byline", id="and counts without them"),
        pytest.param(
            [HEAD, ("nav", "1985-11-29 1985-11-20"), BODY],
            {"page_published": "1985-11-20"},
            "1985-11-20",
            "byline",
            id="two dates, one stated",
        ),
        pytest.param(
            [HEAD, ("dateline", "Redazione 1 mese ago 2"), BODY],
            {"page_published": "1985-11-20", "language": "it"},
            "1985-11-20",
            "page metadata",
            id="a day without year months from the stated one",
        ),
        pytest.param(
            [HEAD, ("dateline", "Article mis à jour le 7 janvier 1986"), BODY],
            {"page_published": "1985-11-20", "language": "fr"},
            "1985-11-20",
            "page metadata",
            id="an update of three words",
        ),
        pytest.param(
            [HEAD, ("dateline", "Erscheinungsdatum: 14.08.1985"), BODY],
            {"page_published": "1985-11-20", "language": "de"},
            "1985-11-20",
            "page metadata",
            id="the date of something else",
        ),
        pytest.param([HEAD, ("body", "20.11.1985 - The sides met.")], {}, "1985-11-20", "dateline", id="a full date and a dash"),
        pytest.param([HEAD, BODY, ("body", "20.11.1985 – The sides met.")], {}, "1985-11-20", "dateline", id="in the second paragraph"),
        pytest.param(
            [HEAD, ("body", "They met on Wednesday."), ("caption", "The hall on November 18, 1985. (Photo)")],
            {},
            "1985-11-20",
            "weekday",
            id="weekday after the caption's date",
        ),
    ],
)
def test_a_day_is_taken_from_the_best_evidence(lines: list[tuple[str, str]], about: dict[str, object], on: str, code: str) -> None:
    published = dated(*lines, **about)
    assert (str(published.on), published.date_basis) == (on, code)
    assert published.earliest == published.latest == published.on
    assert published.basis and "\n" not in published.basis


@pytest.mark.parametrize(
    ("lines", "about", "earliest", "latest"),
    [
        pytest.param([HEAD, BODY], {}, None, None, id="nothing"),
        pytest.param([HEAD, BODY], {"fetched_at": CRAWLED}, None, "1986-01-05", id="crawl is the latest day"),
        pytest.param([HEAD, ("body", "They met on November 19, 1985, and parted.")], {}, "1985-11-19", None, id="newest past date"),
        pytest.param(
            [HEAD, ("body", "They met on May 3, 1985. On June 5 they parted.")], {}, "1985-06-05", None, id="year of the date before"
        ),
        pytest.param([HEAD, ("body", "They met in 1985 and will meet on May 3, 1988.")], {}, "1985-01-01", None, id="what is to come"),
        pytest.param([HEAD, ("body", "They met in 1985 and plan to meet in 1986.")], {}, "1985-01-01", None, id="a plan"),
        pytest.param([HEAD, ("body", "What to watch in 1986.")], {}, None, None, id="a year without a verb"),
        pytest.param(
            [HEAD, ("body", "They met on Thursday."), ("caption", "The hall on Friday, November 22, 1985.")],
            {},
            "1985-11-22",
            None,
            id="the day before the full date is as likely",
        ),
        pytest.param([HEAD, ("body", "They met in 1985. It must be done by 1999.")], {}, "1985-01-01", None, id="a deadline"),
        pytest.param([HEAD, ("body", "US President Ronald Reagan spoke on Monday.")], {}, "1981-01-20", "1989-01-20", id="term of office"),
        pytest.param(
            [HEAD, ("body", "US President Grover Cleveland spoke on Monday. The crisis began in 1890.")],
            {},
            "1893-03-04",
            "1897-03-04",
            id="second term",
        ),
        pytest.param([HEAD, ("body", "US President Grover Cleveland spoke on Monday.")], {}, "1885-03-04", "1897-03-04", id="either term"),
        pytest.param(
            [HEAD, ("body", "US President Gerald Ford and British Prime Minister Margaret Thatcher never met.")],
            {},
            "1979-05-04",
            None,
            id="terms that do not meet give the later start",
        ),
        pytest.param(
            [HEAD, ("body", "British Prime Minister Margaret Thatcher met US President Ronald Reagan last week.")],
            {},
            "1981-01-20",
            "1989-01-20",
            id="terms meet",
        ),
        pytest.param([HEAD, ("body", "US President Ronald Reagan spoke.")], {}, "1981-01-20", None, id="a term's end bounds only news"),
        pytest.param(
            [HEAD, ("body", "US President Grover Cleveland left in 1889. Trade fell in 1891.")], {}, "1891-01-01", None, id="of its time"
        ),
        pytest.param([HEAD, ("body", "Former US President Gerald Ford spoke.")], {}, None, None, id="former"),
        pytest.param([HEAD, ("body", "Then-President Gerald Ford spoke.")], {}, None, None, id="then"),
        pytest.param([HEAD, ("body", "Chinese Foreign Minister Still There spoke.")], {}, "2022-12-30", None, id="open term"),
        pytest.param([HEAD, ("body", "Gerald Ford spoke.")], {}, None, None, id="no office printed"),
        pytest.param([HEAD, ("body", "They met on Wednesday.")], {}, None, None, id="weekday alone"),
        pytest.param(
            [HEAD, ("body", "They met on Wednesday."), BODY, BODY, ("body", "The treaty of May 26, 1972, is old.")],
            {},
            "1972-05-26",
            None,
            id="an old date far down does not anchor a weekday",
        ),
        pytest.param(
            [HEAD, ("body", "They met on Wednesday."), ("caption", "FILE PHOTO: the hall on May 26, 1972.")],
            {},
            "1972-05-26",
            None,
            id="a file photo does not anchor a weekday",
        ),
        pytest.param([HEAD, BODY], {"url": "https://example.com/1985/11/geneva"}, "1985-11-01", "1985-11-30", id="month in the address"),
        pytest.param([HEAD, BODY, ("legal", "© 2025 Example. May 3, 2025")], {}, None, None, id="copyright line"),
        pytest.param([HEAD, BODY, ("related", "Posted May 3, 2025: Sides part")], {}, None, None, id="related teaser"),
        pytest.param([HEAD, ("byline", "© 2025-05-03 Example"), BODY], {}, None, None, id="copyright in a byline"),
    ],
)
def test_bounds_follow_without_a_day(
    lines: list[tuple[str, str]], about: dict[str, object], earliest: str | None, latest: str | None
) -> None:
    published = dated(*lines, **about)
    found = published.earliest and published.earliest.isoformat(), published.latest and published.latest.isoformat()
    assert (published.on, *found) == (None, earliest, latest)
    assert (published.basis is None) == (earliest is None and latest is None)


def test_a_chronology_has_no_dateline() -> None:
    published = dated(HEAD, ("body", "20.11.1985 – The sides met."), ("body", "21.11.1985 – The sides parted."))
    assert published.on is None


def test_a_record_from_after_the_crawl_is_not_believed() -> None:
    assert dated(HEAD, BODY, record_published="2031-01-01", fetched_at=CRAWLED).on is None


def test_the_day_of_the_page_serves_all_its_stories() -> None:
    story = story_of(HEAD, BODY)
    published = date_article(story, [], [], OFFICES, LEXICON, page_anchor=dt.date(1985, 11, 20))
    assert published.on == dt.date(1985, 11, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-05-03", "2025-05-03"),
        ("2025-11-11 17:58:46", "2025-11-11"),
        ("2025-05-03T10:15:00+02:00", "2025-05-03"),
        ("20250503T101500Z", "2025-05-03"),
        ("20250503", "2025-05-03"),
        ("20250503101500", "2025-05-03"),
        ("Sat, 03 May 2025 10:15:00 GMT", "2025-05-03"),
        ("Sat May 03 10:15:00 2025", "2025-05-03"),
        ("1746267300", "2025-05-03"),
        ("1746267300000", "2025-05-03"),
        ("May 3, 2025", "2025-05-03"),
        ("3 May 2025", "2025-05-03"),
        ("3 mai 2025", "2025-05-03"),
        ("3. Mai 2025", "2025-05-03"),
        ("05/13/2025", "2025-05-13"),
        ("11/02/89", "1989-11-02"),
        ("03.05.2025 10:15", "2025-05-03"),
        ("2025年5月3日", "2025-05-03"),
        ("not known", None),
        ("2025-13-45", None),
        ("", None),
        (None, None),
    ],
)
def test_stamps_of_any_form_are_read(text: str | None, day: str | None) -> None:
    assert read_day(text, LEXICON) == (dt.date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.com/2025/05/08/talks", "2025-05-08"),
        ("https://example.com/2025/5/8/talks", "2025-05-08"),
        ("https://example.com/talks-2025-05-08.html", "2025-05-08"),
        ("https://example.com/20250508/talks", "2025-05-08"),
        ("https://example.com/2025/may/08/talks", "2025-05-08"),
        ("https://example.com/2025/05/talks", None),
        ("https://example.com/talks-12345678", None),
        ("https://2025-05-08.example.com/talks", None),
        (None, None),
    ],
)
def test_days_in_addresses(url: str | None, day: str | None) -> None:
    assert day_in_url(url) == (dt.date.fromisoformat(day) if day else None)


@pytest.mark.parametrize("role", ["body", "deck", "headline", "caption"])
@pytest.mark.parametrize(
    ("opening", "day", "weekday"),
    [
        ("GENEVA, 21 Nov 1985 (AFP) - The sides met on Tuesday, an envoy said.", "1985-11-21", "1985-11-19"),
        ("NEW YORK, 21 November 1985 — The sides met on Tuesday.", "1985-11-21", "1985-11-19"),
        ("SANTIAGO DE CHILE, Chile, Nov 21, 1985 (AFP) -- The sides met on Tuesday.", "1985-11-21", "1985-11-19"),
        ("GENEVA, 21 November 1985 – On Tuesday the envoy will fly home.", "1985-11-21", "1985-11-26"),
    ],
)
def test_a_dateline_with_its_year_is_the_day_whatever_the_block(role: str, opening: str, day: str, weekday: str) -> None:
    story = story_of(HEAD, (role, opening), ("body", "“It is time,” he said."))
    found = find_dates(story, LEXICON)
    published = date_article(story, found, [], OFFICES, LEXICON)
    assert (str(published.on), published.date_basis) == (day, "dateline")
    values = [row.value for row in resolve_dates(story, found, published, LEXICON)]
    assert values == [day, weekday]


def test_weekdays_count_from_the_dateline_where_publication_is_days_later() -> None:
    story = story_of(HEAD, ("body", "GENEVA, Nov 18 (AFP) - The sides met on Tuesday."), record_published="1985-11-20")
    found = find_dates(story, LEXICON)
    published = date_article(story, found, [], OFFICES, LEXICON)
    assert str(published.on) == "1985-11-20"
    assert [row.value for row in resolve_dates(story, found, published, LEXICON)] == ["1985-11-18", "1985-11-12"]


@pytest.mark.parametrize(
    ("opening", "on", "earliest", "latest"),
    [
        pytest.param("GENEVA, Feb. 20 (AFP) - US President Gerald Ford met them on Monday.", None, "1975-02-20", "1976-02-20", id="bounds"),
        pytest.param("GENEVA, Sept. 20 (AFP) - US President Gerald Ford met them on Monday.", None, "1974-09-20", "1976-09-20", id="three"),
        pytest.param(
            "GENEVA, Friday, Feb. 20 (AFP) - US President Gerald Ford met them on Monday.",
            "1976-02-20",
            "1976-02-20",
            "1976-02-20",
            id="one",
        ),
        pytest.param("GENEVA, Feb. 20 (AFP) - They met on Monday.", None, None, None, id="nothing bounds it"),
    ],
)
def test_a_dateline_without_year_is_bounded_by_the_offices(opening: str, on: str | None, earliest: str | None, latest: str | None) -> None:
    published = dated(HEAD, ("deck", opening), ("body", "They parted."))
    got = [day and day.isoformat() for day in (published.on, published.earliest, published.latest)]
    assert got == [on, earliest, latest]


@pytest.mark.parametrize(
    ("lines", "about", "on", "told"),
    [
        pytest.param([BODY], {"record_published": "03/04/1985"}, None, "either 1985-03-04 or 1985-04-03", id="record"),
        pytest.param([BODY], {"page_published": "1985-03-04 or 1985-04-03"}, None, "either 1985-03-04", id="page"),
        pytest.param([("byline", "03/04/1985"), BODY], {}, None, "either 1985-03-04", id="byline"),
        pytest.param([BODY], {"record_published": "03/04/1985", "site": "a.co.uk"}, "1985-04-03", "country of .uk", id="country"),
        pytest.param([BODY], {"record_published": "03/04/1985", "language": "fr"}, "1985-04-03", "language", id="language"),
        pytest.param([("byline", "Wednesday 03/04/1985"), BODY], {}, "1985-04-03", "weekday", id="weekday"),
        pytest.param([BODY, ("widget", "25/03/1985")], {"record_published": "03/04/1985"}, "1985-04-03", "other dates", id="other digits"),
        pytest.param(
            [("body", "They met on 2 April 1985.")], {"record_published": "03/04/1985"}, "1985-04-03", "other dates", id="a date spoken of"
        ),
        pytest.param(
            [BODY], {"record_published": "03/04/1985", "fetched_at": dt.datetime(1985, 3, 9)}, "1985-03-04", "crawl", id="crawled between"
        ),
        pytest.param([BODY], {"record_published": "03/03/1985"}, "1985-03-03", "record", id="both the same"),
        pytest.param([BODY], {"record_published": "1985-03-04"}, "1985-03-04", "record", id="ISO stays"),
    ],
)
def test_a_date_in_digits_is_stated_only_where_something_decides(
    lines: list[tuple[str, str]], about: dict[str, object], on: str | None, told: str
) -> None:
    published = dated(HEAD, *lines, **about)
    assert (published.on and published.on.isoformat()) == on
    assert told in (published.basis or "")
    if on is None:
        assert (str(published.earliest), str(published.latest)) == ("1985-03-04", "1985-04-03")


def test_records_of_one_source_tell_the_order_of_each_other() -> None:
    assert order_of(["03/04/1985", "25/04/1985"]) == "dmy"
    assert order_of(["04/25/1985", "25/04/1985"]) is None
    story = story_of(HEAD, BODY, record_published="03/04/1985")
    assert date_article(story, [], [], OFFICES, LEXICON, record_order="dmy").on == dt.date(1985, 4, 3)
    assert both_readings("1985-03-04T10:00:00Z") is None

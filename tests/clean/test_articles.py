"""Articles: stories told apart, titles, datelines, sources, outlets, links."""

import polars as pl
import pytest

from flows.clean.metadata import address_title, dateline_place, registrable
from tests.clean.test_roles import NEXT_ARTICLE, NO_HEADLINE, P1, P2, P3, P4, READER_PAGE

SEA1 = "A cargo ship ran aground off the northern coast early on Friday after its engine failed in heavy seas, the coast guard said."
SEA2 = "All fourteen sailors were brought to land by helicopter, and no oil had leaked from the vessel by the evening, a spokeswoman said."
MUSEUM1 = "The city museum has bought a letter in which the composer complains about the price of candles, it announced at the weekend."
MUSEUM2 = "Visitors will be able to see it from June in a room that is dedicated to the last years of his life, the director said."


def stories(frame: pl.DataFrame) -> list[tuple[str | None, str]]:
    return list(zip(frame["title"].to_list(), frame["body"].to_list(), strict=True))


@pytest.mark.parametrize("mark", ["•", "***", "-----", "-0-"])
def test_stories_between_separators(clean, mark: str) -> None:  # type: ignore[no-untyped-def]
    text = "\n\n".join(
        [
            *("Negotiators near accord on missiles", P1, P2, mark, "Cargo ship runs aground in the north", SEA1, SEA2, mark),
            *("Museum buys a letter of the composer", MUSEUM1, MUSEUM2, mark),
        ]
    )
    assert stories(clean(text)["articles"]) == [
        ("Negotiators near accord on missiles", f"{P1}\n\n{P2}"),
        ("Cargo ship runs aground in the north", f"{SEA1}\n\n{SEA2}"),
        ("Museum buys a letter of the composer", f"{MUSEUM1}\n\n{MUSEUM2}"),
    ]


def test_stories_of_a_feed(clean) -> None:  # type: ignore[no-untyped-def]
    parts = []
    for title, body in (("Negotiators near accord on missiles", [P1, P2]), ("Cargo ship runs aground in the north", [SEA1, SEA2])):
        slug = title.lower().replace(" ", "-")
        parts += [title, f"https://www.example-herald.com/{slug}/", "Posted on 1987-11-19", "Author: Anna Keller", *body, "---"]
    found = clean("\n\n".join(parts))["articles"]
    assert found["title"].to_list() == ["Negotiators near accord on missiles", "Cargo ship runs aground in the north"]
    assert found["byline"].to_list() == ["Author: Anna Keller"] * 2


def test_lists_belong_to_the_stories_of_a_digest(clean) -> None:  # type: ignore[no-untyped-def]
    halls = [
        "Lowmere: the old customs house by the harbour",
        "Stavely: the large room of the town hall",
        "Brigg: the corn exchange on the hill",
    ]
    text = "\n\n".join(
        [
            *(
                "Negotiators near accord on missiles",
                P1,
                P2,
                "---",
                "Quartet names the halls of its spring tour",
                SEA1,
                *halls,
                SEA2,
                "---",
            ),
            *("Museum buys a letter of the composer", MUSEUM1, MUSEUM2, "---"),
        ]
    )
    found = stories(clean(text)["articles"])
    assert [title for title, _ in found][1:] == ["Quartet names the halls of its spring tour", "Museum buys a letter of the composer"]
    assert all(line in found[1][1] for line in halls)


def test_subheads_do_not_part_a_story(clean) -> None:  # type: ignore[no-untyped-def]
    text = "\n\n".join(["Negotiators near accord on missiles", P1, "What the treaty says", P2, "Next steps", P3, P4])
    assert clean(text)["articles"].height == 1


def test_a_page_without_headline_has_no_title(clean) -> None:  # type: ignore[no-untyped-def]
    article = clean("\n\n".join(text for text, _ in NO_HEADLINE))["articles"].row(0, named=True)
    assert article["title"] is None
    assert article["display_title"].startswith("The two delegations met on Tuesday")
    assert article["outlet"] == "example-herald.com"


def test_links(clean) -> None:  # type: ignore[no-untyped-def]
    out = clean("\n\n".join(text for text, _ in READER_PAGE), "\n\n".join(text for text, _ in NEXT_ARTICLE))["related_links"]
    assert out.select("document_id", "link_no", "kind", "title", "teaser").rows() == [
        (
            "d0",
            1,
            "related",
            "Farmers block roads in the south over milk prices",
            "Hundreds of tractors stood on the main roads into the city on Monday as…",
        ),
        (
            "d0",
            2,
            "related",
            "Museum buys a lost letter of the composer",
            "The letter was found in an attic by a student who had no idea what…",
        ),
        ("d1", 1, "previous", "Farmers block roads in the south over milk prices", None),
        ("d1", 2, "next", "Museum buys a lost letter of the composer", None),
    ]


def test_metadata_of_html_goes_first(clean) -> None:  # type: ignore[no-untyped-def]
    text = "\n\n".join(text for text, _ in READER_PAGE)
    article = clean(text, page_title="Accord near", page_byline="A. Keller", page_site_name="Example Herald")["articles"].row(0, named=True)
    assert (article["title"], article["byline"], article["outlet"]) == ("Accord near", "A. Keller", "Example Herald")


@pytest.mark.parametrize(
    ("opening", "place"),
    [
        pytest.param("GENEVA (EW) — The talks went on.", "Geneva", id="agency"),
        pytest.param("MOSCOW, Sept 3 (EW) — The talks went on.", "Moscow", id="day and agency"),
        pytest.param("ST. JOSEPH, Mich. (EW) — Officials report a case.", "St. Joseph, Mich.", id="saint and state"),
        pytest.param("REYKJAVIK, Iceland — The leaders met.", "Reykjavik, Iceland", id="no agency"),
        pytest.param("(EW) — The leaders met.", None, id="agency alone"),
        pytest.param("The leaders met — and parted.", None, id="a dash in a sentence"),
        pytest.param("", None, id="empty"),
    ],
)
def test_dateline_place(opening: str, place: str | None) -> None:
    assert dateline_place(opening) == place


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        pytest.param(
            "The ministry did not immediately respond to Reuters’ questions regarding the talks.", "Reuters", id="asked by another"
        ),
        pytest.param("This article originally appeared on Reuters.", "Reuters", id="note of origin"),
        pytest.param("The ministry did not comment on the talks.", None, id="nothing told"),
    ],
)
def test_syndicated_from(clean, sentence: str, source: str | None) -> None:  # type: ignore[no-untyped-def]
    text = "\n\n".join(["Negotiators near accord on missiles", P1, P2, P3, sentence])
    assert clean(text)["articles"]["syndicated_from"].to_list() == [source]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://news.example/2021/06/16/leaders-meet-in-geneva-1234.html?x=1", "leaders meet in geneva"),
        ("https://news.example/world/", ""),
        (None, ""),
    ],
)
def test_address_title(url: str | None, words: str) -> None:
    assert address_title(url) == words


def test_registrable() -> None:
    assert registrable("edition.news.co.uk") == "news.co.uk"


@pytest.mark.parametrize(
    ("language", "paragraph"),
    [
        (
            "fr",
            "Le président a rencontré son homologue à Genève mardi pour parler des missiles, et les deux délégations se sont dites confiantes. ",
        ),
        (
            "de",
            "Der Präsident traf am Dienstag in Genf seinen Amtskollegen, um über die Raketen zu sprechen, und beide zeigten sich zuversichtlich. ",
        ),
        ("ru", "Президент встретился во вторник в Женеве со своим коллегой, чтобы обсудить ракеты, и обе делегации выразили уверенность. "),
        ("zh", "两国代表团星期二在日内瓦举行第三天会谈，讨论在欧洲部署的中程导弹问题，双方都表示会谈取得进展，预计月底以前可以达成协议。"),
        ("ja", "両国の代表団は火曜日、ジュネーブで三日目の会談を行い、欧州に配備された中距離ミサイルについて協議した。"),
        ("ar", "التقى الرئيس نظيره في جنيف يوم الثلاثاء لبحث ملف الصواريخ، وأعرب الوفدان عن ثقتهما في إحراز تقدم قبل نهاية الشهر. "),
    ],
)
def test_other_languages_are_cleaned(clean, language: str, paragraph: str) -> None:  # type: ignore[no-untyped-def]
    article = clean("\n\n".join([paragraph * 2, paragraph * 3, paragraph * 4]))["articles"].row(0, named=True)
    assert article["language"] == language
    assert article["body"].count(paragraph.strip()) == 9
    assert article["word_count"] > 50

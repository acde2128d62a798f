"""Pages that their layout tells: live blogs, index pages, digests by country, captions of agencies between stories, repeated footers."""

import pytest

from flows.clean.forms import ends_with_agency
from tests.clean.test_evidence import cleaned
from tests.clean.test_roles import P1, P2, P3

LEDE = "Rescue teams searched the old town of Lowmere on Tuesday after an earthquake struck the valley before dawn, officials said."
ENTRIES = {
    "Death toll rises to 48": "The civil defence agency said that 48 people had been found dead in the town and in two villages beside the river.",
    "Airport reopens": "Flights to the capital have started again after engineers checked the runway for cracks, the airport said.",
    "President flies to the region": "The president has left the capital by helicopter and will visit the hospital in the afternoon.",
}
TEASERS = {
    "Harbour reopens after storm": "Ferries ran again on Monday, three days late, after a storm had closed the harbour of Lowmere.",
    "Council votes for a new bridge": "The council has agreed to pay for a bridge over the river that will open in four years.",
    "Fishing fleet counts the cost": "Nine boats were damaged and two were lost in the worst week of the winter so far.",
    "School roof repaired at last": "Pupils return to their classrooms on Thursday after a year in the town hall.",
    "Lighthouse keeper retires": "After forty years on the rock the last keeper of the coast goes ashore for good.",
}
SHIP = [
    "Cargo ship runs aground in the north",
    "A cargo ship ran aground off the northern coast early on Friday after its engine failed in heavy seas, the coast guard said.",
    "All fourteen sailors were brought to land by helicopter, and no oil had leaked from the vessel by the evening, she said.",
]
TALKS = ["Negotiators near accord on missiles", P1, P2]
CAPTION = "A soldier stands beside a tank at a checkpoint near the border crossing on Wednesday. REUTERS/Ann Poe"
WORLD = [
    "FRANCE: The government in Paris said on Monday that it would raise the pay of nurses by four percent, after three weeks of strikes.",
    "JAPAN: A ferry with two hundred passengers ran aground near Nagasaki, and all of them were brought to land by fishing boats.",
    "SOUTH KOREA: Rangers have counted more cranes at the border than in any year since 1985, the wildlife service said on Sunday.",
]


def roles(blocks) -> dict[str, str]:  # type: ignore[no-untyped-def]
    return dict(zip(blocks["text"], blocks["role"], strict=True))


@pytest.mark.parametrize("is_above", [True, False], ids=["a clock above each entry", "its age below each entry"])
def test_short_lines_of_a_live_blog_are_headings_of_its_entries(clean, is_above: bool) -> None:  # type: ignore[no-untyped-def]
    lines = ["Earthquake shakes the Lowmere valley: live updates", LEDE]
    for number, (head, entry) in enumerate(ENTRIES.items()):
        lines += [f"{14 - number}:05", head, entry] if is_above else [head, entry, f"{number + 2} hours ago"]
    found = clean("\n\n".join(lines))
    told = roles(found["blocks"])
    assert {told[head] for head in ENTRIES} == {"subhead"}
    assert {told[entry] for entry in ENTRIES.values()} == {"body"}
    assert found["related_links"].is_empty()


@pytest.mark.parametrize(
    "item",
    [
        '<div class="teaser"><h2><a href="/{n}">{head}</a></h2><p>{text}</p></div>',
        '<article><h3><a href="/{n}">{head}</a></h3><p><a href="/{n}">{text}</a></p></article>',
        '<li><a href="/{n}">{head}</a></li>',
    ],
    ids=["headings with teasers", "everything linked", "a bare list"],
)
def test_an_index_page_of_linked_headings_holds_no_article(item: str) -> None:
    items = "".join(item.format(n=number, head=head, text=text) for number, (head, text) in enumerate(TEASERS.items()))
    found = cleaned(
        f"<html><head><title>Front page - Bay Courier</title></head><body><main><h1>Front page</h1>{items}</main></body></html>"
    )
    assert found["articles"].is_empty()
    assert not found["blocks"]["kept"].any()


@pytest.mark.parametrize(
    "lines",
    [[*TALKS, "---", CAPTION, *SHIP], [*TALKS, "---", SHIP[0], CAPTION, *SHIP[1:]], ["***", *TALKS, "***", CAPTION, *SHIP]],
    ids=["above the headline", "below the headline", "below one of several separators"],
)
def test_a_caption_that_ends_with_an_agency_is_no_story_and_no_link(clean, lines: list[str]) -> None:  # type: ignore[no-untyped-def]
    found = clean("\n\n".join(lines))
    assert found["articles"]["title"].to_list() == [TALKS[0], SHIP[0]]
    assert roles(found["blocks"])[CAPTION] == "caption"
    assert found["related_links"].is_empty()


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("A tank at the crossing. REUTERS/Ann Poe", True),
        ("A tank at the crossing. AFP/Getty Images/Ann Poe", True),
        ("Ein Panzer an der Grenze. dpa / Eva Roth.", True),
        ("The talks of the AP/Reuters pool went on, an official said in the evening.", False),
        ("He told Reuters that the talks went on.", False),
    ],
)
def test_credits_of_agencies_end_captions(line: str, is_one: bool) -> None:
    assert ends_with_agency(line) is is_one


def test_items_of_a_digest_by_country_are_stories(clean) -> None:  # type: ignore[no-untyped-def]
    found = clean("\n\n".join(["World in brief", *WORLD]))
    assert found["articles"]["body"].to_list() == WORLD
    assert found["articles"]["title"].to_list() == [None] * 3


@pytest.mark.parametrize("labels", [("FORD", "ROE", "POE"), ("FRANCE", "JAPAN", "FRANCE")], ids=["people", "a country twice"])
def test_other_labels_part_no_stories(clean, labels: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    lines = [f"{label}: {line.partition(': ')[2]}" for label, line in zip(labels, WORLD, strict=True)]
    assert len(clean("\n\n".join(["What was said in the assembly", *lines]))["articles"]) == 1


def test_a_footer_that_reads_as_text_is_none_once_three_pages_of_the_site_have_it(clean) -> None:  # type: ignore[no-untyped-def]
    footer = "The Bay Courier has told the news of the coast since 1887 and is read between Lowmere and the islands."
    pages = ["\n\n".join([*lines, footer]) for lines in (TALKS, SHIP, ["School roof repaired", LEDE, P3])]
    alone = clean(pages[0], site="courier.example")["blocks"]
    assert bool(alone["kept"][-1])
    assert not any(text == footer and kept for text, kept in clean(*pages, site="courier.example")["blocks"].select("text", "kept").rows())

"""Pages that hold little but an article: what opens it, and what stands between its paragraphs."""

from collections.abc import Callable

import polars as pl
import pytest

Clean = Callable[..., dict[str, pl.DataFrame]]

HEADLINE = "Ministers discuss grain deal in the harbour"
PARAGRAPHS = [
    "Mr Brandt said the two sides had made progress on the export of grain by sea, which has been halted since last month.",
    "“We hope that the agreement will be renewed before the end of the week,” he told reporters after the session, which took four hours.",
    "The neighbours have tried to mediate since the beginning of the conflict, and hosted the first round of negotiations in the spring.",
    "Officials in the capital said that they had not been told of the meeting in advance, and that nothing could be agreed without them.",
]
LEDES = [
    "GENEVA, July 4, 2023 (AFP) - The foreign minister Jan Brandt held talks with his Norwegian counterpart Kari Lie in Geneva on Tuesday.",
    "The foreign minister Jan Brandt held talks with his Norwegian counterpart Kari Lie in Geneva on Tuesday.",
    "Ministers of seven nations will take part in a meeting on tariffs in Osaka on Friday.",
    "WASHINGTON (AP) — The president met the Norwegian foreign minister at the White House on Friday to discuss aid.",
    "The Norwegian foreign minister arrives in Geneva on Thursday for a visit of three days.",
]


def roles_of(clean: Clean, *lines: str) -> dict[str, str]:
    """The role of each line of a page."""
    blocks = clean("\n\n".join(lines))["blocks"]
    return dict(zip(blocks["text"], blocks["role"], strict=True))


@pytest.mark.parametrize("lede", LEDES)
@pytest.mark.parametrize("above", [[HEADLINE], []], ids=["below a headline", "alone"])
def test_a_lede_is_no_caption_whatever_scene_it_tells(clean: Clean, lede: str, above: list[str]) -> None:
    told = roles_of(clean, *above, lede, *PARAGRAPHS)
    assert told[lede] == "body"
    assert all(told[line] == "headline" for line in above)


def test_a_line_about_a_picture_above_a_text_stays_out_of_it(clean: Clean) -> None:
    caption = "The foreign minister Jan Brandt speaks to reporters in Geneva in this file photo."
    assert roles_of(clean, HEADLINE, caption, *PARAGRAPHS)[caption] == "caption"


@pytest.mark.parametrize(
    ("dateline", "place", "agency"),
    [
        ("GENEVA, March 12, 2024 (Reuters) -", "Geneva", "Reuters"),
        ("BERLIN (dpa) -", "Berlin", "dpa"),
        ("NAIROBI, Kenya (AP) —", "Nairobi, Kenya", "Associated Press"),
    ],
)
def test_a_dateline_on_its_own_line_tells_place_and_agency(clean: Clean, dateline: str, place: str, agency: str) -> None:
    told = clean("\n\n".join([HEADLINE, dateline, *PARAGRAPHS]))
    assert told["blocks"]["role"].to_list() == ["headline", "dateline", *["body"] * len(PARAGRAPHS)]
    assert told["articles"].select("dateline_place", "syndicated_from").rows() == [(place, agency)]


WIRE = [
    "Storm kills nine on the coast",
    "LAGOS, Jan 5, 2024 (Reuters) - A storm killed nine people on the coast on Friday and left thousands without power, officials said.",
    "The storm destroyed the roofs of more than 200 houses, the emergency agency said in a statement.",
    "Bank raises interest rate",
    "NAIROBI, Jan 6, 2024 (Reuters) - The central bank raised its main interest rate on Saturday by half a point, and will act again.",
    "The governor told reporters that inflation had come in above the target for six months.",
    "Talks on dam resume",
    "ADDIS ABABA, Jan 7, 2024 (AFP) - The three neighbours resumed talks on the dam on Sunday after a break of four months.",
    "The three sides said that they hoped for a deal before the rains begin in June.",
]


def test_each_dateline_below_a_short_line_opens_a_wire_story(clean: Clean) -> None:
    told = clean("\n\n".join(WIRE))["articles"]
    assert told.select("title", "dateline_place", "syndicated_from").rows() == [
        (WIRE[0], "Lagos", "Reuters"),
        (WIRE[3], "Nairobi", "Reuters"),
        (WIRE[6], "Addis Ababa", "Agence France-Presse"),
    ]


def test_a_dateline_in_the_middle_of_one_story_opens_none(clean: Clean) -> None:
    told = clean("\n\n".join([HEADLINE, *PARAGRAPHS[:2], "What the neighbours say", WIRE[1], *PARAGRAPHS[2:]]))["articles"]
    assert told["title"].to_list() == [HEADLINE]

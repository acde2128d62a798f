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

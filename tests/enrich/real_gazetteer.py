"""The gazetteer of the bundled reference data, loaded once for all tests that need it."""

from functools import cache

from flows.enrich.story import Entity, Mention, Story, story_from_text
from flows.reference import load_reference
from flows.reference.names import Gazetteer, load_gazetteer


@cache
def real_gazetteer() -> Gazetteer:
    """Takes a second, and a few more the first time on a machine (small towns are unpacked)."""
    return load_gazetteer(load_reference())


def marked(story: Story, mentions: list[Mention], entities: dict[str, Entity]) -> list[tuple[str, str]]:
    """The names of a story as (text, entity id)."""
    return [(story.page_text[m.char_start : m.char_end], m.entity_id) for m in mentions if m.entity_id in entities]


def names_in(text: str, **about: object) -> list[tuple[str, str]]:
    """The names that are found in a text, a line a paragraph."""
    from flows.enrich.names import find_names

    story = story_from_text(text, **{"language": "en", **about})  # type: ignore[arg-type]
    mentions, entities = find_names(story, real_gazetteer())
    return marked(story, mentions, entities)

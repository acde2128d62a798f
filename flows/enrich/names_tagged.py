"""Names that a trained tagger finds and the lists and forms do not: added to an article's mentions with method ``model``."""

from collections.abc import Callable

from flows.enrich.story import FACT_ROLES, Entity, Mention, Story
from flows.reference.names import Gazetteer, slug

# The texts of an article's blocks → for each, its names as first character, end, kind (person, organization, place).
Tagger = Callable[[list[str]], list[list[tuple[int, int, str]]]]
_PREFIX = {"person": "person", "organization": "org", "place": "place"}


def add_tagged_names(
    story: Story, mentions: list[Mention], entities: dict[str, Entity], gazetteer: Gazetteer, tagger: Tagger
) -> list[Mention]:
    """The mentions with those of the tagger that overlap none of them, in order; new entities are added to ``entities``."""
    blocks = [block for block in story.blocks if block.role in FACT_ROLES]
    taken = [(mention.char_start, mention.char_end) for mention in mentions]
    added = []
    for block, names in zip(blocks, tagger([block.text for block in blocks]), strict=True):
        for low, high, kind in names:
            start, end = block.char_start + low, block.char_start + high
            if kind not in _PREFIX or not 0 <= low < high <= len(block.text) or any(a < end and start < b for a, b in taken):
                continue
            first, last = story.token_at(start), story.token_at(end - 1)
            if first < 0 or story.starts[first] != start or story.ends[last] != end or story.sentence_of[first] != story.sentence_of[last]:
                continue
            sentence = story.sentences[story.sentence_of[first]]
            entity_id = _entity_of(" ".join(story.page_text[start:end].split()), kind, entities, gazetteer)
            own_kind = (entities.get(entity_id) or gazetteer.entities[entity_id]).kind
            added.append(Mention(entity_id, own_kind, block.block_no, start, end, sentence.sentence_no, "model", first, last + 1))
            taken.append((start, end))
    return sorted([*mentions, *added], key=lambda mention: mention.char_start) if added else mentions


def _entity_of(name: str, kind: str, entities: dict[str, Entity], gazetteer: Gazetteer) -> str:
    """The entity of a tagged name: the listed one of this id, else one of the article's own."""
    id = f"{_PREFIX[kind]}/{slug(name)}"
    if id in gazetteer.entities:
        entities.setdefault(id, gazetteer.entities[id])
    else:
        entities.setdefault(id, Entity(id, kind, name))
    return id

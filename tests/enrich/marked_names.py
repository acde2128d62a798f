"""Names marked in a test's own text, "[Ford|p USA] met [Brezhnev|p SUN] in [Vladivostok|l SUN]", made into mentions."""

import re

from flows.enrich.story import Entity, Mention, Story, story_from_text

KINDS = {"p": "person", "c": "country", "o": "organization", "l": "place", "a": "accord", "r": "person"}
MARK = re.compile(r"\[([^|\]]+)\|(\w)(?: ([A-Z]{3}))?(?: ([\w ]+))?\]")


def read(marked: str, *, headline: bool = False) -> tuple[Story, list[Mention], dict[str, Entity]]:
    """A story with its mentions and entities. After kind and country may stand whose other name this is ("r": by pronoun)."""
    text = ""
    spans = []
    at = 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        spans.append((len(text), len(text) + len(mark[1]), mark[1], mark[2], mark[3], mark[4]))
        text += mark[1]
        at = mark.end()
    text += marked[at:]
    story = story_from_text(text, headline=headline, language="en")
    mentions = []
    entities = {}
    for start, end, name, kind, country, other in spans:
        key = (other or name).lower().replace(" ", "-")
        entity = f"{KINDS[kind]}/{country if kind == 'c' else key}"
        entities.setdefault(entity, Entity(entity, KINDS[kind], other or name, country))
        first, last = story.token_at(start), story.token_at(end - 1)
        sentence = story.sentences[story.sentence_of[first]]
        method = "coreference" if kind == "r" else "gazetteer"
        mentions.append(Mention(entity, KINDS[kind], sentence.block_no, start, end, sentence.sentence_no, method, first, last + 1))
    return story, mentions, entities

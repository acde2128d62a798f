"""Helpers for tests of quotes, statements and sources: mentions by plain words, so that no gazetteer is needed."""

import re
from functools import lru_cache
from pathlib import Path

from flows.enrich.story import Entity, Mention, Story, story_from_text
from flows.reference.cues import CueLexicon, load_cues

OUTLETS = ("TASS", "Reuters", "Interfax", "Truth Social", "Evening Herald", "Herald Television")
PEOPLE = (
    "Gerald Ford",
    "Ford",
    "Leonid Brezhnev",
    "Brezhnev",
    "Andrei Gromyko",
    "Gromyko",
    "Anna Weiss",
    "Weiss",
    "Ronald Reagan",
    "Reagan",
)
BODIES = ("the White House", "Foreign Ministry")


@lru_cache(maxsize=1)
def lexicon() -> CueLexicon:
    return load_cues(Path(__file__).parents[2] / "flows" / "reference")


def read(
    text: str, *, headline: bool = False, language: str | None = "en", **stands_for: str
) -> tuple[Story, list[Mention], dict[str, Entity]]:
    """A story with the mentions of the names above; ``stands_for`` gives further phrases with the person they mean."""
    story = story_from_text(text, headline=headline, language=language)
    entities: dict[str, Entity] = {}
    spans: list[tuple[int, int, str, str, str]] = []
    full = {name.split()[-1]: name for name in PEOPLE if " " in name}
    for names, kind in ((PEOPLE, "person"), (OUTLETS, "organization"), (BODIES, "organization")):
        for name in names:
            whole = full.get(name, name)
            key = f"{'person' if kind == 'person' else 'org'}/{whole.lower().replace(' ', '-')}"
            for hit in re.finditer(rf"\b{re.escape(name)}\b", text):
                spans.append((hit.start(), hit.end(), key, kind, "gazetteer"))
                entities[key] = Entity(key, kind, whole, is_outlet=name in OUTLETS)
    for phrase, whole in stands_for.items():
        key = f"person/{whole.lower().replace(' ', '-')}"
        entities.setdefault(key, Entity(key, "person", whole))
        for hit in re.finditer(rf"\b{re.escape(phrase.replace('_', ' '))}\b", text):
            spans.append((hit.start(), hit.end(), key, "person", "coreference"))
    mentions = []
    taken = -1
    for start, end, key, kind, method in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start < taken:
            continue
        taken = end
        first, last = story.token_at(start), story.token_at(end - 1)
        sentence = story.sentences[story.sentence_of[first]]
        mentions.append(Mention(key, kind, sentence.block_no, start, end, sentence.sentence_no, method, first, last + 1))
    return story, mentions, entities

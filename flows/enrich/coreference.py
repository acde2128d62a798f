"""Pronouns and phrases that stand for a name of the article: "he", "the Chinese leader", "the ministry", "the company"."""

import datetime as dt
from bisect import bisect_left, bisect_right

from flows.enrich.story import Entity, Mention, Story
from flows.reference.names import Gazetteer

_PRONOUNS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}


def entity_at(mentions: list[Mention], first_token: int, end_token: int) -> Mention | None:
    """The mention that heads a phrase: of those inside ``first_token:end_token`` the last person, else the last name.

    A person counts before a body or a country, so that "Kremlin spokesman Dmitry Peskov" is Peskov; ``mentions`` are in order.
    """
    at = bisect_left(mentions, first_token, key=lambda mention: mention.first_token)
    best: Mention | None = None
    while at < len(mentions) and mentions[at].first_token < end_token:
        mention = mentions[at]
        if mention.end_token <= end_token and (best is None or mention.kind == "person" or best.kind != "person"):
            best = mention
        at += 1
    return best


def resolve_references(
    story: Story, mentions: list[Mention], entities: dict[str, Entity], gazetteer: Gazetteer, *, on: dt.date | None = None
) -> list[Mention]:
    """The mentions with those by pronoun and phrase added (method ``coreference``), in order. ``entities`` may grow."""
    found = list(mentions)
    starts = [mention.first_token for mention in mentions]
    genders: dict[str, str | None] = {}
    for at, low in enumerate(story.lowers):
        gender = _PRONOUNS.get(low)
        if gender is None:
            continue
        stop = bisect_right(starts, at) - 1
        sentence_no = story.sentence_of[at]
        while stop >= 0 and sentence_no - story.sentence_of[starts[stop]] <= 3:
            mention = mentions[stop]
            if mention.kind == "person":
                id = mention.entity_id
                if id not in genders:
                    genders[id] = gazetteer.genders.get(id) or gazetteer.first_names.get(entities[id].name.split()[0]) or None
                if genders[id] in (None, gender):
                    sentence = story.sentences[sentence_no]
                    found.append(
                        Mention(id, "person", sentence.block_no, story.starts[at], story.ends[at], sentence.sentence_no, "coreference", at, at + 1)
                    )
                    break
            stop -= 1
    found.sort(key=lambda mention: mention.char_start)
    return found

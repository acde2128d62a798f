"""Stories of sport, where countries and clubs that meet, host or beat one another play a match."""

from flows.enrich.events_choice import Draft
from flows.enrich.story import Entity, Story
from flows.reference.events import EventLexicon

_DASHES = frozenset("-–")
_LONGEST_SCORE = 2  # digits of either side


def without_matches(drafts: list[Draft], story: Story, entities: dict[str, Entity], lexicon: EventLexicon) -> list[Draft]:
    """The drafts without those that only tell of a match: "England met France" beside "the match ended 2-1", "Chicago beat Dallas".

    A person among the parties, or a noun such as "talks", speaks against a match.
    """
    drafts = [one for one in drafts if not (one.kind == "beat" and _are_towns(one))]
    matches = {id(one) for one in drafts if _may_be_match(one, entities)}
    return [one for one in drafts if id(one) not in matches] if matches and is_of_sport(story, lexicon) else drafts


def is_of_sport(story: Story, lexicon: EventLexicon) -> bool:
    """Tell whether a story is of sport: by two words of sport alone, or one and words of contests, or a score and two of either."""
    words = set(story.lowers)
    sport, contest = len(words & lexicon.classes["sport"]), len(words & lexicon.classes["contest"])
    return sport > 1 or (sport > 0 and contest > 2) or (sport + contest > 1 and _has_score(story))


def _are_towns(draft: Draft) -> bool:
    """Tell whether one town is said to do something to another; a country may stand for its police."""
    return len(draft.parties) > 1 and all(party.startswith("place/") for party in draft.parties)


def _may_be_match(draft: Draft, entities: dict[str, Entity]) -> bool:
    if draft.noun or not (draft.meeting or draft.plover == "ASSAULT") or not draft.parties:
        return False
    return all(one in entities and entities[one].kind != "person" for one in draft.parties)


def _has_score(story: Story) -> bool:
    """Tell whether a score stands in a story: "2-1", but no part of a date."""
    words = story.words
    for at in range(1, len(words) - 1):
        if words[at] not in _DASHES or not (words[at - 1].isdecimal() and words[at + 1].isdecimal()):
            continue
        touching = story.ends[at - 1] == story.starts[at] and story.ends[at] == story.starts[at + 1]
        longer = {words[at - 2] if at > 1 else "", words[at + 2] if at + 2 < len(words) else ""} & _DASHES
        if touching and not longer and max(len(words[at - 1]), len(words[at + 1])) <= _LONGEST_SCORE:
            return True
    return False

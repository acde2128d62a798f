"""Whom "the two", "both leaders" and "they" mean who are said to meet."""

from flows.enrich.events_choice import Draft
from flows.enrich.story import Mention, Story
from flows.reference.events import EventLexicon

_FARTHEST = 9  # tokens from a meeting's verb back to "the two"
_NATIONS = frozenset(("countries", "nations", "states", "governments"))
_PEOPLE = frozenset(("men", "women", "leaders", "sides", "statesmen", "politicians", "counterparts", "again", "last", "next"))

_INTENDS = frozenset(("agree", "agreed", "plan", "planned", "hope", "hoped", "intend", "intended", "expected", "due", "set", "scheduled"))


def name_pairs(drafts: list[Draft], story: Story, mentions: dict[int, list[Mention]], lexicon: EventLexicon) -> None:
    """Give each meeting of "the two" its parties: those of the last meeting of two, else the only two named in its sentence or the one before.

    ``mentions`` are those of each sentence, by its index. "They" are looked for no farther back; "the two" may be the only
    ones of the story.
    """
    pair: set[str] = set()
    every: dict[str, set[str]] = {"person": set(), "country": set()}  # who is named so far
    waiting = iter(sorted(mentions.items()))
    coming = next(waiting, None)
    told = -1  # the sentence that tells of the last meeting of two
    for draft in drafts:
        if not draft.meeting:
            continue
        while coming is not None and coming[0] <= draft.sentence:
            for one in coming[1]:
                if one.kind in every:
                    every[one.kind].add(one.entity_id)
            coming = next(waiting, None)
        word = _the_two(draft, story, lexicon)
        if word is not None:
            kind = "country" if word in _NATIONS else "person"
            meant = pair if pair and (word != "they" or draft.sentence - told <= 1) and _are(pair, kind) else set()
            if not meant:
                meant = _named(draft, story, mentions, kind)
            if not meant and word != "they" and len(every[kind]) == 2:
                meant = every[kind]
            if meant:
                met = [one for one in draft.parties if one.startswith("person/")] if kind == "person" else []  # "they will meet Ford"
                draft.parties = dict.fromkeys(sorted(meant.union(met)), "participant")
        if len(draft.parties) == 2:
            pair, told = set(draft.parties), draft.sentence


def _the_two(draft: Draft, story: Story, lexicon: EventLexicon) -> str | None:
    """The last word of "the two", "the two leaders", "both men" or "they" where that is the subject of a meeting's verb."""
    if draft.noun:
        return None
    lowers, classes = story.lowers, lexicon.classes
    opening = story.sentences[draft.sentence].first_token
    noun = None
    for at in range(draft.first - 1, max(opening, draft.first - _FARTHEST) - 1, -1):
        word = lowers[at]
        if word == "they" and noun is None:
            return word
        if (word == "two" and at > opening and lowers[at - 1] in ("the", "these", "those")) or word == "both":
            return noun or word
        if word in _NATIONS or word in _PEOPLE or word in classes["title"] or word in classes["group"]:
            noun = noun or (word if word not in ("again", "last", "next") else None)
        elif (
            not any(word in classes[name] for name in ("modal", "have", "be", "adverb", "negation"))
            and word != "to"
            and word not in _INTENDS
        ):
            return None
    return None


def _are(pair: set[str], kind: str) -> bool:
    return all(one.startswith(kind + "/") for one in pair)


def _named(draft: Draft, story: Story, mentions: dict[int, list[Mention]], kind: str) -> set[str]:
    """The only two of a kind whom a sentence, before the meeting's word, and the sentence before it name; empty where there are more or fewer."""
    found: set[str] = set()
    for index in (draft.sentence, draft.sentence - 1):
        if index >= 0 and story.sentences[index].block_no >= story.sentences[draft.sentence].block_no - 1:
            found |= {one.entity_id for one in mentions.get(index, ()) if one.kind == kind and one.first_token < draft.first}
        if len(found) >= 2:
            break
    return found if len(found) == 2 else set()

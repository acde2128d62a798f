"""Meetings that one verb tells of, each with a day of its own."""

from dataclasses import replace

from flows.enrich.events_choice import Draft
from flows.enrich.events_parties import Party
from flows.enrich.story import Story, Timex
from flows.reference.events import EventLexicon


def split_by_day(
    draft: Draft, day: Timex, story: Story, days: list[Timex], parties: list[Party], lexicon: EventLexicon
) -> list[tuple[Draft, Timex]]:
    """The further meetings of "met Ford on Monday and Nixon on Tuesday", each with its day; ``draft`` keeps those of its own.

    ``day`` is the day of the draft; a verb, or no party, between two days makes no further meeting.
    """
    token = story.token_at(day.char_start)
    if draft.noun or token < draft.end:
        return []
    ahead = [one for one in parties if one.end <= draft.first and one.entity_id in draft.parties]
    out: list[tuple[Draft, Timex]] = []
    for later in days:
        at = story.token_at(later.char_start)
        if at <= token or later.starts_on == day.starts_on:
            continue
        own = [one for one in parties if token < one.first and one.end <= at and one.entity_id in draft.parties]
        words = story.lowers[token + 1 : at]
        if not own or not ahead or any(word in lexicon.words and "past" in lexicon.words[word].form for word in words):
            break
        for one in own:
            draft.parties.pop(one.entity_id, None)
        out.append((replace(draft, parties={one.entity_id: "participant" for one in (*ahead, *own)}), later))
        token = at
    return out

"""Events with their parties: a coder over sentences after PLOVER and CAMEO, its vocabulary held as data.

A word of the lexicon (a trigger) is read as verb or noun, with what governs it and what negates it; its parties come from
the sentence's own structure. Speech gives an event only where nothing else happens in the sentence, and no PLOVER type.
"""

import datetime as dt

from flows.enrich.datelines import dateline_end
from flows.enrich.events_choice import Draft
from flows.enrich.events_coding import code_sentence
from flows.enrich.events_days import split_by_day
from flows.enrich.events_meetings import merge_meetings
from flows.enrich.events_pairs import name_pairs
from flows.enrich.events_parties import sentence_parties
from flows.enrich.events_sport import without_matches
from flows.enrich.events_triggers import CLOSERS, sentence_triggers
from flows.enrich.story import Entity, Event, Mention, Story, Timex
from flows.reference.events import EventLexicon

NO_DAY = frozenset(("since", "before", "until"))  # before a date that something does not happen on
_WHO = frozenset(("who", "which", "whom", "whose"))
_LONG = frozenset(("month", "quarter", "half", "season", "year", "decade", "century"))
NEAR = 40  # characters from the noun of a past event to its date
_BEFORE_CALL = frozenset(
    ("the", "a", "their", "this", "that", "both", "two", "during", "'s", "’s", "his", "her", "hour-long", "introductory")
)
DAYS_AGO = 45  # an event dated longer than this before the newest date of the article is background


def find_events(
    story: Story,
    mentions: list[Mention],
    entities: dict[str, Entity],
    dates: list[Timex],
    lexicon: EventLexicon,
    on: dt.date | None = None,
) -> list[Event]:
    """Events of an article, in the order of their triggers; an article in another language than English has none.

    A meeting is one event whatever the number of its mentions and parties. ``starts_on`` comes from a date in the sentence
    (for a meeting, in any of its sentences) and is None where there is none. A meeting of a day after ``on``, the article's, has
    not happened.
    """
    if story.language not in (None, "en") or not story.sentences:
        return []
    named: dict[int, str] = {}
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence_no - 1, []).append(mention)
        if mention.method != "coreference":
            for token in range(mention.first_token, mention.end_token):
                named[token] = mention.kind
    hits = _hits(story, named, lexicon)
    if not hits:
        return []
    days: dict[int, list[Timex]] = {}
    for date in dates:
        if date.starts_on is not None and date.type in ("DATE", "TIME"):
            days.setdefault(date.sentence_no - 1, []).append(date)
    drafts: list[Draft] = []
    dated: dict[int, tuple[object, object]] = {}
    for index, found in hits.items():
        sentence = story.sentences[index]
        is_asked = story.words[sentence.end_token - 1] == "?" or story.words[max(sentence.first_token, sentence.end_token - 2)] == "?"
        triggers = sentence_triggers(story, sentence.first_token, sentence.end_token, named, found, lexicon)
        if not triggers:
            continue
        parties = sentence_parties(story, by_sentence.get(index, []), lexicon)
        for draft in code_sentence(story, index, triggers, parties, lexicon):
            if draft.meeting and is_asked and sentence.role == "body":
                continue  # "Has the minister spoken to him?"
            _mode(draft, story, lexicon)
            drafts.append(draft)
            if index in days:
                day = _day(draft, story, days[index], lexicon)
                if day is not None:
                    dated[id(draft)] = (day.starts_on, day.ends_on)
                    if draft.meeting and len(draft.parties) > 2 and len(days[index]) > 1:
                        for other, its_day in split_by_day(draft, day, story, days[index], parties, lexicon):
                            dated[id(other)] = (its_day.starts_on, its_day.ends_on)
                            drafts.append(other)
    name_pairs(drafts, story, by_sentence, lexicon)
    drafts = merge_meetings(without_matches(drafts, story, entities, lexicon), dated, entities)
    newest = max((date.starts_on for date in dates if date.starts_on and date.grain == "day"), default=None)
    return [_event(draft, story, entities, dated, lexicon, newest, on) for draft in sorted(drafts, key=lambda one: one.first)]


def _hits(story: Story, named: dict[int, str], lexicon: EventLexicon) -> dict[int, list[int]]:
    """Tokens that may tell of an event, by the index of their sentence."""
    words, sentence_of, lowers = lexicon.words, story.sentence_of, story.lowers
    last = len(lowers) - 1
    hits: dict[int, list[int]] = {}
    for i in story.where(words):
        if i in named:
            continue
        followers = words[lowers[i]].followers
        if followers is None or (i < last and lowers[i + 1] in followers):
            hits.setdefault(sentence_of[i], []).append(i)
    return hits


def _day(draft: Draft, story: Story, days: list[Timex], lexicon: EventLexicon) -> Timex | None:
    """The date of a sentence nearest to an event; a past one told by a noun has only a date that follows at once.

    A dateline's day counts only where the sentence has no other; a date before the event, across a verb or clause, gives way
    to one that follows the event in its own clause.
    """
    at = story.starts[draft.first]
    after = story.ends[draft.end - 1]
    opening = dateline_end(story, draft.sentence)
    inner = [day for day in days if story.token_at(day.char_start) >= opening]
    best: Timex | None = None
    following: Timex | None = None
    for day in inner or days:
        token = story.token_at(day.char_start)
        if not NO_DAY.isdisjoint(story.lowers[max(0, token - 3) : token + 1]):
            continue
        if day.char_end <= at and _of_another(story, story.token_at(day.char_end - 1) + 1, draft, lexicon):
            continue
        if day.char_start >= after and _is_beyond(story, draft.end, token, day, lexicon):
            continue
        if draft.background and draft.noun and not 0 <= day.char_start - after <= NEAR:
            continue
        if best is None or abs(day.char_start - at) < abs(best.char_start - at):
            best = day
        if following is None and day.char_start >= after and not _apart(story.lowers[draft.end : token], lexicon):
            following = day
    if best is not None and following is not None and best.char_end <= at:
        token = story.token_at(best.char_end - 1) + 1
        fronted = token - max(opening, story.sentences[draft.sentence].first_token) <= 4 and story.words[token] == ","
        if _apart(story.lowers[token + fronted : draft.first], lexicon) or ("," in story.lowers[token : draft.first] and not fronted):
            return following
    return best


def _is_beyond(story: Story, at: int, token: int, day: Timex, lexicon: EventLexicon) -> bool:
    """Tell whether a date after an event belongs to what is told of another: "the first since Ford went in 1983".

    So does one in a relative clause ("met Ford, who had been there on Friday"), and a year or month after another verb ("met him
    and asked him to come this year").
    """
    lowers = story.lowers
    for j in range(token - 1, at - 1, -1):
        if lowers[j] == ",":
            break
        if lowers[j] == "since" or (
            lowers[j] in _WHO and not (lowers[j] == "which" and j > at and lowers[j - 1] in lexicon.classes["preposition"])
        ):
            return True
    return day.grain in _LONG and (_apart(lowers[at:token], lexicon) or "to" in lowers[at:token])


def _of_another(story: Story, after: int, draft: Draft, lexicon: EventLexicon) -> bool:
    """Tell whether a date that ends before token ``after`` and precedes an event belongs to another clause.

    Either a conjunct with its own subject comes after it ("won in 1972 and Biden met Sunak"), or it closes a relative clause
    ("Lavrov, who met Fidan last week, will meet Wang Yi").
    """
    words, lowers = story.words, story.lowers
    comma = words[after] == ","
    joint = after + comma
    if joint + 1 < draft.first and lowers[joint] in ("and", "but"):
        return words[joint + 1] != lowers[joint + 1] or lowers[joint + 1] in lexicon.classes["article"] or lowers[joint + 1] in ("on", "in")
    if not comma:
        return False
    for j in range(after - 1, story.sentences[draft.sentence].first_token, -1):
        if lowers[j] in lexicon.classes["relative"]:
            return words[j - 1] == ","
        if words[j] == ",":
            return False
    return False


def _apart(between: list[str], lexicon: EventLexicon) -> bool:
    """Tell whether a clause ends or another verb stands among the words between an event and a date."""
    boundary, relative, words = lexicon.classes["boundary"], lexicon.classes["relative"], lexicon.words
    return any(
        word in boundary or word in relative or word in CLOSERS or (word in words and "past" in words[word].form) for word in between
    )


def _mode(draft: Draft, story: Story, lexicon: EventLexicon) -> None:
    """By phone, by video: from the words around a meeting's trigger, and for "spoke with" from the next sentence and the headline.

    Whether it is one more meeting, "again" beside the trigger tells.
    """
    if not draft.meeting:
        return
    classes = lexicon.classes
    sentence = story.sentences[draft.sentence]
    draft.again = "again" in story.lowers[max(sentence.first_token, draft.first - 3) : min(sentence.end_token, draft.end + 4)]
    near = story.lowers[max(sentence.first_token, draft.first - 4) : min(sentence.end_token, draft.end + 8)]
    if draft.mode == "letter":
        return
    if not classes["phone"].isdisjoint(near):
        draft.mode = "phone"
    elif not classes["video"].isdisjoint(near):
        draft.mode = "video"
    elif draft.kind in ("meet", "talks") and not classes["aloud"].isdisjoint(story.lowers[draft.first : draft.end]):
        draft.aloud = True
        draft.mode = "phone" if _of_a_call(story, draft.sentence, classes["call"]) else None


def _of_a_call(story: Story, index: int, calls: frozenset[str]) -> bool:
    """Tell whether a sentence, the next one or the headline speaks of a call: "a readout of the call", "the two calls"."""
    sentence = story.sentences[index]
    near = [sentence] + [one for one in story.sentences[index + 1 : index + 2] if one.block_no <= sentence.block_no + 1]
    near += [one for one in story.sentences[:2] if one.role in ("headline", "deck")]
    lowers = story.lowers
    return any(
        (lowers[j] in calls and lowers[j - 1] in _BEFORE_CALL) or (lowers[j] in calls and story.words[j + 1 : j + 2] == ["with"])
        for one in near
        for j in range(one.first_token + 1, one.end_token)
    )


def _event(
    draft: Draft,
    story: Story,
    entities: dict[str, Entity],
    dated: dict[int, tuple[object, object]],
    lexicon: EventLexicon,
    newest: dt.date | None,
    on: dt.date | None,
) -> Event:
    quad, intensity = lexicon.codes.get(draft.cameo or "", (None, None))
    starts_on, ends_on = dated.get(id(draft), (None, None))
    assert starts_on is None or isinstance(starts_on, dt.date)
    assert ends_on is None or isinstance(ends_on, dt.date)
    status = draft.status
    if draft.meeting and on is not None and starts_on is not None and (starts_on - on).days > 1 and status in ("happened", "ongoing"):
        if draft.noun or status == "ongoing":
            status = "planned"
        else:
            starts_on = ends_on = None
    background = draft.background
    if newest is not None and ends_on is not None and (newest - ends_on).days > DAYS_AGO:
        background = True
    mode = draft.mode if draft.meeting else None
    if draft.meeting and mode is None:
        mode = "in person" if draft.kind in ("meet", "talks") and (draft.place_id or not draft.aloud) else None
    sentence = story.sentences[draft.sentence]
    return Event(
        kind=draft.kind,
        plover=draft.plover,
        cameo=draft.cameo,
        quad=quad,
        intensity=intensity,
        mode=mode,
        status=status,
        is_background=background,
        block_no=sentence.block_no,
        char_start=story.starts[draft.first],
        char_end=story.ends[draft.end - 1],
        sentence_no=sentence.sentence_no,
        starts_on=starts_on,
        ends_on=ends_on,
        place_id=draft.place_id,
        parties=_parties(draft, entities),
    )


def _parties(draft: Draft, entities: dict[str, Entity]) -> tuple[tuple[str, str, str | None], ...]:
    """Parties with their countries; a person who acts is not said to act on the own country beside others."""
    rows = [(one, role, entities[one].country if one in entities else None) for one, role in draft.parties.items()]
    own = {country for one, role, country in rows if role == "actor" and not one.startswith("country/")}
    rest = [row for row in rows if not (row[1] == "recipient" and row[0].startswith("country/") and row[2] in own)]
    return tuple(rest if any(role == "recipient" for _, role, _ in rest) else rows)

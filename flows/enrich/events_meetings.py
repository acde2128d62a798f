"""One meeting, one row: mentions of the same meeting in an article are merged into the richest."""

from flows.enrich.events_choice import Draft
from flows.enrich.story import Entity

RANK = {"meet": 5, "summit": 4, "call": 4, "video-call": 4, "host": 3, "talks": 2, "visit": 1, "letter": 1}
DROPPED = frozenset(("cancelled", "postponed"))
REMOTE = frozenset(("phone", "video", "letter"))


def merge_meetings(drafts: list[Draft], dates: dict[int, tuple[object, object]], entities: dict[str, Entity]) -> list[Draft]:
    """Merge drafts of one meeting; ``dates`` holds (starts_on, ends_on) by ``id`` of a draft and is kept up to date.

    Two drafts tell of one meeting when one's people are among the other's, and days, places and ways of meeting agree.
    """
    out: list[Draft] = []
    meetings: list[Draft] = []
    for draft in drafts:
        if not draft.meeting:
            out.append(draft)
            continue
        _people_only(draft, entities)
        same = next((one for one in reversed(meetings) if _same(one, draft, dates)), None)
        if same is not None:
            _absorb(same, draft, dates)
        elif len(draft.parties) > 1 or (draft.parties and not draft.definite) or (draft.place_id and (draft.parties or not draft.definite)):
            meetings.append(draft)
            out.append(draft)
    return out


def _people_only(draft: Draft, entities: dict[str, Entity]) -> None:
    """Where people of a country meet, the country is not a party too."""
    kinds = {one: entities[one].kind for one in draft.parties if one in entities}
    people = {entities[one].country for one, kind in kinds.items() if kind == "person"}
    if people:
        for one, kind in kinds.items():
            if kind == "country" and entities[one].country in people:
                del draft.parties[one]


def _same(one: Draft, other: Draft, dates: dict[int, tuple[object, object]]) -> bool:
    mine, theirs = set(one.parties), set(other.parties)
    if not theirs:
        if not other.definite or ((one.kind == "visit") != (other.kind == "visit") and other.kind not in ("meet", "talks")):
            return False
    elif not (mine <= theirs or theirs <= mine) or (len(mine & theirs) < 2 and not (one.kind == other.kind == "visit")):
        return False
    if (one.kind == "visit") != (other.kind == "visit") and theirs:
        return False
    remote = one.mode in REMOTE or other.mode in REMOTE
    if remote and one.mode != other.mode and theirs and not (one.mode is None and one.aloud) and not (other.mode is None and other.aloud):
        return False
    first, second = dates.get(id(one)), dates.get(id(other))
    if first and second and first != second and first[0] is not None and second[0] is not None:
        return False
    if theirs and theirs < mine and one.status in ("planned", "possible") and other.status in ("happened", "ongoing"):
        return False  # three were to meet, two of them met
    elsewhere = other.again or (one.place_id and other.place_id and one.place_id != other.place_id)
    if theirs and elsewhere and one.status in ("happened", "ongoing") and other.status in ("planned", "possible"):
        return False  # "met in Moscow and will meet again in Helsinki"
    dropped = other.status in DROPPED and one.status in ("planned", "possible")  # "… but the meeting was called off"
    if {one.status, other.status} & {"cancelled", "denied"} and one.status != other.status and not dropped:
        return False
    return not (one.place_id and other.place_id and one.place_id != other.place_id and one.background != other.background)


def _absorb(one: Draft, other: Draft, dates: dict[int, tuple[object, object]]) -> None:
    if other.parties:
        richer = len(other.parties) > len(one.parties) or (
            len(other.parties) == len(one.parties) and RANK.get(other.kind, 0) > RANK.get(one.kind, 0)
        )
        if richer and other.strength >= one.strength:
            one.kind, one.cameo, one.mode = other.kind, other.cameo, other.mode or one.mode
            one.first, one.end, one.sentence = other.first, other.end, other.sentence
        one.mode = one.mode or other.mode
        one.aloud = one.aloud and other.aloud
        for party, role in other.parties.items():
            one.parties.setdefault(party, role)
        called_off = other.status in DROPPED and one.status in ("planned", "possible")
        held = other.status in ("happened", "ongoing") and not (other.noun and not one.noun)
        if called_off or (one.status in ("planned", "possible") and held):
            one.status, one.plover = other.status, other.plover
        one.background = one.background and other.background
    elif other.status in DROPPED and one.status in ("planned", "possible"):
        one.status, one.plover, one.cameo = other.status, other.plover, other.cameo
    one.place_id = one.place_id or other.place_id
    if id(one) not in dates and id(other) in dates:
        dates[id(one)] = dates[id(other)]

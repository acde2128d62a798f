"""An event as coded from a sentence, and which of a sentence's events stand."""

from dataclasses import dataclass, field

OFTEN_UNNAMED = frozenset(("ACCUSE", "PROTEST", "ASSAULT", "COERCE", "REQUEST", "THREATEN"))


@dataclass(eq=False, slots=True)
class Draft:
    """An event as coded from one sentence, before mentions of one meeting are merged; tokens are those of the story."""

    kind: str
    plover: str | None
    cameo: str | None
    status: str
    first: int
    end: int
    sentence: int
    strength: int
    meeting: bool = False
    mode: str | None = None
    background: bool = False
    definite: bool = False
    purpose: bool = False  # an infinitive: "gathered to protest"
    manned: bool = False  # its subject is a body without a name: "the two governments"
    alike: bool = False  # names no counterpart, so that it may be a meeting told elsewhere: "the two men met"
    noun: bool = False
    aloud: bool = False  # "spoke with": by phone or in person, which the words leave open
    again: bool = False  # "will meet again": not the meeting told before
    place_id: str | None = None
    parties: dict[str, str] = field(default_factory=dict)


def choose(drafts: list[Draft], spare: list[Draft]) -> list[Draft]:
    """Which events of a sentence stand: weak words only beside parties, speech only where nothing else happens."""
    if not drafts and not spare:
        return []
    kept = [one for one in drafts if one.strength > 1 or len(set(one.parties.values())) > 1 or _enough(one)]
    if not any(one.plover and (one.parties or not one.definite) for one in kept):
        kept += [one for one in drafts if one.plover and one.strength == 1 and one not in kept and _by_country(one)][:1]
    if not any(one.plover and (one.parties or not one.definite) for one in kept):
        kept += [one for one in spare if _telling(one)][:1]
    mentioned = [
        one for one in kept if one.meeting and (one.definite or one.alike) and not one.parties
    ]  # "the meeting": of one told elsewhere
    coded = [one for one in kept if one.plover is not None and one not in mentioned and (one.parties or _unnamed(one))]
    return mentioned + (coded or [one for one in kept if "actor" in one.parties.values()][:1])


def _enough(draft: Draft) -> bool:
    return (draft.meeting or draft.plover == "COOPERATE") and (
        len(draft.parties) > 1 or bool(draft.parties and draft.place_id and draft.kind == "visit")
    )


def _telling(draft: Draft) -> bool:
    """Tell whether an event without a finite verb is worth a row: countries take part, or people gathered for it."""
    if draft.plover == "PROTEST" and draft.purpose:
        return True
    return len(draft.parties) > 1 or (draft.strength > 1 and any(one.startswith("country/") for one in draft.parties))


def _unnamed(draft: Draft) -> bool:
    """Tell whether an event between unnamed parties is worth a row: it is spelled out, or of a kind that people make."""
    return not draft.background and draft.status != "denied" and (draft.strength > 2 or draft.manned or draft.plover in OFTEN_UNNAMED)


def _by_country(draft: Draft) -> bool:
    return any(one.startswith("country/") and role != "recipient" for one, role in draft.parties.items())

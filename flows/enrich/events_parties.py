"""Who takes part in an event: the names around its word, read by prepositions, lists, possessives and passives."""

from typing import NamedTuple

from flows.enrich.events_triggers import CLOSERS, PRONOUNS
from flows.enrich.story import Mention, Story
from flows.reference.events import EventLexicon

POSSESSIVE = frozenset(("’s", "'s", "’", "'"))
POSSESSIVE_PRONOUNS = frozenset(("his", "her", "its", "their", "our", "my"))
JOINERS = frozenset((",", "and", "&", "or", "-", "–", "/", "as", "well", "plus"))
TITLE_JOINTS = frozenset(("of", "for", "and", "the", "-", "–", "affairs", "state", "."))
NO_TITLE = frozenset(("and", ",", "to", "with", "by", "that", "who", "which", "said", "told", "is", "was", "has", "had", "will"))
OFFICES = frozenset((
    "state", "defense", "defence", "staff", "treasury", "energy", "commerce", "justice", "parliament", "government", "war", "homeland",
    "interior", "finance", "trade", "security", "foreign", "agriculture", "health", "transport", "education",
))  # fmt: skip
COUNTERPARTS = frozenset(("counterpart", "counterparts", "colleague", "number"))
AFTER_NAMED = frozenset((",", ".", "and", "in", "on", "at", "to", "for"))
SAID = frozenset(("said", "says", "added", "confirmed", "reported"))
WHO_TOO = frozenset(("the", "both", "two", "all", "these"))
REACH = 8  # tokens from a preposition or verb to the head of its phrase
AGENTS = frozenset(("person", "country", "organization"))


class Party(NamedTuple):
    """A name in a sentence that can take part in an event. ``prep`` is the preposition before its phrase, if any."""

    first: int
    end: int
    kind: str
    entity_id: str
    prep: str | None
    possessive: bool
    joined: bool  # goes on a list begun by the one before it
    located: bool  # stands as a place: in Beijing


def sentence_parties(story: Story, mentions: list[Mention], lexicon: EventLexicon) -> list[Party]:
    """The names of one sentence as parties, in order: modifiers ("Russian President Putin", "Putin of Russia") left out."""
    lowers, classes = story.lowers, lexicon.classes
    titles, locating, prepositions = classes["title"], classes["location"], classes["preposition"]
    ordered = sorted(mentions, key=lambda one: (one.first_token, -one.end_token))
    kept: list[Mention] = []
    reach = -1
    for m in ordered:
        if (m.first_token < reach and m.kind != "person") or (
            kept and m.first_token < reach and kept[-1].kind == "person" and kept[-1].first_token != m.first_token
        ):
            continue  # a name within a name
        kept.append(m)
        reach = max(reach, m.end_token)
    out: list[Party] = []
    passed: set[int] = set()  # tokens of names that only modify another
    for at, m in enumerate(kept):
        first, end = m.first_token, m.end_token
        after = kept[at + 1] if at + 1 < len(kept) else None
        if m.kind != "person":
            modifier = after is not None and after.kind == "person" and _is_title(lowers, end, after.first_token, titles, lexicon)
            if at and not modifier and kept[at - 1].kind == "person":
                gap = lowers[kept[at - 1].end_token : first]
                modifier = gap in (["of"], ["of", "the"]) or (gap[:1] == [","] and len(gap) <= 3 and _titled(lowers, end, titles))
            if modifier:
                passed.update(range(first, end))
                continue
        if m.kind == "person" and _is_owner(lowers, first, end, after, classes["servant"]):
            passed.update(range(first, end))  # "his French counterpart, Ford", "Nixon's envoy"
            continue
        possessive = (end < len(lowers) and lowers[end] in POSSESSIVE) or (end - first == 1 and lowers[first] in POSSESSIVE_PRONOUNS)
        prep, start = _prep_before(
            lowers, first, end, out[-1].end if out else story.sentences[story.sentence_of[first]].first_token, prepositions, classes["day"]
        )
        joined = False
        if out and prep is None and not _is_dash(story, out[-1].end):
            gap = [lowers[j] for j in range(out[-1].end, first) if j not in passed]
            cited = end < len(lowers) and lowers[end] in classes["speech"]
            joined = (
                0 < len(gap) <= REACH and gap[0] in JOINERS and _joins(gap, classes) and not (cited and gap[0] == "," and "and" not in gap)
            )
        located = m.kind in ("place", "country") and (
            prep in locating
            or (prep == "between" and lowers[start - 1] in ("halfway", "midway"))
            or (prep == "of" and lowers[start - 1 : start] in (["city"], ["town"], ["capital"], ["port"]))
        )
        if joined:
            located = out[-1].located and m.kind in ("place", "country")
        if prep == "to" and m.kind == "place":
            located = True
        out.append(Party(first, end, m.kind, m.entity_id, out[-1].prep if joined else prep, possessive, joined, located))
    return out


def _is_dash(story: Story, at: int) -> bool:
    """Tell whether a dash that stands free parts two names: "MADRID – Sanchez", but not "Moscow–Minsk"."""
    return story.words[at] in "-–" and story.starts[at] > story.ends[at - 1]


def _is_owner(lowers: list[str], first: int, end: int, after: Mention | None, servants: frozenset[str]) -> bool:
    """Tell whether one is named only to say whose counterpart, envoy or spokesman another is."""
    if end - first == 1 and lowers[first] in POSSESSIVE_PRONOUNS:
        return after is not None and not COUNTERPARTS.isdisjoint(lowers[end : end + 6])
    return end < len(lowers) and lowers[end] in POSSESSIVE and not servants.isdisjoint(lowers[end + 1 : end + 4])


def _is_title(lowers: list[str], start: int, stop: int, titles: frozenset[str], lexicon: EventLexicon) -> bool:
    """Tell whether the words between two names make the first one a modifier of the second: "Russian President Putin"."""
    gap = lowers[start:stop]
    if not gap:
        return True
    if len(gap) > 7 or gap[0] in ("and", ",", "with", "to", "by"):
        return False
    if gap[0] in POSSESSIVE:
        gap = gap[1:]
    gap = [word for n, word in enumerate(gap) if word != "," or not n or gap[n - 1] not in titles]  # "his counterpart, Prince Faisal"
    if not gap or (gap[-1] not in titles and gap[0] not in titles):
        return False
    if all(word in titles or word in TITLE_JOINTS for word in gap):
        return True
    if gap[-1] not in titles or len(gap) > 4:
        return False
    for word in gap:
        known = lexicon.words.get(word)
        if word in NO_TITLE or word.endswith("ed") or (known is not None and ("past" in known.form or "present" in known.form)):
            return False
    return True


def _titled(lowers: list[str], end: int, titles: frozenset[str]) -> bool:
    following = lowers[end : end + 4]
    return bool(following) and (following[0] in POSSESSIVE or following[0] in titles) and any(word in titles for word in following)


def _prep_before(
    lowers: list[str], first: int, end: int, least: int, prepositions: frozenset[str], days: frozenset[str]
) -> tuple[str | None, int]:
    """The preposition that opens the phrase of a name, and where it stands."""
    j = first - 1
    stop = max(least, first - 6)
    while j >= stop:
        word = lowers[j]
        if word == "of" and j + 1 < first and lowers[j + 1] in OFFICES:
            j -= 1  # secretary of state
            continue
        if word == "," and j == first - 1 and lowers[j - 1] in COUNTERPARTS and lowers[end : end + 1] and lowers[end] in AFTER_NAMED:
            j -= 1  # with his counterpart, Ford
            continue
        if word in prepositions:
            return word, j
        if word in days or (len(word) == 4 and word.isdecimal()) or (word == "may" and lowers[j - 1].isdecimal()):
            return None, first  # "On Tuesday Ford flew": of the day, not of the name
        if word in JOINERS or word in POSSESSIVE or word in CLOSERS or word in PRONOUNS:
            return None, first
        if word.endswith("ed") or word in ("said", "met", "told", "that", "is", "was", "has", "will"):
            return None, first
        j -= 1
    return None, first


def _joins(gap: list[str], classes: dict[str, frozenset[str]]) -> bool:
    if len(gap) == 1:
        return True
    if gap[0] == "," and gap[1] not in ("and", "as") and len(gap) > 4 and gap[-2:] != [",", "and"]:
        return False
    rest = [word for word in gap if word not in JOINERS]
    return all(
        word in classes["title"]
        or word in classes["determiner"]
        or word in classes["group"]
        or word in OFFICES
        or word in ("of", "for", ".")
        for word in rest
    )


def lists(parties: list[Party]) -> list[list[Party]]:
    """Parties grouped by list: "Xi, Kim and Putin" is one group."""
    groups: list[list[Party]] = []
    for party in parties:
        if party.joined and groups:
            groups[-1].append(party)
        else:
            groups.append([party])
    return groups


def subject(groups: list[list[Party]], clause: int, start: int, lowers: list[str], group_words: frozenset[str]) -> list[Party]:
    """The list of names that is the subject of the verb group at ``start``, in the clause from ``clause``."""
    best: list[Party] = []
    fallback: list[Party] = []
    for group in groups:
        head = group[0]
        if head.first < clause:
            continue
        if group[-1].end > start:
            break
        if lowers[group[-1].end] in SAID and lowers[group[-1].end + 1] in WHO_TOO and lowers[start - 1] not in JOINERS:
            continue  # Ford said the two leaders met
        agents = [one for one in group if one.kind in AGENTS and not one.located]
        if not agents:
            named = [one for one in group if one.kind in ("country", "place")]
            if named and head.prep is None and not head.located and not named[-1].possessive:
                best = named  # a capital that acts: "Manila told"
            fallback = fallback or named
            continue
        if head.prep in (None, "between"):
            if not group[-1].possessive:
                best = agents
            elif group[-1].kind != "person" or not group_words.isdisjoint(lowers[group[-1].end + 1 : group[-1].end + 4]):
                fallback = agents
        elif head.prep in ("of", "from", "by", "for") and not best:
            fallback = fallback or agents
    return best or fallback


def objects(groups: list[list[Party]], end: int, stop: int) -> list[tuple[str | None, list[Party]]]:
    """Lists of names after a trigger, each with its preposition, as far as ``stop``."""
    return [(group[0].prep, group) for group in groups if group[0].first >= end and group[0].first < stop]


def right_edge(lowers: list[str], at: int, end: int, lexicon: EventLexicon, breaks: set[int]) -> int:
    """Where the phrases that belong to a trigger end: at the next clause, closing mark or verb with a subject of its own."""
    boundary, relative, speech = lexicon.classes["boundary"], lexicon.classes["relative"], lexicon.classes["speech"]
    j = at
    limit = min(end, at + 30)
    while j < limit:
        word = lowers[j]
        if word in boundary or word in relative or word in CLOSERS or j in breaks:
            return j
        if word == "," and j + 1 < end and (lowers[j + 1].endswith("ing") or lowers[j + 1] in speech):
            return j
        j += 1
    return j


def reported_by(parties: list[Party], lowers: list[str], first: int, lexicon: EventLexicon) -> set[int]:
    """Commas after which only the one who reports follows: ", the Kremlin said", ", a spokesman for Ford told TASS"."""
    speech = lexicon.classes["speech"]
    commas: set[int] = set()
    for party in parties:
        if party.end >= len(lowers) or lowers[party.end] not in speech:
            continue
        for j in range(party.first - 1, max(first, party.first - REACH) - 1, -1):
            if lowers[j] == ",":
                commas.add(j)
            if lowers[j] in (",", "and", "but"):
                break
    return commas

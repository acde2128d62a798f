"""Whose verb a cue is when the speaker does not stand right before it: relative clauses, appositions, shared subjects."""

from flows.enrich.scene import DASHES, Scene, Speaker, Speech
from flows.enrich.speakers import office_after, phrase_after, phrase_before

_REACH = 12  # tokens back to the "who" of a clause without commas
_OPENERS = frozenset(("preposition", "subordinator", "question", "time"))
_MODIFIERS = frozenset(("determiner", "possessive", "relative", "preposition", "question", "conjunction", "adverb", "subordinator"))
_NEARLY = frozenset(("about", "around", "over", "nearly"))


def shared_subject(scene: Scene, number: int, before: int, known: list[Speech] | None) -> Speaker | None:
    """The speaker of the cue before in the sentence, else the sentence's subject: "Ford left, saying …", "and said"."""
    if known:
        ends = {speech.end for speech in known}
        for speech in reversed(known):
            if speech.cue.kind == "verb" and not speech.passive and not _hangs(scene, speech) and speech.speaker.first not in ends:
                return speech.speaker
    subject = clause_subject(scene, number, before)
    return subject if subject is not None or not known else known[-1].speaker


def _hangs(scene: Scene, speech: Speech) -> bool:
    """Tell whether a cue stands in a clause that hangs on another: "whether the court could question him"."""
    first = speech.speaker.first
    if speech.side != "before" or first <= scene.story.sentences[speech.sentence].first_token:
        return False
    lower = scene.story.lowers[first - 1]
    return lower == "because" or scene.groups.get(lower) in ("question", "relative")


def clause_subject(scene: Scene, number: int, before: int) -> Speaker | None:
    """The subject of a sentence as far as its first words show: its first noun phrase after any opening adverbial."""
    story, groups, starting = scene.story, scene.groups, scene.starting
    words, lowers = story.words, story.lowers
    k = story.sentences[number].first_token
    if words[k].isupper() and len(words[k]) > 2:  # a dateline
        for dash in range(k + 1, min(before, k + 14)):
            if words[dash] in DASHES and story.ends[dash - 1] != story.starts[dash]:
                k = dash + 1
                break
    for _ in range(3):
        if k + 1 < before and lowers[k] in _NEARLY and words[k + 1][0].isdigit():
            k += 1
        while k < before and (not words[k][0].isalnum() or (groups.get(lowers[k]) in ("conjunction", "adverb") and k not in starting)):
            k += 1
        if k >= before:
            return None
        if words[k].isdigit() and words[k + 1] == ",":  # On July 6, 2015, Ford
            k += 2
            continue
        if k not in starting:
            comma = next((m for m in range(k, min(before, k + 7)) if words[m] == ","), None)
            if comma is not None and "time" in (groups.get(lowers[comma - 1]), groups.get(lowers[comma - 2])):
                k = comma + 1
                continue
            if groups.get(lowers[k]) in _OPENERS or lowers[k].endswith(("ing", "ed")):
                comma = next((m for m in range(k, before) if words[m] == ","), None)
                if comma is None:
                    return None
                k = comma + 1
                continue
        return phrase_after(scene, k, before)
    return None


def antecedent(scene: Scene, who: int, low: int) -> Speaker | None:
    """The speaker of a relative clause: printed as "who", meant by the noun before it."""
    story = scene.story
    if story.lowers[who] == "that" and who > low and story.words[who - 1] == ",":
        return None
    last = who - 1
    while last > low and (story.words[last] == "," or story.words[last] in DASHES):
        last -= 1
    noun = phrase_before(scene, last, low)
    mention = scene.starting.get(who)
    if mention is not None and mention.method == "coreference":
        return Speaker(who, who + 1, mention.entity_id, "pronoun", noun.office if noun else None)
    if noun is None:
        return None
    if story.lowers[who] == "who" and noun.entity_id is not None:
        return Speaker(who, who + 1, noun.entity_id, "pronoun", noun.office)
    return noun._replace(end=who + 1)


def of_relative(scene: Scene, speaker: Speaker, low: int, known: list[Speech] | None) -> Speaker:
    """The noun before "who" where the speaker found ends its clause ("officials who spoke with reporters said"), else it."""
    if speaker.first - low < 2 or speaker.kind == "pronoun":
        return speaker
    story, groups = scene.story, scene.groups
    for k in range(speaker.first - 1, max(low, speaker.first - _REACH), -1):
        lower = story.lowers[k]
        if lower == "who":
            is_verb = story.lowers[speaker.first - 1] in ("be", "been", "being")  # asked not to be named said
            if story.words[k - 1] == "," or (known and known[-1].first > k and not is_verb):
                return speaker
            return phrase_before(scene, k - 1, low) or speaker
        if not lower[0].isalnum() or groups.get(lower) in ("subject", "relative", "question"):
            return speaker
    return speaker


def parenthetical(scene: Scene, comma: int, low: int) -> Speaker | None:
    """The subject before an apposition or relative clause that ends at ``comma``: "Ford, who was in Iowa, said".

    An apposition that names the subject is part of the speaker: "Her counterpart, Anna Weiss, said".
    """
    story, groups = scene.story, scene.groups
    words, lowers = story.words, story.lowers
    mark = words[comma]
    end = comma
    for _ in range(4):
        opening = end - 1
        while opening >= low and not (
            words[opening] == mark and (mark == "," or opening == low or story.ends[opening - 1] != story.starts[opening])
        ):
            opening -= 1
        if opening < low:
            return None
        head = opening + 1
        speaker = phrase_before(scene, opening - 1, low)
        if speaker is None:
            end = opening
            continue
        modifier = groups.get(lowers[head]) in _MODIFIERS or lowers[head].endswith(("ing", "ed")) or words[head][0].isdigit()
        before = speaker.first - 1
        if (
            modifier
            and speaker.kind != "name"
            and before >= low
            and words[before] == mark
            and groups.get(lowers[speaker.first]) == "determiner"
        ):
            outer = phrase_before(scene, before - 1, low)
            if outer is not None and outer.kind in ("name", "person") and outer.first == low:
                return outer._replace(office=outer.office or office_after(scene, speaker.first, end))
        if not modifier and before >= low and groups.get(lowers[before]) == "preposition":
            end = opening
            continue
        if speaker.kind == "name" and speaker.office is None:
            speaker = speaker._replace(office=office_after(scene, head, end))
        named = scene.ending.get(end - 1)
        if speaker.entity_id is None and named is not None and named.first_token == head and named.entity_id.startswith("person/"):
            return Speaker(speaker.first, end, named.entity_id, "name", speaker.office)  # Her Finnish counterpart, Anna Weiss,
        return of_relative(scene, speaker, low, None)
    return None


def by_phrase(scene: Scene, at: int, limit: int) -> Speaker | None:
    """The one by whom something "was described", within a few words."""
    lowers = scene.story.lowers
    for k in range(at, min(limit, at + 8)):
        if lowers[k] == "by":
            return phrase_after(scene, k + 1, limit)
        if lowers[k] in (",", ".", ";", ":"):
            return None
    return None

"""Every place where somebody is said to speak: the cue, the speaker, and whether the cue is negated.

Quotes, statements and cited sources are all drawn from these. One pass looks each token up in the cue lexicon; the rest
is work on the few sentences that hold a cue.
"""

from typing import NamedTuple

from flows.enrich.quotation_marks import Span, find_quoted
from flows.enrich.speakers import Scene, Speaker, make_scene, office_after, phrase_after, phrase_before
from flows.enrich.story import Entity, Mention, Story
from flows.reference.cues import Cue, CueLexicon

_BE = frozenset("is are was were be been being".split())
_MODALS_OF_BASE = frozenset("to will would can could may might must shall should did do does didn don doesn won wouldn couldn shouldn cannot ’d 'd ’ll 'll".split())
_DASHES = frozenset("-–—")
_MARKS = frozenset("”\"’'»")


class Speech(NamedTuple):
    """One cue: its tokens ``first:end``, those from its first auxiliary, its sentence's index, and who speaks.

    ``side`` tells where the speaker stands: ``before`` the cue, ``after`` it, or ``shared`` with an earlier cue or the
    sentence's subject.
    """

    cue: Cue
    first: int
    end: int
    group_first: int
    sentence: int
    speaker: Speaker | None
    side: str
    negated: bool
    passive: bool

    @property
    def start(self) -> int:
        """First token of cue and speaker together."""
        if self.speaker is None or self.side == "shared":
            return self.group_first
        return min(self.group_first, self.speaker.first)

    @property
    def stop(self) -> int:
        """Token after cue and speaker together."""
        return max(self.end, self.speaker.end) if self.speaker is not None and self.side == "after" else self.end


class Reading(NamedTuple):
    """What the finders of quotes, statements and cited sources share of one story."""

    scene: Scene
    spans: list[Span]
    speeches: list[Speech]
    by_sentence: dict[int, list[Speech]]
    quoted: list[int]


def read_speech(story: Story, mentions: list[Mention], entities: dict[str, Entity], cues: CueLexicon) -> Reading:
    """Find the quoted spans and every cue outside them with its speaker."""
    scene = make_scene(story, mentions, entities, cues)
    spans = find_quoted(story)
    quoted = [0] * (len(story.words) + 1)  # 1 + index of the span that holds a token
    for n, span in enumerate(spans, 1):
        for i in range(span.first_token, span.end_token):
            quoted[i] = n
    by_first = cues.cues
    language = story.language or "en"
    speeches: list[Speech] = []
    by_sentence: dict[int, list[Speech]] = {}
    free = 0
    named = scene.named
    lowers = story.lowers
    genders = {m.entity_id: lowers[m.first_token] for m in mentions if m.method == "coreference" and lowers[m.first_token] in ("he", "she")}
    heard: dict[str, int] = {}
    for i, lower in enumerate(lowers):
        if lower not in by_first or i < free or quoted[i] or i in named:
            continue
        number = story.sentence_of[i]
        sentence = story.sentences[number]
        known = by_sentence.get(number)
        for cue in by_first[lower]:
            if cue.language != language:
                continue
            end = i + 1 + len(cue.words)
            if cue.words and (end > sentence.end_token or tuple(story.lowers[i + 1 : end]) != cue.words):
                continue
            speech = _read(scene, cue, i, end, number, known, quoted)
            if speech is not None:
                if speech.speaker is not None:
                    if speech.speaker.entity_id is None:
                        if speech.speaker.kind == "pronoun" and lowers[speech.speaker.first] in ("he", "she"):
                            speech = _resolve(speech, lowers, genders, heard)
                    elif speech.speaker.entity_id.startswith("person/"):
                        heard.pop(speech.speaker.entity_id, None)
                        heard[speech.speaker.entity_id] = sentence.block_no
                speeches.append(speech)
                by_sentence.setdefault(number, []).append(speech)
                free = end
                break
    return Reading(scene, spans, speeches, by_sentence, quoted)


def _resolve(speech: Speech, lowers: list[str], genders: dict[str, str], heard: dict[str, int]) -> Speech:
    """Give a pronoun that no mention resolves the last person who spoke and is not known by the other pronoun."""
    speaker = speech.speaker
    if speaker is None:
        return speech
    pronoun = lowers[speaker.first]
    for entity_id in reversed(heard):
        if genders.setdefault(entity_id, pronoun) == pronoun:
            return speech._replace(speaker=speaker._replace(entity_id=entity_id))
    return speech


def _read(scene: Scene, cue: Cue, i: int, end: int, number: int, known: list[Speech] | None, quoted: list[int]) -> Speech | None:
    if cue.kind in ("verb", "adjective"):
        return _read_verb(scene, cue, i, end, number, known, quoted)
    sentence = scene.story.sentences[number]
    if cue.kind == "phrase":
        speaker = phrase_after(scene, end, sentence.end_token)
        return Speech(cue, i, end, i, number, speaker, "after", False, False) if speaker is not None else None
    # A noun: Ford's statement
    lowers = scene.story.lowers
    k = i - 1
    while k > sentence.first_token and i - k < 5 and scene.cues.groups.get(lowers[k]) is None and lowers[k] not in ("’s", "'s", "’", "'") and k not in scene.ending:
        k -= 1
    if k <= sentence.first_token - 1:
        return None
    if end < sentence.end_token and lowers[end] == "to":
        return None
    if lowers[k] in ("’s", "'s", "’", "'") and k > sentence.first_token:
        owner = phrase_before(scene, k - 1, sentence.first_token) if (k - 1) in scene.ending or scene.story.words[k - 1][0].isalpha() else None
        if (mention := scene.ending.get(k)) is not None:
            owner = Speaker(mention.first_token, mention.end_token, mention.entity_id, "name")
        if owner is not None:
            return Speech(cue, i, end, i, number, owner, "before", False, False)
    elif scene.cues.groups.get(lowers[k]) == "possessive":
        mention = scene.starting.get(k)
        return Speech(cue, i, end, i, number, Speaker(k, k + 1, mention.entity_id if mention else None, "pronoun"), "before", False, False)
    return None


def _read_verb(scene: Scene, cue: Cue, i: int, end: int, number: int, known: list[Speech] | None, quoted: list[int]) -> Speech | None:
    story, groups = scene.story, scene.cues.groups
    sentence = story.sentences[number]
    words, lowers = story.words, story.lowers
    low = sentence.first_token
    g = i
    negated = helped = passive = False
    nearest = ""
    while g > low:
        lower = lowers[g - 1]
        group = groups.get(lower)
        if group == "negation":
            negated = True
        elif group == "auxiliary":
            if lower in ("’s", "'s") and not (g - 1 > low and groups.get(lowers[g - 2]) in ("subject", "relative")):
                break
            if lower.endswith("n") and lower not in ("been", "can"):
                negated = True
            helped = True
            nearest = nearest or lower
        elif lower in ("himself", "herself", "themselves", "itself") or group == "adverb" or (lower.endswith("ly") and words[g - 1] == lower and lower not in ("family", "only", "ally", "rally", "assembly", "reply")):
            pass
        else:
            break
        g -= 1
    if g > low and words[g - 1] == "-" and story.ends[g - 1] == story.starts[g]:
        return None  # self-described
    before = lowers[g - 1] if g > low else ""
    before_group = groups.get(before)
    if before_group == "time" and g - 1 > low:  # Ford on Tuesday said
        k = g - 2
        while k > low and (groups.get(lowers[k]) == "time" or lowers[k] in ("on", "last", "late", "earlier", "early", "this", "in")):
            k -= 1
        if k in scene.ending or groups.get(lowers[k]) in ("subject", "conjunction") or lowers[k] in scene.cues.nouns or words[k] == ")" or words[k][0].isupper():
            g = k + 1
            before, before_group = lowers[k], groups.get(lowers[k])
    if before == "to" and not helped:
        return None if cue.lemma != "say" else _shared(scene, cue, i, end, g, number, known, negated)
    form = lowers[i]
    gerund = cue.is_gerund and nearest not in _BE
    if cue.kind == "adjective":
        if nearest not in _BE and before not in ("remain", "remains", "remained", "seem", "seems", "seemed", "feel", "feels", "felt", "sounded"):
            return None
        if nearest not in _BE:
            g -= 1
        if g == low:
            return None
        before = lowers[g - 1]
        before_group = groups.get(before)
    passive = cue.kind == "verb" and nearest in _BE and not cue.is_gerund and "passive" not in cue.complements and form != cue.lemma.split(" ")[0]
    if passive:
        by = _by_phrase(scene, end, sentence.end_token)
        return Speech(cue, i, end, g, number, by, "after", negated, True) if by is not None else None
    if cue.also_noun and not helped:
        if g == low or before_group in ("determiner", "possessive", "preposition", "conjunction", "auxiliary") or before in ("’s", "'s", "’", "'"):
            if not (g == low and cue.is_direct and phrase_after(scene, end, sentence.end_token) is not None and False):
                return None
        if before_group is None and (g - 1) not in scene.ending and before not in scene.cues.nouns and g == i:
            if words[g - 1] == before and before not in (",", ")", "people", "-", "–", "—") and before not in _MARKS:
                return None
        if form == cue.lemma and g == i and before_group not in ("subject", "relative") and not _is_plural(scene, g - 1):
            return None  # the GOP plan
    # The speaker after the cue: after a quote or comma, "said the minister"
    inverted = g == i and cue.is_direct and ("that" in cue.complements or not cue.complements) and not gerund and not cue.also_noun and (g == low or before in _MARKS or before in (",", "-", "–", "—", "?", "!"))
    if inverted and "told" not in cue.complements and before not in ("-", "–", "—"):
        after_quote = before in _MARKS or (g - 2 >= low and lowers[g - 2] in _MARKS) or g == low
        speaker = phrase_after(scene, end, sentence.end_token)
        if speaker is not None and (speaker.end >= sentence.end_token or _closes(scene, speaker.end, sentence.end_token)):
            if after_quote or g - low <= 2 and (groups.get(lowers[low]) in ("conjunction", "adverb", "preposition") or before != ",") or (speaker.kind != "pronoun" and _is_trailing(scene, g, low)):
                if speaker.office is None and speaker.kind == "name" and speaker.end < sentence.end_token and lowers[speaker.end] == ",":
                    speaker = speaker._replace(office=office_after(scene, speaker.end + 1, sentence.end_token))
                return Speech(cue, i, end, g, number, speaker, "after", negated, False)
    if g == low:
        return None
    if before in _MARKS and g - 2 > low and words[g - 2] == "," and quoted[g - 2] and not gerund:  # the author of “…,” said
        speaker = _parenthetical(scene, g - 2, low)
        return Speech(cue, i, end, g, number, speaker, "before", negated, False) if speaker is not None else None
    if before == "," or before in _DASHES and not (g - 2 >= low and story.ends[g - 2] == story.starts[g - 1] and words[g - 2] != "-"):
        if gerund:
            return _shared(scene, cue, i, end, g, number, known, negated)
        speaker = _parenthetical(scene, g - 1, low)
        if speaker is None:
            return None
        return Speech(cue, i, end, g, number, speaker, "before", negated, False)
    if before_group == "conjunction" or (gerund and before_group in ("preposition", "subordinator", "question")):
        return _shared(scene, cue, i, end, g, number, known, negated)
    if before_group == "relative":
        speaker = _antecedent(scene, g - 1, low)
        return Speech(cue, i, end, g, number, speaker, "before", negated, False) if speaker is not None else None
    if before_group in ("determiner", "possessive", "preposition", "object", "auxiliary", "question", "adverb", "subordinator"):
        if before_group != "determiner" or before in ("the", "a", "an", "no", "every", "any") or gerund:
            return None
        kind = "person" if before in scene.cues.nouns else "noun"
        return Speech(cue, i, end, g, number, Speaker(g - 1, g, None, kind), "before", negated, False)
    if gerund and not helped:
        speaker = phrase_before(scene, g - 1, low)
        if speaker is not None and speaker.kind == "document" and speaker.entity_id is None and cue.cue_class != "showed":
            return _shared(scene, cue, i, end, g, number, known, negated)
        if speaker is None or speaker.kind not in ("document", "person", "anonymous", "body", "name"):
            return None
        if speaker.kind == "name" and speaker.first > low and groups.get(lowers[speaker.first - 1]) == "preposition":
            return _shared(scene, cue, i, end, g, number, known, negated)
        return Speech(cue, i, end, g, number, speaker, "before", negated, False)
    if quoted[g - 1]:
        return None
    speaker = phrase_before(scene, g - 1, low)
    if speaker is None:
        return None
    if speaker.first - low > 2 and speaker.kind != "pronoun":
        speaker = _of_relative(scene, speaker, low, known) or speaker
    return Speech(cue, i, end, g, number, speaker, "before", negated, False)


def _is_plural(scene: Scene, at: int) -> bool:
    """Tell whether a subject that ends at a token takes a plural verb."""
    lower = scene.story.lowers[at]
    noun = scene.cues.nouns.get(lower)
    return noun.is_plural if noun is not None and noun.is_plural else lower.endswith("s") or lower in ("people", "police", "many", "most", "some", "few", "percent", "media", "%")


def _of_relative(scene: Scene, speaker: Speaker, low: int, known: list[Speech] | None) -> Speaker | None:
    """The noun before "who" where the speaker found ends its clause: "officials who spoke with reporters said"."""
    story, groups = scene.story, scene.cues.groups
    for k in range(speaker.first - 1, max(low, speaker.first - 12), -1):
        lower = story.lowers[k]
        if lower == "who":
            if story.words[k - 1] == "," or (known and known[-1].first > k):
                return None
            return phrase_before(scene, k - 1, low)
        if not lower[0].isalnum() or groups.get(lower) in ("subject", "relative", "question"):
            return None
    return None


def _by_phrase(scene: Scene, at: int, limit: int) -> Speaker | None:
    lowers = scene.story.lowers
    for k in range(at, min(limit, at + 8)):
        if lowers[k] == "by":
            return phrase_after(scene, k + 1, limit)
        if lowers[k] in (",", ".", ";", ":"):
            return None
    return None


def _closes(scene: Scene, at: int, limit: int) -> bool:
    """Tell whether what follows a speaker cannot be the verb of a clause that the speaker opens."""
    lower = scene.story.lowers[at]
    if not lower[0].isalnum():
        return True
    return scene.cues.groups.get(lower) in ("preposition", "relative", "time", "subordinator", "conjunction", "adverb") or (lower.endswith("ing"))


def _is_trailing(scene: Scene, g: int, low: int) -> bool:
    """Tell whether the words before a comma and a cue are a clause rather than a name and its apposition."""
    commas = [k for k in range(low, g - 1) if scene.story.words[k] == ","]
    if commas and commas[0] - low <= 7 and (commas[0] - 1 in scene.ending or scene.story.words[commas[0] - 1][0].isupper()):
        return False
    return g - low > 6 and not (commas and commas[-1] > g - 9)


def _shared(scene: Scene, cue: Cue, i: int, end: int, g: int, number: int, known: list[Speech] | None, negated: bool) -> Speech | None:
    """A cue without a speaker of its own: the speaker of the cue before it in the sentence, else the sentence's subject."""
    speaker = next((s.speaker for s in reversed(known or ()) if s.speaker is not None and s.cue.kind == "verb" and not s.passive and not _embedded(scene, s)), None)
    if speaker is None:
        speaker = clause_subject(scene, number, i)
    if speaker is None and known:
        speaker = known[-1].speaker
    return Speech(cue, i, end, g, number, speaker, "shared", negated, False) if speaker is not None else None


def _embedded(scene: Scene, speech: Speech) -> bool:
    """Tell whether a cue stands in a clause that hangs on another: "whether the court could question him"."""
    if speech.side == "shared" or speech.speaker is None or speech.side == "after":
        return False
    first = speech.speaker.first
    if first <= scene.story.sentences[speech.sentence].first_token:
        return False
    lower = scene.story.lowers[first - 1]
    return scene.cues.groups.get(lower) in ("question", "relative") or lower == "because"


def clause_subject(scene: Scene, number: int, before: int) -> Speaker | None:
    """The subject of a sentence as far as its first words show: its first noun phrase after any opening adverbial."""
    story, groups = scene.story, scene.cues.groups
    sentence = story.sentences[number]
    k = sentence.first_token
    if story.words[k].isupper() and len(story.words[k]) > 2:  # a dateline
        for dash in range(k, min(before, k + 14)):
            if story.words[dash] in _DASHES and story.ends[dash - 1] != story.starts[dash]:
                k = dash + 1
                break
    for _ in range(3):
        if k + 1 < before and story.lowers[k] in ("about", "around", "over") and story.words[k + 1][0].isdigit():
            k += 1
        while k < before and (not story.words[k][0].isalnum() or (groups.get(story.lowers[k]) in ("conjunction", "adverb") and k not in scene.starting)):
            k += 1
        if k >= before:
            return None
        comma = next((m for m in range(k, min(before, k + 7)) if story.words[m] == ","), None)
        if comma is not None and k not in scene.starting and any(groups.get(story.lowers[m]) == "time" for m in range(comma - 2, comma)):
            k = comma + 1
            continue
        group = groups.get(story.lowers[k])
        if k not in scene.starting and (group in ("preposition", "subordinator", "question", "time") or story.lowers[k].endswith(("ing", "ed"))):
            comma = k
            while comma < before and story.words[comma] != ",":
                comma += 1
            if comma >= before:
                return None
            k = comma + 1
            continue
        subject = phrase_after(scene, k, before)
        if subject is not None and subject.kind == "noun" and subject.end < before and story.words[subject.end] == ",":
            if any(groups.get(story.lowers[m]) == "time" for m in range(subject.first, subject.end)):
                k = subject.end + 1
                continue
        return subject
    return None


def _parenthetical(scene: Scene, comma: int, low: int) -> Speaker | None:
    """The subject before an apposition or relative clause that ends at ``comma``: "Ford, who was in Iowa, said"."""
    story, groups = scene.story, scene.cues.groups
    mark = story.words[comma]
    end = comma
    office_at = None
    for _ in range(4):
        opening = end - 1
        while opening >= low and not (story.words[opening] == mark and (mark == "," or opening == low or story.ends[opening - 1] != story.starts[opening])):
            opening -= 1
        if opening < low:
            return None
        head = opening + 1
        group = groups.get(story.lowers[head]) if head < end else None
        speaker = phrase_before(scene, opening - 1, low)
        if speaker is None:
            end = opening
            continue
        if office_at is None:
            office_at = head
        modifier = group in ("determiner", "possessive", "relative", "preposition", "question", "conjunction", "adverb", "subordinator") or story.lowers[head].endswith(("ing", "ed")) or story.words[head][0].isdigit()
        started = speaker.first > low and story.words[speaker.first - 1] == mark
        preceded = groups.get(story.lowers[speaker.first - 1]) if speaker.first > low else None
        if started and speaker.kind != "name" and modifier and groups.get(story.lowers[speaker.first]) in ("determiner",):
            outer = phrase_before(scene, speaker.first - 2, low)
            if outer is not None and outer.kind in ("name", "person") and outer.first == low:
                return outer._replace(office=outer.office or office_after(scene, speaker.first, end))
        if preceded == "preposition" and not modifier:
            end = opening
            continue
        if speaker.kind == "name" and speaker.office is None:
            speaker = speaker._replace(office=office_after(scene, head, end))
        if speaker.first - low > 2 and speaker.kind != "pronoun":
            speaker = _of_relative(scene, speaker, low, None) or speaker
        return speaker
    return None


def _antecedent(scene: Scene, who: int, low: int) -> Speaker | None:
    """The speaker of a relative clause: printed as "who", meant by the noun before it."""
    story = scene.story
    if story.lowers[who] == "that" and who > low and story.words[who - 1] == ",":
        return None
    last = who - 1
    while last > low and story.words[last] in (",", "—", "–", "-"):
        last -= 1
    noun = phrase_before(scene, last, low)
    mention = scene.starting.get(who)
    if mention is not None and mention.method == "coreference":
        return Speaker(who, who + 1, mention.entity_id, "pronoun", noun.office if noun else None)
    if noun is None:
        return None
    if story.lowers[who] == "who" and noun.entity_id is not None:
        return Speaker(who, who + 1, noun.entity_id, "pronoun", noun.office)
    return Speaker(noun.first, who + 1, noun.entity_id, noun.kind, noun.office)

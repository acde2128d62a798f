"""A verb of the cue lexicon in its sentence: whether it is a verb at all, negated or passive, and who its subject is."""

from typing import NamedTuple

from flows.enrich.scene import APOSTROPHES, CLOSING_MARKS, DASHES, Scene, Speaker, Speech, make_speech
from flows.enrich.speakers import office_after, phrase_after, phrase_before
from flows.enrich.subjects import antecedent, by_phrase, clause_subject, of_relative, parenthetical, shared_subject
from flows.reference.cues import Cue

_BE = frozenset(("is", "are", "was", "were", "be", "been", "being"))
_SEEM = frozenset(("remain", "remains", "remained", "seem", "seems", "seemed", "feel", "feels", "felt", "sounded"))
_HEARSAY = frozenset(("said", "known", "thought", "heard", "understood", "held"))
_REFLEXIVE = frozenset(("himself", "herself", "themselves", "itself"))
_FLOATING = frozenset(("all", "both", "each"))
_NOT_ADVERBS = frozenset(("family", "ally", "rally", "assembly", "reply"))
_TIME_LEADS = frozenset(("on", "last", "late", "later", "earlier", "early", "this", "in"))
_NO_NOUN_BEFORE = frozenset(("determiner", "possessive", "preposition", "object", "auxiliary", "question", "adverb", "subordinator"))
_NOUN_LEADS = frozenset(("determiner", "possessive", "preposition", "conjunction", "auxiliary"))
_GOES_ON = frozenset(
    ("on", "continued", "continues", "continuing", "began", "begins", "proceeded", "forward", "radio", "twitter", "stage", "podium")
)
_AFTER_NOUN = frozenset(("on", "against", "of", "from", "by"))
_CLOSE_TO = (["close", "to"], ["familiar", "with"])
_QUOTING = frozenset(("quote", "cite"))
_SAYING = frozenset(("saying", "telling", "writing"))
_LONGEST_CITED = 12  # tokens from "quoted" to "as saying"
_PARTICLES = frozenset(("up", "off", "down", "away", "out"))
_TAGS = frozenset(("that", "explicit"))
_NO_SUBJECT = frozenset(("the", "a", "an", "no", "every", "any"))
_SPEAKS = frozenset(("document", "person", "anonymous", "body", "name"))


_PARTICIPLES = frozenset(("known", "seen", "shown", "written", "spoken", "sworn"))  # no past tense: they need a helping verb


class _Group(NamedTuple):
    """The helping verbs and adverbs before a verb: where they begin, and what they tell."""

    first: int
    negated: bool
    helped: bool
    nearest: str  # the helping verb next to the verb, or ""


def read_verb(scene: Scene, cue: Cue, i: int, end: int, number: int, known: list[Speech] | None, quoted: list[int]) -> Speech | None:
    """The speech that the verb at ``i`` tells of, or None where it is a noun, has no subject, or is an infinitive.

    ``known`` are the cues already found in the sentence.
    """
    story, groups = scene.story, scene.groups
    words, lowers = story.words, story.lowers
    sentence = story.sentences[number]
    low = sentence.first_token
    if end < sentence.end_token and lowers[end] in _PARTICLES:
        return None  # showed up
    if cue.is_far:
        return _far(scene, cue, i, end, number, quoted)
    if len(cue.words) > 1 and (at := next((k for k in range(i + 1, end) if groups.get(lowers[k]) == "subject"), 0)):
        mention = scene.starting.get(at)  # a-t-il dit
        return make_speech(cue, i, end, i, number, Speaker(at, at + 1, mention.entity_id if mention else None, "pronoun"), "after")
    g, negated, helped, nearest = _group(scene, i, low)
    if g > low and words[g - 1] == "-" and story.ends[g - 1] == story.starts[g]:
        return None  # self-described
    if helped and g > low and lowers[g - 1] == "to":
        g = _raised(lowers, g, low)
    before = lowers[g - 1] if g > low else ""
    if groups.get(before) == "time" and g - 1 > low:
        g = _past_time(scene, g, low)
        before = lowers[g - 1]
    if before == "to" and not helped and (not _is_act(scene, cue, g - 1) or _is_refused(known, g - 1)):
        return None
    if not helped and lowers[i] in _PARTICIPLES:
        return None  # a man known as
    if cue.kind == "adjective":
        if nearest not in _BE:
            if before not in _SEEM or g - 1 == low:
                return None
            g -= 1
            before = lowers[g - 1]
    elif nearest in _BE and not cue.is_gerund and not cue.is_base and "passive" not in cue.complements:
        by = by_phrase(scene, end, sentence.end_token)
        return make_speech(cue, i, end, g, number, by, "after", negated=negated, passive=True) if by is not None else None
    before_group = groups.get(before)
    if cue.also_noun and not helped and before != "to" and _is_noun(scene, cue, i, g, low, before, before_group):
        return None
    gerund = cue.is_gerund and nearest not in _BE
    if cue.lemma in _QUOTING and (cited := _quoted_one(scene, end, sentence.end_token)) is not None:
        return make_speech(cue, i, end, i, number, cited, "after")
    if g == i and not gerund and not cue.also_noun and cue.is_direct:
        inverted = _inverted(scene, cue, i, end, number, before)
        if inverted is not None:
            return inverted
    if g == low:
        return None
    side = "before"
    speaker: Speaker | None
    if before in CLOSING_MARKS and g - 2 > low and words[g - 2] == "," and quoted[g - 2] and not gerund:  # the author of “…,” said
        speaker = parenthetical(scene, g - 2, low)
    elif before == "," or (before in DASHES and (words[g - 2] == "-" or story.ends[g - 2] != story.starts[g - 1])):
        if gerund:
            side, speaker = "shared", shared_subject(scene, number, i, known)
        else:
            speaker = parenthetical(scene, g - 1, low)
    elif before_group == "conjunction" or before == "to" or (gerund and before_group in ("preposition", "subordinator", "question")):
        side, speaker = "shared", shared_subject(scene, number, i, known)
    elif before_group == "relative":
        speaker = antecedent(scene, g - 1, low)
    elif before_group in _NO_NOUN_BEFORE and not (
        before_group == "object" and (lowers[g - 3 : g - 1] in _CLOSE_TO or lowers[g - 2 : g - 1] == ["of"])  # many of them said
    ):
        if before_group != "determiner" or before in _NO_SUBJECT or gerund:
            return None
        speaker = Speaker(g - 1, g, None, "person" if before in scene.cues.nouns else "noun")
    elif gerund and not helped:
        speaker = phrase_before(scene, g - 1, low)
        if speaker is None or speaker.kind not in _SPEAKS:
            return None
        owned = speaker.kind != "document" or speaker.entity_id is not None or cue.cue_class == "showed"
        inside = speaker.kind == "name" and speaker.first > low and groups.get(lowers[speaker.first - 1]) == "preposition"
        inside = inside and lowers[speaker.first - 1] != "with"  # with spokesman Ron Ziegler saying
        if not owned or inside:  # released a statement condemning; an article in the Herald calling
            side, speaker = "shared", shared_subject(scene, number, i, known)
    elif quoted[g - 1]:
        return None
    else:
        speaker = phrase_before(scene, g - 1, low)
        if speaker is not None:
            speaker = of_relative(scene, speaker, low, known)
            negated = negated or (speaker.first > low and lowers[speaker.first - 1] in ("nor", "neither"))
    return make_speech(cue, i, end, g, number, speaker, side, negated=negated) if speaker is not None else None


def _far(scene: Scene, cue: Cue, i: int, end: int, number: int, quoted: list[int]) -> Speech | None:
    """A verb that ends its sentence: its subject follows it with a capital, else it opens the sentence."""
    limit = scene.story.sentences[number].end_token
    if end < limit and scene.story.words[end][0].isupper():
        speaker = phrase_after(scene, end, limit)
        return make_speech(cue, i, end, i, number, speaker, "after") if speaker is not None else None
    speaker = clause_subject(scene, number, i)
    if speaker is None or quoted[speaker.first]:
        return None
    return make_speech(cue, i, end, i, number, speaker, "shared")


def _quoted_one(scene: Scene, at: int, limit: int) -> Speaker | None:
    """Who is "quoted as saying" something where another quotes: "TASS quoted Ford as saying"."""
    lowers = scene.story.lowers
    for k in range(at + 1, min(at + _LONGEST_CITED, limit - 1)):
        if lowers[k] == "as" and lowers[k + 1] in _SAYING:
            cited = phrase_after(scene, at, k)
            return cited if cited is not None and (cited.end == k or lowers[cited.end] == ",") else None
    return None


def _raised(lowers: list[str], g: int, low: int) -> int:
    """Where the helping verbs begin of one told by hearsay: "Ford is supposed to have said", "was once heard to have said"."""
    told = g - 2
    if told <= low or not (lowers[told].endswith("ed") or lowers[told] in _HEARSAY):
        return g
    at = told - 1
    while at > low and (lowers[at].endswith("ly") or lowers[at] in ("once", "often", "also")):
        at -= 1
    return at if at > low and lowers[at] in _BE else g


def _is_act(scene: Scene, cue: Cue, to: int) -> bool:
    """Tell whether an infinitive tells of something said: "went on to denounce", "took to the radio to say"."""
    return cue.lemma == "say" or (cue.is_direct and scene.story.lowers[to - 1] in _GOES_ON)


def _is_refused(known: list[Speech] | None, to: int) -> bool:
    """Tell whether the infinitive after the "to" is what somebody refuses: "declined to say" is one cue."""
    return bool(known) and known[-1].end == to and known[-1].cue_class == "refused"  # type: ignore[index]


def _group(scene: Scene, i: int, low: int) -> _Group:
    groups, lowers = scene.groups, scene.story.lowers
    g = i
    negated = helped = False
    nearest = ""
    while g > low:
        lower = lowers[g - 1]
        group = groups.get(lower)
        if group is None:
            if not lower.endswith("ly") or scene.story.words[g - 1] != lower or lower in _NOT_ADVERBS:
                break
        elif group == "negation":
            negated = True
        elif group == "auxiliary":
            if lower in ("’s", "'s") and not (g - 1 > low and groups.get(lowers[g - 2]) in ("subject", "relative")):
                break
            if lower.endswith("n") and lower not in ("been", "can"):
                negated = True
            helped = True
            nearest = nearest or lower
        elif lower == "once" and g - 1 > low and groups.get(lowers[g - 2]) in (None, "subject", "relative", "auxiliary"):
            pass  # as Ford once said
        elif lower in _FLOATING and g - 1 > low and lowers[g - 2][0].isalpha() and groups.get(lowers[g - 2]) in (None, "subject"):
            pass  # they all agree
        elif group != "adverb" and lower not in _REFLEXIVE:
            break
        g -= 1
    return _Group(g, negated, helped, nearest)


def _past_time(scene: Scene, g: int, low: int) -> int:
    """Where a verb group begins when a day stands between it and its subject: "Ford on Tuesday said"."""
    story, groups = scene.story, scene.groups
    k = g - 2
    while k > low and (groups.get(story.lowers[k]) == "time" or story.lowers[k] in _TIME_LEADS):
        k -= 1
    lower, word = story.lowers[k], story.words[k]
    if (
        k in scene.ending
        or groups.get(lower) in ("subject", "conjunction")
        or lower in scene.cues.nouns
        or word == ")"
        or word[0].isupper()
    ):
        return k + 1
    return g


def _is_noun(scene: Scene, cue: Cue, i: int, g: int, low: int, before: str, before_group: str | None) -> bool:
    """Tell whether a form that is a noun as well ("claims", "plan") is one here."""
    if cue.is_gerund and before in ("by", "while", "after", "before", "when"):
        return False
    if g == low or before_group in _NOUN_LEADS or before == "that" or before in APOSTROPHES:
        return True
    if g < i or before_group in ("subject", "relative"):
        return False
    word = scene.story.words[g - 1]
    following = scene.story.lowers[i + 1 : i + 2]
    if not cue.is_base and scene.story.lowers[i].endswith("s") and following and (
        following[0] in _AFTER_NOUN or scene.groups.get(following[0]) == "auxiliary"
    ):  # fmt: skip
        return True  # the Benghazi attacks on; rights groups' demands have
    if before_group is None and (g - 1) not in scene.ending and before not in scene.cues.nouns and word == before and word[0].isalnum():
        return True
    return cue.is_base and not _is_plural(scene, g - 1)  # the GOP plan


def _is_plural(scene: Scene, at: int) -> bool:
    """Tell whether a subject that ends at a token can take a plural verb."""
    lower = scene.story.lowers[at]
    noun = scene.cues.nouns.get(lower)
    return (noun is not None and noun.is_plural) or lower.endswith("s") or lower == "%"


def _inverted(scene: Scene, cue: Cue, i: int, end: int, number: int, before: str) -> Speech | None:
    """A cue before its speaker, after a quote or a clause and a comma: "…, said the minister"."""
    if cue.complements and not cue.complements & _TAGS:
        return None
    lowers, groups = scene.story.lowers, scene.groups
    sentence = scene.story.sentences[number]
    low = sentence.first_token
    dashed = before in DASHES and i - 2 >= low and (lowers[i - 2] in CLOSING_MARKS or lowers[i - 3 : i - 2] == ["»"])
    if not (i == low or before in CLOSING_MARKS or before in (",", "?", "!") or dashed):
        return None
    speaker = phrase_after(scene, end, sentence.end_token)
    tags = scene.story.language not in (None, "en") and (dashed or before in CLOSING_MARKS)  # пояснил министр журналистам
    if speaker is None or (speaker.end < sentence.end_token and not tags and not _closes(scene, speaker.end)):
        return None
    after_quote = i == low or dashed or before in CLOSING_MARKS or (i - 2 >= low and lowers[i - 2] in CLOSING_MARKS)
    opens = i - low <= 2 and groups.get(lowers[low]) in ("conjunction", "adverb", "preposition")  # But, said Ford,
    last = speaker.end >= sentence.end_token or lowers[speaker.end] == "."
    ends = last or not lowers[speaker.end][0].isalnum() or lowers[speaker.end] == "who"
    if not (after_quote or opens or (ends and speaker.kind != "pronoun" and ((last and i - low > 5) or _is_clause(scene, i, low)))):
        return None
    if speaker.entity_id is None and speaker.kind == "person" and speaker.end + 1 < sentence.end_token and lowers[speaker.end] == ",":
        named = scene.starting.get(speaker.end + 1)  # said the bank’s chief, Anna Weiss
        closes = named is not None and (named.end_token >= sentence.end_token or scene.story.words[named.end_token] in ",.")
        if named is not None and closes and named.kind == "person" and named.method != "coreference":
            return make_speech(cue, i, end, i, number, Speaker(speaker.first, named.end_token, named.entity_id, "name"), "after")
    if speaker.office is None and speaker.kind == "name" and speaker.end < sentence.end_token and lowers[speaker.end] == ",":
        speaker = speaker._replace(office=office_after(scene, speaker.end + 1, sentence.end_token))
    return make_speech(cue, i, end, i, number, speaker, "after")


def _closes(scene: Scene, at: int) -> bool:
    """Tell whether what follows a speaker cannot be the verb of a clause that the speaker opens."""
    lower = scene.story.lowers[at]
    if not lower[0].isalnum() or lower.endswith("ing"):
        return True
    return scene.groups.get(lower) in ("preposition", "relative", "time", "subordinator", "conjunction", "adverb")


def _is_clause(scene: Scene, at: int, low: int) -> bool:
    """Tell whether the words before a comma and a cue are a clause rather than a name and its apposition."""
    words = scene.story.words
    commas = [k for k in range(low, at - 1) if words[k] == ","]
    if commas and commas[0] - low <= 7 and (commas[0] - 1 in scene.ending or words[commas[0] - 1][0].isupper()):
        return False
    if commas and any(scene.groups.get(scene.story.lowers[k]) == "auxiliary" for k in range(low + 1, at - 1)):
        return True
    return at - low > 6 and not (commas and commas[-1] > at - 9)

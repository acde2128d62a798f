"""Words that tell of events: where they stand in a sentence, as verb or noun, in what tense, and what governs them."""

from bisect import bisect_right
from typing import NamedTuple

from flows.enrich.story import Story
from flows.reference.events import EventLexicon, Kind, Pattern, Word

WINDOW = 9  # tokens after a verb, or before a passive one, among which its object may stand
SHORT = {
    "didn": "did", "don": "do", "doesn": "does", "isn": "is", "wasn": "was", "weren": "were", "aren": "are", "won": "will",
    "wouldn": "would", "couldn": "could", "shouldn": "should", "hasn": "has", "haven": "have", "hadn": "had",
}  # fmt: skip
DASHES = frozenset(("-", "–", "‑"))
JOINED = frozenset(("and", "&", "that"))  # before the last name of a plural subject; "insisted that Iran free them"
JOINTS = frozenset(("and", "or", ",", '"', "”"))
OBJECT_ENDS = frozenset((
    "that", "after", "before", "while", "who", "which", "because", "when", "if", "but", "by", "in", "at", "until", "unless", "during",
    ";", ":", "(", "—", "–", "said", "says",
))  # fmt: skip
DO = frozenset(("do", "does", "did"))
PRONOUNS = frozenset(("i", "you", "he", "she", "it", "we", "they", "who", "which"))
CLOSERS = frozenset((";", ":", "—", "–", "(", ")", "“", "”", '"'))


class VerbGroup(NamedTuple):
    """What stands before a verb: ``start`` is the first token of the group (auxiliaries and adverbs with it)."""

    start: int
    mood: str | None
    negated: bool
    perfect: bool
    past_perfect: bool
    passive: bool
    progressive: bool
    infinitive: bool
    finite: bool


class Trigger(NamedTuple):
    """A word or phrase that tells of an event; ``group`` is None for nouns. ``clause`` is the first token of its clause.

    ``subject_end`` is where its subject ends at the latest: before the verb group, or before a relative clause in between.
    """

    first: int
    end: int
    pattern: Pattern
    kind: Kind
    group: VerbGroup | None
    clause: int
    subordinate: bool
    subject_end: int


def sentence_triggers(story: Story, first: int, end: int, named: dict[int, str], hits: list[int], lexicon: EventLexicon) -> list[Trigger]:
    """Triggers of the sentence with tokens ``first:end``, in order; ``hits`` are its tokens that the lexicon knows.

    Tokens in ``named`` belong to names (whose kind it holds) and are no triggers.
    """
    lowers = story.lowers
    found: list[Trigger] = []
    after = first
    for i in hits:
        if i < after or i in named:
            continue
        word = lexicon.words[lowers[i]]
        if lowers[i - 1] in DASHES and story.starts[i] == story.ends[i - 1]:  # test-fired; but not Serb-held
            compound = lexicon.words.get(f"{lowers[i - 2]}-{lowers[i]}") if i - 2 >= first else None
            if compound is None:
                continue
            word = compound
        trigger = None
        noun = _noun_at(lowers, i, end, word) if word.nouns else None
        if noun is not None and (not word.is_verb or len(noun.tokens) > 1 or _is_noun(story, i, end, word, named, lexicon)):
            stop = i + 1 + len(noun.tokens)
            trigger = Trigger(i, stop, noun, lexicon.kinds[noun.kind], None, *clause_start(lowers, i, first, lexicon))
        elif word.is_verb:
            trigger = _verb_at(story, i, first, end, word, named, hits, lexicon)
        if trigger is not None:
            found.append(trigger)
            after = trigger.end
    return found


def clause_start(lowers: list[str], i: int, first: int, lexicon: EventLexicon) -> tuple[int, bool, int]:
    """The clause around token ``i``: its first token, whether it hangs on another ("after …", "who …"), where its subject ends.

    In "Hamas, which attacked Israel, freed hostages" the clause of "freed" is the whole, and its subject ends before "which".
    """
    boundary, relative = lexicon.classes["boundary"], lexicon.classes["relative"]
    comma = None
    end = i
    resumes = i > first and lowers[i - 1] == ","
    j = i - 1
    while j >= first:
        word = lowers[j]
        if word == ",":
            comma = comma if comma is not None else j
        elif word in relative:
            if word == "that":
                speech = lexicon.classes["speech"]
                said = j > first and (
                    lowers[j - 1] in lexicon.words
                    or lowers[j - 1] in lexicon.classes["pause"]
                    or not speech.isdisjoint(lowers[max(first, j - 4) : j])
                    or "told" in lowers[max(first, j - 8) : j]
                )
                return j + 1, not said, end
            if not resumes or j < first + 2:
                return j + 1, True, end
            end, resumes = j, False
        elif word in boundary:
            if comma is not None and j <= first + 1:
                return comma + 1, False, end
            opened = _relative_before(lowers, j, first) if resumes else None
            if opened is None:
                return j + 1, word not in ("but", "so"), end
            end, resumes, j = opened, False, opened
        elif word in CLOSERS:
            return j + 1, False, end
        j -= 1
    return first, False, end


def _relative_before(lowers: list[str], at: int, first: int) -> int | None:
    """Where the clause between commas opens that holds ``at``: "Kim, who left after passing through Minsk, will meet"."""
    for j in range(at - 1, max(first + 1, at - WINDOW - 3), -1):
        if lowers[j] in ("who", "which") and lowers[j - 1] == ",":
            return j
        if lowers[j] in CLOSERS:
            return None
    return None


def verb_group(lowers: list[str], i: int, first: int, form: str, named: dict[int, str], lexicon: EventLexicon) -> VerbGroup:
    """Read the auxiliaries to the left of the verb at ``i``."""
    classes = lexicon.classes
    adverb, negation, be_forms, have_forms, modals = (
        classes["adverb"],
        classes["negation"],
        classes["be"],
        classes["have"],
        classes["modal"],
    )
    j = i - 1
    mood = None
    negated = be = perfect = past_perfect = infinitive = does = False
    while j >= first:
        word = lowers[j]
        word = SHORT.get(word, word) if j + 1 < i and lowers[j + 1] in ("'t", "’t") else word
        if word in negation:
            negated = True
        elif word in adverb or (word.endswith("ly") and len(word) > 4 and j not in named):
            pass
        elif word in be_forms:
            be = True
        elif word in have_forms:
            perfect = True
            past_perfect = word == "had"
        elif word in DO:
            does = True
        elif word in modals:
            mood = word
            j -= 1
            break
        elif word == "to":
            infinitive = True
            j -= 1
            if j >= first and lowers[j] in be_forms and lowers[j] != "being":  # is to meet
                mood, infinitive = "be to", False
                j -= 1
            break
        else:
            break
        j -= 1
    start = j + 1
    while start < i and lowers[start] in adverb:
        start += 1
    follows_by = i + 1 < len(lowers) and lowers[i + 1] == "by"
    passive = "participle" in form and (be or (follows_by and not perfect))
    gerund = form == "gerund"
    finite = (
        not infinitive
        and (not gerund or be)
        and (mood is not None or be or perfect or does or "past" in form or "present" in form or "base" in form)
    )
    if form == "participle" and not (be or perfect):
        finite = False
    if passive and not be:
        finite = False
    return VerbGroup(start, mood, negated, perfect, past_perfect, passive, gerund and be, infinitive, finite)


def _noun_at(lowers: list[str], i: int, end: int, word: Word) -> Pattern | None:
    for pattern in word.nouns:
        size = len(pattern.tokens)
        if not size or (i + size < end and tuple(lowers[i + 1 : i + 1 + size]) == pattern.tokens):
            return pattern
    return None


def _is_noun(story: Story, i: int, end: int, word: Word, named: dict[int, str], lexicon: EventLexicon) -> bool:
    """Tell a noun from a verb of the same form ("visit", "calls", "meeting") by what stands around it."""
    lowers, classes = story.lowers, lexicon.classes
    back = i - 1
    while (
        back > 0
        and lowers[back] in classes["adverb"]
        and lowers[back] not in classes["negation"]
        and story.sentence_of[back - 1] == story.sentence_of[i]
    ):
        back -= 1
    before = lowers[back] if i else ""
    after = lowers[i + 1] if i + 1 < end else ""
    starts_sentence = i == 0 or story.sentence_of[i - 1] != story.sentence_of[i]
    if starts_sentence:
        return "gerund" in word.form or after in classes["preposition"]
    if before in classes["determiner"] or before in ("’s", "'s", "’", "'") or (before in classes["preposition"] and before != "to"):
        return not (word.form == "gerund" and (i + 1 in named or after in classes["determiner"]))
    if before == "to" or before in classes["modal"] or before in PRONOUNS or before in classes["negation"]:
        return False
    if "gerund" in word.form:
        if before in classes["be"]:
            return False
        return not ((before == "," or i - 1 in named) and (after == "with" or i + 1 in named))
    if back in named or before in classes["group"]:
        printed_large = story.sentences[story.sentence_of[i]].role in ("headline", "deck")
        if "present" in word.form and after not in classes["preposition"] and back in named and (named[back] == "person" or printed_large):
            return False
        if i + 1 in named or after in classes["determiner"] or after in classes["pause"]:
            return False
        if after in ("with", "at", "for", "on", "to", "in", "off", "out", "against", "behind"):
            return "present" not in word.form
        return True
    if "past" in word.form or "participle" in word.form:
        return before not in classes["have"] and before not in classes["be"]
    return True


def _verb_at(
    story: Story, i: int, first: int, end: int, word: Word, named: dict[int, str], hits: list[int], lexicon: EventLexicon
) -> Trigger | None:
    """The trigger of a verb at ``i``: the first of its patterns that fits, the most particular first."""
    lowers = story.lowers
    if i > first and lowers[i - 1] in lexicon.classes["article"]:
        return None
    fitting: Pattern | None = None
    stop = i + 1
    if word.by_subject:
        fitting = next((word.by_subject[low] for low in lowers[max(first, i - WINDOW) : i] if low in word.by_subject), None)
    if fitting is None and word.by_token:
        fitting, stop = _with_tokens(lowers, i, end, word.by_token, lexicon.classes["pause"])
    if fitting is None and word.by_object:
        fitting = _with_object(lowers, i, first, end, word, lexicon)
    if fitting is None:
        fitting, stop = word.bare, i + 1
    if fitting is None or (fitting.before and tuple(lowers[i - len(fitting.before) : i]) != fitting.before):
        return None
    kind = lexicon.kinds[fitting.kind]
    if fitting.lemma == "call" and fitting is word.bare and not _rings(lowers, i, first, end, named, lexicon):
        return None
    if kind.role == "light" and not _before_noun(lowers, i, hits, lexicon):
        return None
    form = word.form
    if "adjective" in form and fitting.lemma == "be":
        at = i - len(fitting.before)
        group = verb_group(lowers, at, first, "adjective", named, lexicon)
        before = lowers[at - 1] if at > first else ""
        if group.start == at and before not in ("remain", "remained", "remains", "stay", "stayed"):
            return None
        group = group._replace(finite=not group.infinitive, passive=False)
    else:
        group = verb_group(lowers, i, first, form, named, lexicon)
        if not _has_subject(lowers, i, first, end, group, form, named, lexicon):
            return None
    return Trigger(i, i + 1 if stop - i > 4 else stop, fitting, kind, group, *clause_start(lowers, group.start, first, lexicon))


def _rings(lowers: list[str], i: int, first: int, end: int, named: dict[int, str], lexicon: EventLexicon) -> bool:
    """Tell "called President Ford on Monday", by phone, from "called Ford a liar" and "a man called Ford"."""
    classes = lexicon.classes
    at = i - 1
    while at > first and (lowers[at] in classes["adverb"] or lowers[at] in classes["have"] or lowers[at] in classes["modal"]):
        at -= 1
    if i == first or not (at in named or lowers[at] in ("he", "she", "they")):
        return False
    j = i + 1
    while j < end and (j in named or lowers[j] in classes["title"] or lowers[j] == "the"):
        j += 1
    if named.get(j - 1) != "person":
        return False
    return (
        j >= end or lowers[j] in (".", ",", "on", "to", "after", "before", "and", "about", "from", "again") or lowers[j] in classes["day"]
    )


def _before_noun(lowers: list[str], i: int, hits: list[int], lexicon: EventLexicon) -> bool:
    """Tell whether a word of the lexicon follows that "held" or "launched" can carry, or precedes a passive one."""
    at = bisect_right(hits, i)
    if at < len(hits) and hits[at] - i <= 8:
        return True
    return at > 1 and bool(lexicon.words[lowers[hits[at - 2]]].nouns) and i - hits[at - 2] <= 8


def _has_subject(
    lowers: list[str], i: int, first: int, end: int, group: VerbGroup, form: str, named: dict[int, str], lexicon: EventLexicon
) -> bool:
    """Tell whether a word that looks like a verb can be one here: what stands before it can be its subject.

    "Western pressure" and "an unprecedented level" have no verb, nor have "the proposed talks" and "through enhanced exchange".
    """
    classes = lexicon.classes
    if group.mood or group.infinitive or group.perfect or group.passive or group.progressive:
        return True
    if group.start < i and not DO.isdisjoint(lowers[group.start : i]):
        return True
    if group.start <= first:
        return "past" in form or form == "gerund"
    at = group.start - 1
    before = lowers[at]
    if form == "gerund":
        return before not in classes["determiner"] and before not in ("’s", "'s", "’")
    if before in classes["determiner"] or before in classes["preposition"] or before in ("’s", "'s", "’"):
        return False
    if "past" in form or "participle" in form:
        return before != "," or i + 1 >= end or lowers[i + 1] != ","
    if lowers[i] in classes["group"] and before not in PRONOUNS:
        return False
    if "base" in form and not before.endswith("s") and at > first and lowers[at - 1] in ("’s", "'s", "’"):
        return False
    if "base" in form and "past" not in form:
        if at in named:
            return before.endswith("s") or not JOINED.isdisjoint(lowers[max(first, at - 4) : at])
        if before == ",":
            return i + 1 in named or (i + 1 < end and lowers[i + 1] in classes["determiner"])
    if at in named or before in PRONOUNS or before in classes["group"] or before in JOINTS or before == "that":
        return True
    if "present" in form:
        return not before.endswith("s") and i + 1 < end and (i + 1 in named or lowers[i + 1] in classes["determiner"])
    return before.endswith("s") and not before.endswith("ous") and lowers[i - 1] != "as"


def _with_tokens(
    lowers: list[str], i: int, end: int, by_token: dict[str, tuple[Pattern, ...]], pause: frozenset[str]
) -> tuple[Pattern | None, int]:
    """The pattern whose words follow the verb, at once or after at most two words such as "again" or "Thursday", and its end."""
    for at in range(i + 1, min(i + 4, end)):
        for pattern in by_token.get(lowers[at], ()):
            size = len(pattern.tokens)
            if size > 1 and tuple(lowers[at : at + size]) != pattern.tokens:
                continue
            wanted = pattern.objects
            if wanted is None or (
                not wanted.isdisjoint(lowers[max(0, i - WINDOW) : i]) if pattern.first else _object(lowers, at + size, end, wanted)
            ):
                return pattern, at + size
        if lowers[at] not in pause:
            break
    return None, i + 1


def _with_object(lowers: list[str], i: int, first: int, end: int, word: Word, lexicon: EventLexicon) -> Pattern | None:
    """The pattern one of whose objects stands within reach after the verb, or before it where it is passive."""
    by_object = word.by_object
    for j in range(i - 1, max(first, i - 6), -1):
        if lowers[j] == "which":  # the pact, which he left
            return next((by_object[low] for low in lowers[max(first, j - WINDOW) : j] if low in by_object), None)
    for j in range(i + 1, min(i + 1 + WINDOW, end)):
        low = lowers[j]
        if low in by_object:
            return by_object[low]
        if low in OBJECT_ENDS or (j == i + 1 and low in ("to", "with")):
            break
    if "participle" in word.form and i > first and (lowers[i - 1] in lexicon.classes["be"] or lowers[i - 1] in lexicon.classes["adverb"]):
        for j in range(i - 1, max(first, i - WINDOW) - 1, -1):
            if lowers[j] in by_object:
                return by_object[lowers[j]]
    return None


def _object(lowers: list[str], at: int, end: int, objects: frozenset[str]) -> bool:
    for j in range(at, min(at + WINDOW, end)):
        if lowers[j] in objects:
            return True
        if lowers[j] in OBJECT_ENDS:
            return False
    return False

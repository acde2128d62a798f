"""Where the words stand that a cue reports: the clause after it, its object, or the clause that it follows."""

from flows.enrich.scene import CLOSING_MARKS, DASHES, OPENING_MARKS, Speech
from flows.enrich.speakers import phrase_after
from flows.enrich.speech import Reading

CLAUSES = frozenset(("that", "explicit", "told", "clause"))  # kinds of complement that are clauses
_HEARERS = frozenset(("him", "her", "them", "me", "us"))
_CLAUSE_OPENERS = frozenset(("question", "subject", "determiner", "possessive", "object"))
_BEFORE_THAT = frozenset(("preposition", "time", "object", "adverb"))
_ASIDES = frozenset(("which", "while", "however", "although", "though", "compared", "whereas"))
_MODALS = frozenset(("will", "would", "could", "can", "should", "may", "might", "must"))
_SUBJECTS = frozenset(("he", "she", "they", "we"))
_TAILS = frozenset(("who", "after", "as", "when", "where", "even", "because", "before"))

_ATTITUDES = frozenset(("supported", "liked", "opposed"))  # support for the army is not said
_AS_MANY = frozenset(("many", "much", "few", "little"))  # as many as half of them said

# What no sentence of prose exceeds; a list without full stops does, and is read in linear time.
_MOST_CUES = 20
_MOST_TOKENS = 250
_LONGEST_RELATIVE = 14  # tokens of a clause between the one spoken to and what was said

Tokens = tuple[int, int]


def content_of(reading: Reading, speeches: list[Speech], n: int) -> Tokens | None:
    """The tokens of what is said at the ``n``-th cue of a sentence; None when nothing is, or only a quote."""
    speech = speeches[n]
    sentence = reading.scene.story.sentences[speech.sentence]
    low, high = sentence.first_token, sentence.end_token
    if speech.cue.kind == "phrase":
        return _of_phrase(reading, speech, low, high)
    if speech.passive:
        return None
    stop = _stop(reading, speeches, n, high)
    if speech.cue.kind == "noun":
        return _of_noun(reading, speech, stop)
    content = _of_verb(reading, speeches, n, low, stop)
    if content is None:
        return None
    first, end = content
    return first, _cut(reading, speech, first, end, leads=end <= speech.start)


def _of_phrase(reading: Reading, speech: Speech, low: int, high: int) -> Tokens | None:
    """The rest of the sentence beside "according to TASS"."""
    words = reading.scene.story.words
    at = speech.stop
    if speech.first > low + 1:
        if at + 3 < high and words[at] == "," and words[speech.first - 1] == ",":
            if reading.scene.groups.get(words[at + 1].lower()) in ("auxiliary", "verb"):
                return low, high  # One of the plans, according to Ford, is to close the firm.
            if _is_opening(reading, low, speech.first) or not _has_verb(reading, low, speech.first - 1):
                return at + 1, high  # On Monday, according to Ford, the firm closed.
        return low, speech.first
    while at < high and words[at] != ",":
        at += 1
    return (at + 1, high) if at + 1 < high else None


def _of_noun(reading: Reading, speech: Speech, stop: int) -> Tokens | None:
    """What a noun of speech carries along: "his claim that …", "her call for …"."""
    at = speech.end
    if at + 3 >= stop or speech.cue.cue_class == "said":
        return None
    lower = reading.scene.story.lowers[at]
    if lower == "that":
        return at + 1, stop
    return (at, stop) if lower in ("for", "to", "against") and speech.cue.cue_class not in _ATTITUDES else None


def _of_verb(reading: Reading, speeches: list[Speech], n: int, low: int, stop: int) -> Tokens | None:
    story, groups = reading.scene.story, reading.scene.groups
    speech = speeches[n]
    words, lowers = story.words, story.lowers
    high = story.sentences[speech.sentence].end_token
    at = speech.stop
    complements = speech.cue.complements
    follows = lowers[at] if at < high else "."
    if _tags_quote(reading, speech, low) and (speech.side == "after" or (follows != "that" and groups.get(follows) != "subject")):
        return None
    opening = speech.start - 1
    if opening >= low and lowers[opening] == "as" and speech.side == "before" and lowers[opening - 1] not in _AS_MANY:
        if follows == "," and at + 4 < high and (opening == low or groups.get(lowers[opening - 1]) == "conjunction"):
            return at + 1, high  # As Ford said, nobody votes.
        return (low, opening) if opening > low + 3 and words[opening - 1] == "," else None  # Nobody votes, as Ford said.
    leads = _leads(reading, speech, low)
    if at < stop and speech.side == "before" and _leads_to_quote(reading, at, high):
        return None
    if follows == "," and at < high - 4 and 0 < speech.start - low < 5 and words[opening] == "," and speech.side == "before":
        return _leading(reading, speeches, n, low)  # Now, she said, nobody votes.
    if speech.side == "after" or (leads and follows in ",.)–—-" and not (at + 1 < high and lowers[at + 1] == "that")):
        return _leading(reading, speeches, n, low) if leads else None
    if at >= stop:
        return None
    that = _that(reading, at, stop) if complements & CLAUSES else None
    if that is not None:
        return that + 1, stop
    if speech.cue_class == "refused":
        return at, stop
    if "told" in complements:
        return _after_hearer(reading, speeches, n, low, stop)
    if "to" in complements and follows == "to":
        return at, stop
    group = groups.get(follows)
    sure = "that" in complements and (speech.speaker.kind != "noun" or speech.cue.lemma == "say")
    if (
        sure
        or ("explicit" in complements and speech.speaker.kind == "document")
        or (complements & CLAUSES and group in ("subject", "question"))
    ):
        if follows in (":", "there") or group in _CLAUSE_OPENERS or (group is None and follows[0].isalnum()):
            at += follows == ":"
            if group == "question" or _has_verb(reading, at, stop):
                return at, stop
            return (at, stop) if "np" in complements and speech.cue.cue_class != "said" and speech.speaker.kind != "noun" else None
        if group == "auxiliary" and follows.endswith("ing"):  # said having him there helped
            return at, stop
        if group in ("preposition", "time", "adverb") and follows not in ("of", "about"):
            clause = _clause_after(reading, at, stop)
            if clause is not None:
                return clause, stop
            if leads and _has_verb(reading, low, speech.start - 1):
                return _leading(reading, speeches, n, low)  # It broke up in spring, TASS reported in May.
        if group in ("auxiliary", "verb") and _is_relative(reading, speech, low):
            return at, stop  # a charity that Ford said was closed
    if "np" in complements and follows[0].isalnum():
        return (at, stop) if speech.speaker.kind != "noun" else None
    return _leading(reading, speeches, n, low) if leads and group in ("preposition", "time", "adverb") else None


def _after_hearer(reading: Reading, speeches: list[Speech], n: int, low: int, stop: int) -> Tokens | None:
    """What follows the one spoken to: "told him he would leave"."""
    story, groups = reading.scene.story, reading.scene.groups
    at = speeches[n].stop
    hearer = None if story.lowers[at] in _HEARERS else phrase_after(reading.scene, at, stop)
    if hearer is None and story.lowers[at] not in _HEARERS:
        return (at, stop) if "np" in speeches[n].cue.complements else None
    after = hearer.end if hearer is not None else at + 1
    if after < stop and groups.get(story.lowers[after]) == "relative" and story.lowers[after] != "that":
        that = next((k for k in range(after + 1, min(stop, after + _LONGEST_RELATIVE)) if story.lowers[k] == "that"), None)
        return (that + 1, stop) if that is not None else None  # told a reporter who asked not to be named that
    if "np" in speeches[n].cue.complements and not (after < stop and story.lowers[after] == "to"):
        return at, stop
    tag = after >= stop or story.words[after] in ",." or groups.get(story.lowers[after]) in ("preposition", "time")
    if tag and _leads(reading, speeches[n], low):
        return _leading(reading, speeches, n, low)
    return (after, stop) if after < stop else None


def _tags_quote(reading: Reading, speech: Speech, low: int) -> bool:
    """Tell whether the cue and speaker follow a quote as its tag."""
    words = reading.scene.story.words
    at = speech.start - 1
    if at >= low and words[at] == ",":
        at -= 1
    return at >= low and words[at] in CLOSING_MARKS and (at == low or bool(reading.quoted[at - 1]))


def _leads_to_quote(reading: Reading, at: int, high: int) -> bool:
    """Tell whether a quote follows the cue with nothing but a comma or colon between."""
    words = reading.scene.story.words
    return words[at] in ",:" and at + 1 < high and words[at + 1] in OPENING_MARKS


def _has_verb(reading: Reading, first: int, end: int) -> bool:
    """Tell whether a run of words can be a clause: it opens with "he" or the like, or holds a helping verb, a cue, or a form in -ed or -s."""
    groups, verbs, lowers = reading.scene.groups, reading.scene.cues.verbs, reading.scene.story.lowers
    if first + 1 < end and lowers[first] in _SUBJECTS and lowers[first + 1].isalpha():
        return True  # he wept
    for k in range(first + 1, end):
        lower = lowers[k]
        group = groups.get(lower)
        if group in ("auxiliary", "negation", "verb") or reading.quoted[k]:
            return True
        if group is None and (lower.endswith(("ed", "s")) or lower in verbs):
            return True
    return False


def _stop(reading: Reading, speeches: list[Speech], n: int, high: int) -> int:
    """Where the content of a cue ends: before the next cue that is not part of it."""
    story, groups = reading.scene.story, reading.scene.groups
    end = speeches[n].end
    for later in speeches[n + 1 : n + _MOST_CUES]:
        at = later.start if later.start > speeches[n].first else later.group_first
        if later.cue.kind == "phrase":
            return at
        if later.cue.kind == "noun" or not later.cue.complements:
            continue
        before = story.lowers[at - 1]
        if later.side == "shared":
            if story.lowers[later.group_first] in _MODALS and later.group_first < later.first:
                continue  # said it holds the file and will answer it
            if before == "," or groups.get(before) in ("conjunction", "subordinator"):
                at -= 1
                while at > end and story.words[at - 1] == ",":
                    at -= 1
                return at
        elif at > end + 1 and story.words[at - 2] == "," and groups.get(before) == "conjunction":
            return at - 2
        elif before == "," and at > end + 4:
            return at - 1
    return high


def _leads(reading: Reading, speech: Speech, low: int) -> bool:
    """Tell whether a clause and a comma stand before the speaker and cue."""
    start = speech.start
    if speech.side == "shared" or not speech.cue.complements & CLAUSES:
        return False
    return start - low >= 4 and reading.scene.story.words[start - 1] == ","


def _leading(reading: Reading, speeches: list[Speech], n: int, low: int) -> Tokens | None:
    """The clause before a cue and its comma, or that after it where the cue only interrupts: "Now, she said, nobody votes"."""
    words = reading.scene.story.words
    speech = speeches[n]
    for k in range(speech.start - 1, low, -1):
        if words[k] == ")":
            break
        if words[k] == "(":
            low = k + 1
            break
    start, after, high = speech.start, speech.stop, reading.scene.story.sentences[speech.sentence].end_token
    if speech.side != "shared" and after < high - 4 and words[after] == "," and speech.cue.cue_class != "refused":
        if (
            not any(later.first == after + 1 and later.cue.is_gerund for later in speeches[n + 1 :])
            and words[after + 1] not in OPENING_MARKS
        ):
            short = start - low <= 4 and reading.scene.groups.get(reading.scene.story.lowers[low]) in ("determiner", "possessive")
            following = words[after + 1].lower()
            short = short or reading.scene.groups.get(following) == "conjunction"
            short = short or reading.scene.groups.get(following) in ("auxiliary", "verb") or following.endswith("ed")
            if short or _is_opening(reading, low, start) or not _has_verb(reading, low, start - 1):
                spoken = sum(word[0].isalnum() for word in words[low:start])
                return (low, high) if spoken > 1 else (after + 1, high)
        if start - low < high - after - 1 and words[after + 1] in OPENING_MARKS and words[high - 2] in CLOSING_MARKS | {","}:
            return None
    return (low, start) if start - low >= 4 else None


def _opens_clause(reading: Reading, at: int, end: int) -> bool:
    """Tell whether a clause with a subject of its own opens at a token."""
    group = reading.scene.groups.get(reading.scene.story.lowers[at]) if at < end else None
    return group in ("subject", "determiner", "possessive") or at in reading.scene.starting


def _is_opening(reading: Reading, low: int, start: int) -> bool:
    """Tell whether what stands before a cue and its comma only leads up to a clause: "In the town where he grew up, she said, …"."""
    story, groups = reading.scene.story, reading.scene.groups
    return low not in reading.scene.starting and (
        groups.get(story.lowers[low]) in ("preposition", "subordinator", "question")
        or story.lowers[low] in ("whatever", "whoever", "whichever", "wherever", "however")
        or (groups.get(story.lowers[low]) == "adverb" and low + 1 < start and groups.get(story.lowers[low + 1]) == "preposition")
    )


def _is_relative(reading: Reading, speech: Speech, low: int) -> bool:
    """Tell whether cue and speaker stand inside a relative clause: "a charity that Ford said"."""
    before = speech.start - 1
    return before > low and speech.side == "before" and reading.scene.story.lowers[before] in ("that", "which", "who", "what")


def _that(reading: Reading, at: int, stop: int) -> int | None:
    """The "that" which opens a clause at most a few words after a cue."""
    story, groups = reading.scene.story, reading.scene.groups
    words, lowers = story.words, story.lowers
    if lowers[at] == "that":
        return at
    if words[at] == "," or words[at] in DASHES:
        mark = words[at]
        for k in range(at + 1, min(stop - 1, at + 20)):
            if words[k] == mark:
                return k + 1 if lowers[k + 1] == "that" else None
        return None
    group = groups.get(lowers[at])
    if group in ("subject", "question"):
        return None
    near = group in _BEFORE_THAT or at in reading.scene.starting
    for k in range(at + 1, min(stop, at + 16)):
        if reading.quoted[k] or words[k] in ";:(" or words[k] in OPENING_MARKS:
            return None
        if groups.get(lowers[k]) == "auxiliary":
            return None  # a clause has begun: said Ford was in a way that
        if lowers[k] == "that":
            return k if near or (group in ("determiner", None) and k - at <= 6) else None
    return None


def _clause_after(reading: Reading, at: int, stop: int) -> int | None:
    """The clause after a short adverbial: "said on Monday he would", "said in a statement the deal was off"."""
    story, groups = reading.scene.story, reading.scene.groups
    for k in range(at, min(stop, at + 12)):
        group = groups.get(story.lowers[k])
        if story.words[k] in OPENING_MARKS or story.words[k] == ";":
            return None
        if group == "subject" or (k > at and group == "question"):
            return k
        goes_on = k + 1 < stop and story.words[k + 1][0].isalnum()
        if group == "time" and goes_on and groups.get(story.lowers[k + 1]) not in ("preposition", "time"):
            return k + 1
        if group == "adverb" and k == at and goes_on:
            return k + 1
    return None


def _cut(reading: Reading, speech: Speech, first: int, end: int, *, leads: bool) -> int:
    """Where the content ends before the article goes on in its own words: a semicolon, ", which", ", while" …"""
    story, groups = reading.scene.story, reading.scene.groups
    lowers, words, quoted = story.lowers, story.words, reading.quoted
    low = story.sentences[speech.sentence].first_token
    relative = speech.group_first > low and groups.get(lowers[speech.group_first - 1]) == "relative"
    clause = speech.side == "before" and speech.speaker.first > low and lowers[speech.speaker.first - 1] != "whether"
    clause = clause and groups.get(lowers[speech.speaker.first - 1]) in ("subordinator", "question")
    for k in range(first + 3, min(end - 1, first + _MOST_TOKENS)):
        word = words[k]
        if quoted[k]:
            continue
        if word == ";":
            return k
        following = lowers[k + 1]
        if word == ",":
            if following in _ASIDES:
                return k
            if leads:
                continue
            if relative and groups.get(following) != "conjunction":
                return k
            if clause and (groups.get(following) in ("subject", "determiner", "possessive") or k + 1 in reading.scene.starting):
                return k
            if following == "but" and _opens_clause(reading, k + 2, end):
                return k  # said it was over, but nobody left
            if end - k > k - first:
                if following.endswith("ing") and groups.get(following) is None:
                    return k
                if following in _TAILS and "," not in words[k + 1 : end]:
                    return k
        elif word in DASHES and not leads and story.ends[k - 1] != story.starts[k] and end - k > k - first:
            last = not any(words[m] in DASHES for m in range(k + 2, end))
            if last and groups.get(following) != "conjunction":
                return k
    return end

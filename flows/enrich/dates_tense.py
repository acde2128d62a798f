"""Whether a sentence speaks of what was or of what is to come, as far as a date in it needs to know."""

from flows.enrich.dates_line import Found
from flows.enrich.story import Story
from flows.reference.dates import DateWords

_LINKS = frozenset(("be", "been", "have", "not", "n't", "also", "being", "then", "already", "only", "still"))
_MODALS = frozenset(("will", "shall", "'ll", "’ll", "won't", "would", "could", "may", "might", "should", "must", "can"))
_BE = frozenset(("is", "are", "am"))
_REACH = 28  # tokens looked through on each side
_REACH_ELSEWHERE = 4  # the same where only auxiliaries of the future are known
_RESOLVED = frozenset(("agreed", "vowed", "promised", "pledged", "decided", "opted", "called", "invited"))  # what was done, of what will be
_ENDINGS = {"it": ("rà", "ranno"), "es": ("rá", "rán"), "pt": ("rá", "rão")}  # of verbs in the future
_BARE = frozenset(("lay", "set", "put", "let", "cut", "hit", "shut", "cast", "quit"))  # past, or after "will … and"
_NEAR = 7  # tokens within which a present tense tells of what is to come ("opens on Tuesday")


def direction(story: Story, found: Found, lang: DateWords) -> int:
    """Which way to look from the article's day for a weekday, month or day without a year: -1 back, 1 ahead, 0 unknown.

    A preposition right before decides ("since": -2, "until": 2), else the nearest verb to the left, else to the right.
    """
    sentence = story.sentences[story.sentence_of[found.first_token]] if found.first_token < len(story.sentence_of) else None
    if sentence is None:
        return 0
    lowers = story.lowers
    low, high = sentence.first_token, sentence.end_token
    before = lowers[found.first_token - 1] if found.first_token > low else ""
    if before in ("the", "last", "next", "this") and found.first_token - 1 > low:
        before = lowers[found.first_token - 2]
    if before in lang.context.get("past_before", {}):
        return -2
    if before in lang.context.get("future_before", {}):
        return -1 if before == "by" and _is_told(story, found.first_token - 2, low, lang) else 2
    if before == "before" and _is_to_come(lowers, low, found.first_token):
        return 2
    if before == "of" and found.first_token - 2 >= low and lowers[found.first_token - 2] == "ahead":
        return 2
    if not lang.tenses:
        return 0
    is_headline = sentence.role == "headline"
    reach = _REACH if lang.language == "en" else _REACH_ELSEWHERE
    left = range(found.first_token - 1, max(low, found.first_token - reach) - 1, -1)
    right = range(found.end_token, min(high, found.end_token + reach))
    possessive = found.end_token < high and lowers[found.end_token] in ("’s", "'s")
    if possessive and any(_tense_at(story, at, found.first_token, low, high, lang) == "future" for at in right[1:_NEAR]):
        return 1
    for side in (left, right):
        for at in side:
            told = _tense_at(story, at, found.first_token, low, high, lang)
            if is_headline and lowers[at] == "to" and side is left and not told:
                return 1
            if told == "present" and (is_headline or abs(at - found.first_token) > (2 if lowers[at] in _BE else _NEAR)):
                continue
            if told:
                return -1 if told == "past" else 1
        if before == "through":
            return 1
    return 0


def _is_to_come(lowers: list[str], low: int, first: int) -> bool:
    """Tell whether "will" or "would not" stands among the words before a date: "would not vote before October"."""
    return any(
        lowers[at] in ("will", "shall", "'ll", "’ll", "wo") or (lowers[at] == "would" and lowers[at + 1] in ("not", "n't"))
        for at in range(max(low, first - _NEAR - 2), first)
    )


def _is_told(story: Story, last: int, low: int, lang: DateWords) -> bool:
    """Tell whether the verb before "by Thursday" says what was done by then ("had changed her story by Thursday")."""
    for at in range(last, max(low, last - _NEAR) - 1, -1):
        if story.lowers[at] == "to":
            return False
        if told := _tense_at(story, at, last + 2, low, last + 2, lang):
            return told == "past"
    return False


def _tense_at(story: Story, at: int, first: int, low: int, high: int, lang: DateWords) -> str:
    """``past``, ``future`` or ``present`` when a verb's form that tells stands at ``at``, else ""; the date begins at ``first``."""
    lowers = story.lowers
    word = lowers[at]
    tense = lang.tenses.get(word)
    following = lowers[at + 1] if at + 1 < high else ""
    if tense is None:
        if len(word) > 3 and word[-2:] == "ed" and lang.language == "en" and word.isalpha():
            tense = "past"
        else:
            endings = _ENDINGS.get(lang.language)
            return "future" if endings and word.endswith(endings) and story.words[at].islower() else ""
    if following == "to" and word in ("was", "were", "is", "are"):  # "talks were to go on Monday"
        return "future"
    if word == "won" and following in ("'t", "’t"):
        return "future"
    if tense == "none":
        return ""
    if tense == "future_to":
        is_done = word in _RESOLVED and not _is_passive(lowers, at, low)
        if is_done and (at > first or at + 1 == first or (following in ("on", "by") and at + 2 == first)):
            return "past"  # "on Friday he called on them to leave", "the truce agreed on July 3"
        if word == "due" and following in ("in", "back", "at", "home", "here", "there"):
            return "future"
        if following in ("to", "for", "on", "by") or (at + 1 == first and (word[-2:] == "ed" or word in ("set", "due"))):
            return "future"
        if word[-2:] != "ed":
            return ""
        tense = "past"
    if word in ("would", "could") and following == "not":
        return "past"
    if tense == "future":
        return "" if word == "may" and story.words[at][0].isupper() and at > low else "future"
    if tense == "present":
        return "" if word in ("'s", "be", "being") else "present"
    if (
        word in _BARE
        and at > low
        and lowers[at - 1] == "and"
        and not {"will", "would", "to"}.isdisjoint(lowers[max(low, at - _REACH) : at])
    ):
        return "future"  # "will meet him on Friday and lay a wreath on Saturday"
    k = at - 1
    while k >= low and lowers[k] in _LINKS and at - k < 5:
        k -= 1
    if k < at - 1 and k >= low and (lowers[k] in _MODALS or (lowers[k] == "to" and lowers[k + 1] == "be")):
        return "future"
    if k == at - 1 and k >= low and lowers[k] in _MODALS:
        return "future"
    return "past"


def _is_passive(lowers: list[str], at: int, low: int) -> bool:
    """Tell whether a form of "be" that is not past stands right before a participle: "a vote is called for Monday"."""
    k = at - 1
    while k >= low and lowers[k] in _LINKS:
        k -= 1
    return k >= low and lowers[k] in _BE

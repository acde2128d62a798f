"""Why a speaker has no name: the words that keep it back, else the kind of person that the words stand for."""

from bisect import bisect_left
from collections.abc import Mapping

from flows.enrich.scene import Scene, Speaker, Speech

_NAMED = frozenset(("name", "pronoun", "document", "body"))
_PERSONAL = frozenset(("he", "she", "they", "the"))  # how the sentence goes on that says why
_OPENING = frozenset(("speaking", "talking", "asking", "requesting", "declining", "insisting", "granted", "on", "under"))
_DEFINITE = frozenset(("the", "one", "another", "both"))  # how words begin that speak of somebody told of before
_HELPERS = frozenset(("had", "has", "have", "also", "both", "all", "was", "were", "is", "are", "being", "but", "and", "not"))
_WISHES = frozenset(("asked", "declined", "requested", "insisted", "preferred", "wanted", "refused", "did", "not"))
_BEFORE = 4000  # characters before a speaker in which to look for who "the official" is
_SPEECHES_BACK = 9  # of one sentence, among which the same is looked for
_SENTENCES_BACK = 2  # in which the one whom "she" means must have spoken


def anonymity(scene: Scene, speaker: Speaker, said: Mapping[int, list[Speech]]) -> str | None:
    """``withheld``, ``familiar``, ``source``, ``official``, ``expert``, ``witness`` or ``public``; None for one with a name.

    ``withheld`` where the sentence, before the speaker or after, or the next one, says that the name is kept back: "an
    official who asked not to be named"; "the official" is who was told of before, and "she" who spoke last, by the cues of
    each sentence (``said``). English alone. Rows of ``lexicon/anonymity.csv``.
    """
    if speaker.kind == "pronoun" and speaker.entity_id is None and (earlier := _spoke_last(scene, speaker, said)) is not None:
        speaker = earlier
    if speaker.entity_id is not None or speaker.kind in _NAMED or scene.story.language not in (None, "en"):
        return None
    story, cues = scene.story, scene.cues
    kind = head = None
    for lower in story.lowers[speaker.first : speaker.end]:
        if (kind := cues.anonymous_nouns.get(lower)) is not None:
            head = lower
            break
    if kind is None and speaker.kind != "anonymous" and not any(
        (noun := cues.nouns.get(lower)) is not None and noun.kind in ("person", "anonymous")
        for lower in story.lowers[speaker.first : speaker.end]
    ):  # fmt: skip
        return None
    number = story.sentence_of[speaker.first]
    sentence = story.sentences[number]
    if story.lowers[sentence.first_token] in _OPENING and _keeps_back(scene, sentence.first_token, speaker.first, speaker):
        return "withheld"
    end = sentence.end_token
    if number + 1 < len(story.sentences):
        following = story.sentences[number + 1]
        if following.block_no == sentence.block_no and story.lowers[following.first_token] in _PERSONAL:
            end = following.end_token
    if _keeps_back(scene, speaker.first, end, speaker):
        return "withheld"
    if _is_familiar(scene, story.starts[speaker.first], story.ends[speaker.end - 1]):
        return "familiar"
    if head is not None and story.lowers[speaker.first] in _DEFINITE:
        return _told_before(scene, speaker, head) or kind
    return kind


def _spoke_last(scene: Scene, speaker: Speaker, said: Mapping[int, list[Speech]]) -> Speaker | None:
    """Who spoke last before "he" or "she" that no name resolves, when that is one person without a name."""
    lowers, number = scene.story.lowers, scene.story.sentence_of[speaker.first]
    if lowers[speaker.first] not in ("he", "she"):
        return None
    for index in range(number, max(-1, number - _SENTENCES_BACK - 1), -1):
        speeches = said.get(index, [])
        stop = bisect_left(speeches, speaker.first, key=lambda speech: speech.first)
        for speech in reversed(speeches[max(0, stop - _SPEECHES_BACK) : stop]):
            earlier = speech.speaker
            if earlier.first < speaker.first and not (earlier.kind == "pronoun" and earlier.entity_id is None):
                return earlier if earlier.kind in ("person", "anonymous") and earlier.entity_id is None else None
    return None


def _keeps_back(scene: Scene, first: int, end: int, speaker: Speaker) -> bool:
    """Tell whether some tokens say that the speaker's name, and nobody else's, is kept back."""
    story = scene.story
    start = story.starts[first]
    said = story.page_text[start : story.ends[end - 1]].lower()
    for phrase, meant in scene.cues.anonymous_phrases:
        at = said.find(phrase) if meant == "withheld" else -1
        if at >= 0 and not _is_of_another(scene, story.token_at(start + at), first, speaker):
            return True
    return False


def _is_of_another(scene: Scene, at: int, first: int, speaker: Speaker) -> bool:
    """Tell whether words that keep a name back have a subject of their own: "said that the owner had asked not to be named"."""
    lowers = scene.story.lowers
    verb = at
    while verb > first and lowers[verb] not in _WISHES and at - verb < 3:
        verb -= 1
    if lowers[verb] not in _WISHES:
        return False
    at = verb - 1
    while at > first and (lowers[at] in _HELPERS or lowers[at] in _WISHES):
        at -= 1
    if at <= first or speaker.first <= at < speaker.end:
        return False
    noun = scene.cues.nouns.get(lowers[at])
    mention = scene.ending.get(at)
    if (noun is not None and noun.kind in ("person", "anonymous")) or (mention is not None and mention.kind == "person"):
        return True
    return scene.groups.get(lowers[at - 1]) in ("determiner", "possessive") and scene.groups.get(lowers[at]) is None


def _is_familiar(scene: Scene, start: int, stop: int) -> bool:
    """Tell whether printed words are of somebody who knows of a matter: "a person close to the talks", not "close to tears"."""
    page = scene.story.page_text
    printed = page[start:stop].lower()
    for phrase, meant in scene.cues.anonymous_phrases:
        at = printed.find(phrase) if meant == "familiar" else -1
        if at < 0:
            continue
        word = next(iter(page[start + at + len(phrase) : start + at + len(phrase) + 40].split()), "")
        if phrase != "close to" or word[:1].isupper() or scene.groups.get(word.lower()) in ("determiner", "possessive"):
            return True
    return False


def _told_before(scene: Scene, speaker: Speaker, head: str) -> str | None:
    """What kept the name back of the last one before who was called by the same noun, or by its singular or plural."""
    story = scene.story
    same = {"person", "people"} if head in ("person", "people") else {head, head + "s", head.removesuffix("s")}
    low = max(0, story.token_at(story.starts[speaker.first] - _BEFORE))
    for at in range(speaker.first - 1, low, -1):
        if story.lowers[at] not in same:
            continue
        sentence = story.sentences[story.sentence_of[at]]
        earlier = Speaker(at, at + 1, None, "anonymous")
        if _keeps_back(scene, at, sentence.end_token, earlier):
            return "withheld"
        rest = story.page_text[story.ends[at] : sentence.char_end].lower().lstrip()
        if any(meant == "familiar" and rest.startswith(phrase) for phrase, meant in scene.cues.anonymous_phrases):
            return "familiar"
    return None

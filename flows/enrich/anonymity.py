"""Why a speaker has no name: the words that keep it back, else the kind of person that the words stand for."""

from flows.enrich.scene import Scene, Speaker

_NAMED = frozenset(("name", "pronoun", "document", "body"))
_PERSONAL = frozenset(("he", "she", "they", "the"))  # how the sentence goes on that says why


def anonymity(scene: Scene, speaker: Speaker) -> str | None:
    """``withheld``, ``familiar``, ``source``, ``official``, ``expert``, ``witness`` or ``public``; None for one with a name.

    ``withheld`` where the sentence, or the next one, says that the name is kept back: "an official who asked not to be
    named". English alone. Rows of ``lexicon/anonymity.csv``.
    """
    if speaker.entity_id is not None or speaker.kind in _NAMED or scene.story.language not in (None, "en"):
        return None
    story, cues = scene.story, scene.cues
    kind = None
    for lower in story.lowers[speaker.first : speaker.end]:
        if (kind := cues.anonymous_nouns.get(lower)) is not None:
            break
    if kind is None and speaker.kind != "anonymous" and not any(
        (noun := cues.nouns.get(lower)) is not None and noun.kind in ("person", "anonymous")
        for lower in story.lowers[speaker.first : speaker.end]
    ):  # fmt: skip
        return None
    number = story.sentence_of[speaker.first]
    sentence = story.sentences[number]
    said = story.page_text[story.starts[speaker.first] : sentence.char_end].lower()
    if number + 1 < len(story.sentences):
        following = story.sentences[number + 1]
        if following.block_no == sentence.block_no and story.lowers[following.first_token] in _PERSONAL:
            said += " " + story.page_text[following.char_start : following.char_end].lower()
    printed = story.text(speaker.first, speaker.end).lower()
    for phrase, meant in cues.anonymous_phrases:
        if phrase in (said if meant == "withheld" else printed):
            return meant
    return kind

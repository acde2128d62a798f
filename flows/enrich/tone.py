"""The tone of an article: a weighted lexicon with negation and intensifiers."""

from flows.enrich.story import Story
from flows.reference.events import EventLexicon

REACH = 3  # words back in which a negation or intensifier works
TURNED = -0.7  # a negated word counts so much of the contrary
STEADY = 3.0  # so many neutral words are added, so that one word is no verdict


def measure_tone(story: Story, lexicon: EventLexicon) -> float | None:
    """Tone from −1 to 1, rounded to four decimals; None for a language without a lexicon, 0.0 where no word speaks."""
    words = lexicon.tone.get(story.language or "en")
    if words is None or not story.lowers:
        return None
    lowers, valence = story.lowers, words.valence
    total = weight = 0.0
    for i in story.where(valence):
        value = valence[lowers[i]]
        near = lowers[i - REACH : i] if i > REACH else lowers[:i]
        if not words.shifters.isdisjoint(near):
            for back in near:
                if back in words.negations:
                    value *= TURNED
                elif back in words.intensifiers:
                    value *= words.intensifiers[back]
        total += value
        weight += abs(value)
    if not weight:
        return 0.0
    return round(max(-1.0, min(1.0, total / (weight + STEADY))), 4)

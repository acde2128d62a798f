"""What an article is about: IPTC Media Topics of the top two levels, by weighted terms held as data."""

from flows.enrich.story import Story, Topic
from flows.reference.events import EventLexicon

MOST_TOP = 3  # topics of the top level kept
MOST_SECOND = 4  # topics of the second level kept
LEAST_SCORE = 0.15
HEADLINE = 3.0  # a term in headline or deck counts as so many in the body
REPEATS = (1.0, 0.6, 0.4, 0.3, 0.2)  # what the first, second … mention of one term adds


def find_topics(story: Story, lexicon: EventLexicon) -> list[Topic]:
    """Topics of an English article, the strongest first; none for other languages or when too little speaks for any.

    ``score`` is the share of the topic's level that its terms have, times how much evidence there is (0 to 1).
    """
    if story.language not in (None, "en") or not story.lowers:
        return []
    terms, parents, labels = lexicon.topics.terms, lexicon.topics.parents, lexicon.topics.labels
    lowers = story.lowers
    opening = 0
    for sentence in story.sentences:
        if sentence.role not in ("headline", "deck"):
            break
        opening = sentence.end_token
    seen: dict[int, int] = {}  # how often each term stood, by its identity
    weights: dict[str, float] = {}
    after = 0
    most = len(REPEATS)
    last = len(lowers) - 1
    for i in story.where(terms):
        if i < after:
            continue
        following = lowers[i + 1] if i < last else ""
        for term in terms[lowers[i]]:
            rest, topics = term
            if not rest:
                after = i + 1
            elif rest[0] != following or tuple(lowers[i + 1 : i + 1 + len(rest)]) != rest:
                continue
            else:
                after = i + 1 + len(rest)
            key = id(term)
            count = seen[key] = seen.get(key, -1) + 1
            if count < most:
                share = REPEATS[count] * (HEADLINE if i < opening else 1.0)
                for topic, weight in topics:
                    weights[topic] = weights.get(topic, 0.0) + weight * share
            break
    if not weights:
        return []
    tops: dict[str, float] = {}
    seconds: dict[str, float] = {}
    for topic, weight in weights.items():
        parent = parents.get(topic)
        if parent is None:
            tops[topic] = tops.get(topic, 0.0) + weight
        else:
            seconds[topic] = seconds.get(topic, 0.0) + weight
            tops[parent] = tops.get(parent, 0.0) + weight
    out: list[Topic] = []
    for level, most in ((tops, MOST_TOP), (seconds, MOST_SECOND)):
        best = sorted(level.items(), key=lambda one: (-one[1], one[0]))[:most]
        strongest = best[0][1] if best else 0.0
        for topic, weight in best:
            score = weight / (weight + 4.0) * (weight / strongest) ** 0.5
            if score >= LEAST_SCORE and weight >= 0.25 * strongest:
                out.append(Topic(topic, labels[topic], round(score, 4)))
    return sorted(out, key=lambda one: (-one.score, one.topic))

"""Stories of sport, where a town's name stands for its team: "Chicago beat Dallas", results and standings line by line."""

from collections import Counter
from collections.abc import Set

from flows.enrich.names_parse import Piece
from flows.enrich.story import Story
from flows.reference.names import Gazetteer

LEAST_WORDS = 4  # different words of sport that make a story one of sport
LEAST_OF_LINES = 2  # the same where lines of results stand in it
_TEAM_SPORTS = frozenset(
    ("soccer", "basketball", "american football", "baseball", "ice hockey", "rugby", "rugby league", "cricket", "australian rules")
)


def sport_of(story: Story, gazetteer: Gazetteer) -> str | None:
    """The sport that a story is about, empty where it is not clear which, None where it is about none."""
    known = gazetteer.sport_words
    heard = {story.lowers[at] for at in story.where(known)}
    if len(heard) < LEAST_OF_LINES:
        return None
    counts = Counter(known[word] for word in heard)
    if len(heard) < LEAST_WORDS and not (any(known[word] for word in heard) and _has_results(story)):
        return None
    general = counts.pop("", 0)
    if not counts:
        return "" if general >= 2 * LEAST_WORDS else None
    (sport, most), *others = counts.most_common(2)
    return "" if others and others[0][1] == most else sport


def _has_results(story: Story) -> bool:
    """Tell whether two or more short lines hold a name and numbers."""
    return sum(is_result(story, index) for index in range(len(story.sentences))) > 1


def is_result(story: Story, index: int) -> bool:
    """Tell whether a sentence is a line of results or standings: names and numbers, next to no words in small letters."""
    sentence = story.sentences[index]
    first, end = sentence.first_token, sentence.end_token
    if not 2 < end - first < 30:
        return False
    numbers = sum(word[0].isdigit() or word[0] == "." for word in story.words[first:end])
    small = sum(word.isalpha() and word == low for word, low in zip(story.words[first:end], story.lowers[first:end], strict=True))
    return numbers > 0 and numbers * 5 >= end - first and small <= numbers // 2


def team_meant(story: Story, piece: Piece, key: tuple[str, ...], sport: str, gazetteer: Gazetteer, named: Set[str]) -> str | None:
    """The team that a name means in a story of ``sport``: its id, empty where it is one that no list has, None where it is none.

    ``named`` are the bodies that the story names in full.
    """
    if piece.title is not None:
        return None
    words = tuple(word.capitalize() for word in key) if key[0].isupper() and len(key[0]) > 3 else key
    sentence = story.sentences[piece.sentence]
    before = story.lowers[piece.first - 1] if piece.first > sentence.first_token else ""
    nicknames = gazetteer.team_names.get(words)
    if nicknames is not None and before not in gazetteer.cues["within"]:
        chosen = _of_sport(nicknames, sport, gazetteer, named)
        if chosen:
            return chosen
    if any(sense.how in ("demonym", "people") for sense in piece.senses):
        return None
    towns = gazetteer.team_towns.get(words)
    if towns is None and any(sense.entity_id.startswith("country/") and sense.how != "capital" for sense in piece.senses):
        return None  # a national team is its country
    local = towns is not None or any(sense.how in ("city", "capital", "place") for sense in piece.senses)
    if sport not in _TEAM_SPORTS and not (sport == "" and towns):
        return None
    if not local and not (piece.guess is None and is_result(story, piece.sentence) and before != "(" and _unknown(key, gazetteer)):
        return None
    chosen = _of_sport(towns, sport, gazetteer, named) if towns else ""
    if sport == "cricket" and chosen:  # a county plays unless something is in it
        stated = piece.end + 1 < sentence.end_token and story.words[piece.end] == "," and story.words[piece.end + 1][0].isupper()
        return None if before in gazetteer.cues["within"] or before in ("of", "from", "near", "to") or stated else chosen
    return (chosen or "") if _plays(story, piece, gazetteer, towns is not None) else None


def is_event(story: Story, piece: Piece, gazetteer: Gazetteer) -> bool:
    """Tell whether a place only gives its name to a contest ("the Lyon Open", "the Berlin Grand Prix")."""
    words, end = story.words, piece.end
    return end < len(words) and words[end][0].isupper() and story.lowers[end] in gazetteer.cues["contest"] and piece.guess != "person"


def _unknown(key: tuple[str, ...], gazetteer: Gazetteer) -> bool:
    """Tell whether no word of a line of results is a common one or one of sport ("OT", "Attendance", "STANDINGS")."""
    lows = [word.lower() for word in key]
    return any(len(low) > 3 for low in lows) and not any(low in gazetteer.common or low in gazetteer.sport_words for low in lows)


def _of_sport(ids: tuple[str, ...], sport: str, gazetteer: Gazetteer, named: Set[str]) -> str | None:
    """Of several teams of one name, the one that the story names in full, else the only one of its sport."""
    fitting = [id for id in ids if gazetteer.team_sports[id] == sport] or ([*ids] if sport == "" else [])
    told = [id for id in fitting if id in named]
    if len(told) == 1:
        return told[0]
    return fitting[0] if len(fitting) == 1 else None


def _plays(story: Story, piece: Piece, gazetteer: Gazetteer, known: bool) -> bool:
    """Tell whether a town stands where a team does: beside a score, a verb of play, "against", in brackets after a player."""
    cues = gazetteer.cues
    words, lowers = story.words, story.lowers
    sentence = story.sentences[piece.sentence]
    first, end = sentence.first_token, sentence.end_token
    before = lowers[piece.first - 1] if piece.first > first else ""
    before2 = lowers[piece.first - 2] if piece.first > first + 1 else ""
    after = lowers[piece.end] if piece.end < end else ""
    after2 = lowers[piece.end + 1] if piece.end + 1 < end else ""
    if before in ("at", "v", "vs") and end - first < 12 and not any(low in cues["team after"] for low in lowers[first:end]):
        return piece.casing != "normal" or is_result(story, piece.sentence) or (before != "at" and known)
    if before == "to":
        return before2 in cues["team to"] or lowers[piece.first - 3] in cues["team to"]
    if before in cues["within"] or before in ("of", "near", "from", "–", "—"):
        return False
    if after == "," and after2 and words[piece.end + 1][0].isupper() and before not in cues["team before"]:
        return False
    if is_result(story, piece.sentence) and (before == "" or before[-1:].isdigit() or before in ")-,;:" or after[:1].isdigit()):
        return not (len(after) == 4 and after.isdigit()) and after != "-"  # "LONDON 1996-08-30" opens a report
    if before == "(" and after == ")":
        return piece.first - 2 >= first and words[piece.first - 2][0].isupper()
    if before in cues["team before"] or after in cues["team after"]:
        return True
    if before == "for":
        return known and before2 != "left"
    if after in ("’s", "'s"):
        return known and after2 in cues["team role"]
    return False

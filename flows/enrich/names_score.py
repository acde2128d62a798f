"""What an unknown name is, judged by its words, its form and the words around it: a linear model over a few features a piece.

The weights stand in ``name_weights.csv`` (one row a feature) and were fitted by ``scripts/fit_name_weights.py``.
A feature is a template's number and a value; a piece has one value a template, so that scoring is some twenty lookups.
"""

from flows.enrich.names_parse import Piece
from flows.enrich.story import Story
from flows.reference.names import Gazetteer

_SURE = frozenset({"name", "demonym", "people", "prefix", "surname"})
OWN = 11  # templates 0 to 10 look at the name alone, the others at what stands around it
LEAST_MARGIN = 0.0  # by which a kind must beat "no name", in the scorer's units
LEAST_MARGIN_OF_STRANGE = -2.0  # the same for two or three capitalised words none of which is a common word: hardly ever no name
LEAST_MARGIN_OF_WORD = (1.2, 0.5, 0.3)  # the same for a single word: person, organization, place
CUE = 3.0  # what "the newspaper X", "the X district" or "the town of X" adds to a kind
MOST_KEPT = 200_000  # names whose judgement is kept from one article to the next
TEMPLATES = 21  # the weights of the value "" of a template of this number are the classes' own


def least_margin(key: tuple[str, ...], piece: Piece, kind: int, gazetteer: Gazetteer) -> float:
    """By how much a name's best kind must beat "no name"."""
    if len(key) == 1:
        return LEAST_MARGIN_OF_WORD[kind]
    if len(key) > 3 or piece.opens or piece.senses or piece.guess is not None:
        return LEAST_MARGIN
    strange = all(word[1:].islower() and word[0].isupper() and word.lower() not in gazetteer.common for word in key)
    return LEAST_MARGIN_OF_STRANGE if strange else LEAST_MARGIN


def features_of(piece: Piece, story: Story, gazetteer: Gazetteer, lower_words: frozenset[str], count: int) -> tuple[str, ...]:
    """The values of a piece, one a template.

    ``lower_words`` are the words that the article writes small, ``count`` how often it prints the piece.
    """
    return (*own_features(piece, story, gazetteer), *context_features(piece, story, gazetteer, lower_words, count))


def own_features(piece: Piece, story: Story, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The values that the name has wherever it stands."""
    words, lowers = story.words, story.lowers
    first = piece.first
    last = piece.end - 1
    if words[last] == "." and last > first:
        last -= 1
    single = last == first
    head_low, tail_low = lowers[first], lowers[last]
    common = gazetteer.common
    return (
        "" if single else head_low,
        "" if single else tail_low,
        head_low if single else "",
        tail_low[-3:],
        tail_low[-4:],
        head_low[:3],
        shape_of(words, first, last),
        senses_of(piece, gazetteer),
        words_of(words[first : last + 1], head_low in common, tail_low in common, gazetteer),
        " ".join(lowers[first + 1 : last]) if last - first > 1 else "",
        "" if single else f"{head_low} {tail_low}",
    )


def context_features(piece: Piece, story: Story, gazetteer: Gazetteer, lower_words: frozenset[str], count: int) -> tuple[str, ...]:
    """The values that depend on the words around the name, its sentence and its article."""
    words, lowers = story.words, story.lowers
    first, end = piece.first, piece.end
    sentence = story.sentences[piece.sentence]
    low, high = sentence.first_token, sentence.end_token
    before = lowers[first - 1] if first > low else "<"
    before2 = lowers[first - 2] if first - 1 > low else "<"
    printed = words[first - 1] if first > low else ""
    if printed in gazetteer.cues["weekday"]:
        printed, before, before2 = ",", ",", before  # "On Monday Apple said" as "On Monday, Apple said"
    after = lowers[end] if end < high else ">"
    single = end == first + 1
    near = kind_of_word(before, printed, gazetteer)
    small = "l" if lowers[first] in lower_words else ""
    small_last = "t" if not single and lowers[end - 1] in lower_words else ""
    return (
        before,
        before2,
        after,
        lowers[end + 1] if end + 1 < high else ">",
        f"{piece.guess}|{piece.title.kind if piece.title else ''}",
        f"{piece.casing[0]}{'o' if piece.opens else ''}{1 if single else 2}",
        after_of(story, end, high, gazetteer),
        f"{small}{small_last}|{min(count, 4)}|{'s' if single else ''}",
        f"{before} {after}",
        near + "|" + kind_of_word(after, words[end] if end < high else "", gazetteer),
    )


def judge_name(
    key: tuple[str, ...], pieces: list[Piece], story: Story, gazetteer: Gazetteer, lower_words: frozenset[str]
) -> tuple[float, float, float]:
    """How much each kind (person, organization, place) beats "no name", over the first places of one name in an article.

    What the name alone tells is kept in ``gazetteer.judged``, since a batch of articles repeats most names.
    """
    weights = gazetteer.weights
    if not weights:
        return -1.0, -1.0, -1.0
    own = gazetteer.judged.get(key)
    if own is None:
        person, body, place = weights[TEMPLATES][""]
        for value, table in zip(own_features(pieces[0], story, gazetteer), weights, strict=False):
            row = table.get(value)
            if row is not None:
                person += row[0]
                body += row[1]
                place += row[2]
        if len(gazetteer.judged) >= MOST_KEPT:
            gazetteer.judged.clear()
        own = gazetteer.judged[key] = (person, body, place)
    person, body, place = own
    context = weights[OWN:TEMPLATES]
    count = len(pieces)
    for n, piece in enumerate(pieces[:3]):
        if n:
            person += own[0]
            body += own[1]
            place += own[2]
        for value, table in zip(context_features(piece, story, gazetteer, lower_words, count), context, strict=True):
            row = table.get(value)
            if row is not None:
                person += row[0]
                body += row[1]
                place += row[2]
        cued = cue_of(piece, story, gazetteer)
        if cued == "organization":
            body += CUE
        elif cued == "place":
            place += CUE
        elif cued == "person":
            person += 2 * CUE
    return person, body, place


def cue_of(piece: Piece, story: Story, gazetteer: Gazetteer) -> str | None:
    """What the words beside a name say that it is: "the newspaper X", "the X district", "the town of X", "X (France) beat"."""
    if piece.guess not in (None, "person") or piece.title is not None:
        return None
    lowers, cues = story.lowers, gazetteer.cues
    sentence = story.sentences[piece.sentence]
    low, high = sentence.first_token, sentence.end_token
    before = lowers[piece.first - 1] if piece.first > low else ""
    if before in cues["body before"]:
        return "organization"
    before2 = lowers[piece.first - 2] if piece.first > low + 1 else ""
    if before == "of" and before2 in cues["place of"]:
        return "place"
    after = lowers[piece.end] if piece.end < high else ""
    if after in cues["place after"] and before in ("the", "in", "from", "of", "to", "and", "’s", "'s", "near"):
        return "place"
    if after == "(" and piece.end + 2 < high and lowers[piece.end + 2] == ")" and piece.end - piece.first > 1:
        inside = gazetteer.singles.get(story.words[piece.end + 1], ())
        if any(sense.entity_id.startswith("country/") and sense.how == "name" for sense in inside):
            return "person"  # "Guy Forget (France) beat"
    return None


def shape_of(words: list[str], first: int, last: int) -> str:
    """The form of the words: A a capital, a small letters, 0 a digit.

    >>> shape_of(["J", ".", "McCoy", "3M"], 0, 3)
    'A . AaAa 0A'
    """
    out = []
    for word in words[first : last + 1]:
        if word.isalpha():
            if word.istitle():
                out.append("Aa" if len(word) > 1 else "A")
            elif word.isupper():
                out.append("AA" if len(word) < 6 else "AAA")
            elif word.islower():
                out.append(word if len(word) < 4 else "a")
            else:
                out.append("AaAa")
        elif word[0].isdigit():
            out.append("0" if word.isdigit() else "0A")
        else:
            out.append("A.A." if "." in word and len(word) > 1 else "x" if len(word) > 1 else word)
    return " ".join(out[:5])


def senses_of(piece: Piece, gazetteer: Gazetteer) -> str:
    """What the lists know of the name, cities by size."""
    if not piece.senses:
        return ""
    out = set()
    for sense in piece.senses:
        how = sense.how
        if how == "city":
            people = gazetteer.spots[sense.entity_id].people
            how = "city1000" if people >= 1_000_000 else "city200" if people >= 200_000 else "city50" if people >= 50_000 else "city15"
        elif how == "name":
            how = sense.entity_id.split("/", 1)[0]
        out.add(how)
    return "|".join(sorted(out))


def words_of(words: list[str], head_common: bool, tail_common: bool, gazetteer: Gazetteer) -> str:
    """Which lists the first and the last word stand in, and whether one between or at the end is a given name."""
    head, tail = words[0], words[-1]
    given = "g" if head in gazetteer.first_names else ""
    if len(words) == 1:
        return (
            f"{given}{'c' if head_common else ''}{'o' if head in gazetteer.org_last else ''}{'p' if head in gazetteer.place_last else ''}"
        )
    if any(word in gazetteer.first_names for word in words[1:]):
        given += "G"
    body = gazetteer.org_last.get(tail, "s" if tail in gazetteer.org_suffix else "")
    land = gazetteer.place_last.get(tail, "")
    known = "k" if tail in gazetteer.singles else ""
    return f"{given}{'c' if head_common else ''}{'C' if tail_common else ''}|{body}|{land}|{gazetteer.place_first.get(head, '')}|{known}"


def after_of(story: Story, end: int, high: int, gazetteer: Gazetteer) -> str:
    """What follows the name: an age, a person's or a body's description after a comma, an abbreviation in brackets, an ’s."""
    words, lowers = story.words, story.lowers
    if end >= high:
        return ""
    after = words[end]
    if after in ("’s", "'s"):
        return "s:" + (lowers[end + 1][-3:] if end + 1 < high else "")
    if after == "," and end + 1 < high:
        if words[end + 1].isdigit() and len(words[end + 1]) < 3:
            return "age"
        for at in range(end + 1, min(end + 7, high)):
            low = lowers[at]
            if low in (",", ".", "and", "who"):
                break
            if (low,) in gazetteer.titles:
                return "role"
        if lowers[end + 1] in ("who", "whose"):
            return "who"
        return (
            "which"
            if lowers[end + 1] in ("which", "where")
            else "," + lowers[end + 1][:2]
            if lowers[end + 1] in ("a", "an", "the")
            else ","
        )
    if after == "(" and end + 2 < high and words[end + 2] == ")":
        return "(AA)" if words[end + 1].isupper() else "(0)" if words[end + 1].isdigit() else "(a)"
    return ""


def kind_of_word(low: str, word: str, gazetteer: Gazetteer) -> str:
    """A coarse class of a neighbouring word."""
    cues = gazetteer.cues
    if low in ("<", ">"):
        return low
    if word != low:
        return "g" if word in gazetteer.first_names else "N" if word in gazetteer.singles else "A"
    if low in cues["saying"]:
        return "say"
    if low in cues["within"]:
        return "in"
    if low in cues["locative"]:
        return "to"
    if (low,) in gazetteer.titles:
        return "title"
    if low in cues["act"]:
        return "act"
    if low.endswith("ed"):
        return "ed"
    if not low[0].isalpha():
        return low if low in ",-(" else "0" if low[0].isdigit() else "p"
    return low if low in ("the", "a", "and", "of", "by", "with") else "w"


def decided(piece: Piece, story: Story, gazetteer: Gazetteer) -> bool:
    """Tell whether the lists or the form decide what a piece is, so that it need not be judged."""
    single = piece.end == piece.first + 1
    for sense in piece.senses:
        if sense.how in _SURE:
            return True
        if sense.how in ("place", "city") and (
            not single or (sense.how == "place" and story.words[piece.first] not in gazetteer.first_names)
        ):
            return True
    if piece.guess == "short form":
        return True
    if piece.guess == "person":
        if not single and story.words[piece.first + 1] == "." and len(story.words[piece.first]) == 1:
            return True  # D. Sales
        if piece.title is not None and (piece.title.kind != "role" or not single):
            return True
        last = story.words[piece.end - 1]
        return story.lowers[piece.end - 1] not in gazetteer.common and last not in gazetteer.org_last and last not in gazetteer.place_last
    if single:
        return False
    if piece.guess == "organization":
        at = piece.end - 2 if story.words[piece.end - 1] == "." else piece.end - 1
        if story.words[at] in gazetteer.org_suffix or gazetteer.org_last.get(story.words[at]) in ("government", "party"):
            return True
    return tuple(story.lowers[piece.first : piece.end]) in gazetteer.function_words

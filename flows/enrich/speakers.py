"""Who speaks: the noun phrase before or after a cue, the entity that it names, and the office printed beside it."""

from flows.enrich.offices_printed import office_before
from flows.enrich.scene import APOSTROPHES, DASHES, Scene, Speaker

_STOPS = frozenset(",;:.!?…\"“”‘«»„'()[]—–•")
# A preposition that ties the noun before it to the one after it: a spokesman for the minister, people in the room.
_TIES = frozenset(("of", "for", "in", "from", "to", "at", "with", "on", "by", "behind", "close", "against"))


def phrase_before(scene: Scene, last: int, low: int) -> Speaker | None:
    """The noun phrase whose last token is ``last``, not reaching before ``low``; None when no noun stands there.

    "In Iowa, a spokesman for Mr. Ford" gives "a spokesman for Mr. Ford"; "Deputy Foreign Minister Gromyko" gives the whole
    with the office "Deputy Foreign Minister".
    """
    words, lowers, groups, nouns = scene.story.words, scene.story.lowers, scene.groups, scene.cues.nouns
    if last < low:
        return None
    mention = scene.ending.get(last)
    group = groups.get(lowers[last])
    if mention is None and group == "subject":
        return Speaker(last, last + 1, None, "pronoun")
    if mention is not None and mention.method == "coreference" and mention.first_token >= low and (
        mention.end_token - mention.first_token > 1 or group in ("subject", "possessive")
    ):  # fmt: skip
        kind = "pronoun" if group == "subject" else "person"
        return Speaker(mention.first_token, last + 1, mention.entity_id, kind)
    i = last
    head_end = last + 1
    named = False
    office_seen = False
    while i >= low:
        mention = scene.ending.get(i)
        if mention is not None and mention.first_token >= low and not (mention.method == "coreference" and mention.first_token < i):
            named = named or head_end == i + 1
            i = mention.first_token - 1
            if mention.kind == "person" and head_end == last + 1 and (office := office_before(scene, i + 1, low)) is not None:
                i = office  # Secretary of State
            continue
        word, lower = words[i], lowers[i]
        if word == ")":
            opening = i - 1
            while opening >= low and words[opening] != "(" and i - opening < 12:
                opening -= 1
            if opening > low and words[opening] == "(":
                i = opening - 1
                if head_end == last + 1:
                    head_end = i + 1
                continue
            break
        if word == "." and i > low and (len(words[i - 1]) <= 4 and words[i - 1][0].isupper()):
            i -= 1
            continue
        if word in "-–&/" and i > low and (word in "&/" or scene.story.ends[i - 1] == scene.story.starts[i]):
            i -= 1
            continue
        if lower in APOSTROPHES and i > low and scene.story.ends[i - 1] == scene.story.starts[i]:
            i -= 1
            continue
        if word in _STOPS or word in DASHES:
            break
        group = groups.get(lower)
        if i < last and words[i + 1] == "-" and scene.story.ends[i] == scene.story.starts[i + 1]:
            group = None  # long-term
        if group is None or (group == "time" and word != lower and i == last):
            if named and word == lower and not office_seen and lower not in nouns:
                break  # "the debate Clinton": no title
            if lower in nouns:
                office_seen = True
            i -= 1
            continue
        if group in ("determiner", "possessive"):
            i -= 1
            if i >= low and groups.get(lowers[i]) == "determiner":
                i -= 1
            if i > low and groups.get(lowers[i]) == "preposition" and _ties(scene, i, low):
                head_end = i
                named = False
                i -= 1
                continue
            break
        if i == last and group == "object" and i - 1 > low and lowers[i - 1] in _TIES:
            i -= 1  # a source close to him
            continue
        if group == "preposition":
            if low < i < last and lower in ("inside", "outside", "opposite") and groups.get(lowers[i - 1]) == "determiner":
                i -= 1  # an inside source
                continue
            if i < last and _ties(scene, i, low):
                head_end = i
                named = False
                i -= 1
                continue
            break
        if lower in ("and", "&", "or") and i < last and i > low and _joins(scene, i, low):
            i -= 1
            continue
        break
    first = i + 1
    while first <= last and (
        groups.get(lowers[first]) in ("conjunction", "preposition") or words[first] in _STOPS or words[first] in DASHES
    ):
        first += 1
    if first > last or (head_end <= first):
        return None
    if not any(words[k][0].isalnum() for k in range(first, last + 1)):
        return None
    return describe(scene, first, head_end, last + 1)


def _ties(scene: Scene, at: int, low: int) -> bool:
    """Tell whether the preposition at ``at`` hangs on a noun just before it."""
    lowers, groups = scene.story.lowers, scene.groups
    before = at - 1
    if before < low or lowers[at] not in _TIES:
        return False
    if before in scene.ending:
        return True
    word = lowers[before]
    if not word[0].isalpha() or groups.get(word) is not None:
        return word in (
            "some",
            "many",
            "most",
            "all",
            "those",
            "one",
            "both",
            "several",
            "two",
            "three",
            "none",
            "others",
            "half",
            "few",
            "neither",
        )
    if (
        word.endswith("ing")
        and before > low
        and (lowers[before - 1] in APOSTROPHES or groups.get(lowers[before - 1]) in ("determiner", "possessive"))
    ):
        return True  # Ford’s briefing of
    return not (word.endswith(("ed", "ing")) or (word in scene.cues.verbs and word not in scene.cues.nouns))


def _joins(scene: Scene, at: int, low: int) -> bool:
    """Tell whether "and" at ``at`` joins two nouns of one subject rather than two clauses."""
    story, groups = scene.story, scene.groups
    before = at - 1
    if before in scene.ending and scene.ending[before].method != "coreference":
        return (
            scene.ending[before].kind != "place"
            or before - 1 < low
            or groups.get(story.lowers[scene.ending[before].first_token - 1]) != "preposition"
        )
    word = story.lowers[before]
    if groups.get(word) == "subject":
        return True
    if (
        groups.get(word) is None
        and story.words[before] == word
        and (before == low or story.words[before - 1] in _STOPS or groups.get(story.lowers[before - 1]) in ("determiner", "subordinator"))
    ):
        return word not in scene.cues.verbs or word in scene.cues.nouns  # current and former officials
    return word in scene.cues.nouns or (word.endswith("s") and groups.get(word) is None and word not in scene.cues.verbs)


def phrase_after(scene: Scene, first: int, limit: int) -> Speaker | None:
    """The noun phrase that starts at ``first``, not reaching ``limit``; None when no noun stands there."""
    words, lowers, groups, nouns = scene.story.words, scene.story.lowers, scene.groups, scene.cues.nouns
    if first >= limit:
        return None
    group = groups.get(lowers[first])
    if group == "subject":
        mention = scene.starting.get(first)
        return Speaker(first, first + 1, mention.entity_id if mention else None, "pronoun")
    if group not in (None, "determiner", "possessive") and first not in scene.starting:
        return None
    i = first
    head_end = None
    started = False
    while i < limit:
        mention = scene.starting.get(i)
        if mention is not None and mention.end_token <= limit:
            i = mention.end_token
            started = True
            if (
                head_end is not None
                and mention.kind == "person"
                and (office := office_before(scene, mention.first_token, first)) is not None
            ):
                head_end = None if office < head_end else head_end  # said Secretary of State Anna Weiss
            named = head_end is None and mention.kind == "person" and mention.method != "coreference"
            if named and not _goes_on(scene, i, limit) and not _is_modifier(scene, first, mention.first_token, i, limit):
                break
            continue
        word, lower = words[i], lowers[i]
        if lower in APOSTROPHES and started and scene.story.ends[i - 1] == scene.story.starts[i]:
            i += 1
            continue
        if word == "." and started and len(words[i - 1]) <= 4 and i + 1 < limit and words[i - 1][0].isupper():
            i += 1
            continue
        if word in "-–&/" and started and i + 1 < limit and (word in "&/" or scene.story.ends[i] == scene.story.starts[i + 1]):
            i += 1
            continue
        if word in _STOPS or word in DASHES:
            break
        group = groups.get(lower)
        if group in ("determiner", "possessive"):
            if started:
                break
            i += 1
            continue
        if group is None:
            if lower.endswith("ly") and started and word == lower:
                break
            if started and word == lower and lower in scene.cues.verbs and lower not in nouns and lower.endswith(("ed", "ing", "s")):
                break
            started = True
            i += 1
            continue
        if group == "preposition" and started and i + 1 < limit and lower in ("of", "for", "from", "at", "to", "with", "in"):
            noun = lowers[i - 1] in nouns
            following = groups.get(lowers[i + 1])
            if (
                (lower == "of" or (noun and lower in ("for", "to", "at", "from", "with")))
                and following in (None, "determiner", "possessive")
                and words[i + 1][0].isalnum()
            ) or (noun and lower in ("in", "at", "from", "with") and nouns[lowers[i - 1]].kind == "anonymous"):
                if head_end is None:
                    head_end = i
                i += 1
                if following in ("determiner", "possessive"):
                    i += 1
                continue
            break
        if lower == "and" and started and i + 1 < limit and (i + 1 in scene.starting and i - 1 in scene.ending):
            i += 1
            continue
        break
    if not started:
        return None
    if i + 1 < limit and lowers[i] in ("familiar", "close") and lowers[i + 1] in ("with", "to"):
        head_end = head_end or i
        i = _object_end(scene, i + 2, limit)
    elif lowers[i - 1] in ("familiar", "close") and i + 1 < limit and lowers[i] in ("with", "to"):
        head_end = i - 1
        i = _object_end(scene, i + 1, limit)
    return describe(scene, first, head_end or i, i)


def _object_end(scene: Scene, first: int, limit: int) -> int:
    """Where the noun phrase after a preposition ends."""
    phrase = phrase_after(scene, first, limit)
    return phrase.end if phrase is not None else first


def _goes_on(scene: Scene, at: int, limit: int) -> bool:
    """Tell whether a phrase goes on after a person's name: a possessive, or "and" with another name."""
    lowers = scene.story.lowers
    if at >= limit:
        return False
    if lowers[at] in scene.cues.nouns and scene.story.words[at] == lowers[at]:
        return True
    if lowers[at] in ("’s", "'s") or (lowers[at] in ("’", "'") and scene.story.ends[at - 1] == scene.story.starts[at]):
        return True
    if lowers[at] != "and" or at + 1 >= limit:
        return False
    return (
        at + 1 in scene.starting
        or lowers[at + 1] == "others"
        or (scene.groups.get(lowers[at + 1]) == "possessive" and at + 2 < limit and lowers[at + 2] in scene.cues.nouns)
    )


def _is_modifier(scene: Scene, first: int, name: int, at: int, limit: int) -> bool:
    """Tell whether a person's name only says more of the noun after it: "one Ford confidant"."""
    if at >= limit or name != first + 1 or scene.groups.get(scene.story.lowers[first]) not in ("determiner", "possessive"):
        return False
    word = scene.story.words[at]
    return word[0].islower() and scene.groups.get(word) is None and not word.endswith("ly")


def describe(scene: Scene, first: int, head_end: int, end: int) -> Speaker:
    """Name the speaker printed in ``first:end`` whose head noun ends at ``head_end``."""
    story, nouns = scene.story, scene.cues.nouns
    while head_end - 1 > first and story.lowers[head_end - 1] in ("’s", "'s", "’", "'", ".", ","):
        head_end -= 1
    mention = scene.ending.get(head_end - 1)
    if mention is not None and mention.first_token >= first:
        kind = "name"
        office = None
        if mention.kind == "person" and mention.first_token > first:
            office = _office(scene, first, mention.first_token)
        other = _joined(scene, first, mention.first_token)
        return Speaker(first, end, other or mention.entity_id, kind, office)
    head = story.lowers[head_end - 1]
    noun = nouns.get(head)
    kind = noun.kind if noun else "noun"
    if kind == "document":  # Ford's letter said
        for k in range(head_end - 2, first, -1):
            if story.lowers[k] in APOSTROPHES:
                owner = scene.ending.get(k - 1) or scene.ending.get(k)
                return Speaker(first, end, owner.entity_id if owner else None, kind)
        owner = scene.starting.get(first)
        if owner is not None and owner.method == "coreference":
            return Speaker(first, end, owner.entity_id, kind)
    if noun is None and story.words[head_end - 1] != head:
        kind = "name"
    return Speaker(first, end, None, kind)


def _joined(scene: Scene, first: int, stop: int) -> str | None:
    """The first of two named together ("Ford and Brezhnev")."""
    if stop - 1 > first and scene.story.lowers[stop - 1] in ("and", "&"):
        mention = scene.ending.get(stop - 2)
        if mention is not None and mention.first_token >= first:
            return mention.entity_id
    return None


def _office(scene: Scene, first: int, stop: int) -> str | None:
    """The words before a name when they hold an office ("Russian presidential assistant"), a leading article left out."""
    story = scene.story
    if scene.groups.get(story.lowers[first]) == "determiner":
        first += 1
    while stop > first and story.words[stop - 1] in ",":
        stop -= 1
    if any((noun := scene.cues.nouns.get(story.lowers[k])) is not None and noun.is_office for k in range(first, stop)):
        return story.text(first, stop)
    return None


def office_after(scene: Scene, at: int, limit: int) -> str | None:
    """The office in an apposition that starts at ``at``, just after a name and a comma: ", a spokesman for the army,"."""
    story, groups, nouns = scene.story, scene.groups, scene.cues.nouns
    first = at
    if first < limit and groups.get(story.lowers[first]) in ("determiner", "possessive"):
        first += groups.get(story.lowers[first]) == "determiner"
    end = first
    seen = False
    while (
        end < limit
        and end - first < 16
        and story.words[end] not in _STOPS
        and groups.get(story.lowers[end]) not in ("relative", "auxiliary", "subject")
    ):
        noun = nouns.get(story.lowers[end])
        seen = seen or (noun is not None and noun.is_office and end - first < 8)
        end += 1
    return story.text(first, end) if seen and end > first else None

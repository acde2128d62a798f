"""Offices of several words that are printed before a name: "Secretary of State", "Minister of State for Foreign Affairs"."""

from flows.enrich.scene import Scene

_LONGEST = 12  # tokens of an office
_TIES = frozenset(("of", "for"))
_JOINTS = frozenset(("of", "for", "the", "and", "&", "-", "–"))
_PORTFOLIO = (["minister", "of"], ["minister", "for"])
_NO_NAMES = ("n", "sh", "se", "ch", "i")  # how "Russian", "British", "Chinese", "French", "Iraqi" end


def office_before(scene: Scene, name: int, low: int) -> int | None:
    """The first token of the noun of an office with "of" or "for" that stands right before the name at ``name``.

    None where the words before the name tell of somebody else: "a spokesman for Mr. Ford", "an aide of the minister Ford",
    "the lawyer for American Anna Weiss".
    """
    story, nouns, titles = scene.story, scene.cues.nouns, scene.cues.titles
    words, lowers = story.words, story.lowers
    k = name - 1
    while k >= low and name - k <= _LONGEST:
        title = next((n for n in (6, 5, 4, 3) if k + 1 - n >= low and tuple(lowers[k + 1 - n : k + 1]) in titles), 0)
        if title and not _TIES.isdisjoint(lowers[k + 1 - title : k + 1]):
            return k + 1 - title
        mention = scene.ending.get(k)
        lower = lowers[k]
        if mention is not None and mention.first_token >= low:
            if mention.kind in ("person", "nationality") or (k == name - 1 and mention.kind == "country" and _is_people(scene, k)):
                return None
            k = mention.first_token - 1
            continue
        noun = nouns.get(lower)
        tied = k + 1 < name and lowers[k + 1] in _TIES
        if tied and noun is not None and noun.is_office and k + 2 < name:
            if not noun.is_plural:
                return k  # else the Joint Chiefs of Staff
        elif lower in _JOINTS:
            if k == name - 1:
                return None
        elif not words[k][0].isalpha() or scene.groups.get(lower) is not None:
            return None
        elif lowers[k - 2 : k] not in _PORTFOLIO:  # Minister for Justice
            if (lower,) in titles or (noun is not None and noun.kind != "body" and lower != "staff"):
                return None
            if noun is None and k == name - 1 and words[k] == lower:
                return None
        k -= 1
    return None


def _is_people(scene: Scene, at: int) -> bool:
    """Tell whether a country is named by the word for its people: "Russian", "British"."""
    word = scene.story.words[at]
    mention = scene.ending[at]
    entity = scene.entities.get(mention.entity_id)
    return word.endswith(_NO_NAMES) and (entity is None or not entity.name.endswith(word))

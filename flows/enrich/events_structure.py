"""What governs what in a sentence: "held" and "talks" as one, what was demanded or refused, what only describes a noun."""

from typing import NamedTuple

from flows.enrich.events_parties import AGENTS, JOINERS, Party
from flows.enrich.events_triggers import CLOSERS, Trigger
from flows.reference.events import EventLexicon

GOVERNING = frozenset(("intent", "refusal", "threat", "request", "appeal", "blame"))
PARTICIPLES = ("ed", "en", "wn", "ught", "ld", "de")


class Coded(NamedTuple):
    """A trigger with the verb group that carries it (that of "held" for "held talks") and what a halting verb makes of it."""

    trigger: Trigger
    verb: Trigger | None
    stopped: str | None
    planned: bool


def collapse(lowers: list[str], triggers: list[Trigger], countries: set[int], lexicon: EventLexicon) -> list[Coded]:
    """Join "held" and "talks", "halted" and "aid", "plans to" and "attack" into one."""
    out: list[Coded] = []
    prepositions = lexicon.classes["preposition"]
    n = 0
    while n < len(triggers):
        t = triggers[n]
        if t.pattern.lemma == "suspend" and t.end in countries:
            t = t._replace(kind=lexicon.kinds["reduce-relations"], pattern=t.pattern._replace(kind="reduce-relations", strength=2))
        role = t.kind.role
        after = triggers[n + 1] if n + 1 < len(triggers) else None
        light = role in ("light", "stop") or (
            t.pattern.lemma in lexicon.classes["announcing"] and after is not None and after.group is None and after.first - t.end <= 3
        )
        if role == "stop" and t.group is not None and t.group.negated:
            n += 1  # was not called off
            continue
        if light and t.group is not None:
            if after is not None and after.kind.role == "stop" and after.group is None and n + 2 < len(triggers):
                n += 1  # "announced a suspension of air links"
                stopped: Trigger | None = after
                after = triggers[n + 1]
                gap = [word for word in lowers[t.end : after.first] if word != "of"]
            else:
                stopped = t if role == "stop" else None
                gap = lowers[t.end : after.first] if after is not None else []
            if after is not None and 0 <= after.first - t.end <= 6:
                if after.kind.role == "meeting" and t.pattern.lemma in lexicon.classes["giving"] and after.pattern.kind != "letter":
                    n += 1
                    continue
                noun = after.group is None and not any(word in prepositions or word in (",", "that") for word in gap)
                running = after.group is not None and not after.group.finite and len(gap) <= 1
                if t.group.passive:
                    noun = False
                if noun or running:
                    joined = after._replace(first=t.first, clause=t.clause, subordinate=t.subordinate)
                    out.append(Coded(joined, t, stopped.pattern.lemma if stopped else None, False))
                    n += 2
                    continue
            earlier = out[-1].trigger if out else None
            if t.group.passive and earlier is not None and earlier.group is None and t.group.start - earlier.end <= 6:
                out[-1] = Coded(earlier._replace(end=earlier.end), t, t.pattern.lemma if role == "stop" else None, False)
            n += 1
            continue
        if role in ("plan", "attempt"):
            if after is not None and after.group is not None and after.first - t.end <= 3 and t.group is not None:
                if t.group.passive and t.pattern.lemma in lexicon.classes["purposeful"]:
                    n += 2  # measures intended to curb: no one's plan
                    continue
                joined = after._replace(group=t.group._replace(passive=after.group.passive), clause=t.clause, subordinate=t.subordinate)
                out.append(Coded(joined, joined, None, role == "plan"))
                n += 2
                continue
            n += 1
            continue
        out.append(Coded(t, t if t.group is not None else None, None, False))
        n += 1
    return out


def governed(lowers: list[str], head: Trigger, one: Coded) -> bool:
    """Tell whether a trigger lies in what ``head`` speaks of: "demanded that Israel withdraw", "condemned the attack"."""
    t = one.verb or one.trigger
    assert head.group is not None
    if head.kind.role == "statement" and t.kind.role in GOVERNING and t.group is not None:
        return False  # issued a declaration demanding
    complement = t.clause > head.first and lowers[t.clause - 1] == "that" and (not t.subordinate or head.kind.role in GOVERNING)
    if t.clause > head.first and not complement:
        return False
    if t.group is None:
        return True
    if lowers[t.group.start - 1] in ("and", "or") and lowers[t.first].endswith("ing") and lowers[head.first].endswith("ing"):
        return False
    if complement or not t.group.finite:
        return head.kind.role in GOVERNING or not t.group.finite
    before = lowers[t.group.start - 1] if t.group.start else ""
    if before in JOINERS:
        return False
    return (
        head.kind.role in GOVERNING
        and head.kind.role != "blame"
        and (t.group.mood is not None or (t.first == t.group.start and lowers[t.first] == t.pattern.lemma))
    )


def subjunctive(lowers: list[str], head: Trigger, t: Trigger) -> bool:
    """Tell "insisted that Tehran free the sailors" from "insisted that Tehran had freed them"."""
    return t.group is not None and t.clause > head.first and lowers[t.first] == t.pattern.lemma and t.group.mood in (None, "must", "should")


def antecedent(groups: list[list[Party]], lowers: list[str], verb: Trigger) -> list[Party]:
    """The names that "who" or "which" before a verb stands for."""
    at = verb.clause - 1
    if at < 1 or lowers[at] not in ("who", "which", "whom", "that"):
        return []
    for group in reversed(groups):
        if group[-1].end <= at:
            return group if all(word in (",", ")", "(") for word in lowers[group[-1].end : at]) else []
    return []


def list_head(groups: list[list[Party]], verb: Trigger, lowers: list[str], lexicon: EventLexicon) -> list[Party]:
    """The subject of a list of verbs whose last object stands right before this one: "Macron hugged Merkel, thanked Scholz"."""
    assert verb.group is not None
    within = [group for group in groups if group[0].first >= verb.clause and group[-1].end <= verb.group.start]
    if len(within) < 2 or within[-1][-1].end != verb.group.start - 1:
        return []
    head, after = within[0], within[1]
    gap = lowers[head[-1].end : after[0].first]
    past = [word for word in gap if word.endswith("ed") or (word in lexicon.words and "past" in lexicon.words[word].form)]
    fits = past and "," not in gap and head[0].prep is None and not head[-1].possessive
    return [one for one in head if one.kind in AGENTS and not one.located] if fits else []


def unreal(lowers: list[str], start: int, clause: int, first: int, lexicon: EventLexicon) -> str | None:
    """``denied`` when what governs the verb group or noun at ``start`` says that it was not so, ``imagined`` when only thought of.

    "denied that A met B", "rejected claims that …", "it is not true that …", "a false report said …", "no meeting between …".
    """
    classes = lexicon.classes
    stops = classes["boundary"] - {"whether"}
    j = clause - 2 if clause > first + 1 and lowers[clause - 1] == "that" else start - 1
    report = False
    for at in range(j, max(first, j - 10) - 1, -1):
        word = lowers[at]
        before = lowers[at - 1] if at > first else ""
        if word in (",", "and", "but", "or") or word in CLOSERS or word in stops:
            return None
        if word in classes["denying"] or (report and word in classes["dismissing"]):
            return "denied" if classes["negation"].isdisjoint(lowers[max(first, at - 3) : at]) else None
        if word == "out" and before in ("ruled", "rules", "ruling", "rule") and (report or at == j):
            return "denied" if classes["negation"].isdisjoint(lowers[max(first, at - 4) : at]) else None
        if word in classes["untrue"] and (report or at == j):
            return "denied" if before != "not" else None
        if at == j and word in ("true", "so", "case", "correct") and "not" in lowers[max(first, at - 3) : at]:
            return "denied"
        if word == "whether" or word in classes["imagining"] or (at == j and j < start - 1 and word in classes["condition"]):
            return "imagined"
        report = report or word in classes["report_noun"]
    return None


def disowned(lowers: list[str], verb: Trigger, first: int, lexicon: EventLexicon) -> str | None:
    """``unreal`` for what is told in a whole clause: "denied that A had attacked B", "asked whether A had attacked B".

    A relative clause denies nothing of the clause around it: "the paper that denied the charge has sued B".
    """
    assert verb.group is not None
    start, clause = verb.group.start, verb.clause
    told = clause > first + 1 and lowers[clause - 1] == "that"
    if not told and (start == verb.first or not {"who", "which", "that"}.isdisjoint(lowers[max(first, start - 10) : start])):
        return None
    doubt = unreal(lowers, start, clause, first, lexicon)
    return doubt if doubt != "imagined" or "whether" in lowers[max(first, start - 10) : start] else None


def lacking(lowers: list[str], at: int, first: int, lexicon: EventLexicon) -> bool:
    """Tell whether the noun at ``at`` is said not to be: "no meeting", "without any direct talks"."""
    for j in range(at - 1, max(first, at - 4) - 1, -1):
        if lowers[j] in lexicon.classes["missing"]:
            return True
        if lowers[j] in lexicon.classes["preposition"] or lowers[j] in JOINERS or not lowers[j].isalpha():
            return False
    return False


def speaks(word: str, lexicon: EventLexicon) -> bool:
    known = lexicon.words.get(word)
    return word in lexicon.classes["speech"] or (
        known is not None and known.bare is not None and lexicon.kinds[known.bare.kind].role == "statement"
    )


def reduced(lowers: list[str], head: Trigger | None, verb: Trigger, parties: list[Party], lexicon: EventLexicon) -> bool:
    """Tell a participle that only describes a noun ("equipment seized last year") from the verb of a clause."""
    group = verb.group
    assert group is not None
    if group.perfect or group.mood or group.start < verb.first or not lowers[verb.first].endswith(PARTICIPLES):
        return False
    before = lowers[group.start - 1] if group.start > verb.clause else ""
    if before in JOINERS or before in ("that", "who", "which") or any(one.end == group.start and one.kind in AGENTS for one in parties):
        return False
    if head is not None and verb.clause <= head.first and head.kind.role != "statement":
        return True
    classes = lexicon.classes
    for j in range(group.start - 1, verb.clause, -1):
        word = lowers[j]
        if word in (",", "and", "or"):
            return False
        if word in classes["be"] or word in classes["have"] or word in classes["modal"]:
            return True
    return False


def outlook(lowers: list[str], at: int, clause: int, lexicon: EventLexicon) -> str | None:
    """``planned`` or ``possible`` when what governs the noun at ``at`` looks ahead: "will hold talks", "is due in Rome for talks".

    None where the nearest verb to its left tells of what was, or none is found.
    """
    classes = lexicon.classes
    for j in range(at - 1, clause - 1, -1):
        word = lowers[j]
        before = lowers[j - 1] if j > clause else ""
        if word in CLOSERS or word in classes["boundary"] or word in classes["relative"]:
            return None
        if word in ("will", "would", "shall", "’ll", "'ll", "must"):
            return None if lowers[j + 1 : j + 2] == ["have"] else "planned"
        if word in ("may", "might", "could") and not before.isdecimal() and before not in classes["preposition"]:
            return "possible"
        if word in classes["wanting"]:
            return "possible"
        if word in classes["arranged"]:
            return "planned"
        if word == "to" and before in classes["be"]:
            return "planned"
        if word == "ahead" and lowers[j + 1 : j + 2] == ["of"]:
            return "planned"
        known = lexicon.words.get(word)
        if (known is not None and "past" in known.form) or word in classes["have"] or word in classes["be"] or word in classes["speech"]:
            return None
    return None


def came_to_nothing(lowers: list[str], at: int, end: int, lexicon: EventLexicon) -> str | None:
    """``cancelled`` or ``postponed`` when the predicate of the noun before ``at`` says so; None where it says something else.

    What only describes the noun is passed over: "talks, which were due on Friday, were called off", "a visit that had been
    planned for May was put off", "a meeting set for Monday has been cancelled".
    """
    classes = lexicon.classes
    j, carried, described = at, False, False
    while j < min(end, at + 40):
        word, after = lowers[j], lowers[j + 1] if j + 1 < end else ""
        if word == "," and (after in classes["relative"] or after in classes["arranged"]):
            j += 2
            while j < end and lowers[j] != ",":
                j += 1
        elif not carried and not described and word in ("that", "which"):
            j, described = _past_group(lowers, j + 1, end, lexicon), True
            continue
        elif not carried and word in classes["arranged"]:
            described = True
        elif word in classes["cancelled"] or (word, after) == ("called", "off"):
            return "cancelled"
        elif word in classes["postponed"] or (word in ("put", "pushed") and after in ("off", "back")):
            return "postponed"
        elif word in ("take", "took", "taken") and after == "place":
            if described and not carried:
                j += 2
                continue
            return "cancelled" if not classes["negation"].isdisjoint(lowers[max(at, j - 4) : j]) else None
        elif word in ("may", "might", "could") and lowers[j - 1] not in classes["preposition"]:
            return None
        elif word in classes["be"] or word in classes["have"] or word in ("did", "will", "would"):
            carried = True
        elif (
            (carried and word not in classes["adverb"] and word not in classes["negation"] and word not in ("take", "both", "all"))
            or (carried and word in ("not", "never") and not {"take", "taken"} & set(lowers[j + 1 : j + 5]))
            or word in classes["boundary"]
            or word in classes["relative"]
            or word in CLOSERS
            or (not carried and word in lexicon.words and "past" in lexicon.words[word].form and word not in classes["title"])
        ):
            return None
        j += 1
    return None


def _past_group(lowers: list[str], at: int, end: int, lexicon: EventLexicon) -> int:
    """Where the verb group of a relative clause ends that begins at ``at``: after "had been planned", "was due"."""
    classes = lexicon.classes
    while at < end and (lowers[at] in classes["be"] or lowers[at] in classes["have"] or lowers[at] in classes["adverb"]):
        at += 1
    return min(at + 1, end)

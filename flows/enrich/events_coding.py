"""From triggers to coded events: what governs what, what negation and tense make of it, and who did it to whom."""

from dataclasses import dataclass, field
from typing import NamedTuple

from flows.enrich.events_parties import AGENTS, JOINERS, POSSESSIVE, POSSESSIVE_PRONOUNS, Party, lists, objects, right_edge, subject
from flows.enrich.events_triggers import Trigger, VerbGroup
from flows.enrich.story import Story
from flows.reference.events import EventLexicon

GOVERNING = frozenset(("intent", "refusal", "threat", "request", "appeal", "blame"))
MATERIAL_COOPERATION = frozenset(("SUPPORT", "COOPERATE", "AID", "YIELD"))
HOSTILE = frozenset(("SANCTION", "COERCE", "ASSAULT", "PROTEST"))
OF_PEOPLE = frozenset((
    "meet", "host", "receive", "welcome", "greet", "entertain", "visit", "telephone", "phone", "call", "dial", "ring", "write", "send", "speak",
    "talk", "tour", "fly", "travel", "cable",
))  # fmt: skip
SPOKEN = frozenset(("discuss", "debate", "deliberate", "talk", "exchange"))
LATER = frozenset(("after", "since", "following", "despite"))
ATTENDING = frozenset(("discuss", "debate", "attend", "participate", "take", "join", "deliberate", "consult", "exchange", "gather", "talk"))
PURPOSEFUL = frozenset(("intend", "want", "aim", "mean", "hope", "seek"))
PARTICIPLES = ("ed", "en", "wn", "ught", "ld", "de")
INQUIRING = frozenset(("investigate", "probe", "inspect", "examine", "search", "question"))
SENDING = frozenset(("send", "dispatch"))
ANNOUNCING = frozenset(("announce", "declare", "order", "propose", "impose"))
CALLED_OFF = frozenset(("cancellation", "cancel", "call", "scrap", "abandon", "drop"))
PUT_OFF = frozenset(("postponement", "postpone", "delay", "put", "pause"))


@dataclass
class Draft:
    """An event as coded from one sentence, before mentions of one meeting are merged; tokens are those of the story."""

    kind: str
    plover: str | None
    cameo: str | None
    status: str
    first: int
    end: int
    sentence: int
    strength: int
    meeting: bool = False
    mode: str | None = None
    background: bool = False
    definite: bool = False
    purpose: bool = False  # an infinitive: "gathered to protest"
    place_id: str | None = None
    parties: dict[str, str] = field(default_factory=dict)


class Coded(NamedTuple):
    """A trigger with the verb group that carries it (that of "held" for "held talks") and what a halting verb makes of it."""

    trigger: Trigger
    verb: Trigger | None
    stopped: str | None
    planned: bool


def code_sentence(story: Story, sentence: int, triggers: list[Trigger], parties: list[Party], lexicon: EventLexicon) -> list[Draft]:
    """Events of one sentence, in order; the sentence is given by its index."""
    lowers = story.lowers
    end = story.sentences[sentence].end_token
    merged = _collapse(lowers, triggers, {one.first for one in parties if one.kind == "country"}, lexicon)
    groups = lists(parties)
    breaks = {one.verb.group.start for one in merged if one.verb is not None and one.verb.group is not None and one.verb.group.finite}
    drafts: list[Draft] = []
    spare: list[Draft] = []
    head: Trigger | None = None  # the last verb that governs, or whose phrase nouns belong to
    head_draft: Draft | None = None
    last_actors: list[Party] = []
    last_group: VerbGroup | None = None
    for one in merged:
        t, verb = one.trigger, one.verb
        if head is not None and head_draft is not None and head.pattern.lemma == "insist" and _subjunctive(lowers, head, t):
            head = head._replace(kind=lexicon.kinds["demand"])
            head_draft.kind, head_draft.plover, head_draft.cameo, head_draft.strength = "demand", head.kind.plover, head.kind.cameo, 2
        if head is not None and _governed(lowers, head, one):
            if head_draft is not None and (head.kind.role in GOVERNING or head.pattern.lemma in SENDING):
                extra = _refine(head_draft, head, one, lexicon)
                if extra is not None:
                    _fill(extra, one, groups, lowers, right_edge(lowers, t.end, end, lexicon, breaks), last_actors, lexicon)
                    if len(extra.parties) > 1:
                        drafts.append(extra)
                continue
            if not (t.kind.role == "meeting" and t.pattern.alone) or head.kind.role in GOVERNING or head.kind.plover in ("SANCTION", "REJECT"):
                continue
        if verb is None:
            draft = _nominal(t, groups, lowers, right_edge(lowers, t.end, end, lexicon, breaks), sentence, lexicon)
            if draft is not None:
                whole = draft.meeting or len(set(draft.parties.values())) == 2
                (drafts if whole else spare).append(draft)
            continue
        assert verb.group is not None
        before = lowers[verb.group.start - 1] if verb.group.start else ""
        if before in ("and", "or") and last_group is not None and not verb.group.finite | verb.group.infinitive | verb.group.passive:
            verb = verb._replace(group=verb.group._replace(finite=True, progressive=last_group.progressive))
        elif before in ("and", "or") and last_group is not None and last_group.mood and not verb.group.mood and lowers[verb.first] == verb.pattern.lemma:
            verb = verb._replace(group=verb.group._replace(mood=last_group.mood, negated=last_group.negated))
        if verb is not one.verb:
            one = one._replace(verb=verb, trigger=verb if t is one.verb else t)
            t = one.trigger
        assert verb.group is not None
        opener = lowers[verb.clause - 1] if verb.clause else ""
        if verb.subordinate and opener in lexicon.classes["hypothetical"]:
            continue
        draft = _shaded(one, sentence, lexicon, conditional="unless" in lowers[t.end : end])
        if draft is None:
            continue
        edge = right_edge(lowers, t.end, end, lexicon, breaks - {verb.group.start})
        actors = subject(groups, verb.clause, verb.subject_end, lowers, lexicon.classes["group"])
        antecedent = _antecedent(groups, lowers, verb) if verb.subordinate else []
        if antecedent and not actors:
            actors, antecedent = antecedent, []
        if (not actors or before in ("and", "or")) and last_actors and not verb.subordinate:
            actors = last_actors
        _fill(draft, one, groups, lowers, edge, actors, lexicon)
        for party in antecedent:
            _join(draft, party, "participant" if draft.meeting else "recipient")
        last_actors = actors or last_actors
        if draft.meeting and t.pattern.lemma in ATTENDING and len(draft.parties) < 2 and not draft.place_id:
            continue
        if t.pattern.lemma == "must":
            start = story.sentences[sentence].first_token
            speech = next((n for n in range(verb.group.start - 1, start, -1) if _speaks(lowers[n], lexicon)), None)
            if speech is None:
                speech = next((n for n in range(verb.first + 1, end) if _speaks(lowers[n], lexicon)), None)
                start = verb.first + 1
            if speech is None:
                continue
            draft.parties = {one: "recipient" for one, role in draft.parties.items() if role == "actor"}
            for party in subject(groups, start, speech, lowers, lexicon.classes["group"]):
                _join(draft, party, "actor")
        reduced = _reduced(lowers, head, verb, parties, lexicon)
        if verb.group.finite and not reduced:
            if not verb.subordinate or len(draft.parties) > 1 or draft.meeting:
                drafts.append(draft)
            last_group = verb.group
            head, head_draft = verb if one.verb is t else t._replace(group=verb.group), draft
        else:
            spare.append(draft)
            if verb.kind.role in GOVERNING and not reduced:
                head, head_draft = verb, draft
    return _choose(drafts, spare)


def _subjunctive(lowers: list[str], head: Trigger, t: Trigger) -> bool:
    """Tell "insisted that Tehran free the sailors" from "insisted that Tehran had freed them"."""
    return t.group is not None and t.clause > head.first and lowers[t.first] == t.pattern.lemma and t.group.mood in (None, "must", "should")


def _antecedent(groups: list[list[Party]], lowers: list[str], verb: Trigger) -> list[Party]:
    """The names that "who" or "which" before a verb stands for."""
    at = verb.clause - 1
    if at < 1 or lowers[at] not in ("who", "which", "whom", "that"):
        return []
    for group in reversed(groups):
        if group[-1].end <= at:
            return group if all(word in (",", ")", "(") for word in lowers[group[-1].end : at]) else []
    return []


def _speaks(word: str, lexicon: EventLexicon) -> bool:
    known = lexicon.words.get(word)
    return word in lexicon.classes["speech"] or (known is not None and known.bare is not None and lexicon.kinds[known.bare.kind].role == "statement")


def _reduced(lowers: list[str], head: Trigger | None, verb: Trigger, parties: list[Party], lexicon: EventLexicon) -> bool:
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


def _collapse(lowers: list[str], triggers: list[Trigger], countries: set[int], lexicon: EventLexicon) -> list[Coded]:
    """Join "held" and "talks", "halted" and "aid", "plans to" and "attack" into one."""
    out: list[Coded] = []
    prepositions = lexicon.classes["preposition"]
    n = 0
    while n < len(triggers):
        t = triggers[n]
        if t.pattern.lemma == "suspend" and t.end in countries:
            t = t._replace(kind=lexicon.kinds["reduce-relations"], pattern=t.pattern._replace(kind="reduce-relations"))
        role = t.kind.role
        after = triggers[n + 1] if n + 1 < len(triggers) else None
        light = role in ("light", "stop") or (t.pattern.lemma in ANNOUNCING and after is not None and after.group is None and after.first - t.end <= 3)
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
                if t.group.passive and t.pattern.lemma in PURPOSEFUL:
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


def _governed(lowers: list[str], head: Trigger, one: Coded) -> bool:
    """Tell whether a trigger lies in what ``head`` speaks of: "demanded that Israel withdraw", "condemned the attack"."""
    t = one.verb or one.trigger
    assert head.group is not None
    complement = t.clause > head.first and lowers[t.clause - 1] == "that" and (not t.subordinate or head.kind.role in GOVERNING)
    if t.clause > head.first and not complement:
        return False
    if t.group is None:
        return True
    if complement or not t.group.finite:
        return head.kind.role in GOVERNING or not t.group.finite
    before = lowers[t.group.start - 1] if t.group.start else ""
    if before in JOINERS:
        return False
    return head.kind.role in GOVERNING and head.kind.role != "blame" and (t.group.mood is not None or t.first == t.group.start and lowers[t.first] == t.pattern.lemma)


def _refine(draft: Draft, head: Trigger, one: Coded, lexicon: EventLexicon) -> Draft | None:
    """Let what is agreed, refused, demanded or threatened say which code; an agreed meeting is an event of its own, planned."""
    kind = one.trigger.kind
    if head.pattern.lemma in SENDING:
        if one.verb is not None and kind.plover == "ACCUSE" and one.trigger.pattern.lemma in INQUIRING:
            draft.kind, draft.plover, draft.cameo = one.trigger.pattern.kind, kind.plover, kind.cameo
        return None
    turn = lexicon.turns.get((head.kind.role, kind.plover or ""))
    if turn is not None and draft.cameo is not None and draft.cameo.endswith("0") and draft.status != "denied":
        draft.plover, draft.cameo = turn
    if kind.role == "meeting" and head.kind.role == "intent" and draft.status == "happened":
        return Draft(
            one.trigger.pattern.kind, "CONSULT", kind.cameo, "planned", one.trigger.first, one.trigger.end, draft.sentence, 3,
            meeting=True, mode=kind.mode,
        )  # fmt: skip
    return None


def _shaded(one: Coded, sentence: int, lexicon: EventLexicon, *, conditional: bool = False) -> Draft | None:
    """The event of a verb, its type and status as tense, modals, negation and halting verbs make them."""
    t, verb = one.trigger, one.verb
    assert verb is not None and verb.group is not None
    group, kind = verb.group, t.kind
    if kind.role in ("light", "stop", "plan", "attempt"):
        return None
    if t.pattern.lemma == "respond":
        if not group.negated:
            return None
        group = group._replace(negated=False)
    plover, cameo, name = kind.plover, kind.cameo, t.pattern.kind
    status = "ongoing" if group.progressive else "happened"
    turn = None
    if one.stopped:
        turn = "stop"
        if kind.role == "meeting":
            status = "cancelled" if one.stopped in CALLED_OFF else "postponed" if one.stopped in PUT_OFF else status
    elif group.negated:
        if (group.mood or one.planned) and (plover in MATERIAL_COOPERATION or kind.role in ("meeting", "intent")):
            turn, status = "refusal", "happened"
        else:
            status = "denied"
    elif group.mood in ("will", "would", "shall", "'ll", "’ll", "wo", "may", "might", "could", "can", "be to") or one.planned:
        status = "possible" if group.mood in ("may", "might", "could", "can") and not one.planned else "planned"
        if kind.role == "meeting":
            turn = "intent" if group.mood == "would" else None
        elif plover in MATERIAL_COOPERATION or plover in HOSTILE or (plover == "MOBILIZE" and conditional):
            turn = "intent"
    elif group.infinitive and group.mood is None and not one.planned:
        status = "planned"
    if turn is not None:
        turned = lexicon.turns.get((turn, plover or ""))
        if turned is None:
            if turn == "stop":
                return None
        else:
            plover, cameo = turned
            if turn == "stop" and kind.role != "meeting":
                name = {"YIELD": "ease", "SANCTION": "cut-aid" if kind.plover == "AID" else "reduce-relations"}.get(plover or "", name)
            elif turn == "refusal":
                name = "refuse"
            elif turn == "intent" and plover == "THREATEN":
                name = "threaten"
            elif turn == "intent" and plover == "AGREE" and kind.role != "meeting":
                name = "promise"
    return Draft(
        name, plover, cameo, status, t.first, t.end, sentence, t.pattern.strength,
        meeting=kind.role == "meeting" and turn != "refusal", mode=kind.mode, background=group.past_perfect, purpose=group.infinitive,
    )  # fmt: skip


def _fill(draft: Draft, one: Coded, groups: list[list[Party]], lowers: list[str], edge: int, actors: list[Party], lexicon: EventLexicon) -> None:
    """Give an event of a verb its parties and place."""
    t, verb = one.trigger, one.verb
    passive = verb is not None and verb.group is not None and verb.group.passive
    found = objects(groups, t.end, edge)
    if draft.meeting:
        for party in actors:
            _join(draft, party, "participant")
        for prep, group in found:
            if prep in ("with", "between") or (prep in (None, "to") and t.pattern.lemma in OF_PEOPLE) or (passive and prep == "by"):
                wanted = t.pattern.lemma not in SPOKEN or not any(party.kind == "person" for party in actors)
                for party in group:
                    if wanted or party.kind == "person":
                        _join(draft, party, "participant")
            _place(draft, prep, group, visit=draft.kind == "visit")
        return
    doers, others = ("recipient", "actor") if passive else ("actor", "recipient")
    for party in actors:
        _join(draft, party, doers)
    taken = False
    for prep, group in found:
        _place(draft, prep, group)
        located = all(one.located for one in group)
        if located:
            continue
        if passive and prep == "by":
            role = others
        elif taken and prep not in ("with", "against"):
            continue
        else:
            role = "recipient"
            taken = True
        for party in group:
            _join(draft, party, role)


def _nominal(t: Trigger, groups: list[list[Party]], lowers: list[str], edge: int, sentence: int, lexicon: EventLexicon) -> Draft | None:
    """The event of a noun with its own parties: "Putin's talks with Trump", "the invasion of Ukraine by Russia"."""
    meeting = t.kind.role == "meeting"
    if not (t.pattern.alone or t.pattern.strength > 1) or t.kind.role not in ("meeting", "event"):
        return None
    classes = lexicon.classes
    near = lowers[max(0, t.first - 5) : t.first]
    status = "happened"
    for name in ("cancelled", "postponed", "possible", "planned", "ongoing"):
        if not classes[name].isdisjoint(near):
            status = name
            break
    draft = Draft(
        t.pattern.kind, t.kind.plover, t.kind.cameo, status, t.first, t.end, sentence, t.pattern.strength,
        meeting=meeting, mode=t.kind.mode, background=not classes["past"].isdisjoint(near),
        definite=bool(near) and any(word in ("the", "this", "their", "these", "those", "that") or word in POSSESSIVE for word in near),
    )  # fmt: skip
    actors: list[Party] = []
    others: list[Party] = []
    for group in reversed(groups):
        last = group[-1]
        if last.end > t.first:
            continue
        gap = lowers[last.end : t.first]
        own = lowers[last.first] in POSSESSIVE_PRONOUNS
        if len(gap) > 6 or any(word in classes["preposition"] or word in classes["be"] for word in gap):
            break
        if not (not gap or gap[0] in POSSESSIVE or own or draft.place_id):
            break
        if t.pattern.kind in ("visit", "summit") and not gap and len(group) == 1 and last.kind in ("place", "country"):
            draft.place_id = last.entity_id
            continue
        if gap and not (gap[0] in POSSESSIVE or own) and not last.possessive:
            break
        actors = [one for one in group if one.kind in AGENTS]
        break
    cursor = t.end
    for prep, group in objects(groups, t.end, edge):
        gap = lowers[cursor : group[0].first]
        if len(gap) > 9 or "," in gap or any(word in classes["be"] or word in classes["have"] or word in classes["modal"] for word in gap):
            break
        cursor = group[-1].end
        _place(draft, prep, group, visit=t.pattern.kind == "visit")
        if all(one.located for one in group):
            continue
        if prep in ("between", "among") or (prep in ("of", "by") and not actors and (meeting or prep == "by")):
            actors = actors + group
        elif prep == "with" or (not meeting and prep in ("against", "on", "to", "into", "of", "for")):
            others = others + group
    if meeting and not actors and others:
        actors = subject(groups, t.clause, t.subject_end, lowers, classes["group"])
    if meeting:
        for party in (*actors, *others):
            _join(draft, party, "participant")
        enough = len(draft.parties) > 1 or (draft.kind == "visit" and draft.parties and draft.place_id)
        return draft if enough or draft.definite else None
    for party in actors:
        _join(draft, party, "actor")
    for party in others:
        _join(draft, party, "recipient")
    if status == "happened" and t.subordinate:
        draft.background = draft.background or lowers[t.clause - 1] in LATER
    return draft if draft.parties or draft.strength > 2 else None


def _join(draft: Draft, party: Party, role: str) -> None:
    if party.kind in AGENTS or (party.kind == "accord" and role == "recipient"):
        draft.parties.setdefault(party.entity_id, role)


def _place(draft: Draft, prep: str | None, group: list[Party], *, visit: bool = False) -> None:
    if draft.place_id is not None:
        return
    for party in group:
        if party.kind == "place" and (prep is not None or visit):
            draft.place_id = party.entity_id
            return
        if party.kind == "country" and (party.located or (visit and prep in ("to", None))):
            draft.place_id = party.entity_id
            return


def _enough(draft: Draft) -> bool:
    return (draft.meeting or draft.plover == "COOPERATE") and (len(draft.parties) > 1 or bool(draft.parties and draft.place_id))


def _by_country(draft: Draft) -> bool:
    return any(one.startswith("country/") and role != "recipient" for one, role in draft.parties.items())


def _choose(drafts: list[Draft], spare: list[Draft]) -> list[Draft]:
    """Which events of a sentence stand: weak words only beside parties, speech only where nothing else happens."""
    kept = [one for one in drafts if one.strength > 1 or len(set(one.parties.values())) > 1 or _enough(one)]
    if not any(one.plover and (one.parties or not one.definite) for one in kept):
        kept += [one for one in drafts if one.plover and one.strength == 1 and one not in kept and _by_country(one)][:1]
    if not any(one.plover and (one.parties or not one.definite) for one in kept):
        kept += [one for one in spare if (one.strength > 1 and (one.parties or one.purpose)) or len(one.parties) > 1][:1]
    mentioned = [one for one in kept if one.meeting and one.definite and not one.parties]  # "the meeting": of one told elsewhere
    coded = [one for one in kept if one.plover is not None and one not in mentioned]
    return mentioned + (coded or [one for one in kept if one.parties][:1])

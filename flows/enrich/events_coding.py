"""From triggers to coded events: what governs what, what negation and tense make of it, and who did it to whom."""

from flows.enrich.events_choice import Draft, choose
from flows.enrich.events_parties import AGENTS, POSSESSIVE, POSSESSIVE_PRONOUNS, Party, lists, objects, reported_by, right_edge, subject
from flows.enrich.events_structure import (
    GOVERNING,
    Coded,
    antecedent,
    came_to_nothing,
    collapse,
    disowned,
    governed,
    lacking,
    list_head,
    outlook,
    reduced,
    speaks,
    subjunctive,
    unreal,
)
from flows.enrich.events_triggers import Trigger, VerbGroup
from flows.enrich.story import Story
from flows.reference.events import EventLexicon

MATERIAL_COOPERATION = frozenset(("SUPPORT", "COOPERATE", "AID", "YIELD"))
HOSTILE = frozenset(("SANCTION", "COERCE", "ASSAULT", "PROTEST"))
HARMING = frozenset(("kill", "beat", "destroy"))


def code_sentence(story: Story, sentence: int, triggers: list[Trigger], parties: list[Party], lexicon: EventLexicon) -> list[Draft]:
    """Events of one sentence, in order; the sentence is given by its index."""
    lowers = story.lowers
    end = story.sentences[sentence].end_token
    merged = collapse(lowers, triggers, {one.first for one in parties if one.kind == "country"}, lexicon)
    groups = lists(parties)
    breaks = {one.verb.group.start for one in merged if one.verb is not None and one.verb.group is not None and one.verb.group.finite}
    breaks |= reported_by(parties, lowers, story.sentences[sentence].first_token, lexicon)
    drafts: list[Draft] = []
    spare: list[Draft] = []
    head: Trigger | None = None  # the last verb that governs, or whose phrase nouns belong to
    head_draft: Draft | None = None
    last_actors: list[Party] = []
    last_group: VerbGroup | None = None
    for one in merged:
        t, verb = one.trigger, one.verb
        if head is not None and head_draft is not None and head.pattern.lemma == "insist" and subjunctive(lowers, head, t):
            head = head._replace(kind=lexicon.kinds["demand"])
            head_draft.kind, head_draft.plover, head_draft.cameo, head_draft.strength = "demand", head.kind.plover, head.kind.cameo, 2
        if head is not None and governed(lowers, head, one):
            if head_draft is not None and (head.kind.role in GOVERNING or head.pattern.lemma in lexicon.classes["sending"]):
                extra = _refine(head_draft, head, one, lexicon)
                if extra is not None:
                    _fill(extra, one, groups, lowers, right_edge(lowers, t.end, end, lexicon, breaks), last_actors, lexicon)
                    extra.alike = not extra.parties  # "both men agreed to meet"
                    if len(extra.parties) != 1:
                        drafts.append(extra)
                continue
            if (
                not (t.kind.role == "meeting" and t.pattern.alone)
                or head.kind.role in GOVERNING
                or head.kind.plover in ("SANCTION", "REJECT")
            ):
                continue
        if verb is None:
            draft = _nominal(t, groups, lowers, right_edge(lowers, t.end, end, lexicon, breaks), sentence, lexicon)
            if draft is not None:
                if draft.meeting:
                    doubt = unreal(lowers, t.first, t.first, story.sentences[sentence].first_token, lexicon)
                    if doubt == "imagined":
                        continue
                    if doubt or lacking(lowers, t.first, story.sentences[sentence].first_token, lexicon):
                        draft.status = "denied"
                    _halted(draft, lowers, t.end, end, lexicon)
                whole = draft.meeting or len(set(draft.parties.values())) == 2
                (drafts if whole else spare).append(draft)
            continue
        assert verb.group is not None
        before = lowers[verb.group.start - 1] if verb.group.start else ""
        if before in ("and", "or") and last_group is not None and not verb.group.finite | verb.group.infinitive | verb.group.passive:
            verb = verb._replace(group=verb.group._replace(finite=True, progressive=last_group.progressive))
        elif (
            before in ("and", "or")
            and last_group is not None
            and last_group.mood
            and verb.group is not None
            and not verb.group.mood
            and lowers[verb.first] == verb.pattern.lemma
        ):
            verb = verb._replace(group=verb.group._replace(mood=last_group.mood, negated=last_group.negated))
        if verb is not one.verb:
            one = one._replace(verb=verb, trigger=verb if t is one.verb else t)
            t = one.trigger
        assert verb.group is not None
        opener = lowers[verb.clause - 1] if verb.clause else ""
        if verb.subordinate and opener in lexicon.classes["hypothetical"]:
            continue
        draft = _shaded(one, sentence, lexicon, conditional="unless" in lowers[t.end : end], told=opener == "that")
        if draft is None:
            continue
        opening = story.sentences[sentence].first_token
        if draft.meeting or draft.kind == "refuse":
            doubt = unreal(lowers, verb.group.start, verb.clause, opening, lexicon)
        else:
            doubt = disowned(lowers, verb, opening, lexicon)
        if doubt == "imagined":
            continue
        missing = draft.meeting and t.pattern.alone and lacking(lowers, t.end - 1 - len(t.pattern.tokens), opening, lexicon)
        if doubt or missing:
            draft.status = "denied"
        if draft.meeting and draft.status == "happened" and story.sentences[sentence].role == "body" and _scheduled(t, lexicon, lowers):
            draft.status = "planned"
        draft.manned = not lexicon.classes["group"].isdisjoint(lowers[verb.clause : verb.group.start]) or any(
            word[0].isupper() for word in story.words[verb.clause + 1 : verb.group.start]
        )
        if draft.meeting and not t.pattern.tokens and lowers[t.end : t.end + 1] != ["with"]:
            draft.alike = True
        edge = right_edge(lowers, t.end, end, lexicon, breaks - {verb.group.start})
        actors = subject(groups, verb.clause, verb.subject_end, lowers, lexicon.classes["group"])
        owners = antecedent(groups, lowers, verb) if verb.subordinate else []
        if owners and not actors:
            actors, owners = owners, []
        listed = before == "," and verb.subject_end == verb.group.start and verb.group.finite
        if (not actors or listed or before in ("and", "or")) and last_actors and not verb.subordinate:
            actors = last_actors
        elif listed or before in ("and", "or"):
            actors = list_head(groups, verb, lowers, lexicon) or actors
        _fill(draft, one, groups, lowers, edge, actors, lexicon)
        for party in owners:
            _join(draft, party, "participant" if draft.meeting else "recipient")
        last_actors = actors or last_actors
        if draft.meeting and t.pattern.lemma in lexicon.classes["attending"] and len(draft.parties) < 2 and not draft.place_id:
            continue
        if t.pattern.lemma == "must":
            start = story.sentences[sentence].first_token
            speech = next((n for n in range(verb.group.start - 1, start, -1) if speaks(lowers[n], lexicon)), None)
            if speech is None:
                speech = next((n for n in range(verb.first + 1, end) if speaks(lowers[n], lexicon)), None)
                start = verb.first + 1
            if speech is None:
                continue
            draft.parties = {one: "recipient" for one, role in draft.parties.items() if role == "actor"}
            for party in subject(groups, start, speech, lowers, lexicon.classes["group"]):
                _join(draft, party, "actor")
        describes = reduced(lowers, head, verb, parties, lexicon)
        if verb.group.finite and not describes:
            if not verb.subordinate or len(draft.parties) > 1 or draft.meeting:
                drafts.append(draft)
            last_group = verb.group
            head, head_draft = verb if one.verb is t else t._replace(group=verb.group), draft
        else:
            spare.append(draft)
            if verb.kind.role in GOVERNING and not describes:
                head, head_draft = verb, draft
    if not drafts:
        return choose(drafts, spare)
    places = {one.entity_id for one in parties if one.kind == "place" and one.located}
    for draft in drafts:
        if draft.meeting and draft.place_id is None and len(places) == 1 and len(draft.parties) > 1:
            if any(one.place_id in places and one.first < draft.first and one.status != draft.status for one in drafts):
                continue  # "Lavrov, who met Fidan in Ankara, will meet Wang Yi"
            (draft.place_id,) = places
    if any(one.kind in HARMING for one in drafts) and not lexicon.classes["accident"].isdisjoint(
        lowers[story.sentences[sentence].first_token : end]
    ):
        drafts = [one for one in drafts if one.kind not in HARMING]
    return choose(drafts, spare)


def _refine(draft: Draft, head: Trigger, one: Coded, lexicon: EventLexicon) -> Draft | None:
    """Let what is agreed, refused, demanded or threatened say which code; an agreed meeting is an event of its own, planned."""
    kind = one.trigger.kind
    if head.pattern.lemma in lexicon.classes["sending"]:
        if one.verb is not None and kind.plover == "ACCUSE" and one.trigger.pattern.lemma in lexicon.classes["inquiring"]:
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


def _shaded(one: Coded, sentence: int, lexicon: EventLexicon, *, conditional: bool = False, told: bool = False) -> Draft | None:
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
            status = (
                "cancelled"
                if one.stopped in lexicon.classes["called off"]
                else "postponed"
                if one.stopped in lexicon.classes["put off"]
                else status
            )
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
        meeting=kind.role == "meeting" and turn != "refusal", mode=kind.mode, background=group.past_perfect and not told, purpose=group.infinitive,
    )  # fmt: skip


def _fill(
    draft: Draft, one: Coded, groups: list[list[Party]], lowers: list[str], edge: int, actors: list[Party], lexicon: EventLexicon
) -> None:
    """Give an event of a verb its parties and place."""
    t, verb = one.trigger, one.verb
    passive = verb is not None and verb.group is not None and verb.group.passive
    found = objects(groups, t.end, edge)
    if draft.meeting:
        for party in actors:
            _join(draft, party, "participant")
        for prep, group in found:
            if not all(party.located for party in group) and (
                prep in ("with", "between")
                or (prep in (None, "to") and t.pattern.lemma in lexicon.classes["direct"])
                or (passive and prep == "by")
            ):
                wanted = t.pattern.lemma not in lexicon.classes["spoken"] or not any(party.kind == "person" for party in actors)
                for party in group:
                    if wanted or party.kind == "person":
                        _join(draft, party, "participant")
            _place(draft, prep, group, visit=draft.kind == "visit")
        return
    doers, others = ("recipient", "actor") if passive or t.pattern.lemma in ("die", "perish") else ("actor", "recipient")
    for party in actors:
        _join(draft, party, doers)
    taken = False
    for prep, group in found:
        _place(draft, prep, group)
        located = all(one.located for one in group)
        if located:
            continue
        if prep in ("between", "among") and draft.kind != "mediate":
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
    if meeting and status == "happened":
        status = outlook(lowers, t.first, t.clause, lexicon) or status
    draft = Draft(
        t.pattern.kind, t.kind.plover, t.kind.cameo, status, t.first, t.end, sentence, t.pattern.strength,
        meeting=meeting, noun=True, mode=t.kind.mode, background=not classes["past"].isdisjoint(near),
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
        if (prep is None and " to " not in t.pattern.lemma) or (prep in ("of", "by") and len(gap) > 5):
            break
        cursor = group[-1].end
        _place(draft, prep, group, visit=t.pattern.kind == "visit")
        if all(one.located for one in group):
            continue
        if prep in ("between", "among") or (prep in ("of", "by") and not actors and (meeting or prep == "by")):
            actors = actors + group
        elif prep == "with" or (not meeting and prep in (None, "against", "on", "to", "into", "of", "for")):
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
        draft.background = draft.background or lowers[t.clause - 1] in lexicon.classes["later"]
    return draft if draft.parties or draft.strength > 2 else None


def _scheduled(t: Trigger, lexicon: EventLexicon, lowers: list[str]) -> bool:
    """Tell whether a verb stands in the simple present, which in running text tells of a date to come: "flies to Rome on Friday"."""
    group, known = t.group, lexicon.words.get(lowers[t.first])
    if group is None or known is None or not group.finite or group.mood or group.perfect or group.progressive or group.passive:
        return False
    return "present" in known.form and t.first == group.start and t.pattern.kind in ("visit", "meet")


def _halted(draft: Draft, lowers: list[str], at: int, end: int, lexicon: EventLexicon) -> None:
    """Let what is said of a meeting's noun to its right tell that it did not come about: "talks between A and B were called off"."""
    status = came_to_nothing(lowers, at, end, lexicon)
    if status is not None and draft.status not in ("cancelled", "postponed"):
        draft.status = status
        draft.plover, draft.cameo = lexicon.turns.get(("stop", draft.plover or ""), (draft.plover, draft.cameo))


def _join(draft: Draft, party: Party, role: str) -> None:
    capital = party.kind == "place" and not draft.meeting and not party.located and party.prep in (None, "with", "against")
    if party.kind in AGENTS or capital or (party.kind == "accord" and role == "recipient"):
        draft.parties.setdefault(party.entity_id, role)


def _place(draft: Draft, prep: str | None, group: list[Party], *, visit: bool = False) -> None:
    if draft.place_id is not None:
        return
    for party in group:
        if party.possessive:
            continue
        if party.kind == "place" and (prep is not None or visit):
            draft.place_id = party.entity_id
            return
        if party.kind == "country" and (party.located or (visit and prep in ("to", None))):
            draft.place_id = party.entity_id
            return

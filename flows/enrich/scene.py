"""What the finders of speech share: a story with its mentions by token, and the records of speakers and of cues found."""

from typing import NamedTuple

from flows.enrich.story import Entity, Mention, Story
from flows.reference.cues import Cue, CueLexicon

DASHES = frozenset("-–—")
APOSTROPHES = frozenset(("’s", "'s", "’", "'"))
CLOSING_MARKS = frozenset(("”", '"', "’", "'", "»", "“", "‘", "›", "」", "』"))
OPENING_MARKS = frozenset(("“", '"', "‘", "'", "«", "„", "`", "»", "‹", "「", "『"))


class Scene(NamedTuple):
    """A story with its mentions by their last and their first token, the lexicon, and the tokens of names of several words.

    ``groups`` are the function words of the story's language with what they are: determiner, preposition, subject …
    """

    story: Story
    cues: CueLexicon
    ending: dict[int, Mention]
    starting: dict[int, Mention]
    entities: dict[str, Entity]
    named: set[int]
    groups: dict[str, str]


class Speaker(NamedTuple):
    """A speaker as printed: its tokens, the entity if one is named, the office if one is printed, what kind of noun it is.

    ``kind`` is name, pronoun, person, document, anonymous, body or noun.
    """

    first: int
    end: int
    entity_id: str | None
    kind: str
    office: str | None = None


class Speech(NamedTuple):
    """One cue with its speaker: its tokens ``first:end``, those from its first helping verb, its sentence's index.

    ``side`` tells where the speaker stands: ``before`` the cue, ``after`` it, or ``shared`` with an earlier cue or the
    sentence's subject. ``start:stop`` are the tokens of cue and speaker together.
    """

    cue: Cue
    first: int
    end: int
    group_first: int
    sentence: int
    speaker: Speaker
    side: str
    negated: bool
    passive: bool
    start: int
    stop: int

    @property
    def cue_class(self) -> str:
        """The class of the cue, negation heeded: "did not say" is a refusal."""
        return self.cue.negated_class if self.negated and self.cue.negated_class is not None else self.cue.cue_class

    @property
    def printed_first(self) -> int:
        """The token from which the cue is printed: its negation and helping verbs belong to it, other ones do not."""
        return self.group_first if self.negated or "passive" in self.cue.complements else self.first


def make_scene(story: Story, mentions: list[Mention], entities: dict[str, Entity], cues: CueLexicon) -> Scene:
    """Index the mentions by token; of two that share an end or a start the longer counts."""
    ending: dict[int, Mention] = {}
    starting: dict[int, Mention] = {}
    named: set[int] = set()
    for mention in mentions:
        _, _, _, _, _, _, method, first, end, _ = mention
        if end - first > 1:
            if method != "coreference":
                named.update(range(first, end))
        elif first in starting:
            continue
        known = ending.get(end - 1)
        if known is None or known.first_token > first:
            ending[end - 1] = mention
        known = starting.get(first)
        if known is None or known.end_token < end:
            starting[first] = mention
    return Scene(story, cues, ending, starting, entities, named, cues.groups.get(story.language or "en", {}))


def make_speech(
    cue: Cue,
    first: int,
    end: int,
    group_first: int,
    sentence: int,
    speaker: Speaker,
    side: str,
    *,
    negated: bool = False,
    passive: bool = False,
) -> Speech:
    """A ``Speech`` with the span of cue and speaker together."""
    start = group_first if side == "shared" or speaker.first > group_first else speaker.first
    stop = speaker.end if side == "after" and speaker.end > end else end
    return Speech(cue, first, end, group_first, sentence, speaker, side, negated, passive, start, stop)

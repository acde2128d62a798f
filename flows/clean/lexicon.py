"""All reference data of the clean stage, as one argument."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flows.clean.boundaries import BoundaryScorer
from flows.clean.network import Network
from flows.clean.scorer import BlockScorer
from flows.clean.wording import Vocabulary

# Kinds of words in bylines: what opens one, joins names or ends them, what somebody does, names that are nobody's, desks and the like,
# what the name of a translator or editor follows, last words of outlets' names, and words between a person and an outlet ("of", "for").
BYLINE_WORDS = ("opener", "joiner", "closer", "role", "nobody", "desk", "translator", "editor", "press", "belonging")


@dataclass(frozen=True)
class CleanLexicon:
    """What cleaning knows: ``flows.reference.lexicon`` reads it from files.

    ``outlets`` maps lower-case names and domains of outlets to their names, ``agencies`` does so for agencies alone;
    ``platforms`` are domains of networks and mail hosts, which tell nothing of a page's publisher, ``countries``
    names of countries in lower case, ``bylines`` words of bylines by kind. ``scorer``,
    ``boundary`` and ``evidence`` are the fitted weights of blocks, of story boundaries and of HTML tags, None when there are none.
    """

    vocabulary: Vocabulary
    outlets: Mapping[str, str] = field(default_factory=dict)
    agencies: Mapping[str, str] = field(default_factory=dict)
    platforms: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    bylines: Mapping[str, frozenset[str]] = field(default_factory=lambda: dict.fromkeys(BYLINE_WORDS, frozenset()))
    scorer: BlockScorer | None = None
    boundary: BoundaryScorer | None = None
    evidence: Network | None = None


__all__ = ["CleanLexicon"]

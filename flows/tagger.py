"""A trained pipeline's names beside our own, where one is installed: ``WIREHOUSE_TAGGER=spacy:NAME``."""

from functools import lru_cache

from flows.enrich.names_tagged import Tagger
from flows.errors import WirehouseError

_KINDS = {
    **dict.fromkeys(("PERSON", "PER", "persName"), "person"),
    **dict.fromkeys(("ORG", "orgName"), "organization"),
    **dict.fromkeys(("GPE", "LOC", "FAC", "placeName", "geogName"), "place"),
}  # the labels of spaCy's own pipelines


@lru_cache(maxsize=2)
def load_tagger(name: str) -> Tagger | None:
    """The tagger of a setting, None for an empty one: ``spacy:en_core_web_sm``, or ``spacy:`` and the folder of a pipeline.

    Raises WirehouseError where the setting names no tagger, or spaCy or the pipeline is not installed.
    """
    if not name:
        return None
    kind, _, pipeline = name.partition(":")
    if kind != "spacy" or not pipeline:
        raise WirehouseError(f"WIREHOUSE_TAGGER={name!r} names no tagger. Say spacy: and a pipeline, such as spacy:en_core_web_sm.")
    try:
        import spacy
    except ImportError:
        raise WirehouseError(f"WIREHOUSE_TAGGER={name!r} needs spaCy, which is not installed. Run: pip install spacy") from None
    try:
        nlp = spacy.load(pipeline)
    except OSError:
        raise WirehouseError(f"WIREHOUSE_TAGGER={name!r}: no pipeline {pipeline!r} is installed, and no folder has this name.") from None

    def tag(texts: list[str]) -> list[list[tuple[int, int, str]]]:
        return [[(e.start_char, e.end_char, _KINDS[e.label_]) for e in doc.ents if e.label_ in _KINDS] for doc in nlp.pipe(texts)]

    return tag

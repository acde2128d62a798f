"""Everything that the stages know beforehand, read once a process: reference data and the lexica built on it."""

import tempfile
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from flows.reference import BUNDLED, Reference, load_reference
from flows.reference.cues import CueLexicon, load_cues
from flows.reference.dates import DateLexicon, load_date_lexicon
from flows.reference.events import EventLexicon, load_event_lexicon
from flows.reference.html_hints import HtmlHints, load_html_hints
from flows.reference.lexicon import CleanLexicon, load_clean_lexicon
from flows.reference.names import Gazetteer, load_gazetteer
from flows.reference.overlay import merge_rows


class Knowledge(NamedTuple):
    """Reference rows, and what each stage looks words up in."""

    reference: Reference
    hints: HtmlHints
    wording: CleanLexicon
    gazetteer: Gazetteer
    cues: CueLexicon
    dates: DateLexicon
    events: EventLexicon


@lru_cache(maxsize=2)
def load_knowledge(folder: Path | None = None) -> Knowledge:
    """Read the bundled reference data with the user's own rows in ``folder`` added; the same object for the same folder."""
    if folder is None:
        return _load(load_reference(), BUNDLED, None)
    with tempfile.TemporaryDirectory(prefix="wirehouse-reference-") as merged:
        return _load(load_reference(folder), merge_rows(BUNDLED, folder, Path(merged)), folder)


def _load(reference: Reference, folder: Path, own: Path | None) -> Knowledge:
    return Knowledge(
        reference=reference,
        hints=load_html_hints(folder),
        wording=load_clean_lexicon(folder),
        gazetteer=load_gazetteer(reference, lexicon=folder / "lexicon"),
        cues=load_cues(folder),
        dates=load_date_lexicon(folder),
        events=load_event_lexicon(own),
    )

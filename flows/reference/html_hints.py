"""What class, id, role and itemprop words tell of an HTML element, read from ``lexicon/html_hints.csv``.

A row of the file is a word or a run of words joined by hyphens as they stand in class names (``read-more`` also stands for
``readMore``, ``read_more`` and ``read more``), the hint it gives, and a weight: within one element the heaviest hint wins.
The hint ``none`` marks words that turn a class into a switch (``has-comments``): a class that opens with one tells nothing,
unless the file knows its opening words together.
"""

import csv
import re
from dataclasses import dataclass, field
from pathlib import Path

_HINTS_FILE = Path("lexicon") / "html_hints.csv"
_PART = re.compile(r"[A-Z]?[^\W_A-Z]+|[A-Z]+(?![a-z])")
_LONGEST = 3
_REMEMBERED = 50_000


@dataclass(frozen=True)
class HtmlHints:
    """The hint and weight of each word, the words that void a class, and the answers given so far (sites repeat themselves)."""

    words: dict[str, tuple[str, int]]
    switches: frozenset[str]
    seen: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def of(self, names: str) -> str:
        """The hint of an element, from its class, id, role and itemprop joined by spaces; "" when they tell nothing.

        >>> load_html_hints(folder).of("story__readMore col-4")
        'related'
        """
        known = self.seen.get(names)
        if known is None:
            known = self._decide(names)
            if len(self.seen) >= _REMEMBERED:
                self.seen.clear()
            if len(names) < 400:
                self.seen[names] = known
        return known

    def _decide(self, names: str) -> str:
        best, weight = "", 0
        for name in names[:4000].split():
            parts = [part.lower() for part in _PART.findall(name)]
            switch = len(parts) > 1 and parts[0] in self.switches
            for start in range(1 if switch else len(parts)):
                for end in range(start + 1 + switch, min(len(parts), start + _LONGEST) + 1):
                    found = self.words.get("-".join(parts[start:end]))
                    if found and found[1] > weight:
                        best, weight = found
        return best


def load_html_hints(folder: Path) -> HtmlHints:
    """The hints of ``folder/lexicon/html_hints.csv``, folder being the reference folder."""
    words: dict[str, tuple[str, int]] = {}
    switches: set[str] = set()
    with open(folder / _HINTS_FILE, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["hint"] == "none":
                switches.add(row["word"])
            elif row["hint"]:
                words[row["word"]] = (row["hint"], int(row["weight"]))
    return HtmlHints(words, frozenset(switches))

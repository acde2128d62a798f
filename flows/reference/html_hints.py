"""What words in the markup and furniture of an HTML page tell: of an element, of a meta tag, of a byline, of a date.

A row of ``lexicon/html_hints.csv`` is a word, or a run of words joined by hyphens, as they stand in class names (``read-more``
also stands for ``readMore`` and ``read_more``), the hint it gives, and a weight: within one element the heaviest hint wins.
The hint ``none`` marks words that turn a class into a switch (``has-comments``): a class that opens with one tells nothing,
unless the file knows its opening words together.

``html_meta.csv``: a meta tag's name, the field that it tells, and its rank (1 is trusted most). ``html_bylines.csv``: words that
open a byline, join its names or end it, roles, and names that are nobody's. ``html_date_labels.csv``: words that stand before a
date and say whether it is that of publication; those of kind ``note`` tell that a line speaks of the article itself ("This entry was
posted on …"). Names of months and weekdays are those of ``dates_months.csv`` and
``dates_weekdays.csv``, names of agencies and outlets those of ``outlets.csv``.
"""

import csv
import re
from dataclasses import dataclass, field
from pathlib import Path

_PART = re.compile(r"[A-Z]?[^\W_A-Z]+|[A-Z]+(?![a-z])")
_LONGEST = 3
_REMEMBERED = 50_000
_LONGEST_NAME = 200  # characters of a class name that is remembered


@dataclass(frozen=True)
class HtmlHints:
    """The hint and weight of each word, the words that void a class, the field and rank of each meta tag, the byline words of each
    kind, the labels of dates and the words of notes on the article, the number of each month's name, the names of outlets and agencies in lower
    case, and the hints given so far, of whole elements and of single class names (sites repeat themselves)."""

    words: dict[str, tuple[str, int]]
    switches: frozenset[str]
    metas: dict[str, tuple[str, int]] = field(default_factory=dict, repr=False)
    bylines: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)
    date_labels: dict[str, str] = field(default_factory=dict, repr=False)
    notes: frozenset[str] = field(default=frozenset(), repr=False)
    months: dict[str, int] = field(default_factory=dict, repr=False)
    outlets: frozenset[str] = field(default=frozenset(), repr=False)
    seen: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    heads: frozenset[str] = field(init=False, repr=False, compare=False)
    told: dict[str, tuple[str, int]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "heads", frozenset(word.partition("-")[0] for word in self.words))

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
        told = self.told
        for name in names[:4000].split():
            found = told.get(name)
            if found is None:
                found = self._read(name)
                if len(told) >= _REMEMBERED:
                    told.clear()
                if len(name) < _LONGEST_NAME:
                    told[name] = found
            if found[1] > weight:
                best, weight = found
        return best

    def _read(self, name: str) -> tuple[str, int]:
        """The hint of a single class name and its weight, the first of the heaviest."""
        best = ("", 0)
        parts = list(map(str.lower, _PART.findall(name)))
        heads = self.heads
        if heads.isdisjoint(parts):
            return best
        switch = len(parts) > 1 and parts[0] in self.switches
        for start in range(1 if switch else len(parts)):
            if parts[start] not in heads:
                continue
            for end in range(start + 1 + switch, min(len(parts), start + _LONGEST) + 1):
                found = self.words.get("-".join(parts[start:end]))
                if found and found[1] > best[1]:
                    best = found
        return best


def load_html_hints(folder: Path) -> HtmlHints:
    """The words of the files in ``folder/lexicon``, folder being the reference folder."""
    lexicon = folder / "lexicon"
    words: dict[str, tuple[str, int]] = {}
    switches: set[str] = set()
    for row in _rows(lexicon / "html_hints.csv"):
        if row["hint"] == "none":
            switches.add(row["word"])
        elif row["hint"]:
            words[row["word"]] = (row["hint"], int(row["weight"]))
    bylines: dict[str, set[str]] = {kind: set() for kind in ("opener", "joiner", "closer", "role", "nobody")}
    for row in _rows(lexicon / "html_bylines.csv"):
        bylines.setdefault(row["kind"], set()).add(row["word"])
    bylines["closer"].update(row["word"].lower() for row in _rows(lexicon / "dates_weekdays.csv"))
    outlets: set[str] = set()
    for row in _rows(folder / "outlets.csv"):
        outlets.update(name.strip().lower() for name in (row["name"], *row["aliases"].split("|")) if name.strip())
    months: dict[str, int] = {}
    for row in _rows(lexicon / "dates_months.csv"):
        months.setdefault(row["word"].lower(), int(row["month"]))
    labels = _rows(lexicon / "html_date_labels.csv")
    return HtmlHints(
        words=words,
        switches=frozenset(switches),
        metas={row["name"]: (row["field"], int(row["rank"])) for row in _rows(lexicon / "html_meta.csv")},
        bylines={kind: frozenset(found) for kind, found in bylines.items()},
        date_labels={row["word"]: row["kind"] for row in labels if row["kind"] != "note"},
        notes=frozenset(row["word"] for row in labels if row["kind"] == "note"),
        months=months,
        outlets=frozenset(outlets),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

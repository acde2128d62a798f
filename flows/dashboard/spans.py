"""Blocks cut into pieces at the ends of the facts that stand in them, for ``parts.marked_page``."""

import itertools
from typing import Any, NamedTuple

from flows.dashboard.words import shown

KINDS = ("quote", "event", "mention", "date", "amount", "statement")
CLEAN_ROLES = {"headline": "h2", "deck": "p", "subhead": "h3", "body": "p", "caption": "p"}


class Fact(NamedTuple):
    """A span of the page: its kind, its number in the table of that kind, where it stands, what it says in a line."""

    kind: str
    fact_no: int
    block_no: int
    char_start: int
    char_end: int
    says: str

    @property
    def name(self) -> str:
        """As it stands in an address: ``quote-3``."""
        return f"{self.kind}-{self.fact_no}"


def pieces(text: str, start: int, facts: list[Fact]) -> list[dict[str, Any]]:
    """The text of a block that begins at ``start``, cut where a fact begins or ends.

    A piece in which facts stand carries their names and kinds; a click on it means the shortest of them.

    >>> [piece["text"] for piece in pieces("Nixon met Mao", 10, [Fact("mention", 1, 1, 10, 15, "person/nixon")])]
    ['Nixon', ' met Mao']
    """
    end = start + len(text)
    inside = [fact for fact in facts if start <= fact.char_start < fact.char_end <= end]
    cuts = sorted({start, end, *(fact.char_start for fact in inside), *(fact.char_end for fact in inside)})
    found: list[dict[str, Any]] = []
    for left, right in itertools.pairwise(cuts):
        here = sorted(
            (fact for fact in inside if fact.char_start <= left and right <= fact.char_end),
            key=lambda fact: fact.char_end - fact.char_start,
        )
        piece: dict[str, Any] = {"text": shown(text[left - start : right - start])}
        if here:
            piece |= {
                "fact": here[0].name,
                "facts": [fact.name for fact in here],
                "kinds": sorted({fact.kind for fact in here}),
                "says": "\n".join(f"{fact.kind}: {shown(fact.says or '')}" for fact in here),
            }
        found.append(piece)
    return found


def raw_blocks(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every block of a page as it was found, with its role, and the reason to show when the mouse rests on it."""
    return [
        {
            "role": row["role"],
            "kept": row["kept"],
            "says": f"{row['role']}, {'kept' if row['kept'] else 'not in the body'}: {shown(row['reason'] or 'no reason noted')}",
            "pieces": [{"text": shown(row["text"])}],
        }
        for row in rows
    ]


def clean_blocks(rows: list[dict[str, Any]], article_id: str, facts: list[Fact]) -> list[dict[str, Any]]:
    """The blocks that make an article to read, with its facts marked: headline, deck, subheads, body, captions."""
    by_block: dict[int, list[Fact]] = {}
    for fact in facts:
        by_block.setdefault(fact.block_no, []).append(fact)
    return [
        {
            "role": row["role"],
            "kept": row["kept"],
            "tag": CLEAN_ROLES[row["role"]],
            "pieces": pieces(row["text"], row["char_start"], by_block.get(row["block_no"], [])),
        }
        for row in rows
        if row["article_id"] == article_id and row["role"] in CLEAN_ROLES
    ]

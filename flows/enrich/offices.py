"""Offices as they were held on a day."""

import datetime as dt
from collections.abc import Mapping, Sequence

from flows.reference.names import Term


def office_on(terms: Mapping[str, Sequence[Term]], person_id: str | None, day: dt.date | None) -> str | None:
    """The highest office that a person held on a day; None when the person held none, or either is unknown.

    ``terms`` gives a person's terms of office (``Gazetteer.terms``).
    """
    if person_id is None or day is None:
        return None
    held = [
        term
        for term in terms.get(person_id, ())
        if (term.starts_on is None or term.starts_on <= day) and (term.ends_on is None or day <= term.ends_on)
    ]
    return min(held, key=lambda term: (term.rank, term.office)).office if held else None

"""Terms of office by person and title, for asking when somebody could be called by a title."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from flows.reference.model import Office

Terms: TypeAlias = Mapping[str, Sequence[tuple[tuple[str, ...], Office]]]

_last: list[tuple[object, Terms]] = []


def terms_of(offices: Iterable[Office]) -> Terms:
    """The offices of each person, by the entity's id (``person/…``), each with the words of a title that it gives.

    A row's title cell holds several titles ("President|leader"); each makes an entry. The same tuple of rows given again
    costs nothing.
    """
    if _last and _last[0][0] is offices:
        return _last[0][1]
    terms: dict[str, list[tuple[tuple[str, ...], Office]]] = {}
    for office in offices:
        entries = terms.setdefault(f"person/{office.person_id.removeprefix('person/')}", [])
        for title in (office.title or "").split("|"):
            words = tuple(title.lower().replace("-", " - ").split())
            if words:
                entries.append((words, office))
    for entries in terms.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    _last[:] = [(offices, terms)]
    return terms

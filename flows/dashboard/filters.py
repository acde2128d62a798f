"""The filters that all pages share: days, countries, people, outlets. They stand in the address, so that a view can be sent."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

import polars as pl
import streamlit as st

from flows.dashboard import words
from flows.dashboard.answers import ask

NAMES = ("from", "to", "country", "person", "outlet")
_MOST_VALUES = 20  # of one filter, in an address that somebody made up


class Filters(NamedTuple):
    """What a view is narrowed to; None and () leave a thing open."""

    from_: dt.date | None = None
    to: dt.date | None = None
    countries: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()

    def as_params(self) -> dict[str, Any]:
        """As the parameters of the queries."""
        return {
            "from": self.from_,
            "to": self.to,
            "countries": list(self.countries),
            "people": list(self.people),
            "outlets": list(self.outlets),
        }

    def as_address(self) -> dict[str, str | list[str]]:
        """As the part of an address behind the question mark.

        >>> Filters(to=dt.date(1972, 2, 28), countries=("CHN",)).as_address()
        {'to': '1972-02-28', 'country': ['CHN']}
        """
        found: dict[str, str | list[str]] = {}
        if self.from_:
            found["from"] = self.from_.isoformat()
        if self.to:
            found["to"] = self.to.isoformat()
        for name, values in (("country", self.countries), ("person", self.people), ("outlet", self.outlets)):
            if values:
                found[name] = list(values)
        return found


def from_address(address: Mapping[str, list[str]]) -> Filters:
    """The filters of an address; what cannot be read is left out.

    >>> from_address({"from": ["1972-02-01"], "to": ["soon"], "country": ["CHN"]})
    Filters(from_=datetime.date(1972, 2, 1), to=None, countries=('CHN',), people=(), outlets=())
    """

    def read_day(name: str) -> dt.date | None:
        try:
            return dt.date.fromisoformat(address.get(name, [""])[0])
        except (ValueError, IndexError):
            return None

    def read_values(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for value in address.get(name, []) if value))[:_MOST_VALUES]

    return Filters(read_day("from"), read_day("to"), read_values("country"), read_values("person"), read_values("outlet"))


def current() -> Filters:
    """The filters of this view."""
    found: Filters = st.session_state.get("filters", Filters())
    return found


def params() -> dict[str, Any]:
    """The filters of this view as the parameters of the queries."""
    return current().as_params()


def show_filters(place: str, *, is_shown: bool) -> Filters:
    """Draw the filters in the sidebar, hold them and the address equal, and return them.

    An address that the reader changed (typed, followed, or went back to) wins over what the filters said before; a page
    that was entered without filters keeps them.
    """
    state = st.session_state
    address = {name: st.query_params.get_all(name) for name in NAMES if name in st.query_params}
    is_first = "filters" not in state
    if is_first or (address != state.written and (place == state.place or address)):
        _seed(from_address(address))
    elif is_shown and "filter_from" not in state:
        _seed(state.filters)
    if is_shown:
        _draw()
    written = {key: value if isinstance(value, list) else [value] for key, value in state.filters.as_address().items()}
    if written != address:
        others = {name: st.query_params.get_all(name) for name in st.query_params if name not in NAMES}
        st.query_params.from_dict({**others, **written})
    state.written, state.place = written, place
    return current()


def _seed(filters: Filters) -> None:
    state = st.session_state
    state.filters = filters
    state.filter_from, state.filter_to = filters.from_, filters.to
    state.filter_countries, state.filter_people, state.filter_outlets = map(list, (filters.countries, filters.people, filters.outlets))


def _draw() -> None:
    state = st.session_state
    offered = ask("what_can_be_filtered")
    first, last = dt.date(1800, 1, 1), dt.date(2200, 1, 1)
    st.markdown("##### Narrow the view")
    st.date_input("From", value=None, min_value=first, max_value=last, key="filter_from", format="YYYY-MM-DD")
    st.date_input("To", value=None, min_value=first, max_value=last, key="filter_to", format="YYYY-MM-DD")
    _choose(offered, "country", "Countries", "filter_countries", words.country)
    _choose(offered, "person", "People", "filter_people", None)
    _choose(offered, "outlet", "Outlets", "filter_outlets", None)
    state.filters = Filters(
        state.filter_from, state.filter_to, tuple(state.filter_countries), tuple(state.filter_people), tuple(state.filter_outlets)
    )
    if state.filters != Filters():
        st.button("Clear all filters", on_click=_seed, args=(Filters(),), icon=":material/filter_alt_off:", width="stretch")


def _choose(offered: pl.DataFrame, kind: str, label: str, key: str, name_of: Any) -> None:
    rows = offered.filter(pl.col("kind") == kind)
    labels = {value: name_of(value) if name_of else words.shown(said) for value, said in rows.select("value", "label").iter_rows()}
    options = list(labels) + [value for value in st.session_state.get(key, []) if value not in labels]
    st.multiselect(label, options, key=key, format_func=lambda value: labels.get(value, value), placeholder="All")

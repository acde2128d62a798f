"""What charts share: colours that mean the same everywhere, sizes, and the map of the world."""

import json
from pathlib import Path
from typing import Any

import altair as alt
import polars as pl
import streamlit as st
from altair.utils import schemapi

schemapi.disable_debug_mode()  # the charts are the code's own: to look through each of them took longer than to make it

TEAL, RUST, GREY, GOLD, BLUE = "#2a7f86", "#c2603f", "#8f959b", "#d29b3a", "#4d7fc4"
LABEL = "#737a81"  # reads on the light and on the dark ground
QUADS = {
    "material cooperation": "#1d6c73",
    "verbal cooperation": "#7dbcbf",
    "verbal conflict": "#e3a284",
    "material conflict": "#b9482a",
}
CUES = {
    "said": "#9aa3ab",
    "claimed": "#c9a23f",
    "denied": "#8d5fa8",
    "warned": "#d9793d",
    "promised": "#2a7f86",
    "accused": "#b3432b",
    "asked": "#4d7fc4",
}
QUAD_SCALE = alt.Scale(domain=list(QUADS), range=list(QUADS.values()))
WHEN = {"day": "%-d %b %Y", "week": "week of %-d %b %Y", "month": "%b %Y", "year": "%Y"}


def show(chart: Any, says: str, *, key: str | None = None) -> None:
    """Draw a chart over the width of its column; ``says`` is what a screen reader reads."""
    st.altair_chart(chart, width="stretch", key=key, alt=says)


def grain_of(days: int) -> str:
    """The period of a chart's bars that gives some dozens of them.

    >>> grain_of(20), grain_of(200), grain_of(1500), grain_of(15000)
    ('day', 'week', 'month', 'year')
    """
    return "day" if days <= 62 else "week" if days <= 400 else "month" if days <= 3700 else "year"


def cue_scale(classes: list[str]) -> alt.Scale:
    """Colours of the classes of words of saying: the usual ones keep theirs."""
    spare = iter(["#6b8f5e", "#a9746e", "#5d6f91", "#b08fbf", "#7a7a52", "#56a3a6"] * 4)
    return alt.Scale(domain=classes, range=[CUES.get(name) or next(spare) for name in classes])


@st.cache_data(show_spinner=False)
def _world() -> dict[str, Any]:
    """Natural Earth's countries at 1:110 million (public domain), as TopoJSON from the package world-atlas 2.0.2 (ISC).

    Without Antarctica, names and the outline of all land.
    """
    found: dict[str, Any] = json.loads(Path(__file__).with_name("world.json").read_text(encoding="utf-8"))
    return found


def _apart(points: pl.DataFrame) -> pl.Series:
    """Which points, the most important first, have room for a name: no more important one with a name is near.

    >>> _apart(pl.DataFrame({"longitude": [116.4, 117.2, -77.0], "latitude": [39.9, 39.1, 38.9]})).to_list()
    [True, False, True]
    """
    named: list[tuple[float, float]] = []
    free = []
    for longitude, latitude in points.select("longitude", "latitude").iter_rows():
        free.append(all(abs(longitude - other) > 30 or abs(latitude - another) > 7 for other, another in named))
        if free[-1]:
            named.append((longitude, latitude))
    return pl.Series(free, dtype=pl.Boolean)


def show_world(points: pl.DataFrame, *, size: str, tooltip: list[Any], label: str, says: str, key: str) -> None:
    """Draw points (longitude, latitude) on a map of the world; ``size`` decides how large, the largest get a ``label``."""
    lines = alt.Chart(alt.graticule(step=[30, 30], extent=[[-180, -56], [180, 82]]))
    lines = lines.mark_geoshape(stroke=GREY, strokeWidth=0.4, strokeOpacity=0.35, filled=False)
    land = alt.Chart(alt.Data(values=[{}])).mark_geoshape(fill=GREY, fillOpacity=0.22, stroke=GREY, strokeOpacity=0.45, strokeWidth=0.5)
    base = alt.Chart(points).encode(longitude="longitude:Q", latitude="latitude:Q")
    dots = base.mark_circle(color=RUST, opacity=0.75, stroke="white", strokeWidth=0.8).encode(
        size=alt.Size(f"{size}:Q", scale=alt.Scale(range=[50, 700]), legend=None), tooltip=tooltip
    )
    named = alt.Chart(points.sort(size, descending=True).filter(_apart(points.sort(size, descending=True))).head(8))
    names = named.mark_text(dy=-13, fontSize=11, color=LABEL, fontWeight=600).encode(
        longitude="longitude:Q", latitude="latitude:Q", text=f"{label}:N"
    )
    with alt.data_transformers.enable(consolidate_datasets=False):
        spec = alt.layer(lines, land, dots, names).project("naturalEarth1").properties(height=380).to_dict()
    # altair takes half a second to look through an outline of the world, so it goes in afterwards
    spec["layer"][1]["data"] = {"values": _world(), "format": {"type": "topojson", "feature": "countries"}}
    st.vega_lite_chart(spec, width="stretch", key=key, alt=says)

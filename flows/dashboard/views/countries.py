"""Countries: who deals with whom, in what spirit, and how that went over time."""

from typing import Any

import altair as alt
import polars as pl
import streamlit as st

from flows.dashboard import charts, parts, words
from flows.dashboard.answers import add_words, ask
from flows.dashboard.filters import params

_SHOWN = 40


def show() -> None:
    """Draw the page."""
    parts.heading("Pairs of countries that events join, from conflict (rust) to cooperation (teal), on Goldstein's scale of −10 to 10.")
    pairs = ask("which_countries_deal_with_each_other", **params())
    if not pairs.height:
        parts.nothing_here("events between countries")
        return
    pairs = pairs.with_columns(
        first=pl.col("first_country").map_elements(words.country, return_dtype=pl.String),
        second=pl.col("second_country").map_elements(words.country, return_dtype=pl.String),
    )
    left, right = st.columns([3, 2], gap="large")
    with left:
        _heat(pairs)
    with right:
        _ranking(pairs)
    st.subheader("Two countries over time", anchor=False)
    keys = [f"{first}-{second}" for first, second in pairs.select("first_country", "second_country").iter_rows()]
    if st.session_state.get("pair") not in keys:
        asked = st.query_params.get("pair", keys[0])
        st.session_state.pair = asked if asked in keys else keys[0]
    pair = st.selectbox("Pair", keys, key="pair", format_func=lambda key: " and ".join(words.country(code) for code in key.split("-")))
    if pair != st.query_params.get("pair"):
        st.query_params["pair"] = pair
    first, second = pair.split("-")
    _over_time(first, second)
    rows = add_words(
        ask("what_did_two_countries_do", first=first, second=second, rows=_SHOWN, **params()), "which_word_tells_the_event", "event_no"
    )
    parts.entries("Events of the pair", [_entry(row) for row in rows.iter_rows(named=True)], key="pair_events")


_INTENSITY = alt.Scale(domain=[-10, 0, 10], range=["#b9482a", "#d9d5cb", "#1d6c73"], clamp=True)


def _heat(pairs: pl.DataFrame) -> None:
    st.subheader("Who deals with whom", anchor=False)
    turned = pairs.rename({"first": "second", "second": "first"}).select(pairs.columns)
    both = pl.concat([pairs, turned])
    top = (
        both.group_by("first")
        .agg(pl.col("event_count").sum())
        .sort("event_count", "first", descending=[True, False])
        .head(18)["first"]
        .to_list()
    )
    cells = both.filter(pl.col("first").is_in(top) & pl.col("second").is_in(top))
    heat = (
        alt.Chart(cells)
        .mark_rect(cornerRadius=2, stroke="transparent", strokeWidth=2)
        .encode(
            x=alt.X(
                "first:N",
                sort=top,
                title=None,
                axis=alt.Axis(labelOverlap=False, labelAngle=-45, ticks=False, domain=False, labelLimit=110),
            ),
            y=alt.Y("second:N", sort=top, title=None, axis=alt.Axis(labelOverlap=False, ticks=False, domain=False, labelLimit=130)),
            color=alt.Color(
                "mean_intensity:Q", title="Mean intensity", scale=_INTENSITY, legend=alt.Legend(orient="top", gradientLength=180)
            ),
            tooltip=[
                alt.Tooltip("first:N", title="Country"),
                alt.Tooltip("second:N", title="with"),
                alt.Tooltip("event_count:Q", title="Events"),
                alt.Tooltip("cooperation_count:Q", title="Cooperation"),
                alt.Tooltip("conflict_count:Q", title="Conflict"),
                alt.Tooltip("mean_intensity:Q", title="Mean intensity", format="+.1f"),
            ],
        )
        .properties(height=alt.Step(26))
    )
    charts.show(heat, "Heat map: pairs of countries by the mean intensity of their dealings", key="heat")


def _ranking(pairs: pl.DataFrame) -> None:
    st.subheader("Most reported pairs", anchor=False)
    top = pairs.head(15).with_columns(pair=pl.col("first") + " – " + pl.col("second"))
    long = top.unpivot(["cooperation_count", "conflict_count"], index="pair", variable_name="kind", value_name="events").with_columns(
        pl.col("kind").str.strip_suffix("_count")
    )
    bars = (
        alt.Chart(long)
        .mark_bar(height={"band": 0.72})
        .encode(
            x=alt.X("events:Q", title="Events", axis=alt.Axis(tickMinStep=1, format="d", tickCount=5)),
            y=alt.Y("pair:N", sort=top["pair"].to_list(), title=None, axis=alt.Axis(labelOverlap=False, labelLimit=190)),
            color=alt.Color(
                "kind:N",
                title=None,
                scale=alt.Scale(domain=["cooperation", "conflict"], range=[charts.TEAL, charts.RUST]),
                legend=alt.Legend(orient="top", columns=1),
            ),
            tooltip=[alt.Tooltip("pair:N", title="Pair"), alt.Tooltip("kind:N", title="Kind"), alt.Tooltip("events:Q", title="Events")],
        )
        .properties(height=alt.Step(25))
    )
    charts.show(bars, "Bars: the pairs of countries with most events, cooperation and conflict", key="ranking")


def _over_time(first: str, second: str) -> None:
    days = ask("how_do_two_countries_deal", first=first, second=second, grain="day", **params())
    grain = charts.grain_of((days["period"][-1] - days["period"][0]).days) if days.height else "year"
    found = days if grain == "day" else ask("how_do_two_countries_deal", first=first, second=second, grain=grain, **params())
    if not found.height:
        st.caption("None of their events has a day or a year.")
        return
    long = found.with_columns(
        conflict=-pl.col("conflict_count"), cooperation=pl.col("cooperation_count"), when=pl.col("period").dt.strftime(charts.WHEN[grain])
    )
    long = long.unpivot(
        ["cooperation", "conflict"], index=["period", "when", "mean_intensity"], variable_name="kind", value_name="events"
    ).filter(pl.col("events") != 0)
    unit = {"day": "yearmonthdate", "week": "yearweek", "month": "yearmonth", "year": "year"}[grain]
    bars = (
        alt.Chart(long.with_columns(number=pl.col("events").abs()))
        .mark_bar(minBandSize=2.5)
        .encode(
            x=alt.X(f"{unit}(period):T", title=None),
            y=alt.Y("events:Q", title="conflict  |  cooperation", axis=alt.Axis(format="d", tickMinStep=1, labelExpr="abs(datum.value)")),
            color=alt.Color(
                "kind:N",
                title=None,
                scale=alt.Scale(domain=["cooperation", "conflict"], range=[charts.TEAL, charts.RUST]),
                legend=alt.Legend(orient="top"),
            ),
            tooltip=[
                alt.Tooltip("when:N", title="When"),
                alt.Tooltip("kind:N", title="Kind"),
                alt.Tooltip("number:Q", title="Events"),
                alt.Tooltip("mean_intensity:Q", title="Mean intensity", format="+.1f"),
            ],
        )
        .properties(height=220)
    )
    charts.show(bars, "Bars: events between the two countries over time", key="pair_bars")


def _entry(row: dict[str, Any]) -> parts.Entry:
    quad, status = str(row["quad"] or ""), str(row["status"] or "")
    tags = [(str(row["kind"] or ""), "cool" if quad.endswith("cooperation") else "warm")]
    tags += [(status, "off" if status in ("cancelled", "denied") else "planned")] if status not in ("happened", "") else []
    return parts.Entry(
        str(row["article_id"]),
        str(row["display_title"]),
        lead=words.day(row["starts_on"]) or words.day(row["published_on"]) or "day unknown",
        tags=tuple(tags),
        meta=(f"“{words.short(str(row['trigger'] or ''), 60)}”", str(row["outlet"] or "outlet unknown")),
        fact=f"event-{row['event_no']}",
    )

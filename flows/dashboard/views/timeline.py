"""Timeline: what happened when, by kind of dealing, with the sentence that tells it."""

import datetime as dt
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
    say = parts.heading()
    span = ask("from_when_to_when", **params()).row(0, named=True)
    if not span["event_count"]:
        parts.nothing_here("dated events")
        return
    say(
        f"{words.count(span['event_count'], 'dated event')}, from {words.day(span['first_on'])} to {words.day(span['last_on'])}.",
    )
    grain = charts.grain_of((span["late_on"] - span["early_on"]).days)
    grains = list(charts.WHEN)
    grain = st.segmented_control("Bars by", grains, default=grain, key=f"timeline_grain_{grain}") or grain
    _bars(ask("how_much_happened", grain=grain, **params()), grain, span)
    quad = st.pills("Kind of dealing", list(charts.QUADS), key="timeline_quad")
    rows = add_words(ask("what_happened_when", quad=quad, rows=_SHOWN, **params()), "which_sentence_tells_it", "sentence_no")
    if not rows.height:
        parts.empty("No event of this kind.", "Choose another kind of dealing above.")
        return
    parts.entries("Events", [_entry(row) for row in rows.iter_rows(named=True)], key="events")
    if rows.height == _SHOWN:
        st.caption(f"The latest {_SHOWN}. Narrow the days to see earlier ones.")


def _bars(found: pl.DataFrame, grain: str, span: dict[str, Any]) -> None:
    if not found.height:
        return
    shown = found.with_columns(when=pl.col("period").dt.strftime(charts.WHEN[grain]))
    middle = (span["late_on"] - span["early_on"]).days
    if (span["last_on"] - span["first_on"]).days > 3 * middle + 60:  # a few days of long ago would press the rest together
        pad = dt.timedelta(days=middle // 20 + 8)
        early, late = span["early_on"] - pad, span["late_on"] + pad
        inside = shown.filter(pl.col("period").is_between(early, late))
        left_out = int(shown["event_count"].sum()) - int(inside["event_count"].sum())
        if inside.height and left_out:
            st.caption(
                f"The bars run from {words.day(early)} to {words.day(late)}; {words.count(left_out, 'event')} of other days: set From and To."
            )
            shown = inside
    conflict = pl.col("quad").str.ends_with("conflict")
    shown = shown.with_columns(signed=pl.when(conflict).then(-pl.col("event_count")).otherwise(pl.col("event_count")))
    unit = {"day": "yearmonthdate", "week": "yearweek", "month": "yearmonth", "year": "year"}[grain]
    bars = (
        alt.Chart(shown)
        .mark_bar(minBandSize=2.5)
        .encode(
            x=alt.X(f"{unit}(period):T", title=None),
            y=alt.Y("signed:Q", title="conflict  |  cooperation", axis=alt.Axis(format="d", tickMinStep=1, labelExpr="abs(datum.value)")),
            color=alt.Color("quad:N", title=None, scale=charts.QUAD_SCALE, legend=alt.Legend(orient="top", columns=2, labelLimit=0)),
            tooltip=[
                alt.Tooltip("when:N", title="When"),
                alt.Tooltip("quad:N", title="Dealing"),
                alt.Tooltip("event_count:Q", title="Events"),
            ],
        )
        .properties(height=260)
    )
    charts.show(bars, "Bars: events over time, cooperation above the line, conflict below", key="timeline_bars")


def _entry(row: dict[str, Any]) -> parts.Entry:
    quad, status = str(row["quad"] or ""), str(row["status"] or "")
    tags = [(str(row["kind"] or ""), "cool" if quad.endswith("cooperation") else "warm" if quad.endswith("conflict") else "")]
    tags += [(status, "off" if status in ("cancelled", "denied") else "planned")] if status not in ("happened", "") else []
    parties = row["parties"]
    assert isinstance(parties, list)
    return parts.Entry(
        str(row["article_id"]),
        words.short(str(row["sentence"] or row["display_title"]), 320),
        lead=words.days(row["starts_on"], row["ends_on"]),
        tags=tuple(tags),
        meta=(words.names(parties, 5), f"in {row['place']}" if row["place"] else "", str(row["outlet"] or "outlet unknown")),
        fact=f"event-{row['event_no']}",
    )

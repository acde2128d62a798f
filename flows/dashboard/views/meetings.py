"""Meetings: when, where, who with whom, and each of them with the article that tells it."""

import datetime as dt
from typing import Any

import altair as alt
import polars as pl
import streamlit as st

from flows.dashboard import charts, parts, words
from flows.dashboard.answers import ask
from flows.dashboard.filters import params
from flows.dashboard.network import Node, place_nodes

_SHOWN = 100
_OFF = ("cancelled", "postponed", "denied")


def show() -> None:
    """Draw the page."""
    say = parts.heading()
    days = ask("when_were_the_meetings", **params())
    total = int(days["report_count"].sum()) if days.height else 0
    dated = days.drop_nulls("starts_on")
    planned = int(days["planned_count"].sum()) if total else 0
    undated = total - (int(dated["report_count"].sum()) if dated.height else 0)
    said = [words.count(total, "report") + " of meetings, calls, visits and summits"]
    said += [f"{planned:,} only planned"] if planned else []
    said += [f"{undated:,} without a day"] if undated else []
    say(", ".join(said) + ".")
    if not total:
        parts.nothing_here("meetings")
        return
    _calendar(dated)
    _map()
    _network()
    st.subheader("Each of them", anchor=False)
    rows = ask("which_meetings", rows=_SHOWN, **params())
    parts.entries("Meetings", [_entry(row) for row in rows.iter_rows(named=True)], key="meetings")
    if total > rows.height:
        st.caption(f"The latest {rows.height} of {total:,}. Narrow the days to see others.")


def _calendar(dated: pl.DataFrame) -> None:
    st.subheader("When", anchor=False)
    if not dated.height:
        st.caption("None of them has a day that follows from its article.")
        return
    spread = dated.sort("starts_on")
    late = spread["starts_on"][int(0.95 * (spread.height - 1))]
    early = spread["starts_on"][int(0.05 * (spread.height - 1))]
    by_day = (late - early).days <= 371
    if by_day:
        end = max(day for day in spread["starts_on"] if day <= late + dt.timedelta(days=45))
        start = max(min(spread["starts_on"]), end - dt.timedelta(days=371))
        _weeks(dated.filter(pl.col("starts_on").is_between(start, end)), start, end)
    else:
        _months(dated)


def _weeks(dated: pl.DataFrame, start: dt.date, end: dt.date) -> None:
    start -= dt.timedelta(days=start.weekday())
    every = (
        pl.DataFrame({"starts_on": pl.date_range(start, end, "1d", eager=True)})
        .join(dated, on="starts_on", how="left")
        .with_columns(
            pl.col("report_count").fill_null(0),
            pl.col("planned_count").fill_null(0),
            week=(pl.col("starts_on") - pl.duration(days=pl.col("starts_on").dt.weekday() - 1)).dt.strftime("%Y-%m-%d"),
            weekday=pl.col("starts_on").dt.strftime("%a"),
            says=pl.col("starts_on").dt.strftime("%a %-d %b %Y"),
        )
    )
    squares = (
        alt.Chart(every)
        .mark_rect(cornerRadius=2, stroke="transparent", strokeWidth=2)
        .encode(
            x=alt.X(
                "week:O",
                title=None,
                axis=alt.Axis(
                    labelExpr="timeFormat(toDate(datum.label + 'T00:00:00'), '%d') <= 7 ? timeFormat(toDate(datum.label + 'T00:00:00'), '%b %Y') : ''",
                    labelAngle=0,
                    labelOverlap=False,
                    ticks=False,
                    domain=False,
                ),
            ),
            y=alt.Y(
                "weekday:O", title=None, sort=["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], axis=alt.Axis(ticks=False, domain=False)
            ),
            color=_shade(),
            tooltip=[
                alt.Tooltip("says:N", title="Day"),
                alt.Tooltip("report_count:Q", title="Reports"),
                alt.Tooltip("planned_count:Q", title="Only planned"),
            ],
        )
        .properties(height=190)
    )
    charts.show(squares, "Calendar: a square a day, darker with more reports of meetings", key="calendar")


def _months(dated: pl.DataFrame) -> None:
    months = (
        dated.group_by(year=pl.col("starts_on").dt.year(), month=pl.col("starts_on").dt.month())
        .agg(pl.col("report_count").sum(), pl.col("planned_count").sum())
        .sort("year", "month")
    )
    shown_years = months["year"].unique().sort(descending=True).head(30).to_list()
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    grid = (
        pl.DataFrame({"year": shown_years})
        .join(pl.DataFrame({"month": range(1, 13)}), how="cross")
        .with_columns(pl.col("month").cast(pl.Int8))
    )
    every = grid.join(months.with_columns(pl.col("month").cast(pl.Int8)), on=["year", "month"], how="left").with_columns(
        pl.col("report_count").fill_null(0),
        pl.col("planned_count").fill_null(0),
        pl.col("year").cast(pl.String),
        name=pl.col("month").replace_strict(dict(enumerate(names, 1)), return_dtype=pl.String),
    )
    squares = (
        alt.Chart(every)
        .mark_rect(cornerRadius=2, stroke="transparent", strokeWidth=2)
        .encode(
            x=alt.X(
                "name:O", sort=names, title=None, axis=alt.Axis(labelOverlap=False, labelAngle=0, orient="top", ticks=False, domain=False)
            ),
            y=alt.Y("year:O", sort="descending", title=None, axis=alt.Axis(ticks=False, domain=False)),
            color=_shade(),
            tooltip=[
                alt.Tooltip("name:N", title="Month"),
                alt.Tooltip("year:N", title="Year"),
                alt.Tooltip("report_count:Q", title="Reports"),
                alt.Tooltip("planned_count:Q", title="Only planned"),
            ],
        )
        .properties(height=max(60, 22 * len(shown_years)) + 30)
    )
    charts.show(squares, "Calendar: a row a year, a square a month, darker with more reports of meetings", key="calendar")
    st.caption("A row is a year with meetings, a square a month. Narrow the days to a year to see its days.")


def _shade() -> alt.Color:
    return alt.Color(
        "report_count:Q",
        title="Reports",
        scale=alt.Scale(type="symlog", range=["rgba(143,149,155,0.14)", "#8cc5c6", charts.TEAL, "#0f4a50"]),
        legend=None,
    )


def _map() -> None:
    st.subheader("Where", anchor=False)
    places = ask("where_were_the_meetings", **params())
    if not places.height:
        st.caption("None of them has a known place.")
        return
    points = places.with_columns(
        parties=pl.col("some_parties").list.join(", "),
        last=pl.col("last_on").dt.strftime("%-d %b %Y").fill_null("day unknown"),
    ).drop("some_parties", "last_on")
    tooltip = [
        alt.Tooltip("place:N", title="Place"),
        alt.Tooltip("report_count:Q", title="Reports"),
        alt.Tooltip("last:N", title="Latest"),
        alt.Tooltip("parties:N", title="Among them"),
    ]
    charts.show_world(
        points, size="report_count", tooltip=tooltip, label="place", says="Map of the world with the places of meetings", key="map"
    )


def _network() -> None:
    st.subheader("Who with whom", anchor=False)
    pairs = ask("who_met_whom", **params())
    if not pairs.height:
        st.caption("No report names two parties.")
        return
    ties = tuple(
        (words.shown(first), words.shown(second), float(count))
        for first, second, count in pairs.select("first_name", "second_name", "report_count").iter_rows()
    )
    nodes = {node.name: node for node in place_nodes(ties)}
    lines = pl.DataFrame(
        [{"x": nodes[a].x, "y": nodes[a].y, "x2": nodes[b].x, "y2": nodes[b].y, "tie": f"{a} – {b}", "reports": int(n)} for a, b, n in ties]
    )
    dots = pl.DataFrame(
        [
            {
                "x": node.x,
                "y": node.y,
                "name": node.name,
                "label": words.short(node.name, 24),
                "reports": int(node.weight),
                "below": _is_below(node, nodes),
            }
            for node in nodes.values()
        ]
    )
    frame: dict[str, Any] = {"scale": alt.Scale(domain=[-0.12, 1.12]), "axis": None}
    drawn = alt.layer(
        alt.Chart(lines).mark_rule(color=charts.GREY, opacity=0.55, strokeCap="round").encode(
            x=alt.X("x:Q", **frame), y=alt.Y("y:Q", **frame), x2="x2:Q", y2="y2:Q",
            strokeWidth=alt.StrokeWidth("reports:Q", scale=alt.Scale(range=[1, 6]), legend=None),
            tooltip=[alt.Tooltip("tie:N", title="Who"), alt.Tooltip("reports:Q", title="Reports")],
        ),
        alt.Chart(dots).mark_circle(color=charts.TEAL, opacity=1, stroke="white", strokeWidth=1).encode(
            x=alt.X("x:Q", **frame), y=alt.Y("y:Q", **frame),
            size=alt.Size("reports:Q", scale=alt.Scale(range=[50, 420]), legend=None),
            tooltip=[alt.Tooltip("name:N", title="Name"), alt.Tooltip("reports:Q", title="Reports with others")],
        ),
        *(
            alt.Chart(dots.filter(pl.col("below") == below).sort("reports", descending=True).head(30))
            .mark_text(dy=16 if below else -14, fontSize=11.5, color=charts.LABEL, fontWeight=600)
            .encode(x=alt.X("x:Q", **frame), y=alt.Y("y:Q", **frame), text="label:N")
            for below in (True, False)
        ),
    ).properties(height=430).configure_view(strokeWidth=0)  # fmt: skip
    charts.show(drawn, "Network: a line joins two who met, thicker with more reports", key="network")


def _is_below(node: Node, nodes: dict[str, Node]) -> bool:
    """Whether a label stands better below its dot: the nearest other dot is above it."""
    others = [other for other in nodes.values() if other.name != node.name]
    return min(others, key=lambda other: (2 * (other.x - node.x)) ** 2 + (other.y - node.y) ** 2).y > node.y


def _entry(row: dict[str, Any]) -> parts.Entry:
    status, mode = str(row["status"] or ""), str(row["mode"] or "")
    parties = row["parties"]
    assert isinstance(parties, list)
    parties = parties or ["Parties not named"]
    tags = [(status, "off" if status in _OFF else "planned")] if status not in ("happened", "") else []
    where = f"in {row['place']}" if row["place"] else ""
    return parts.Entry(
        str(row["article_id"]),
        str(row["display_title"]),
        lead=words.days(row["starts_on"], row["ends_on"]) or "day unknown",
        who=" – ".join(words.shown(name) for name in parties[:5]) + (f" and {len(parties) - 5} more" if len(parties) > 5 else ""),
        tags=tuple(tags),
        meta=(mode, where, str(row["outlet"] or "outlet unknown")),
        fact=f"event-{row['event_no']}",
    )

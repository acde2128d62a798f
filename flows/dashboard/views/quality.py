"""Quality: what is known of each site, what is not, what could not be loaded, whether the checks hold, how the runs went."""

import altair as alt
import polars as pl
import streamlit as st

from flows.dashboard import charts, parts, words
from flows.dashboard.answers import ask

_FIELDS = ["headline", "day", "any bound", "outlet", "byline", "dateline", "language"]


def show() -> None:
    """Draw the page."""
    parts.heading("How complete the warehouse is, what it does not know, and how its runs went.")
    runs = ask("what_came_in")
    if not runs.height:
        parts.empty("No run yet.", "Load pages with `wirehouse run PATH`.")
        return
    checks = ask("which_checks_hold")
    broken = checks.filter(~pl.col("passed"))
    if checks.height and not broken.height:
        st.success(f"All {checks.height} checks hold after the last run.", icon=":material/verified:")
    elif broken.height:
        st.error(f"{broken.height} of {checks.height} checks do not hold after the last run.", icon=":material/error:")
    left, right = st.columns(2, gap="large")
    with left:
        _filled()
        _rejects()
    with right:
        _unknown()
        _removed()
    st.subheader("Runs", anchor=False)
    _runs(runs)
    with st.expander(f"The {checks.height} checks"):
        st.dataframe(
            checks.with_columns(pl.col("check").str.replace_all("__", ": ").str.replace_all("_", " ")),
            hide_index=True,
            alt="Checks of the last run",
            column_config={"check": "Promise", "severity": "Severity", "failing_rows": "Rows that break it", "passed": "Holds"},
        )


def _filled() -> None:
    st.subheader("Known, by site", anchor=False)
    shares = ask("how_full_are_the_fields")
    if not shares.height:
        st.caption("No articles yet.")
        return
    sites = shares["site"].unique(maintain_order=True).to_list()
    base = alt.Chart(shares).encode(
        x=alt.X(
            "field:N", sort=_FIELDS, title=None, axis=alt.Axis(labelOverlap=False, orient="top", labelAngle=-30, ticks=False, domain=False)
        ),
        y=alt.Y("site:N", sort=sites, title=None, axis=alt.Axis(labelOverlap=False, ticks=False, domain=False, labelLimit=150)),
        tooltip=[
            alt.Tooltip("site:N", title="Site"),
            alt.Tooltip("field:N", title="Field"),
            alt.Tooltip("known_share:Q", title="Known", format=".0%"),
            alt.Tooltip("article_count:Q", title="Articles"),
        ],
    )
    cells = base.mark_rect(cornerRadius=2, stroke="transparent", strokeWidth=2).encode(
        color=alt.Color("known_share:Q", scale=alt.Scale(domain=[0, 0.5, 1], range=["#b9482a", "#e8d9b0", "#1d6c73"]), legend=None)
    )
    numbers = base.mark_text(fontSize=11).encode(
        text=alt.Text("known_share:Q", format=".0%"),
        color=alt.condition("datum.known_share > 0.25 && datum.known_share < 0.78", alt.value("#1f2328"), alt.value("white")),
    )
    charts.show(
        (cells + numbers).properties(height=alt.Step(30)),
        "Heat map: sites in rows, fields in columns, the share of articles in which each is known",
        key="filled",
    )


def _unknown() -> None:
    st.subheader("Not known", anchor=False)
    found = ask("what_do_we_not_know").filter(pl.col("unknown_count") > 0)
    if not found.height:
        st.caption("Everything that it counts is known.")
        return
    found = found.with_columns(says=pl.format("{} of {}", pl.col("unknown_count"), pl.col("total_count")))
    base = alt.Chart(found).encode(
        x=alt.X("unknown_share:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%", tickCount=4)),
        y=alt.Y("unknown:N", sort=None, title=None, axis=alt.Axis(labelOverlap=False, labelLimit=260)),
        tooltip=[alt.Tooltip("unknown:N", title="Unknown"), alt.Tooltip("says:N", title="How many")],
    )
    bars = base.mark_bar(color=charts.GOLD, cornerRadiusEnd=2, height={"band": 0.66})
    charts.show(
        bars.properties(height=alt.Step(26)), "Bars: what the warehouse does not know, as a share of what it could know", key="unknown"
    )


def _rejects() -> None:
    st.subheader("Could not be loaded", anchor=False)
    found = ask("what_could_not_be_loaded")
    if not found.height:
        st.caption("Every input could be loaded.")
        return
    st.dataframe(
        found,
        hide_index=True,
        alt="Inputs that could not be loaded, by reason",
        column_config={
            "stage": "Stage",
            "reason": "Reason",
            "input_count": st.column_config.NumberColumn("Inputs", format="localized"),
            "last_rejected_at": st.column_config.DatetimeColumn("Latest", format="D MMM YYYY HH:mm"),
            "example_source_uri": "For example",
            "example_detail": "Detail",
        },
    )


def _removed() -> None:
    st.subheader("Not part of a body", anchor=False)
    found = ask("what_was_removed")
    if not found.height:
        st.caption("Nothing was set apart.")
        return
    bars = (
        alt.Chart(found)
        .mark_bar(color=charts.GREY, cornerRadiusEnd=2, height={"band": 0.66})
        .encode(
            x=alt.X("character_count:Q", title="Characters", axis=alt.Axis(format="~s", tickCount=5)),
            y=alt.Y("role:N", sort=None, title=None),
            tooltip=[
                alt.Tooltip("role:N", title="Role"),
                alt.Tooltip("block_count:Q", title="Blocks"),
                alt.Tooltip("character_count:Q", title="Characters"),
            ],
        )
        .properties(height=alt.Step(24))
    )
    charts.show(bars, "Bars: characters of the pages that are no part of a body, by their role", key="removed")
    st.caption(words.plain("Nothing of it is lost: it stands in blocks, with the reason."))


def _runs(runs: pl.DataFrame) -> None:
    table = runs.with_columns(
        seconds=(pl.col("ended_at") - pl.col("started_at")).dt.total_milliseconds() / 1000,
        holds=pl.format("{} of {}", pl.col("check_count") - pl.col("broken_count"), pl.col("check_count")),
    ).select(
        "started_at",
        "state",
        "documents_seen",
        "documents_new",
        "articles_new",
        "rejects",
        "holds",
        "seconds",
        "pipeline_version",
        "run_id",
    )
    st.dataframe(
        table,
        hide_index=True,
        alt="Runs, the newest first",
        column_config={
            "started_at": st.column_config.DatetimeColumn("Started (UTC)", format="D MMM YYYY HH:mm"),
            "state": "State",
            "documents_seen": st.column_config.NumberColumn("Pages seen", format="localized"),
            "documents_new": st.column_config.NumberColumn("New pages", format="localized"),
            "articles_new": st.column_config.NumberColumn("New articles", format="localized"),
            "rejects": "Rejected",
            "holds": "Checks hold",
            "seconds": st.column_config.NumberColumn("Seconds", format="%.1f"),
            "pipeline_version": "Version",
            "run_id": "Run",
        },
    )

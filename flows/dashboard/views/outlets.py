"""Outlets: what each published and covered, and whom it relies on."""

import altair as alt
import polars as pl
import streamlit as st

from flows.dashboard import charts, parts, words
from flows.dashboard.answers import ask
from flows.dashboard.filters import params


def show() -> None:
    """Draw the page."""
    parts.heading("What each published, on what, and from whom its articles say that they have their facts.")
    found = ask("which_outlets_published", **params())
    if not found.height:
        parts.nothing_here("articles")
        return
    _relies()
    _covered()
    st.subheader("Each outlet", anchor=False)
    table = found.with_columns(pl.col("outlet").fill_null("outlet unknown"), pl.col("languages").list.join(", "))
    st.dataframe(
        table,
        hide_index=True,
        alt="Outlets with their articles",
        column_config={
            "outlet": st.column_config.TextColumn("Outlet", width="medium"),
            "article_count": st.column_config.NumberColumn("Articles", format="localized"),
            "own_text_share": st.column_config.ProgressColumn(
                "Own text", format="percent", min_value=0, max_value=1, help="Neither a copy nor taken from an agency."
            ),
            "languages": "Languages",
            "mean_word_count": st.column_config.NumberColumn("Words an article", format="%.0f"),
            "first_published_on": st.column_config.DateColumn("First", format="D MMM YYYY"),
            "last_published_on": st.column_config.DateColumn("Latest", format="D MMM YYYY"),
        },
    )


def _relies() -> None:
    st.subheader("Who relies on whom", anchor=False)
    ties = ask("who_relies_on_whom", **params())
    if not ties.height:
        st.caption("No article says from whom it has its facts.")
        return
    outlets, sources = ties["outlet"].unique(maintain_order=True).to_list()[:14], ties["source"].unique(maintain_order=True).to_list()[:14]
    cells = ties.filter(pl.col("outlet").is_in(outlets) & pl.col("source").is_in(sources))
    base = alt.Chart(cells).encode(
        x=alt.X(
            "source:N",
            sort=sources,
            title="relies on",
            axis=alt.Axis(labelOverlap=False, labelAngle=-40, orient="top", labelLimit=120, grid=True, ticks=False, domain=False),
        ),
        y=alt.Y(
            "outlet:N", sort=outlets, title=None, axis=alt.Axis(labelOverlap=False, labelLimit=150, grid=True, ticks=False, domain=False)
        ),
        tooltip=[
            alt.Tooltip("outlet:N", title="Outlet"),
            alt.Tooltip("source:N", title="relies on"),
            alt.Tooltip("article_count:Q", title="Articles"),
        ],
    )
    dots = base.mark_circle(color=charts.BLUE, opacity=0.85).encode(
        size=alt.Size("article_count:Q", scale=alt.Scale(range=[70, 700], zero=True), legend=None)
    )
    charts.show(
        dots.properties(height=alt.Step(32)),
        "Dots: outlets in rows, the sources they rely on in columns, larger with more articles",
        key="relies",
    )


def _covered() -> None:
    st.subheader("What each covered", anchor=False)
    found = ask("what_did_each_outlet_cover", **params())
    if not found.height:
        st.caption("No article has a topic.")
        return
    outlets = found["outlet"].unique(maintain_order=True).to_list()
    topics = (
        found.group_by("label")
        .agg(pl.col("article_count").sum())
        .sort("article_count", "label", descending=[True, False])["label"]
        .to_list()
    )
    heat = (
        alt.Chart(found)
        .mark_rect(cornerRadius=2, stroke="transparent", strokeWidth=2)
        .encode(
            x=alt.X(
                "label:N",
                sort=topics,
                title=None,
                axis=alt.Axis(labelOverlap=False, labelAngle=-40, orient="top", labelLimit=120, ticks=False, domain=False),
            ),
            y=alt.Y("outlet:N", sort=outlets, title=None, axis=alt.Axis(labelOverlap=False, labelLimit=150, ticks=False, domain=False)),
            color=alt.Color(
                "article_share:Q", title=None, scale=alt.Scale(range=["rgba(143,149,155,0.15)", "#8cc5c6", "#1d6c73"]), legend=None
            ),
            tooltip=[
                alt.Tooltip("outlet:N", title="Outlet"),
                alt.Tooltip("label:N", title="Topic"),
                alt.Tooltip("article_count:Q", title="Articles"),
                alt.Tooltip("article_share:Q", title="Share of its articles", format=".0%"),
            ],
        )
        .properties(height=alt.Step(32))
    )
    charts.show(heat, "Heat map: outlets in rows, topics in columns, darker with a larger share of the outlet's articles", key="covered")
    st.caption(words.plain("Darker: a larger share of the outlet's articles."))

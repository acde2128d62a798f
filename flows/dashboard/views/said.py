"""Said: quotes by speaker, office and word of saying, and through which agency they came."""

from typing import Any

import altair as alt
import polars as pl
import streamlit as st

from flows.dashboard import charts, parts, words
from flows.dashboard.answers import add_words, ask
from flows.dashboard.filters import params

_SHOWN = 60


def show() -> None:
    """Draw the page."""
    say = parts.heading()
    everything = {**params(), "cue_class": None, "office": None, "via": None}
    sums = ask("how_much_was_said", **everything).row(0, named=True)
    say(
        f"{words.count(sums['quote_count'], 'quote')} by {words.count(sums['speaker_count'], 'known speaker')} in {words.count(sums['article_count'], 'article')}.",
    )
    if not sums["quote_count"]:
        parts.nothing_here("quotes")
        return
    sources = ask("through_whom_was_it_said", **everything)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _speakers(ask("who_was_quoted", **everything))
    with right:
        _sources(sources)
    st.subheader("In their words", anchor=False)
    chosen = _narrow(sums["cue_classes"] or [], sources.drop_nulls("source_id"))
    rows = add_words(ask("what_was_said", rows=_SHOWN, **{**everything, **chosen}), "which_words_has_a_quote", "quote_no")
    if not rows.height:
        parts.empty("No quote fits.", "Choose another word of saying, office or agency above.")
        return
    parts.entries("Quotes", [_entry(row) for row in rows.iter_rows(named=True)], key="quotes")
    if rows.height == _SHOWN:
        st.caption(f"The latest {_SHOWN}. Narrow the view to see others.")


def _narrow(classes: list[str], sources: pl.DataFrame) -> dict[str, str | None]:
    names = dict(sources.select("source_id", "source").iter_rows())
    one, two, three = st.columns(3)
    cue = one.selectbox("Word of saying", classes, index=None, placeholder="Any", key="said_cue")
    office = two.text_input("Office holds", placeholder="minister, spokesman …", key="said_office")
    via = three.selectbox(
        "Reached us through", list(names), index=None, format_func=lambda key: words.shown(names[key]), placeholder="Anyone", key="said_via"
    )
    return {"cue_class": cue, "office": office.strip() or None, "via": via}


def _speakers(found: pl.DataFrame) -> None:
    st.subheader("Who is quoted, and how", anchor=False)
    found = found.with_columns(pl.col("cue_class").replace("none", "no word of saying"))
    if not found.height:
        st.caption("No quote has a speaker that is known.")
        return
    order = found.select("speaker_id", "speaker").unique(maintain_order=True)["speaker"].to_list()
    classes = (
        found.group_by("cue_class")
        .agg(pl.col("quote_count").sum())
        .sort("quote_count", "cue_class", descending=[True, False])["cue_class"]
        .to_list()
    )
    bars = (
        alt.Chart(found)
        .mark_bar(height={"band": 0.72})
        .encode(
            x=alt.X("quote_count:Q", title="Quotes", axis=alt.Axis(tickMinStep=1, format="d")),
            y=alt.Y("speaker:N", sort=order, title=None, axis=alt.Axis(labelOverlap=False, labelLimit=170)),
            color=alt.Color("cue_class:N", title=None, scale=charts.cue_scale(classes), legend=alt.Legend(orient="top", columns=2)),
            tooltip=[
                alt.Tooltip("speaker:N", title="Speaker"),
                alt.Tooltip("cue_class:N", title="Word of saying"),
                alt.Tooltip("quote_count:Q", title="Quotes"),
            ],
        )
        .properties(height=alt.Step(25))
    )
    charts.show(bars, "Bars: the most quoted speakers, by the class of the word of saying", key="speakers")


def _sources(found: pl.DataFrame) -> None:
    st.subheader("Through whom", anchor=False)
    rows = found.drop_nulls("source").head(12)
    unnamed = int(found.filter(pl.col("source").is_null())["quote_count"].sum())
    if unnamed:
        st.caption(f"{words.count(unnamed, 'quote')} without: the article names no agency or outlet for them.")
    if not rows.height:
        return
    bars = (
        alt.Chart(rows)
        .mark_bar(height={"band": 0.72}, cornerRadiusEnd=2, color=charts.BLUE)
        .encode(
            x=alt.X("quote_count:Q", title="Quotes", axis=alt.Axis(tickMinStep=1, format="d", tickCount=4)),
            y=alt.Y("source:N", sort=None, title=None, axis=alt.Axis(labelOverlap=False, labelLimit=170)),
            tooltip=[
                alt.Tooltip("source:N", title="Through"),
                alt.Tooltip("quote_count:Q", title="Quotes"),
                alt.Tooltip("outlet_count:Q", title="Outlets"),
            ],
        )
        .properties(height=alt.Step(25))
    )
    charts.show(bars, "Bars: through which agency or outlet quotes were reported", key="sources")


def _entry(row: dict[str, Any]) -> parts.Entry:
    who = str(row["speaker"] or row["speaker_text"] or "Speaker not named")
    via = row["via"]
    assert isinstance(via, list)
    return parts.Entry(
        str(row["article_id"]),
        words.short(str(row["display_title"]), 110),
        lead=words.day(row["published_on"]) or "day unknown",
        quote="“" + words.short(str(row["text"] or ""), 600) + "”",
        who=who,
        tags=((str(row["cue_class"] or ""), "warm" if row["cue_class"] in ("accused", "warned", "denied", "threatened") else ""),),
        meta=(
            words.short(str(row["speaker_office"] or ""), 80),
            words.country(row["speaker_country"]),
            str(row["outlet"] or "outlet unknown"),
            f"through {words.names(via)}" if via else "",
        ),
        fact=f"quote-{row['quote_no']}",
    )

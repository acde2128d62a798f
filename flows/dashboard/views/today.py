"""Today: what the last run brought, what is wrong, which stories lead, and who is in them."""

from typing import Any

import altair as alt
import polars as pl
import streamlit as st

from flows.dashboard import charts, parts, words
from flows.dashboard.answers import add_words, ask
from flows.dashboard.filters import params


def show() -> None:
    """Draw the page."""
    say = parts.heading()
    held, runs = ask("what_is_there").row(0, named=True), ask("what_came_in")
    if not runs.height or not held["article_count"]:
        parts.empty("The warehouse is empty.", "Load pages with `wirehouse run PATH`, or the bundled samples with `wirehouse demo`.")
        return
    last = runs.row(0, named=True)
    span = (
        f", published from {words.day(held['first_published_on'])} to {words.day(held['last_published_on'])}"
        if held["first_published_on"]
        else ""
    )
    say(f"{words.count(held['article_count'], 'article')} in the warehouse{span}.")
    _alarms(last)
    with st.container(horizontal=True):
        _number("New articles", f"{last['articles_new'] or 0:,}", "Added by the last run.")
        _number("New pages", f"{last['documents_new'] or 0:,}", f"Of {last['documents_seen'] or 0:,} seen; the rest were there already.")
        _number("Not loaded", f"{last['rejects'] or 0:,}", "Inputs that the last run could not load. See Quality for the reasons.")
        holds = f"{last['check_count'] - last['broken_count']} of {last['check_count']} checks hold."
        _number("Last run", f"{last['started_at']:%-d %b %H:%M}", f"{last['state']}, in UTC. {holds}")
    stories = add_words(ask("which_stories_lead", rows=15, **params()), "how_does_an_article_open")
    wide, narrow = st.columns([2, 1], gap="large")
    with wide:
        st.subheader("Top stories", anchor=False)
        st.caption("New since the run before, by what they tell: outlets, meetings, events and quotes.")
        if stories.height:
            parts.entries("Top stories", [_story(row) for row in stories.iter_rows(named=True)], key="stories")
        else:
            parts.nothing_here("new articles")
    with narrow:
        _who(ask("who_is_in_the_news", **params()))


def _number(label: str, value: str, says: str) -> None:
    st.metric(label, value, help=says, border=True, width=168)


def _story(row: dict[str, Any]) -> parts.Entry:
    told = [
        words.count(row[key], one)
        for key, one in (("meeting_count", "meeting"), ("event_count", "event"), ("quote_count", "quote"))
        if row[key]
    ]
    opening = str(row["opening"] or "")
    return parts.Entry(
        str(row["article_id"]),
        str(row["display_title"]),
        lead=words.day_or_bounds(row["published_on"], row["published_earliest"], row["published_latest"]),
        text=words.short(str(row["deck"] or opening), 170),
        meta=(
            str(row["outlet"] or "outlet unknown"),
            *([f"from {row['syndicated_from'].rstrip('.')}"] if row["syndicated_from"] else []),
            ", ".join(told),
        ),
    )


def _alarms(last: dict[str, Any]) -> None:
    if last["broken_count"]:
        st.error(
            f"{last['broken_count']} of {last['check_count']} checks do not hold in the last run. See Quality.", icon=":material/error:"
        )
    if last["state"] not in ("completed", "done"):
        st.warning(words.plain(f"The last run is {last['state']}."), icon=":material/warning:")
    alarms = ask("which_alarms_ring")
    if alarms.height:
        st.warning(
            f"{words.count(alarms.height, 'alarm')} of the last run: sites that are not as they were.",
            icon=":material/notifications_active:",
        )
        st.dataframe(
            alarms,
            hide_index=True,
            alt="Alarms of the last run",
            column_config={
                "site": "Site",
                "alarm": "Alarm",
                "before": st.column_config.NumberColumn("Before", format="%.2f", width="small"),
                "now": st.column_config.NumberColumn("Now", format="%.2f", width="small"),
                "detail": "Counted in",
            },
        )


def _who(found: pl.DataFrame) -> None:
    for kind, title in (("person", "People in the news"), ("country", "Countries in the news")):
        rows = found.filter(pl.col("kind") == kind)
        st.subheader(title, anchor=False)
        if not rows.height:
            st.caption("Nobody is named in the new articles.")
            continue
        bars = (
            alt.Chart(rows)
            .mark_bar(color=charts.TEAL, cornerRadiusEnd=2, height={"band": 0.7})
            .encode(
                x=alt.X("mention_count:Q", title=None, axis=alt.Axis(tickMinStep=1, format="d", tickCount=4)),
                y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelOverlap=False, labelLimit=190)),
                tooltip=[
                    alt.Tooltip("name:N", title="Name"),
                    alt.Tooltip("mention_count:Q", title="Mentions"),
                ],
            )
            .properties(height=alt.Step(24))
        )
        charts.show(bars, f"Bars: {title}, by how often the new articles name them", key=f"who_{kind}")

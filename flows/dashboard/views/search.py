"""Search: articles, quotes and names that hold the words, the best first, with what fits marked."""

import datetime as dt

import altair as alt
import polars as pl
import streamlit as st

from flows.dashboard import charts, parts, words
from flows.dashboard.answers import reader
from flows.dashboard.filters import Filters, current
from flows.errors import WirehouseError
from flows.search import Found, search
from flows.warehouse import version_of

_SHOWN = 25
_MOST_PAGES = 40


def show() -> None:
    """Draw the page."""
    parts.heading(
        "Words in headline, deck, body, or among the names of all that an article mentions; words between quotation marks stand together.",
    )
    if "search_for" not in st.session_state or st.query_params.get("q", "") != st.session_state.get("searched", ""):
        st.session_state.search_for = st.query_params.get("q", "")
    said = st.text_input(
        "Words", key="search_for", placeholder='missile treaty, "tear down", 北京', label_visibility="collapsed", icon=":material/search:"
    )
    st.session_state.searched = said
    if said and said != st.query_params.get("q"):
        st.query_params["q"] = said
    elif not said and "q" in st.query_params:
        del st.query_params["q"]
    if not said.strip():
        parts.empty("Nothing searched for yet.", "Type words above. Days and one outlet of the sidebar hold here too.")
        return
    chosen = current()
    _say_what_holds(chosen)
    page = st.session_state.get(f"search_page_{said}", 1)
    try:
        found = _search(
            version_of(reader().path),
            said[:300],
            chosen.from_,
            chosen.to,
            chosen.outlets[0] if chosen.outlets else None,
            (page - 1) * _SHOWN,
        )
    except WirehouseError as error:
        parts.empty("There is no index to search in.", words.plain(str(error)))
        return
    if not found.article_count and not found.quote_count:
        parts.empty("Nothing holds these words.", "Try fewer words or other forms of them, or clear the filters.")
        return
    left, right = st.columns([5, 2], gap="large")
    with left:
        _hits(found, said)
    with right:
        _facets(found)


@st.cache_data(show_spinner=False, max_entries=200)
def _search(version: tuple[int, int], said: str, since: dt.date | None, until: dt.date | None, outlet: str | None, skip: int) -> Found:
    with reader().cursor() as cursor:
        return search(cursor, said, outlet=outlet, since=since, until=until, top=_SHOWN, skip=skip)


def _say_what_holds(chosen: Filters) -> None:
    unused = [name for name, values in (("countries", chosen.countries), ("people", chosen.people)) if values]
    if unused or len(chosen.outlets) > 1:
        st.caption(
            words.plain(f"Not used in a search: {' and '.join(unused) or 'all outlets but the first'}. Put the names among the words.")
        )


def _hits(found: Found, said: str) -> None:
    articles, quotes, names = st.tabs(
        [words.count(found.article_count, "article"), words.count(found.quote_count, "quote"), words.count(len(found.names), "name")]
    )
    with articles:
        rows = [
            parts.Entry(
                hit.article_id,
                hit.title,
                lead=words.day(hit.published_on) or "day unknown",
                text=hit.snippet,
                meta=(hit.outlet or "outlet unknown",),
                title_marks=hit.title_marks,
                text_marks=hit.snippet_marks,
            )
            for hit in found.articles
        ]
        parts.entries("Articles found", rows, key="found_articles")
        pages = min(-(-found.article_count // _SHOWN), _MOST_PAGES)
        if pages > 1:
            st.number_input("Page", 1, pages, key=f"search_page_{said}", width=140)
    with quotes:
        rows = [
            parts.Entry(
                hit.article_id,
                words.short(hit.article_title, 110),
                lead=words.day(hit.published_on) or "day unknown",
                who=hit.speaker or "Speaker not named",
                quote=hit.text,
                quote_marks=hit.marks,
                meta=(hit.outlet or "outlet unknown",),
                fact=f"quote-{hit.quote_no}",
            )
            for hit in found.quotes
        ]
        parts.entries("Quotes found", rows, key="found_quotes")
    with names:
        table = pl.DataFrame([hit._asdict() for hit in found.names], infer_schema_length=None) if found.names else pl.DataFrame()
        st.dataframe(table, hide_index=True, alt="Names found")


def _facets(found: Found) -> None:
    years = pl.DataFrame([(str(year), count) for year, count in found.years if year], schema=["year", "articles"], orient="row")
    if years.height > 1:
        st.markdown("##### When")
        bars = (
            alt.Chart(years)
            .mark_bar(color=charts.TEAL)
            .encode(
                x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=-60)),
                y=alt.Y("articles:Q", title=None, axis=alt.Axis(tickMinStep=1, tickCount=3, format="d")),
                tooltip=[alt.Tooltip("year:O", title="Year"), alt.Tooltip("articles:Q", title="Articles")],
            )
        )
        charts.show(bars.properties(height=150), "Bars: articles found, by year", key="found_years")
    st.markdown("##### Where")
    outlets = pl.DataFrame(
        [(outlet or "outlet unknown", count) for outlet, count in found.outlets[:12]], schema=["outlet", "articles"], orient="row"
    )
    bars = (
        alt.Chart(outlets)
        .mark_bar(color=charts.TEAL, cornerRadiusEnd=2, height={"band": 0.7})
        .encode(
            x=alt.X("articles:Q", title=None, axis=alt.Axis(tickMinStep=1, format="d", tickCount=3)),
            y=alt.Y("outlet:N", sort=None, title=None, axis=alt.Axis(labelOverlap=False, labelLimit=120)),
            tooltip=[alt.Tooltip("outlet:N", title="Outlet"), alt.Tooltip("articles:Q", title="Articles")],
        )
        .properties(height=alt.Step(24))
    )
    charts.show(bars, "Bars: articles found, by outlet", key="found_outlets")

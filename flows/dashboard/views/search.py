"""Search: articles that hold the words, with the place where they stand."""

from typing import Any

import polars as pl
import streamlit as st

from flows.dashboard import parts, words
from flows.dashboard.answers import ask
from flows.dashboard.filters import params

_SHOWN = 50


def show() -> None:
    """Draw the page."""
    parts.heading("Search", "Articles that hold all the words, in headline, deck or body.")
    if "search_for" not in st.session_state or st.query_params.get("q", "") != st.session_state.get("searched", ""):
        st.session_state.search_for = st.query_params.get("q", "")
    said = st.text_input(
        "Words", key="search_for", placeholder="summit missile treaty", label_visibility="collapsed", icon=":material/search:"
    )
    st.session_state.searched = said
    if said and said != st.query_params.get("q"):
        st.query_params["q"] = said
    elif not said and "q" in st.query_params:
        del st.query_params["q"]
    wanted = [word for word in words.keys(said) if word]
    if not wanted:
        parts.empty("Nothing searched for yet.", "Type words above. The filters in the sidebar hold here too.")
        return
    found = ask("which_articles_have_the_words", words=wanted, rows=_SHOWN, **params())
    if not found.height:
        parts.empty("No article holds all of these words.", "Try fewer words or other forms of them, or clear the filters.")
        return
    st.caption(f"{'The first ' if found.height == _SHOWN else ''}{words.count(found.height, 'article')}.")
    left, right = st.columns([3, 1], gap="large")
    with left:
        parts.entries("Articles found", [_entry(row, tuple(wanted)) for row in found.iter_rows(named=True)], key="found")
    with right:
        st.markdown("##### Among them")
        by = (
            found.group_by(pl.col("outlet").fill_null("outlet unknown"))
            .len("articles")
            .sort("articles", "outlet", descending=[True, False])
        )
        st.dataframe(
            by.head(12),
            hide_index=True,
            alt="Articles found, by outlet",
            column_config={
                "outlet": st.column_config.TextColumn("Outlet", width=130),
                "articles": st.column_config.NumberColumn("Articles", width=60),
            },
        )


def _entry(row: dict[str, Any], hits: tuple[str, ...]) -> parts.Entry:
    return parts.Entry(
        str(row["article_id"]),
        str(row["display_title"]),
        lead=words.day_or_bounds(row["published_on"], row["published_earliest"], row["published_latest"]),
        text=_around(str(row["body"] or ""), hits),
        meta=(str(row["outlet"] or "outlet unknown"),),
        hits=hits,
    )


def _around(body: str, hits: tuple[str, ...]) -> str:
    flat = " ".join(body.split())
    at = min((found for hit in hits if (found := flat.lower().find(hit)) >= 0), default=0)
    start = flat.find(" ", at - 90) + 1 if at > 90 else 0
    return ("…" if start else "") + words.short(flat[start:], 260)

"""Article: the raw page and the clean article side by side, every block with its reason, every fact with its row."""

from typing import Any

import polars as pl
import streamlit as st

from flows.dashboard import parts, words
from flows.dashboard.answers import ask, query
from flows.dashboard.filters import Filters, params
from flows.dashboard.spans import KINDS, Fact, clean_blocks, raw_blocks

_MOST_BLOCKS = 1_500
_TABLES = {"mention": "mentions", "quote": "quotes", "statement": "statements", "date": "dates", "event": "events", "amount": "amounts"}


def show() -> None:
    """Draw the page of the article that the address names."""
    wanted = st.query_params.get("article", "")
    stories = ask("which_article_is_it", article=wanted) if wanted else pl.DataFrame()
    if not stories.height:
        _choose(wanted)
        return
    rows = list(stories.iter_rows(named=True))
    row = next((each for each in rows if each["article_id"] == wanted), rows[0])
    _head(row, rows)
    blocks = list(ask("which_blocks_has_the_page", document=row["document_id"]).iter_rows(named=True))
    facts = [Fact(*each) for each in ask("which_facts_has_the_article", article=row["article_id"]).iter_rows()]
    left, right = st.columns(2, gap="large")
    with right:
        st.subheader("Clean", anchor=False)
        kinds = st.pills("Facts to mark", KINDS, selection_mode="multi", default=KINDS[:5], key="fact_kinds")
        marked = clean_blocks(blocks, row["article_id"], [fact for fact in facts if fact.kind in kinds])
        chosen = parts.marked_page("The article, its facts marked", "clean", marked, key="clean", chosen=st.query_params.get("fact", ""))
    with left:
        st.subheader("Raw", anchor=False)
        kept = sum(block["kept"] for block in blocks)
        st.caption(f"{words.count(len(blocks), 'block')}, {kept} kept. Rest the pointer on a block to see why it was kept or not.")
        parts.marked_page("The page as it was found, block by block", "raw", raw_blocks(blocks[:_MOST_BLOCKS]), key="raw")
        if len(blocks) > _MOST_BLOCKS:
            st.caption(f"The first {_MOST_BLOCKS:,} blocks.")
    if chosen:
        st.query_params["fact"] = chosen
        _row(row["article_id"], chosen)
    elif named := st.query_params.get("fact"):
        with right:
            if named.split("-")[0] in _TABLES and st.button(f"Show the row of {named.replace('-', ' ')}", icon=":material/table_rows:"):
                _row(row["article_id"], named)


def _head(row: dict[str, Any], stories: list[dict[str, Any]]) -> None:
    st.title(words.plain(words.short(row["display_title"], 200)), anchor=False)
    said = [
        row["byline"],
        row["outlet"] or "outlet unknown",
        f"from {row['syndicated_from'].rstrip('.')}" if row["syndicated_from"] else "",
        words.day_or_bounds(row["published_on"], row["published_earliest"], row["published_latest"]),
        row["language"],
        words.count(row["word_count"], "word"),
        f"tone {round(row['tone'], 2) or 0:+.2f}" if row["tone"] is not None else "",
    ]
    st.caption(words.plain(" · ".join(str(part) for part in said if part)))
    topics = query("select label from main.topics where article_id = $article order by score desc limit 6", article=row["article_id"])
    with st.expander("Where it comes from, and what the day follows from"):
        facts = {
            "Source": row["source_uri"],
            "Address": row["url"],
            "Site": row["site"],
            "Day follows from": row["published_basis"],
            "Headline": None if row["title"] else "The page has none; a lead from the body stands in for it.",
            "Topics": ", ".join(topics["label"].to_list()),
            "Copy of": row["duplicate_of"],
            "Loaded": f"{row['loaded_at']:%Y-%m-%d %H:%M} UTC in run {row['run_id']}" if row["loaded_at"] else row["run_id"],
            "Note": row["note"],
            "article_id": row["article_id"],
            "document_id": row["document_id"],
        }
        _pairs({name: value for name, value in facts.items() if value})
    if len(stories) > 1:
        titles = {each["article_id"]: f"{each['story_no']}. {words.short(each['display_title'], 50)}" for each in stories}
        other = st.segmented_control(
            "Stories on this page",
            list(titles),
            default=row["article_id"],
            format_func=lambda key: words.plain(titles[key]),
            key=f"story_{row['article_id']}",
        )
        if other and other != row["article_id"]:
            parts.open_article({"article": other})


def _pairs(values: dict[str, Any]) -> None:
    st.dataframe(
        pl.DataFrame(
            {"field": list(values), "value": [words.shown(str(value)) for value in values.values()]},
            schema={"field": pl.String, "value": pl.String},
        ),
        hide_index=True,
        alt="Fields and values",
        column_config={"field": st.column_config.TextColumn("", width="small"), "value": st.column_config.TextColumn("", width="large")},
    )


@st.dialog("Row", width="medium")
def _row(article: str, name: str) -> None:
    kind, _, number = name.partition("-")
    if kind not in _TABLES or not number.isdigit():
        return
    st.markdown(f"**{kind} {number}**, as it stands in `main.{_TABLES[kind]}`")
    found = query(
        f"select * from main.{_TABLES[kind]} where article_id = $article and {kind}_no = $number", article=article, number=int(number)
    )
    if not found.height:
        st.caption("This article has no such row.")
        return
    _pairs({key: "NULL" if value is None else value for key, value in found.row(0, named=True).items()})
    if kind == "event":
        who = query(
            "select entity_id, role, country from main.event_parties where article_id = $article and event_no = $number",
            article=article,
            number=int(number),
        )
        st.caption("Its parties, in main.event\\_parties")
        st.dataframe(who, hide_index=True, alt="Parties of the event")
    st.code(f"select * from {_TABLES[kind]} where article_id = '{article}' and {kind}_no = {number}", language="sql")


def _choose(wanted: str) -> None:
    st.title("Article", anchor=False)
    parts.heading("The raw page and the clean article side by side, with the reason of every block and the row of every fact.")
    if wanted:
        st.warning(words.plain(f"No article or page has the id {words.short(wanted, 60)}."), icon=":material/link_off:")
    found = ask("which_articles_are_latest", rows=25, **(Filters().as_params() if wanted else params()))
    if not found.height:
        parts.nothing_here("articles")
        return
    st.caption("The latest. Others: the Search page, or a link on any other page.")
    parts.entries(
        "Articles",
        [
            parts.Entry(
                row["article_id"],
                row["display_title"],
                lead=words.day_or_bounds(row["published_on"], row["published_earliest"], row["published_latest"]),
                meta=(row["outlet"] or "outlet unknown",),
            )
            for row in found.iter_rows(named=True)
        ],
        key="choose",
    )

"""Parts that pages are made of: lists with links, marked text, empty states. What strangers wrote goes in as data only."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st

from flows.dashboard import words
from flows.dashboard.filters import current

_HERE = Path(__file__).parent
Runs = list[dict[str, Any]]
Marks = Sequence[tuple[int, int]]


class Entry(NamedTuple):
    """One line of a list: ``lead`` stands at the left, ``title`` links to the article (and to a fact in it), the rest below."""

    article_id: str | None
    title: str
    lead: str = ""
    who: str = ""
    quote: str = ""
    text: str = ""
    meta: tuple[str, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    fact: str = ""
    title_marks: Marks = ()
    text_marks: Marks = ()
    quote_marks: Marks = ()


@st.cache_data(show_spinner=False)
def _file(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _component(name: str) -> Any:
    return st.components.v2.component(f"wirehouse_{name}", css=_file(f"{name}.css"), js=_file(f"{name}.js"))


def entries(label: str, rows: list[Entry], *, key: str) -> None:
    """A list to read; a click on a title opens the article, in the same view or, as with any link, in another tab."""
    data = {"label": label, "entries": [_entry(row) for row in rows]}
    found = _component("entries")(data=data, key=key, on_opened_change=lambda: None)
    if found.opened:
        open_article(dict(found.opened))


def _entry(row: Entry) -> dict[str, Any]:
    query = {"article": row.article_id, **({"fact": row.fact} if row.fact else {})} if row.article_id else None
    return {
        "lead": row.lead,
        "title": marked(row.title, row.title_marks),
        "who": words.shown(row.who),
        "quote": marked(row.quote, row.quote_marks) if row.quote else None,
        "text": marked(row.text, row.text_marks) if row.text else None,
        "meta": [words.shown(said) for said in row.meta if said],
        "tags": [{"text": text, "kind": kind} for text, kind in row.tags if text],
        "query": query,
    }


def marked(text: str, marks: Marks) -> Runs:
    """The text in runs, those within ``marks`` (character spans) to be marked.

    >>> marked("Nixon met Mao", [(10, 13)])
    [{'text': 'Nixon met ', 'hit': False}, {'text': 'Mao', 'hit': True}]
    """
    runs: Runs = []
    at = 0
    for start, end in sorted(marks):
        if start < at or end > len(text):
            continue
        runs += [{"text": words.shown(text[at:start]), "hit": False}, {"text": words.shown(text[start:end]), "hit": True}]
        at = end
    runs.append({"text": words.shown(text[at:]), "hit": False})
    return [run for run in runs if run["text"]]


def marked_page(label: str, look: str, blocks: list[dict[str, Any]], *, key: str, chosen: str = "") -> str:
    """Blocks with their facts marked, as ``raw`` page or ``clean`` article; returns the fact that was just chosen, or ""."""
    data = {"label": label, "look": look, "blocks": blocks, "chosen": chosen}
    return _component("marked")(data=data, key=key, on_chosen_change=lambda: None).chosen or ""


def open_article(query: dict[str, str]) -> None:
    """Go to the page of an article, with the filters."""
    st.switch_page(st.session_state.article_page, query_params={**current().as_address(), **query})


def heading(says: str = "") -> Callable[[str], object]:
    """What is on a page in a sentence, below its name; one that tells of the answer is given to the returned function."""
    place = st.empty()

    def say(says: str) -> None:
        place.caption(words.plain(says))

    if says:
        say(says)
    return say


def empty(what: str, todo: str) -> None:
    """Say that there is nothing, and what to do about it."""
    with st.container(border=True):
        st.markdown(f"**{words.plain(what)}**")
        st.markdown(todo)


def nothing_here(what: str) -> None:
    """The empty state of a view: the filters leave nothing, or the warehouse has none of it."""
    if any(current()):
        empty(f"The filters leave no {what}.", "Take one away in the sidebar, or widen the days.")
    else:
        empty(f"The warehouse holds no {what} yet.", "Load more pages: `wirehouse run PATH`. They appear here without a restart.")

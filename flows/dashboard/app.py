"""The frame of the dashboard, run by streamlit for every view: the door, the way from page to page, the filters."""

import hmac
from pathlib import Path

import streamlit as st

from flows.dashboard import answers, filters, parts
from flows.dashboard.launch import token_needed
from flows.dashboard.views import article, console, countries, meetings, outlets, quality, said, search, timeline, today
from flows.errors import WarehouseUnusable

VIEWS = (
    ("Today", today.show, "", ":material/today:"),
    ("Meetings", meetings.show, "meetings", ":material/handshake:"),
    ("Said", said.show, "said", ":material/format_quote:"),
    ("Timeline", timeline.show, "timeline", ":material/timeline:"),
    ("Countries", countries.show, "countries", ":material/public:"),
    ("Outlets", outlets.show, "outlets", ":material/newspaper:"),
    ("Article", article.show, "article", ":material/article:"),
    ("Search", search.show, "search", ":material/search:"),
    ("Quality", quality.show, "quality", ":material/fact_check:"),
    ("SQL", console.show, "sql", ":material/terminal:"),
)
UNFILTERED = ("article", "quality", "sql")


def let_in() -> bool:
    """Whether the visitor may see the warehouse: on loopback always, else once the token was given."""
    token = token_needed()
    if not token or st.session_state.get("is_let_in"):
        return True
    st.title("Wirehouse", anchor=False)
    with st.form("door"):
        given = st.text_input("Token", type="password", help="It was printed where the dashboard was started.")
        tried = st.form_submit_button("Open", type="primary")
    if tried and hmac.compare_digest(given.encode(), token.encode()):
        st.session_state.is_let_in = True
        st.rerun()
    if tried:
        st.error("That is not the token.")
    return False


def main() -> None:
    """Draw the view that the address names."""
    st.set_page_config(page_title="Wirehouse", page_icon=str(Path(__file__).with_name("icon.svg")), layout="wide")
    pages = [st.Page(show, title=title, url_path=path, icon=icon, default=not path) for title, show, path, icon in VIEWS]
    page = st.navigation(pages, position="hidden")
    if not let_in():
        return
    if page.url_path != "article":
        st.title(page.title, anchor=False)  # stands before the warehouse is asked anything
    st.session_state.article_page = next(each for each in pages if each.url_path == "article")
    try:
        if not answers.keeper().is_ready:
            with st.spinner("Reading the warehouse: some seconds for each 100,000 articles."):
                answers.keeper().current()
        with st.sidebar:
            st.markdown("### Wirehouse")
            way = st.container(gap="xxsmall")
            chosen = filters.show_filters(page.url_path, is_shown=page.url_path not in UNFILTERED)
            for each in pages:
                way.page_link(each, query_params=chosen.as_address(), width="stretch")
        page.run()
    except WarehouseUnusable as error:
        parts.empty("There is no warehouse to show.", "Make one, and this page will find it: `wirehouse run PATH`")
        st.code(str(error), language=None)


answers.keeper()
main()

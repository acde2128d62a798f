"""SQL: a console that can only read, with the cookbook at hand; the answer as a table, as a chart, as a file."""

from typing import Any

import altair as alt
import polars as pl
import streamlit as st

from flows.cookbook import Question, read_cookbook
from flows.dashboard import charts, parts, words
from flows.dashboard.answers import OWN_ROWS, OWN_SECONDS, OwnAnswer, ask_own

_START = (
    "select speaker, count(*) as quotes\nfrom marts.utterances\nwhere speaker is not null\ngroup by speaker\norder by quotes desc\nlimit 15"
)
_KINDS = {"bars": "mark_bar", "line": "mark_line", "dots": "mark_circle"}


@st.cache_data(show_spinner=False)
def _cookbook() -> dict[str, Question]:
    return {each.name: each for each in read_cookbook()}


def show() -> None:
    """Draw the page."""
    parts.heading(
        f"Read-only: nothing can be changed. A query has {OWN_SECONDS:.0f} seconds and {OWN_ROWS:,} rows. The tables of the contract are in main, answers in marts.",
    )
    state, book = st.session_state, _cookbook()
    if "console_sql" not in state:
        state.console_sql = state.get("console_kept", _START)
    if "console_question" not in state and st.query_params.get("question") in book:
        state.console_question = st.query_params["question"]
        _take(book)
    st.selectbox(
        "Take a question from the cookbook",
        list(book),
        index=None,
        key="console_question",
        format_func=lambda name: f"{book[name].about}: {book[name].question}",
        placeholder="Who met whom? What was promised? …",
        on_change=_take,
        args=(book,),
    )
    question = book.get(state.get("console_question") or "")
    if question:
        st.query_params["question"] = question.name
        if question.notes:
            st.caption(words.plain(question.notes))
    elif "question" in st.query_params:
        del st.query_params["question"]
    given = _parameters(question) if question and question.parameters else {}
    sql = st.text_area("Query", key="console_sql", height=220)
    state.console_kept = sql
    if st.button("Run", type="primary", icon=":material/play_arrow:", help="Ctrl+Enter in the query, then Run."):
        with st.spinner("Asking …"):
            state.console_answer = ask_own(sql, params=given)
    answer: OwnAnswer | None = state.get("console_answer")
    if answer is None:
        parts.empty("No answer yet.", "Write a query or take one from the cookbook, then **Run**. `show all tables` lists what there is.")
    elif answer.problem:
        st.error("The query has no answer.", icon=":material/block:")
        st.code(answer.problem, language=None, wrap_lines=True)
    else:
        _answer(answer)


def _take(book: dict[str, Question]) -> None:
    name = st.session_state.console_question
    if name:
        st.session_state.console_sql = book[name].sql.strip()
        st.session_state.pop("console_answer", None)


def _parameters(question: Question) -> dict[str, Any]:
    given: dict[str, Any] = {}
    columns = st.columns(min(len(question.parameters), 4))
    for at, each in enumerate(question.parameters):
        typed = columns[at % len(columns)].text_input(
            f"${each.name}",
            value="" if each.default is None else str(each.default),
            help=words.plain(each.meaning),
            placeholder="any",
            key=f"p_{question.name}_{each.name}",
        )
        given[each.name] = _as(each.default, typed)
    return given


def _as(default: object, typed: str) -> Any:
    """What was typed, as the kind of value that the default is; empty is null, or the default where that is none."""
    if not typed.strip():
        return default
    if isinstance(default, int | float):
        try:
            return type(default)(typed)
        except ValueError:
            return default
    return typed


def _answer(answer: OwnAnswer) -> None:
    rows = answer.rows
    st.caption(words.count(rows.height, "row") + (", and there are more: the answer is cut here." if answer.is_cut else "."))
    if not rows.height:
        parts.empty("The query ran and found no rows.", "Loosen a condition, or look at a table whole: `from articles limit 20`")
        return
    table, chart, file = st.tabs(["Table", "Chart", "Download"])
    with table:
        st.dataframe(rows, hide_index=True, alt="The answer as a table")
    with chart:
        _chart(rows)
    with file:
        st.caption("As CSV, UTF-8. Text that a spreadsheet would take for a formula gets an apostrophe in front.")
        st.download_button("Download CSV", defused_csv(rows), "answer.csv", "text/csv", icon=":material/download:", on_click="ignore")


def defused_csv(rows: pl.DataFrame) -> str:
    """The rows as CSV; lists are written as text, and no cell is a formula to a spreadsheet.

    >>> defused_csv(pl.DataFrame({"a": ["=1+1", "b"]}))
    "a\\n'=1+1\\nb\\n"
    """
    flat = rows.select(
        pl.Series(name, [None if value is None else str(value) for value in rows[name].to_list()], dtype=pl.String)
        if kind.is_nested() or kind in (pl.Object, pl.Binary, pl.Duration)
        else rows[name]
        for name, kind in rows.schema.items()
    )
    risky = r"^\s*[=+\-@\t\r]"
    safe = flat.with_columns(
        pl.when(pl.col(pl.String).str.contains(risky)).then("'" + pl.col(pl.String)).otherwise(pl.col(pl.String)).name.keep()
        if any(kind == pl.String for kind in flat.schema.values())
        else []
    )
    return safe.rename({name: "'" + name for name in safe.columns if name[:1] in "=+-@\t\r"}).write_csv()


def _chart(rows: pl.DataFrame) -> None:
    numbers = [name for name, kind in rows.schema.items() if kind.is_numeric()]
    plain = [name for name, kind in rows.schema.items() if not kind.is_nested()]
    if not numbers or len(plain) < 2:
        st.caption("A chart needs a column of numbers and another column beside it.")
        return
    days = [name for name, kind in rows.schema.items() if kind.is_temporal()]
    others = [name for name in plain if name not in numbers]
    across = (days + others + plain)[0]
    one, two, three, four = st.columns(4)
    x = one.selectbox("Across", plain, index=plain.index(across))
    y = two.selectbox("Up", numbers, index=len(numbers) - 1)
    colour = three.selectbox("Colour", [name for name in others if name != x], index=None, placeholder="None")
    kind = four.selectbox("As", list(_KINDS), index=1 if x in days else 0)
    used = rows.head(2_000).select(
        pl.col(x).alias("x"),
        pl.col(y).cast(pl.Float64).alias("y"),
        *([pl.col(colour).cast(pl.String).alias("colour")] if colour else []),
    )
    if x not in days and x not in numbers:
        used = used.with_columns(pl.col("x").cast(pl.String).str.slice(0, 80))
    kind_of_x: Any = "temporal" if x in days else "quantitative" if x in numbers and kind == "dots" else "nominal"
    drawn = getattr(alt.Chart(used), _KINDS[kind])(**({} if colour else {"color": charts.TEAL}))
    wide = alt.Axis(labelLimit=220)
    flip = kind == "bars" and kind_of_x == "nominal"
    named = (alt.Y if flip else alt.X)("x", type=kind_of_x, title=x, sort=None, axis=wide)
    long = (alt.X if flip else alt.Y)("y:Q", title=y)
    channels: dict[str, Any] = {"y": named, "x": long} if flip else {"x": named, "y": long}
    if colour:
        channels["color"] = alt.Color("colour:N", title=colour)
    height = min(900, 24 * used["x"].n_unique() + 60) if flip else 360
    charts.show(
        drawn.encode(**channels, tooltip=[alt.Tooltip("x", type=kind_of_x, title=x), alt.Tooltip("y:Q", title=y)]).properties(
            height=height
        ),
        f"Chart of {y} by {x}",
    )

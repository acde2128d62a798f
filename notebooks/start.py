"""A first look at a warehouse, as a marimo notebook: marimo edit notebooks/start.py

It reads the file named by WIREHOUSE_WAREHOUSE, or demo.duckdb, which ``make demo`` makes; nothing is written.
"""

import marimo

app = marimo.App(width="medium")


@app.cell
def _():
    import os
    from pathlib import Path

    import duckdb
    import marimo as mo

    path = Path(os.environ.get("WIREHOUSE_WAREHOUSE", "demo.duckdb"))
    mo.stop(not path.exists(), mo.md(f"**{path}: no such warehouse.** Make one with `make demo`, or name yours in `WIREHOUSE_WAREHOUSE`."))
    warehouse = duckdb.connect(str(path), read_only=True)
    return mo, path, warehouse


@app.cell
def _(mo, path, warehouse):
    counted = warehouse.execute(
        "select (select count(*) from documents), (select count(*) from articles), (select count(*) from quotes), (select count(*) from events)"
    ).fetchone()
    mo.md(
        f"# What is in {path.name}\n\n{counted[0]} pages, {counted[1]} articles, {counted[2]} quotes, {counted[3]} events. "
        "Every table has its meaning in `docs/tables.md`, every question of the cookbook its answer in `docs/cookbook.md`."
    )
    return


@app.cell
def _(mo):
    mo.md(
        """
        ## Who met whom?

        A row a meeting that an article tells; the same meeting told by five articles is five rows.
        """
    )
    return


@app.cell
def _(mo, warehouse):
    meetings = warehouse.sql(
        """
        select
            starts_on,
            array_to_string(parties, ', ') as parties,
            mode,
            place,
            status,
            outlet
        from marts.meetings
        where starts_on is not null and len(parties) > 1
        order by starts_on
        """
    ).pl()
    mo.ui.table(meetings, selection=None)
    return (meetings,)


@app.cell
def _(meetings, mo):
    by_year = (
        meetings.with_columns(year=meetings["starts_on"].dt.year()).group_by("year", "status").len("meetings").sort("year")
        if len(meetings)
        else meetings
    )
    try:
        import altair
    except ImportError:
        shown = mo.ui.table(by_year, selection=None)
    else:
        shown = altair.Chart(by_year).mark_bar().encode(x="year:O", y="meetings:Q", color="status:N").properties(title="Meetings by year")
    mo.vstack([shown])
    return


@app.cell
def _(mo, warehouse):
    speakers = warehouse.sql(
        "select name, country, quote_count, statement_count, outlet_count, usual_cue_class from marts.speakers order by quote_count desc, name limit 20"
    ).pl()
    mo.vstack([mo.md("## Who is quoted most?"), mo.ui.table(speakers, selection=None)])
    return


@app.cell
def _(mo):
    words = mo.ui.text(value="treaty", label="Search articles for", debounce=True)
    mo.vstack([mo.md("## Search"), words])
    return (words,)


@app.cell
def _(mo, warehouse, words):
    hits = warehouse.execute(
        "select display_title, snippet, outlet, published_on, round(score, 2) as score from search(?, top := 20)", [words.value]
    ).pl()
    mo.ui.table(hits, selection=None)
    return


@app.cell
def _(mo, warehouse):
    unknowns = warehouse.sql(
        "select unknown, unknown_count, total_count from marts.unknowns where unknown_count > 0 order by unknown_count desc"
    ).pl()
    mo.vstack([mo.md("## What is not known?"), mo.ui.table(unknowns, selection=None)])
    return


if __name__ == "__main__":
    app.run()

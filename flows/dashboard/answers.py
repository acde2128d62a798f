"""Answers of the warehouse to the queries of ``sql/dashboard`` and to a user's own, kept until the file changes."""

import functools
import threading
from collections import OrderedDict
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import polars as pl

from flows.dashboard.extract import Keeper
from flows.dashboard.launch import warehouse_path
from flows.publish.models import ROOT
from flows.warehouse import SharedReader, bounds_for_many, version_of

OWN_SECONDS = 20.0
OWN_ROWS = 5_000
_OWN = threading.BoundedSemaphore(2)  # of visitors' own queries that run at a time
_MOST_KEPT = 800
_COSTLY = ("what_can_be_filtered", "who_is_in_the_news", "when_were_the_meetings", "where_were_the_meetings", "who_met_whom",
           "which_countries_deal_with_each_other", "what_did_each_outlet_cover", "who_relies_on_whom", "what_do_we_not_know")  # fmt: skip
_KEPT: OrderedDict[tuple[Any, ...], pl.DataFrame] = OrderedDict()
_LOCK = threading.Lock()


class OwnAnswer(NamedTuple):
    """The answer to a user's own query: its rows, whether there were more of them, or in words why there is none."""

    rows: pl.DataFrame
    is_cut: bool
    problem: str = ""


@functools.cache
def reader() -> SharedReader:
    """The one open warehouse of this server."""
    return SharedReader(warehouse_path(), bounds=bounds_for_many())


@functools.cache
def keeper() -> Keeper:
    """The extract that most queries ask."""
    found = Keeper(reader(), then=_ask_ahead)
    found.watch()
    return found


def _ask_ahead() -> None:
    """Ask what costs most on the pages without a filter, so that the first who opens them does not wait."""
    for name in _COSTLY:
        ask(name, from_=None, to=None, countries=[], people=[], outlets=[])


def ask(name: str, **params: Any) -> pl.DataFrame:
    """The answer to ``sql/dashboard/<name>.sql``; parameters that the query does not name are left out.

    A parameter that is a Python keyword is given with an underscore: ``from_`` for ``$from``.
    """
    given = {key.rstrip("_"): value for key, value in params.items()}
    sql, wanted = _query(ROOT / "dashboard" / f"{name}.sql")
    return query(sql, **{key: given[key] for key in wanted})


def add_words(rows: pl.DataFrame, name: str, number: str = "") -> pl.DataFrame:
    """Rows of articles with what ``sql/dashboard/<name>.sql`` says of them: text, which the extract has not.

    ``number`` names the column that with ``article_id`` makes the key: quote_no, event_no, sentence_no.
    """
    keys = ["article_id", number] if number else ["article_id"]
    numbers = {"numbers": rows[number].to_list()} if number else {}
    said = ask(name, articles=rows["article_id"].to_list(), **numbers)
    return rows.join(
        said.with_columns(pl.col(keys[1:]).cast(rows.schema[key]) for key in keys[1:]), on=keys, how="left", maintain_order="left"
    )


@functools.cache
def _query(file: Path) -> tuple[str, list[str]]:
    sql = file.read_text(encoding="utf-8")
    return sql, sorted(duckdb.extract_statements(sql)[0].named_parameters)


def query(sql: str, **params: Any) -> pl.DataFrame:
    """The answer to a query, of the extract where it names that, else of the file; kept until the file changes."""
    extract = keeper().current() if "extract." in sql else None
    version = extract.version if extract else version_of(reader().path)
    key = (str(reader().path), version, sql, repr(sorted(params.items())))
    with _LOCK:
        if key in _KEPT:
            _KEPT.move_to_end(key)
            return _KEPT[key]
    if extract:
        found = extract.ask(sql, params)
    else:
        with reader().cursor() as cursor:
            found = cursor.execute(sql, params).pl()
    with _LOCK:
        _KEPT[key] = found
        while len(_KEPT) > _MOST_KEPT:
            _KEPT.popitem(last=False)
    return found


def ask_own(sql: str, *, params: dict[str, Any] | None = None, seconds: float = OWN_SECONDS, rows: int = OWN_ROWS) -> OwnAnswer:
    """The answer to one query of the user's, stopped after ``seconds`` and cut after ``rows``.

    Only a single query that reads is run, and two at a time in all. The reader itself can write, attach, load and open nothing besides.
    """
    none = pl.DataFrame()
    if not _OWN.acquire(timeout=seconds):
        return OwnAnswer(none, False, "Others' queries are running. Try again in a moment.")
    try:
        return _ask_own(sql, params or {}, seconds, rows)
    finally:
        _OWN.release()


def _ask_own(sql: str, params: dict[str, Any], seconds: float, rows: int) -> OwnAnswer:
    none = pl.DataFrame()
    with reader().cursor() as cursor:
        try:
            statements = cursor.extract_statements(sql)
        except duckdb.Error as error:
            return OwnAnswer(none, False, str(error))
        if len(statements) != 1 or statements[0].type not in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN):
            return OwnAnswer(
                none, False, "One query at a time, and only such as read: select, from, with, values, describe, summarize, show, explain."
            )
        watch = threading.Timer(seconds, cursor.interrupt)
        watch.start()
        try:
            cursor.execute(statements[0], {name: params.get(name) for name in statements[0].named_parameters})
            found = _frame(cursor, rows + 1)
        except duckdb.InterruptException:
            return OwnAnswer(none, False, f"Stopped after {seconds:.0f} seconds. Narrow it: a day, a person, fewer joins.")
        except (duckdb.Error, OverflowError, ValueError, pl.exceptions.PolarsError) as error:
            return OwnAnswer(none, False, str(error))
        finally:
            watch.cancel()
    return OwnAnswer(found.head(rows), len(found) > rows)


def _frame(cursor: duckdb.DuckDBPyConnection, rows: int) -> pl.DataFrame:
    """The first rows of what a cursor answers, read in batches, so that a long answer is not held whole."""
    batches, seen = [], 0
    stream = cursor.to_arrow_reader(2_048)
    for batch in stream:
        batches.append(batch)
        seen += len(batch)
        if seen >= rows:
            break
    import pyarrow as pa

    table = pa.Table.from_batches(batches, schema=stream.schema)
    named: list[str] = []
    for name in table.column_names:
        named.append(f"{name}_{len(named) + 1}" if name in named else name)
    table = table.rename_columns(named)
    found = pl.from_arrow(table.slice(0, rows))
    assert isinstance(found, pl.DataFrame)
    return found.with_columns(_ordinary(name, kind) for name, kind in found.schema.items() if kind.is_temporal())


def _ordinary(name: str, kind: pl.DataType) -> pl.Expr:
    """A column of days or times without those that no calendar has: infinity, and years beyond 1 to 9999, become null."""
    if isinstance(kind, pl.Date):
        a_day = 1
    elif isinstance(kind, pl.Datetime):
        a_day = 86_400 * {"ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}[kind.time_unit]
    else:
        return pl.col(name)
    first, last = -719_162 * a_day, 2_932_896 * a_day
    if last >= 2**63:
        return pl.col(name)
    return pl.when(pl.col(name).to_physical().is_between(first, last)).then(pl.col(name)).alias(name)

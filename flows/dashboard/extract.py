"""What the dashboard asks most of, taken out of the published file once after each load: articles as numbers, and no text.

A page of the dashboard asks for sums over all events or quotes. In the file each of them costs a join on ids of 20 letters;
on the extract, a tenth of it. It lives in the server's memory, packed: 100,000 articles take some 40 MB and 5 seconds.
"""

import contextlib
import threading
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import duckdb
import polars as pl

from flows.errors import WarehouseUnusable
from flows.publish.models import ROOT
from flows.warehouse import SharedReader, connect_memory, version_of

TABLES = ("articles", "events", "event_parties", "quotes", "quote_sources", "mentions", "cited_sources", "topics", "entities", "held")
_NUMBERS = (
    "create or replace temp table numbers as "
    "select (row_number() over (order by article_id))::integer - 1 as number, article_id from marts.current_articles"
)
_LIVELY_SECONDS = 600.0  # after a question, so long a new file is taken in without being asked


class Extract(NamedTuple):
    """The extract of one published file; ``article_ids`` holds the id of each number."""

    version: tuple[int, int]
    con: duckdb.DuckDBPyConnection
    article_ids: pl.Series

    def ask(self, sql: str, params: dict[str, Any]) -> pl.DataFrame:
        """The answer to a query on schema ``extract``."""
        with self.con.cursor() as cursor:
            cursor.execute("use extract_store")
            return self.named(cursor.execute(sql, params).pl())

    def named(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Rows with the ids of articles in the place of their numbers."""
        if rows.schema.get("article_id") != pl.Int32:
            return rows
        return rows.with_columns(article_id=self.article_ids.gather(rows["article_id"]))


def make_extract(reader: SharedReader) -> Extract:
    """Take the extract of the file as it is now; raises WarehouseUnusable when there is none."""
    con = connect_memory("extract_store")
    con.execute("create schema extract")
    with reader.cursor() as cursor:
        version = version_of(reader.path)
        cursor.execute(_NUMBERS)
        for table in TABLES:
            select = (ROOT / "extract" / f"{table}.sql").read_text(encoding="utf-8")
            con.register("incoming", cursor.execute(select).to_arrow_reader(100_000))
            con.execute(f"create table extract.{table} as from incoming")
            con.unregister("incoming")
        article_ids = cursor.execute("select article_id from numbers order by number").pl()["article_id"]
        cursor.execute("drop table numbers")
    con.execute("create table extract.pairs as " + (ROOT / "extract" / "pairs.sql").read_text(encoding="utf-8"))
    con.execute("checkpoint extract_store")
    return Extract(version, con, article_ids)


class Keeper:
    """The extract of a warehouse, made anew when the file changed.

    While a new one is made, the one before answers for a while: whoever waits longer than ``patience_seconds`` sees the
    state before the load, and the new one at the next look. For some minutes after a question a thread looks for new files,
    so that mostly nobody waits at all; ``then`` is called after each.
    """

    def __init__(
        self,
        reader: SharedReader,
        *,
        patience_seconds: float = 2.0,
        look_seconds: float = 2.0,
        then: Callable[[], object] = lambda: None,
    ) -> None:
        self._reader, self._then = reader, then
        self._patience, self._look = patience_seconds, look_seconds
        self._held: Extract | None = None
        self._making: threading.Thread | None = None
        self._error: Exception | None = None
        self._lock = threading.Lock()
        self._asked_at = 0.0

    @property
    def is_ready(self) -> bool:
        """Whether there is an extract, of this file or of one before."""
        return self._held is not None

    def current(self) -> Extract:
        """The extract of the file as it is, or while that is being made, of the file before; raises WarehouseUnusable without any."""
        self._asked_at = time.monotonic()
        if self._held is not None and self._held.version == version_of(self._reader.path):
            return self._held
        making = self.start()
        making.join(self._patience if self._held is not None else None)
        if self._held is None or (isinstance(self._error, WarehouseUnusable) and not making.is_alive()):
            raise self._error or WarehouseUnusable(f"{self._reader.path}: it could not be read.")
        return self._held

    def start(self) -> threading.Thread:
        """Begin to make the extract of the file as it is, unless that is under way; returns the thread that makes it."""
        with self._lock:
            if self._making is None or not self._making.is_alive():
                self._making = threading.Thread(target=self._make, daemon=True)
                self._making.start()
            return self._making

    def watch(self) -> None:
        """Make an extract now, and one of each new file as long as somebody looks; returns at once."""
        self._asked_at = time.monotonic()
        threading.Thread(target=self._watch, daemon=True).start()

    def _make(self) -> None:
        for _ in range(3):  # a load that ends meanwhile interrupts it
            try:
                self._held, self._error = make_extract(self._reader), None
                return
            except duckdb.InterruptException as error:
                self._error = error
            except Exception as error:  # told to whoever asks
                self._error = error
                return

    def _watch(self) -> None:
        while True:
            is_lively = time.monotonic() - self._asked_at < _LIVELY_SECONDS
            if is_lively and (self._held is None or self._held.version != version_of(self._reader.path)):
                with contextlib.suppress(RuntimeError, WarehouseUnusable, duckdb.Error):  # the program ends, or the file is gone
                    self.start().join()
                    self._then()
            time.sleep(self._look)

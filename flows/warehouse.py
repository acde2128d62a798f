"""The only module that opens DuckDB: how a warehouse is read, made, grown in private, and swapped in.

The published file is never written in place. A run copies it to a private file beside it, adds what is new there, and
renames that over the published one when every check has passed. So a reader is never refused and never sees half a
load, and a run that dies leaves the last good warehouse where it was.
"""

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from flows.errors import WarehouseUnusable
from flows.schemas import OPS_TABLES, PRIVATE_TABLES, TABLES

FORMAT = 1  # of the tables; a warehouse of another format is refused with a word on what to do
_CONFIG: dict[str, Any] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}


def connect_reader(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a published warehouse to read; nothing can be written, attached, loaded or read from other files.

    Raises WarehouseUnusable when there is none, or when the file is no warehouse of this version.
    """
    if not path.exists():
        raise WarehouseUnusable(f"{path}: no such warehouse. Make one with: wirehouse run PATH --warehouse {path}")
    try:
        con = duckdb.connect(str(path), read_only=True, config={**_CONFIG, "enable_external_access": False, "lock_configuration": True})
        found = con.execute("select format from ops.warehouse").fetchone()
    except duckdb.Error as error:
        raise WarehouseUnusable(f"{path}: {_reason(error)}") from None
    if found is None or found[0] != FORMAT:
        con.close()
        raise WarehouseUnusable(
            f"{path}: a warehouse of format {found and found[0]}, this version reads format {FORMAT}. Load the pages anew."
        )
    return con


def _reason(error: Exception) -> str:
    first = str(error).strip().splitlines()[0]
    if "Could not set lock" in first or "Conflicting lock" in first:
        return f"another program has the file open for writing; close it there, or open it read-only. ({first})"
    if "does not exist" in first and "warehouse" in first:
        return "a DuckDB file, but no wirehouse warehouse."
    return f"cannot be opened as a warehouse; the file may be damaged. ({first})"


@contextlib.contextmanager
def only_writer(path: Path) -> Iterator[None]:
    """Hold the right to write a warehouse; a second run waits for nobody and is told who holds it.

    The lock is the operating system's, on a file beside the warehouse: it goes with the process, so nothing is left to
    remove by hand after a crash.
    """
    folder = path.parent
    if not folder.is_dir():
        raise WarehouseUnusable(f"{folder}: no such folder, so {path.name} cannot be made there.")
    lock = folder / f".{path.name}.lock"
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise WarehouseUnusable(f"{folder}: cannot be written ({error.strerror}).") from None
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.pread(handle, 100, 0).decode("ascii", "replace").strip()
            raise WarehouseUnusable(
                f"{path}: another run is writing it ({holder or 'a moment ago'}). Try again when it has ended."
            ) from None
        os.truncate(handle, 0)
        os.pwrite(handle, f"process {os.getpid()}".encode(), 0)
        yield
    finally:
        os.close(handle)


def open_next(path: Path, work: Path) -> tuple[duckdb.DuckDBPyConnection, Path]:
    """A private copy of the warehouse, or a new one, opened to write; ``publish`` puts it in place."""
    wal = path.with_name(path.name + ".wal")
    if wal.exists():
        raise WarehouseUnusable(f"{path}: another program has it open and has changed it ({wal.name} is there); close it there first.")
    next_path = work / "next.duckdb"
    next_path.unlink(missing_ok=True)
    if path.exists():
        connect_reader(path).close()
        shutil.copyfile(path, next_path)
    try:
        con = duckdb.connect(str(next_path), config={**_CONFIG, "temp_directory": str(work / "spill"), "preserve_insertion_order": True})
    except duckdb.Error as error:
        raise WarehouseUnusable(f"{path}: {_reason(error)}") from None
    if not path.exists():
        create_tables(con)
    return con, next_path


def create_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Make every table of the contract, empty, and those that the pipeline keeps for itself."""
    con.execute("create schema ops; create schema ref; create schema marts; create schema pipeline")
    for schema, tables in (("main", TABLES), ("ops", OPS_TABLES), ("pipeline", PRIVATE_TABLES)):
        for table, columns in tables.items():
            listed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
            con.execute(f"create table {schema}.{table} ({listed})")
    con.execute("create table ops.warehouse as select ? as format, current_timestamp::timestamp as made_at", [FORMAT])


def insert_files(con: duckdb.DuckDBPyConnection, table: str, files: list[Path]) -> int:
    """Append the rows of Parquet files, by column name; returns how many."""
    if not files:
        return 0
    names = [str(file) for file in files]
    row = con.execute(f"insert into {table} by name select * from read_parquet(?)", [names]).fetchone()
    return int(row[0]) if row else 0


def publish(con: duckdb.DuckDBPyConnection, next_path: Path, path: Path) -> None:
    """Close the private file, make sure that it is on the disk, and put it in the published one's place in one step."""
    con.execute("checkpoint")
    con.close()
    handle = os.open(next_path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    next_path.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

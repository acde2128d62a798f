"""The only module that opens DuckDB: how a warehouse is read, made, grown in private, and swapped in.

The published file is never written in place. A run adds what is new to a private file beside it, and renames that over
the published one when every check has passed. So a reader is never refused and never sees half a load, and a run that
dies leaves the last good warehouse where it was. Two files take turns, so that the cost of a run follows what it adds.
"""

import contextlib
import datetime as dt
import errno
import fcntl
import importlib.util
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb

from flows.errors import WarehouseUnusable, WirehouseError
from flows.schemas import OPS_TABLES, PRIVATE_TABLES, TABLES

CatchUp = Callable[[duckdb.DuckDBPyConnection, Path], object]
FORMAT = 5  # of the tables; a warehouse of another format is refused with a word on what to do
_CONFIG: dict[str, Any] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}


def connect_reader(path: Path, *, bounds: dict[str, Any] | None = None) -> duckdb.DuckDBPyConnection:
    """Open a published warehouse to read; nothing can be written, attached, loaded or read from other files.

    ``bounds`` are settings of DuckDB that keep what a query takes within limits; one program opens a file with the same ones only.
    Raises WarehouseUnusable when there is none, or when the file is no warehouse of this version.
    """
    if not path.exists():
        raise WarehouseUnusable(f"{path}: no such warehouse. Make one with: wirehouse run PATH --warehouse {path}")
    _must_be_a_database(path)
    try:
        config = {**_CONFIG, "enable_external_access": False, "lock_configuration": True, **(bounds or {})}
        con = duckdb.connect(str(path), read_only=True, config=config)
        found = con.execute("select format from ops.warehouse").fetchone()
        size = con.execute("select used_blocks * block_size from pragma_database_size()").fetchone()
    except duckdb.Error as error:
        raise WarehouseUnusable(f"{path}: {_reason(error)}") from None
    if found is None or found[0] != FORMAT:
        con.close()
        newer = found is not None and found[0] > FORMAT
        raise WarehouseUnusable(
            f"{path}: a warehouse of format {found and found[0]}, this version reads format {FORMAT}. "
            + (
                "Use the wirehouse that made it, or a newer one."
                if newer
                else f"Load its pages into another file: wirehouse run duckdb:{path}#documents --warehouse NEW.duckdb"
            )
        )
    if size and path.stat().st_size < size[0]:
        con.close()
        raise WarehouseUnusable(f"{path}: {_reason(ValueError(f'{path.stat().st_size} bytes of {size[0]} are there'))}")
    return con


def connect_memory(name: str) -> duckdb.DuckDBPyConnection:
    """A database of its own in memory, packed as a file would be; it can read no file and load nothing."""
    con = duckdb.connect(config=_CONFIG)
    con.execute(f"attach ':memory:' as {name} (compress)")
    con.execute(f"use {name}")
    con.execute("set enable_external_access = false")
    con.execute("set lock_configuration = true")
    return con


def _must_be_a_database(path: Path) -> None:
    """Raises WarehouseUnusable when a path is no DuckDB file, to be seen from its first bytes."""
    try:
        if path.is_dir():
            raise WarehouseUnusable(f"{path}: a folder; a warehouse is a file, such as {path / 'news.duckdb'}.")
        with path.open("rb") as file:
            head = file.read(12)
    except OSError as error:
        raise WarehouseUnusable(f"{path}: cannot be read ({error.strerror}).") from None
    if head[8:12] != b"DUCK":
        found = "an empty file" if not head else "no DuckDB file"
        raise WarehouseUnusable(f"{path}: {found}, so it is no warehouse and is left alone. Name another with --warehouse.")


def connect_input(path: Path) -> duckdb.DuckDBPyConnection:
    """Open any DuckDB file to read pages from: nothing can be written, and its views reach no other file; raises duckdb.Error.

    What it keeps in memory is bounded, and the order of rows is the table's.
    """
    spill = str(Path(tempfile.gettempdir()) / "wirehouse-spill")
    bounded: dict[str, Any] = {"memory_limit": "256MB", "threads": 1, "temp_directory": spill}
    con = duckdb.connect(str(path), read_only=True, config={**_CONFIG, **bounded})
    con.execute("set enable_external_access = false; set lock_configuration = true")
    return con


def connect_objects(access: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    """DuckDB with the extension that speaks to S3 stores, which is loaded from its own package and never downloaded.

    ``access`` is what a secret of DuckDB needs: key_id, secret, token, region, endpoint, secure.
    """
    package = importlib.util.find_spec("duckdb_extension_httpfs")
    folder = Path(next(iter(package.submodule_search_locations or []), "")) if package else Path()
    extension = folder / "extensions" / f"v{duckdb.__version__}" / "httpfs.duckdb_extension"
    if not extension.is_file():
        raise WirehouseError(f"S3 needs DuckDB's httpfs extension: pip install duckdb-extension-httpfs=={duckdb.__version__}")
    con = duckdb.connect(config={**_CONFIG, "threads": 1})
    con.execute(f"load {literal(str(extension))}")
    con.execute("set http_timeout = 30; set http_retries = 2")
    given = {"key_id": access["key_id"], "secret": access["secret"], "session_token": access["token"], "region": access["region"]}
    if access["endpoint"]:
        given |= {"endpoint": access["endpoint"], "url_style": "path"}
    listed = "".join(f", {name} {literal(value)}" for name, value in given.items() if value)
    con.execute(f"create secret (type s3, use_ssl {str(access['secure']).lower()}{listed})")
    return con


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def bounds_for_many() -> dict[str, Any]:
    """What the queries of a long-lived program may take in all: a quarter of the machine's memory, and 8 GB of its disk."""
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 4
    except (AttributeError, ValueError, OSError):  # a system that does not tell
        memory = 2 << 30
    return {"memory_limit": f"{memory >> 20}MiB", "max_temp_directory_size": "8GB"}


class SharedReader:
    """One published warehouse, open for many threads of a long-lived program, and never older than the file.

    DuckDB keeps one instance a path and process, so a new connection to a path would go on showing the file that lay there
    when the first was opened. Here every cursor is given back before the new file is opened: queries under way end first,
    those that take longer than ``patience_seconds`` are interrupted. An unused file is closed after ``idle_seconds``, so
    that the next load finds its spare free and need not copy. ``bounds`` as for ``connect_reader``.
    """

    def __init__(
        self, path: Path, *, patience_seconds: float = 5.0, idle_seconds: float = 60.0, bounds: dict[str, Any] | None = None
    ) -> None:
        self.path, self._bounds = path, bounds
        self._patience, self._idle = patience_seconds, idle_seconds
        self._free = threading.Condition()
        self._con: duckdb.DuckDBPyConnection | None = None
        self._version = (0, 0)
        self._lent: set[duckdb.DuckDBPyConnection] = set()
        self._closer: threading.Timer | None = None

    @contextlib.contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor on the file as it is now; raises WarehouseUnusable when there is none."""
        with self._free:
            while self._con is not None and self._version != version_of(self.path) and self._lent:
                if not self._free.wait(self._patience):
                    for other in self._lent:
                        other.interrupt()
            if self._con is None or self._version != version_of(self.path):
                self._close()
                self._version = version_of(self.path)
                self._con = connect_reader(self.path, bounds=self._bounds)
            lent = self._con.cursor()
            self._lent.add(lent)
        try:
            yield lent
        finally:
            lent.close()
            with self._free:
                self._lent.discard(lent)
                self._close_when_idle()
                self._free.notify_all()

    def close(self) -> None:
        """Let go of the file; the next cursor opens it again."""
        if self._closer is not None:
            self._closer.cancel()
        self._close_if_idle()

    def _close(self) -> None:
        if self._con is not None:
            self._con.close()
            self._con = None

    def _close_when_idle(self) -> None:
        if self._closer is not None:
            self._closer.cancel()
        self._closer = threading.Timer(self._idle, self._close_if_idle)
        self._closer.daemon = True
        self._closer.start()

    def _close_if_idle(self) -> None:
        with self._free:
            if not self._lent:
                self._close()


def version_of(path: Path) -> tuple[int, int]:
    """(inode, time of change) of a warehouse file: another pair means other data; (0, 0) when there is no file."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_ino, found.st_mtime_ns


def _reason(error: Exception) -> str:
    first = str(error).strip().splitlines()[0]
    if "Could not set lock" in first or "Conflicting lock" in first:
        return f"another program has the file open for writing; close it there, or open it read-only. ({first})"
    if "different configuration" in first:
        return f"this program has the file open with other settings; close that connection, or make it with flows.warehouse.connect_reader. ({first})"
    if "does not exist" in first and "warehouse" in first:
        return "a DuckDB file, but no wirehouse warehouse."
    if "version number" in first:
        return f"made by another version of DuckDB than the one that is installed here ({duckdb.__version__}). ({first})"
    if isinstance(error, duckdb.ConnectionException | duckdb.OutOfMemoryException) or "Permission denied" in first:
        return f"cannot be opened. ({first})"
    return f"a DuckDB file that is damaged or cut off; put a copy of it in its place, or load its pages anew into another file. ({first})"


@contextlib.contextmanager
def only_writer(path: Path, *, wait: bool = True, on_wait: Callable[[str], None] | None = None) -> Iterator[Path]:
    """Hold the right to write a warehouse; yields the path of the file itself, links followed.

    While another process holds it, a second one waits and says once, through ``on_wait`` (standard error), who holds it and
    since when; without ``wait`` it raises WarehouseUnusable saying the same. The lock is the operating system's, on a file
    beside the warehouse: it goes with the process, so nothing is left to remove by hand after a crash. A disk that is full
    or cannot be written raises WarehouseUnusable too; what is published has then not been touched.
    """
    path = Path(os.path.realpath(path))
    _must_be_usable(path)
    lock = path.with_name(f".{path.name}.lock")
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise WarehouseUnusable(
            f"{path.parent}: cannot be written ({error.strerror}), so nothing can be loaded into {path.name}."
        ) from None
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(handle, 200, 0).decode("utf-8", "replace").strip() or "another process"
            if not wait:
                raise WarehouseUnusable(f"{path}: {holder} is writing it. Nothing was loaded; try again later, or let it wait.") from None
            (on_wait or say)(f"{path.name}: {holder} is writing it; waiting for it to end (Ctrl-C stops, --no-wait does not wait).")
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError as error:
            raise WarehouseUnusable(f"{lock}: cannot be locked ({error.strerror}).") from None
        with _plainly(path):
            os.truncate(handle, 0)
            os.pwrite(handle, f"process {os.getpid()} (since {dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M:%S} UTC)".encode(), 0)
            yield path
            os.truncate(handle, 0)
    finally:
        os.close(handle)


def say(line: str) -> None:
    """Tell the user a line on standard error, as the command tells its own."""
    print(f"wirehouse: {line}", file=sys.stderr, flush=True)


def _must_be_usable(path: Path) -> None:
    """Raises WarehouseUnusable for what can be told of a path without opening it."""
    if path.is_dir():
        raise WarehouseUnusable(f"{path}: a folder; a warehouse is a file, such as {path / 'news.duckdb'}.")
    if not path.parent.is_dir():
        raise WarehouseUnusable(f"{path.parent}: no such folder, so {path.name} cannot be made there.")
    if path.exists() and not os.access(path, os.W_OK):
        raise WarehouseUnusable(f"{path}: is write-protected; allow writing with: chmod u+w {path}")


_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO)


@contextlib.contextmanager
def _plainly(path: Path) -> Iterator[None]:
    """Turn what a disk refuses, in the words of Python, DuckDB or polars, into one line for the user."""
    try:
        yield
    except (WirehouseError, TypeError, ValueError):
        raise
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        raise WarehouseUnusable(_refused(path, error.strerror or "")) from error
    except duckdb.Error as error:
        raise WarehouseUnusable(_refused(path, str(error).strip().splitlines()[0])) from error
    except Exception as error:  # polars tells the system's error in words alone
        if "os error" not in str(error):
            raise
        raise WarehouseUnusable(_refused(path, str(error).strip().splitlines()[0])) from error


def _refused(path: Path, why: str) -> str:
    if "No space left" in why or "quota exceeded" in why:
        free = shutil.disk_usage(path.parent).free
        return f"{path}: the disk is full ({free / 1e6:,.0f} MB free), so nothing was changed. Make room and run again. ({why})"
    return f"{path}: its rows could not be read or written, so nothing was changed. ({why})"


def open_next(path: Path, work: Path, catch_up: CatchUp) -> tuple[duckdb.DuckDBPyConnection, Path]:
    """A private file with all that the warehouse holds, opened to write; ``publish`` puts it in place.

    The last run left its predecessor's file as a spare, and the rows that it added itself: with ``catch_up`` these are
    added to the spare, which is then the warehouse's equal, at a cost that follows the last run and not the whole. When
    there is no such spare, or a reader still holds it open, the published file is copied. Without a warehouse, a new file
    is made.
    """
    wal = path.with_name(path.name + ".wal")
    if wal.exists():
        raise WarehouseUnusable(f"{path}: another program has it open and has changed it ({wal.name} is there); close it there first.")
    next_path = work / "next.duckdb"
    if not path.exists():
        con = _connect_writer(next_path, work, path)
        create_tables(con)
        return con, next_path
    generation = generation_of(path)
    spare, rows = spare_of(path)
    if (rows / f"generation-{generation}").exists() and spare.exists():
        spare.replace(next_path)
        try:
            con = _connect_writer(next_path, work, path)
            found = con.execute("select generation from ops.warehouse").fetchone()
            if found and found[0] == generation - 1:
                con.execute("begin")
                catch_up(con, rows)
                con.execute("commit")
                return con, next_path
            con.close()
        except (WarehouseUnusable, duckdb.Error):
            pass  # a reader holds it, or a run died within it: a fresh copy serves as well
    next_path.unlink(missing_ok=True)
    next_path.with_name(next_path.name + ".wal").unlink(missing_ok=True)
    shutil.copyfile(path, next_path)
    return _connect_writer(next_path, work, path), next_path


def rewrite(con: duckdb.DuckDBPyConnection, next_path: Path, work: Path, path: Path) -> tuple[duckdb.DuckDBPyConnection, Path]:
    """Copy a private file row by row into a new one, closed and gone the old: what was deleted is then on no disk any more."""
    fresh = work / "rewritten.duckdb"
    name = con.execute("select current_database()").fetchone()
    con.execute(f"attach '{str(fresh).replace(chr(39), chr(39) * 2)}' as rewritten")
    con.execute(f'copy from database "{name[0] if name else ""}" to rewritten')
    con.close()
    next_path.unlink()
    return _connect_writer(fresh, work, path), fresh


def _connect_writer(next_path: Path, work: Path, path: Path) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(next_path), config={**_CONFIG, "temp_directory": str(work / "spill")})
    except duckdb.Error as error:
        raise WarehouseUnusable(f"{path}: {_reason(error)}") from None


def generation_of(path: Path) -> int:
    """How many runs a warehouse has seen; raises WarehouseUnusable when it is none of this format."""
    with connect_reader(path) as con:
        row = con.execute("select generation from ops.warehouse").fetchone()
    return int(row[0]) if row else 0


def spare_of(path: Path) -> tuple[Path, Path]:
    """The spare file of a warehouse and the folder of rows that it lacks; both may be missing and may be removed at will."""
    return path.with_name(f".{path.name}.spare"), path.with_name(f".{path.name}.rows")


def create_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Make every table of the contract, empty, and those that the pipeline keeps for itself."""
    con.execute("create schema ops; create schema ref; create schema marts; create schema pipeline")
    for schema, tables in (("main", TABLES), ("ops", OPS_TABLES), ("pipeline", PRIVATE_TABLES)):
        for table, columns in tables.items():
            listed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
            con.execute(f"create table {schema}.{table} ({listed})")
    con.execute(
        "create table ops.warehouse as select ?::integer as format, 0::bigint as generation, null::varchar as described_by, "
        "current_timestamp::timestamp as made_at",
        [FORMAT],
    )


def publish(con: duckdb.DuckDBPyConnection, next_path: Path, path: Path, rows: Path | None) -> None:
    """Close the private file, make sure that it is on the disk, and put it in the published one's place in one step.

    The file that it replaces becomes the spare; ``rows``, the folder of what this run added, is kept beside it. Without
    ``rows``, when more was done than rows added, no spare is left, and the next run copies the file.
    """
    con.execute("checkpoint")
    generation = con.execute("select generation from ops.warehouse").fetchone()
    con.close()
    _sync(next_path)
    if path.exists():
        shutil.copymode(path, next_path)
    spare, kept_rows = spare_of(path)
    shutil.rmtree(kept_rows, ignore_errors=True)
    spare.unlink(missing_ok=True)
    if path.exists() and rows is not None:
        with contextlib.suppress(OSError):  # a file system without links: the next run copies
            os.link(path, spare)
    next_path.replace(path)
    _sync(path.parent)
    if rows is not None and spare.exists() and generation:
        (rows / f"generation-{generation[0]}").touch()
        rows.replace(kept_rows)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

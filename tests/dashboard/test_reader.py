"""One reader for many threads: it shows the file that lies there now, ends what takes too long, and lets go when idle."""

import shutil
import threading
import time
from pathlib import Path

import duckdb
import pytest

from flows.errors import WarehouseUnusable
from flows.warehouse import SharedReader, connect_reader, version_of


def replace_with_a_smaller(path: Path) -> None:
    other = path.with_suffix(".next")
    shutil.copyfile(path, other)
    with duckdb.connect(str(other)) as con:
        con.execute("delete from main.mentions")
    other.replace(path)


def mentions(reader: SharedReader) -> int:
    with reader.cursor() as cursor:
        row = cursor.execute("select count(*) from main.mentions").fetchone()
    assert row
    return int(row[0])


@pytest.fixture
def copy(sample_warehouse: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(sample_warehouse, tmp_path / "news.duckdb"))


def test_a_replaced_file_is_seen_at_once(copy: Path) -> None:
    reader = SharedReader(copy)
    before, version = mentions(reader), version_of(copy)
    replace_with_a_smaller(copy)
    assert version_of(copy) != version
    assert before > 0 and mentions(reader) == 0
    reader.close()


def test_a_query_under_way_ends_before_the_new_file_is_opened(copy: Path) -> None:
    reader = SharedReader(copy, patience_seconds=5)
    seen: list[int] = []
    with reader.cursor() as cursor:
        replace_with_a_smaller(copy)
        other = threading.Thread(target=lambda: seen.append(mentions(reader)))
        other.start()
        time.sleep(0.2)
        assert not seen and cursor.execute("select count(*) from main.mentions").fetchone() != (0,)
    other.join(5)
    assert seen == [0]
    reader.close()


def test_a_query_without_end_is_interrupted_for_the_new_file(copy: Path) -> None:
    reader = SharedReader(copy, patience_seconds=0.3)
    ended: list[str] = []

    def ask_long() -> None:
        try:
            with reader.cursor() as cursor:
                cursor.execute("select count(*) from range(1000000000) a, range(1000000) b where a.range % 7 = b.range % 5").fetchall()
        except duckdb.InterruptException:
            ended.append("interrupted")

    long = threading.Thread(target=ask_long)
    long.start()
    time.sleep(0.3)
    replace_with_a_smaller(copy)
    assert mentions(reader) == 0
    long.join(5)
    assert ended == ["interrupted"]
    reader.close()


def test_an_idle_file_is_let_go_and_opened_again(copy: Path) -> None:
    reader = SharedReader(copy, idle_seconds=0.1)
    first = mentions(reader)
    time.sleep(0.4)
    with duckdb.connect(str(copy)) as con:  # nobody else in this process has it open, read-only or not
        con.execute("create table main.more (a integer)")
    assert mentions(reader) == first
    reader.close()


def test_a_missing_file_is_said_and_found_when_it_comes(sample_warehouse: Path, tmp_path: Path) -> None:
    reader = SharedReader(tmp_path / "news.duckdb")
    with pytest.raises(WarehouseUnusable), reader.cursor():
        pass
    shutil.copyfile(sample_warehouse, tmp_path / "news.duckdb")
    assert mentions(reader) > 0
    reader.close()


def test_readers_of_other_processes_are_never_refused(copy: Path) -> None:
    reader = SharedReader(copy)
    mentions(reader)
    connect_reader(copy).close()
    reader.close()


def test_a_sound_file_that_this_program_has_open_otherwise_is_not_called_damaged(copy: Path) -> None:
    with duckdb.connect(str(copy), read_only=True), pytest.raises(WarehouseUnusable, match="open with other settings") as told:
        connect_reader(copy)
    assert "damaged" not in str(told.value)

"""Trouble of a machine: two runs at once, full disks, folders that cannot be written, files that are no warehouse.

Each is one clear line and an exit code that is not 0; nothing is lost, and the next run goes well.
"""

import contextlib
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from flows import warehouse
from flows.errors import NothingLoaded, WarehouseUnusable, WirehouseError
from flows.load.inputs import find_inputs
from flows.runs import run_directly
from flows.settings import Settings, load_settings
from flows.terminal import run_and_show
from flows.upkeep import forget, refresh
from tests.test_runs import STORY, contents, load

COMMAND = [sys.executable, "-m", "flows.cli"]


def story(folder: Path, number: int) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / f"{number}.txt"
    file.write_text(STORY.replace("ten years", f"{number} years"))
    return file


def wirehouse(*arguments: object, **more: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, text=True, timeout=120, **more)  # type: ignore[call-overload,no-any-return]


def one_line(done: "subprocess.CompletedProcess[str]") -> str:
    """The one line that a command which failed says, and nothing else."""
    assert done.returncode != 0
    lines = done.stderr.splitlines()
    assert len(lines) == 1 and lines[0].startswith("wirehouse: "), done.stderr
    return lines[0]


@pytest.fixture(scope="module")
def one_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of one page, made once."""
    folder = tmp_path_factory.mktemp("one")
    load(folder / "w.duckdb", story(folder / "first", 1))
    return folder


@pytest.fixture
def path(one_page: Path, tmp_path: Path) -> Path:
    """A copy of it, with its page in the folder ``first`` beside it."""
    shutil.copytree(one_page, tmp_path, dirs_exist_ok=True)
    return tmp_path / "w.duckdb"


def test_a_second_run_waits_or_says_who_holds_the_warehouse(path: Path, tmp_path: Path) -> None:
    first = subprocess.Popen([*COMMAND, "run", "--direct", "-q", "-", "-w", path], stdin=subprocess.PIPE)  # holds it until its input ends
    assert first.stdin is not None
    first.stdin.write(STORY.replace("ten years", "2 years").encode())
    first.stdin.flush()
    lock = tmp_path / ".w.duckdb.lock"
    while f"process {first.pid} " not in lock.read_text():
        assert first.poll() is None
    said = one_line(wirehouse("run", "--direct", story(tmp_path / "third", 3), "-w", path, "--no-wait"))
    assert f"process {first.pid} (since " in said and "Nothing was loaded" in said
    second = subprocess.Popen(
        [*COMMAND, "run", "--direct", "-q", str(story(tmp_path / "second", 4)), "-w", path], stderr=subprocess.PIPE, text=True
    )
    assert second.stderr is not None
    line = second.stderr.readline()
    assert f"process {first.pid} (since " in line and "waiting for it to end" in line
    first.stdin.close()
    assert first.wait(60) == 0 and second.wait(60) == 0
    assert second.stderr.read() == "", "it is said once"
    with warehouse.connect_reader(path) as con:
        assert con.execute("select count(*), count(distinct run_id) from main.documents").fetchone() == (3, 3)
    assert wirehouse("run", "--direct", "-q", tmp_path / "third", "-w", path, "--no-wait").returncode == 0


def test_a_killed_holder_is_not_waited_for(path: Path, tmp_path: Path) -> None:
    first = subprocess.Popen([*COMMAND, "run", "--direct", "-q", "-", "-w", path], stdin=subprocess.PIPE)
    while f"process {first.pid} " not in (tmp_path / ".w.duckdb.lock").read_text():
        assert first.poll() is None
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert load(path, story(tmp_path / "second", 2), settings=Settings(workers=1, wait=False)).new == 1


def test_whoever_writes_a_warehouse_can_choose_not_to_wait(path: Path, tmp_path: Path) -> None:
    impatient = Settings(workers=1, wait=False)
    with warehouse.only_writer(path):
        for write in (
            lambda: refresh(path, impatient),
            lambda: forget(path, site="x.example", wait=False),
            lambda: load(path, tmp_path / "first", settings=impatient),
        ):
            with pytest.raises(WarehouseUnusable, match=rf"process {os.getpid()} \(since .*\) is writing it"):
                write()
    assert load_settings({"WIREHOUSE_WAIT": "0"}).wait is False
    with pytest.raises(WirehouseError, match="say 1 or 0"):
        load_settings({"WIREHOUSE_WAIT": "perhaps"})


def test_a_link_to_a_warehouse_stays_a_link_and_its_mode_stays(path: Path, tmp_path: Path) -> None:
    path.chmod(0o600)
    link = tmp_path / "elsewhere" / "news.duckdb"
    link.parent.mkdir()
    link.symlink_to(path)
    assert load(link, story(tmp_path / "second", 2)).documents == 2
    assert link.is_symlink() and path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in link.parent.iterdir()] == ["news.duckdb"]


NO_WAREHOUSES = {
    "text": (b"Dear reader, this is no database.", "no DuckDB file"),
    "empty": (b"", "an empty file"),
    "random bytes": (bytes(range(7, 251)) * 4000, "no DuckDB file"),
}


@pytest.mark.parametrize("kind", NO_WAREHOUSES)
def test_a_file_that_is_no_warehouse_is_refused_and_left_alone(tmp_path: Path, kind: str) -> None:
    content, says = NO_WAREHOUSES[kind]
    path = tmp_path / "w.duckdb"
    path.write_bytes(content)
    with pytest.raises(WarehouseUnusable, match=says):
        load(path, story(tmp_path / "pages", 1))
    with pytest.raises(WarehouseUnusable, match=says):
        warehouse.connect_reader(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("share", [0.02, 0.7, 0.99])
def test_a_truncated_warehouse_is_refused_and_left_alone(path: Path, tmp_path: Path, share: float) -> None:
    os.truncate(path, int(path.stat().st_size * share))
    before = path.read_bytes()
    with pytest.raises(WarehouseUnusable):
        load(path, story(tmp_path / "second", 2))
    assert path.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir() if each.name.startswith(".")) == [".w.duckdb.lock"]


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_a_warehouse_with_random_bytes_within_is_refused_or_works(path: Path, tmp_path: Path, place: float) -> None:
    with path.open("r+b") as file:
        file.seek(int(path.stat().st_size * place))
        file.write(bytes(range(256)) * 16)
    before = path.read_bytes()
    try:
        load(path, story(tmp_path / "second", 2))
    except WarehouseUnusable:
        assert path.read_bytes() == before
    else:
        assert wirehouse("status", "-w", path).returncode == 0, "free space or a table that no run reads"


def test_a_folder_or_a_place_that_is_not_there_is_refused(tmp_path: Path) -> None:
    page = story(tmp_path / "pages", 1)
    for place, says in (
        (tmp_path / "pages", r"a folder; a warehouse is a file, such as .*news\.duckdb"),
        (tmp_path / "nowhere" / "w.duckdb", "no such folder"),
        (page / "w.duckdb", "no such folder"),
    ):
        with pytest.raises(WarehouseUnusable, match=says):
            load(place, page)
    assert "a folder" in one_line(wirehouse("status", "-w", tmp_path))


@pytest.mark.parametrize(("format", "says"), [(1, "Load its pages into another file"), (99, "Use the wirehouse that made it")])
def test_a_warehouse_of_another_version_is_refused_and_left_alone(path: Path, tmp_path: Path, format: int, says: str) -> None:
    with duckdb.connect(str(path)) as con:
        con.execute("update ops.warehouse set format = ?", [format])
    before = path.read_bytes()
    with pytest.raises(WarehouseUnusable, match=f"of format {format}, this version reads format .* {says}"):
        load(path, story(tmp_path / "second", 2))
    assert path.read_bytes() == before
    with duckdb.connect(str(tmp_path / "other.duckdb")) as con:
        con.execute("create table t (x integer)")
    with pytest.raises(WarehouseUnusable, match="a DuckDB file, but no wirehouse warehouse"):
        load(tmp_path / "other.duckdb", story(tmp_path / "second", 2))


@contextlib.contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """No file of this process grows beyond ``size`` bytes: a quota that needs no mount."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("size", [0, 3_000, 100_000, 3_000_000])
def test_files_that_may_not_grow_are_one_line_and_nothing_is_lost(path: Path, tmp_path: Path, size: int) -> None:
    before = path.read_bytes()
    story(tmp_path / "second", 2)
    with files_of_at_most(size), pytest.raises(WarehouseUnusable, match="nothing was changed"):
        load(path, tmp_path / "second")
    assert path.read_bytes() == before
    load(path, tmp_path / "first", tmp_path / "second")
    load(tmp_path / "fresh.duckdb", tmp_path / "first", tmp_path / "second")
    assert contents(path) == contents(tmp_path / "fresh.duckdb")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MB, where this user may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if (
        not shutil.which("mount")
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder], capture_output=True).returncode
    ):
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_is_one_line_and_nothing_is_lost(path: Path, tmp_path: Path, small_disk: Path) -> None:
    held = small_disk / "w.duckdb"
    shutil.copy(path, held)
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * (23_000_000 - held.stat().st_size))
    before = held.read_bytes()
    with pytest.raises(WarehouseUnusable, match=r"the disk is full .* nothing was changed"):
        load(held, story(tmp_path / "second", 2))
    assert held.read_bytes() == before
    assert sorted(each.name for each in small_disk.iterdir()) == [".w.duckdb.lock", "ballast", "w.duckdb"]
    ballast.unlink()
    assert load(held, tmp_path / "second").new == 1


def test_a_folder_that_cannot_be_written_is_one_line(path: Path, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write every folder")
    page = story(tmp_path / "second", 2)
    (tmp_path / ".w.duckdb.lock").unlink(missing_ok=True)
    tmp_path.chmod(0o555)
    try:
        assert "cannot be written" in one_line(wirehouse("run", "--direct", page, "-w", path))
    finally:
        tmp_path.chmod(0o755)
    assert load(path, page).new == 1


def test_a_disk_that_cannot_be_written_is_one_line(path: Path, tmp_path: Path, small_disk: Path) -> None:
    shutil.copy(path, small_disk)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    page = story(tmp_path / "second", 2)
    for held in (small_disk / "w.duckdb", small_disk / "new.duckdb"):
        with pytest.raises(WarehouseUnusable, match=r"cannot be written|write-protected"):
            load(held, page)
    assert wirehouse("sql", "select 1 as one", "-w", small_disk / "w.duckdb").returncode == 0
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    assert load(small_disk / "w.duckdb", page).new == 1


def test_a_run_whose_inputs_are_all_rejected_says_so_and_ends_with_3(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    for turn in range(2):
        with pytest.raises(NothingLoaded, match=r"every input was rejected \(1 binary, 1 empty\)") as told:
            run_and_show([str(tmp_path / "empty.txt"), str(tmp_path / "picture.txt")], path, direct=True, quiet=bool(turn))
        assert told.value.exit_code == 3
    assert "0 new, 0 there already, 2 rejected" in capsys.readouterr().out
    assert run_and_show([str(tmp_path / "empty.txt"), str(tmp_path / "first")], path, direct=True, quiet=True).present == 1


def test_a_worker_that_is_killed_is_one_line(path: Path, tmp_path: Path) -> None:
    """As the system does when memory runs out."""
    (tmp_path / "many.jsonl").write_text("".join(json.dumps({"id": f"{n}", "text": f"{STORY} {n}"}) + "\n" for n in range(400)))
    before = path.read_bytes()
    run = subprocess.Popen(
        [*COMMAND, "run", "--direct", "-q", str(tmp_path / "many.jsonl"), "-w", path],
        env={**os.environ, "WIREHOUSE_WORKERS": "2", "WIREHOUSE_BATCH_PAGES": "5"},
        stderr=subprocess.PIPE,
        text=True,
    )
    workers: list[int] = []
    while not workers and run.poll() is None:
        found = subprocess.run(["ps", "-ww", "-o", "pid=,args=", "--ppid", str(run.pid)], capture_output=True, text=True).stdout
        workers = [int(line.split()[0]) for line in found.splitlines() if "spawn_main" in line]
    os.kill(workers[0], signal.SIGKILL)
    _, said = run.communicate(timeout=60)
    assert run.returncode == 1 and said.splitlines()[-1].startswith("wirehouse: a worker process was ended from outside"), said
    assert path.read_bytes() == before
    assert run_directly(path, find_inputs([str(tmp_path / "first")]), Settings(workers=1)).present == 1

"""How far a run is: bytes read and worked on against those of all inputs, shown as a bar on a terminal and as lines elsewhere."""

import gzip
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from flows import progress
from flows.load.inputs import Input, find_inputs
from flows.progress import Reading, line_for
from flows.runs import begin, end, read_batches
from flows.settings import Settings


def write_pages(path: Path, count: int) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as out:
        for number in range(count):
            out.write(json.dumps({"id": str(number), "text": f"Report {number}\n\n" + os.urandom(400).hex()}) + "\n")


def test_the_packed_bytes_of_compressed_files_are_counted(tmp_path: Path) -> None:
    write_pages(tmp_path / "a.jsonl.gz", 300)
    write_pages(tmp_path / "b.jsonl.gz", 100)
    inputs = find_inputs([str(tmp_path)])
    total = sum(file.stat().st_size for file in tmp_path.iterdir())
    reading = Reading(inputs)
    run = begin(tmp_path / "w.duckdb")
    shares = []
    for name in read_batches(run, inputs, Settings(batch_pages=50), reading):
        reading.finish(name)
        shares.append(reading.done / total)
    end(run)
    assert reading.total == total and shares == sorted(shares) and len(shares) == 8
    assert 0.05 < shares[0] < 0.65 and shares[-1] == pytest.approx(1.0, abs=0.02)


def test_an_input_of_unknown_length_leaves_the_time_open() -> None:
    assert Reading([Input("stdin")]).total is None
    assert line_for(Reading([Input("stdin")]), 1200, 30.0) == "1,200 pages done"


def test_the_line_tells_the_time_that_is_left() -> None:
    reading = Reading([Input("a", Path("a"), size=1000)])
    reading.start(Input("a", Path("a"), size=1000))
    reading.count(250)
    reading.stage("batch-1")
    assert line_for(reading, 10, 60.0) == "10 pages done, 0% of the input"
    reading.finish("batch-1")
    assert line_for(reading, 10, 60.0) == "10 pages done, 25% of the input, about 3 min left"


def test_lines_come_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    reading = Reading.of_equal(["a", "b", "c", "d"])
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    advance = progress.lines(reading, told.append)
    for name in "abcd":
        now[0] += 40
        reading.finish(name)
        advance(5)
    assert told == ["10 pages done, 50% of the input, about 80 s left", "20 pages done, 100% of the input, about 0 s left"]


def test_a_bar_is_drawn_on_a_terminal_only(tmp_path: Path) -> None:
    write_pages(tmp_path / "a.jsonl.gz", 30)
    show = (
        "import sys; from pathlib import Path; from flows.load.inputs import find_inputs; from flows.progress import Reading, shown\n"
        "reading = Reading(find_inputs([sys.argv[1]])); reading.start(find_inputs([sys.argv[1]])[0]); reading.count(10**9); reading.stage('a')\n"
        "with shown(reading, quiet=False) as advance: reading.finish('a'); advance(30)\n"
    )
    command = [sys.executable, "-c", show, str(tmp_path / "a.jsonl.gz")]
    quiet = subprocess.run(command, capture_output=True, check=True)
    assert quiet.stderr == b"" and quiet.stdout == b""
    ours, theirs = pty.openpty()
    subprocess.run(command, stderr=theirs, check=True, env={**os.environ, "TERM": "xterm", "COLUMNS": "120"})
    os.close(theirs)
    drawn = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "100%" in drawn and "left" in drawn and "checking and publishing" in drawn

"""A crawl as crawlers keep it: a WARC of HTML pages, written by a real writer, and the memory that loading it takes.

python -m bench.crawl [--megabytes 1000]

Each page is another one (``bench.pages``); the memory is that of all processes together, shared pages counted once, looked at
twice a second.
"""

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from fastwarc.warc import WarcRecord, WarcRecordType

from bench.pages import page, sentences


class Loaded(NamedTuple):
    """What a load took: seconds by the clock and of computing, and the most memory (MB) of all its processes together and of one."""

    wall: float
    cpu: float
    peak_mb: float
    largest_mb: float


def write_warc(path: Path, megabytes: int) -> int:
    """Write HTML pages into a WARC file of about so many megabytes; returns their number."""
    pool = sentences()
    count = 0
    with path.open("wb") as out:
        while out.tell() < megabytes * 1_000_000:
            record = WarcRecord()
            record.init_headers(record_type=WarcRecordType.response, record_urn=b"<urn:uuid:%032x>" % count)
            record.headers["WARC-Target-URI"] = f"https://news{count % 40}.example/{count}"
            record.headers["WARC-Date"] = "2024-05-01T00:00:00Z"
            record.headers["Content-Type"] = "application/http; msgtype=response"
            body = page(count, pool)[0].encode()
            record.set_bytes_content(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body)
            record.write(out)
            count += 1
    return count


def load(archive: Path, warehouse: Path) -> Loaded:
    """Load an archive as a user does and watch its memory; raises CalledProcessError when it fails."""
    command = [sys.executable, "-m", "flows.cli", "run", "--direct", str(archive), "--warehouse", str(warehouse)]
    started = time.perf_counter()
    peak = largest = 0.0
    with subprocess.Popen(command) as process:
        while True:
            done, status, usage = os.wait4(process.pid, os.WNOHANG)
            if done:
                break
            sizes = [_memory(each) for each in _family(process.pid)]
            peak, largest = max(peak, sum(sizes)), max(largest, *sizes, 0.0)
            time.sleep(0.5)
        process.returncode = os.waitstatus_to_exitcode(status)
    if status:
        raise subprocess.CalledProcessError(status, command)
    return Loaded(time.perf_counter() - started, usage.ru_utime + usage.ru_stime, peak, largest)


def _family(root: int) -> list[int]:
    """A process and all that came of it."""
    children: dict[int, list[int]] = {}
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            with contextlib.suppress(OSError):
                parent = int((each / "stat").read_text().rpartition(")")[2].split()[1])
                children.setdefault(parent, []).append(int(each.name))
    found = [root]
    for each_number in found:
        found += children.get(each_number, [])
    return found


def _memory(process: int) -> float:
    """Megabytes of a process, its share of what it shares with others included."""
    with contextlib.suppress(OSError, IndexError, ValueError):
        told = Path(f"/proc/{process}/smaps_rollup").read_text()
        return int(told.split("Pss:")[1].split()[0]) / 1024
    return 0.0


def measure_and_print(folder: Path, megabytes: int) -> None:
    """Write an archive into a folder, load it, and print what that took."""
    archive = folder / "crawl.warc"
    count = write_warc(archive, megabytes)
    took = load(archive, folder / "crawl.duckdb")
    print(
        f"WARC of {archive.stat().st_size / 1e6:,.0f} MB, {count:,} pages: {took.wall:.0f} s, {took.cpu:.0f} s of computing, "
        f"{took.peak_mb:,.0f} MB in all processes together, {took.largest_mb:,.0f} MB in the largest",
        flush=True,
    )


def main() -> None:
    """Write, load, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--megabytes", type=int, default=1000)
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="wirehouse-bench-"))
    try:
        measure_and_print(folder, arguments.megabytes)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()

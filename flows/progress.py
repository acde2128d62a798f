"""How far a run is: by the bytes of its inputs that are read and worked on, with the time that is left."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flows.load.inputs import Input

_SECONDS_A_LINE = 60.0  # where there is no terminal to draw a bar on


class Reading:
    """How many bytes of the inputs are read, and how many of them stand in batches that are done.

    Of a compressed file or an archive the packed bytes count. ``total`` is None when some input's length is not known.
    """

    def __init__(self, inputs: list[Input]) -> None:
        sizes = [each.size for each in inputs]
        self.total = sum(size for size in sizes if size is not None) if None not in sizes else None
        self.done = 0
        self._before = self._size = self._now = self._staged = 0
        self._batches: dict[str, int] = {}

    @classmethod
    def of_equal(cls, batches: list[str]) -> "Reading":
        """The same for batches that are all read, when nothing is known of their bytes: each counts as one."""
        reading = cls([])
        reading.total = len(batches)
        reading._batches = dict.fromkeys(batches, 1)
        return reading

    @property
    def read(self) -> int:
        """Bytes read so far; what is read twice counts once."""
        return self._before + min(self._now, self._size)

    def start(self, each: Input) -> None:
        """The input before is at its end, the next is opened."""
        self._before += self._size
        self._size, self._now = each.size or 0, 0

    def count(self, length: int) -> None:
        """So many bytes of the present input were read."""
        self._now += length

    def stage(self, batch: str) -> None:
        """A batch stands for all that was read since the one before."""
        self._batches[batch] = self.read - self._staged
        self._staged = self.read

    def finish(self, batch: str) -> None:
        """A batch is done."""
        self.done += self._batches.pop(batch, 0)


@contextmanager
def shown(reading: Reading, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, or a line now and then elsewhere; what it yields is to be called with the pages of each batch that is done."""
    if quiet:
        yield lambda _: None
    elif sys.stderr.isatty():
        with _bar(reading) as advance:
            yield advance
    else:
        yield lines(reading, lambda line: print(line, file=sys.stderr, flush=True))


@contextmanager
def _bar(reading: Reading) -> Iterator[Callable[[int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    known: tuple[Any, ...] = (TaskProgressColumn(), DownloadColumn(), TimeRemainingColumn(), TextColumn("left"))
    columns = (TextColumn("{task.description}"), BarColumn(), *(known if reading.total else (TimeElapsedColumn(),)))
    with Progress(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=300) as bar:
        line = bar.add_task("reading", total=reading.total or None)
        pages = 0

        def advance(count: int) -> None:
            nonlocal pages
            pages += count
            ended = reading.total and reading.done >= reading.total
            bar.update(line, completed=reading.done, description="checking and publishing" if ended else f"{pages:,} pages")

        yield advance


def lines(reading: Reading, tell: Callable[[str], object]) -> Callable[[int], None]:
    """What tells a line a minute of how far a run is, when it is called with the pages of each batch that is done."""
    started = told = time.monotonic()
    pages = 0

    def advance(count: int) -> None:
        nonlocal pages, told
        pages += count
        now = time.monotonic()
        if now - told >= _SECONDS_A_LINE:
            told = now
            tell(line_for(reading, pages, now - started))

    return advance


def line_for(reading: Reading, pages: int, seconds: float) -> str:
    """One line on how far a run is after so many seconds.

    >>> line_for(Reading([]), 300, 65.0)
    '300 pages done'
    """
    if not reading.total:
        return f"{pages:,} pages done"
    share = reading.done / reading.total
    left = f", about {_span(seconds * (1 - share) / share)} left" if share else ""
    return f"{pages:,} pages done, {share:.0%} of the input{left}"


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"

"""Batches worked on by several processes, as many as there are cores."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context

from flows.errors import WirehouseError
from flows.settings import Settings
from flows.staged import BatchCounts, Run, process_batch


def process_all(
    run: Run, names: Iterator[str], settings: Settings, *, on_batch: Callable[[BatchCounts], None] | None = None
) -> list[BatchCounts]:
    """Process batches as they are read; a single batch stays in this process, more go to a pool of workers.

    No more than two batches a worker wait, so that reading never runs far ahead of the work. Processes are spawned, not
    forked: polars runs threads, and a fork of a process with threads can hang. A worker has one thread: it has one core.
    """
    first = list(islice(names, 2))
    workers = settings.worker_count()
    if len(first) < 2 or workers < 2:
        done = []
        for name in chain(first, names):
            counts = process_batch(run, name, settings)
            done.append(counts)
            if on_batch:
                on_batch(counts)
        return done
    os.environ.setdefault("POLARS_MAX_THREADS", "1")  # for the processes to come: this one has read it already
    results: list[BatchCounts] = []
    pending: set[Future[BatchCounts]] = set()

    def collect(*, leave: int) -> None:
        nonlocal pending
        while len(pending) > leave:
            ready, pending = wait(pending, return_when=FIRST_COMPLETED)
            for future in ready:
                results.append(future.result())
                if on_batch:
                    on_batch(results[-1])

    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_stay_with, initargs=(os.getpid(),)) as pool:
        try:
            for name in chain(first, names):
                pending.add(pool.submit(process_batch, run, name, settings))
                collect(leave=2 * workers - 1)
            collect(leave=0)
        except BrokenProcessPool as error:
            raise WirehouseError(
                "a worker process was ended from outside, most likely for want of memory; nothing was changed. "
                "Fewer workers need less: WIREHOUSE_WORKERS=1"
            ) from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return sorted(results)


def _stay_with(parent: int) -> None:
    """Let a worker leave Ctrl-C to its parent, and end when the parent is gone, however it went."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()

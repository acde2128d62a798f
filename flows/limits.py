"""A limit on the time that a piece of work may take, so that no page holds up the others."""

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType


class TookTooLong(BaseException):
    """Work went on beyond its limit; no ordinary ``except`` stops it on its way out."""


@contextlib.contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TookTooLong in the body once this process has computed for so long; waiting does not count.

    The operating system's timer interrupts Python code and its regular expressions, in the main thread only: elsewhere, and
    where there is no such timer, the body runs without a limit.

    >>> with at_most(0.1):
    ...     while True: pass
    Traceback (most recent call last):
    flows.limits.TookTooLong: more than 0.1 s
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "SIGPROF"):
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TookTooLong(f"more than {seconds:g} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)

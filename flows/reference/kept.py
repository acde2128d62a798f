"""What takes long to lay out, kept ready in the user's cache folder (``XDG_CACHE_HOME``, else ``~/.cache``).

A kept object is a pickle, which could run code: only one that this user wrote, in a folder that only this user writes, is read. Its name tells what it was made from, so that a changed
row, rule or package makes another; where nothing can be kept, or what was kept cannot be read, it is made each time.
"""

import hashlib
import os
import pickle
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
MOST_KEPT = 4  # of one kind, the last used


def kept(kind: str, stamp: str, make: Callable[[], T]) -> T:
    """The object of a kind that ``make`` makes, read from the cache folder where it was kept under the same stamp."""
    folder = cache_folder()
    if folder is None:
        return make()
    path = folder / f"{kind}-{stamp}.pickle"
    try:
        found: T = pickle.loads(_read_own(path))
        with suppress(OSError):
            os.utime(path)
        return found
    except Exception:  # absent, cut short, or of another version: whatever it is, the object is made again
        made = make()
    _keep(path, made)
    return made


def _read_own(path: Path) -> bytes:
    """A file's bytes; raises PermissionError where another user than this one or root could have written it."""
    with path.open("rb") as file:
        if not (_is_own(os.fstat(file.fileno())) and _is_own(path.parent.stat())):
            raise PermissionError(f"{path}: others may write it")
        return file.read()


def _is_own(found: os.stat_result) -> bool:
    return not hasattr(os, "getuid") or (found.st_uid in (os.getuid(), 0) and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH))


def cache_folder() -> Path | None:
    """The user's cache folder of Wirehouse, which need not exist; None when the user has no home."""
    root = os.environ.get("XDG_CACHE_HOME")
    try:
        return Path(root) / "wirehouse" if root else Path.home() / ".cache" / "wirehouse"
    except RuntimeError:
        return None


def stamp_of(files: Iterable[Path], *more: str) -> str:
    """A stamp of files by their names and contents, of further text, and of the Python that runs."""
    digest = hashlib.blake2b(f"{sys.version} {more}".encode(), digest_size=10)
    for path in sorted(files):
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()


def _keep(path: Path, made: Any) -> None:
    """Write a whole file beside its place and move it there, so that no reader meets half of it; the least used ones go."""
    try:
        content = pickle.dumps(made, protocol=5)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not _is_own(path.parent.stat()):
            path.parent.chmod(0o700)  # refused where the folder is another's
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, delete=False) as file:
            try:
                file.write(content)
                file.flush()
                Path(file.name).replace(path)
            except OSError:
                Path(file.name).unlink(missing_ok=True)
                raise
        others = sorted(path.parent.glob(f"{path.name.split('-', 1)[0]}-*.pickle"), key=lambda each: -each.stat().st_mtime)
        for old in others[MOST_KEPT:]:
            old.unlink(missing_ok=True)
    except (OSError, pickle.PicklingError):  # a read-only or full home: nothing is kept
        return

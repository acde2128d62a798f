"""Where an export goes: written beside its place first, and put there in one step when it is whole."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from flows.errors import WirehouseError


@contextlib.contextmanager
def new_folder(out: Path) -> Iterator[Path]:
    """A folder to write to that becomes ``out`` at the end; raises WirehouseError when ``out`` holds something already."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise WirehouseError(f"{out}: is there already and not empty; name a new folder.")
    with _beside(out) as part:
        part.mkdir()
        yield part
        if out.exists():
            out.rmdir()


@contextlib.contextmanager
def new_file(out: Path) -> Iterator[Path]:
    """A file to write that replaces ``out`` at the end; raises WirehouseError when ``out`` is a folder."""
    if out.is_dir():
        raise WirehouseError(f"{out}: is a folder; name a file.")
    with _beside(out) as part:
        yield part


@contextlib.contextmanager
def _beside(out: Path) -> Iterator[Path]:
    out = out.absolute()
    if not out.parent.is_dir():
        raise WirehouseError(f"{out.parent}: no such folder, so {out.name} cannot be written there.")
    part = out.with_name(f".{out.name}.part")
    _remove(part)
    try:
        yield part
        part.replace(out)
    finally:
        _remove(part)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
